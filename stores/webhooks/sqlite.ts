// Messages for webhooks in SQLite. A message is kept as JSON, with the columns beside it that a query needs.
import type { DatabaseSync } from 'node:sqlite'
import { keptSeconds, type WebhookMessage, type Webhooks } from '../../core/webhooks.ts'
import { type KeptSecret, newSecret, rotated, signingAt } from '../../core/webhooks/secrets.ts'
import { transaction } from '../sqlite.ts'

const schema = `
  CREATE TABLE IF NOT EXISTS webhook (
    id TEXT PRIMARY KEY, video TEXT NOT NULL, owner TEXT NOT NULL, created_at TEXT NOT NULL, due_at TEXT,
    expires_at INTEGER NOT NULL, message TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS webhook_by_owner ON webhook (owner, created_at, id);
  CREATE INDEX IF NOT EXISTS webhook_by_video ON webhook (video);
  CREATE INDEX IF NOT EXISTS webhook_by_due ON webhook (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX IF NOT EXISTS webhook_by_expiry ON webhook (expires_at);
  CREATE TABLE IF NOT EXISTS webhook_secret (owner TEXT PRIMARY KEY, kept TEXT NOT NULL) STRICT, WITHOUT ROWID;`

export function openSqliteWebhooks(db: DatabaseSync): Webhooks {
  db.exec(schema)
  const sql = statements(db)
  const find = (id: string) => messageOf(sql.get.get(id))
  const secretsOf = (owner: string): KeptSecret[] => {
    const kept = keptIn(sql, owner)
    if (kept) return kept
    return transaction(db, () => {
      sql.addSecrets.run(owner, JSON.stringify([{ secret: newSecret() }]))
      return keptIn(sql, owner)!
    })
  }

  return {
    async put(message) {
      const expiresAt = Math.floor(Date.parse(message.createdAt) / 1000) + keptSeconds
      const { id, videoId, owner, createdAt } = message
      transaction(db, () => {
        sql.sweep.run()
        sql.insert.run(id, videoId, owner, createdAt, dueAt(message), expiresAt, JSON.stringify(message))
      })
    },

    async get(id) {
      return find(id)
    },

    async due(now, limit) {
      return sql.due.all(now, limit).flatMap((row) => messageOf(row) ?? [])
    },

    async list(owner, { videoId, limit = 50 } = {}) {
      const rows = videoId === undefined ? sql.list.all(owner, limit) : sql.listOfVideo.all(owner, videoId, limit)
      return rows.flatMap((row) => messageOf(row) ?? [])
    },

    async update(id, patch, expected) {
      return transaction(db, () => {
        const stored = find(id)
        if (!stored || (expected !== undefined && dueAt(stored) !== expected)) return false
        const message = { ...stored, ...patch }
        sql.update.run(dueAt(message), JSON.stringify(message), id)
        return true
      })
    },

    async forget(videoId) {
      transaction(db, () => sql.forget.run(videoId))
    },

    async secret(owner) {
      return secretsOf(owner)[0]!.secret
    },

    async rotateSecret(owner, now) {
      const secret = newSecret()
      transaction(db, () => sql.setSecrets.run(owner, JSON.stringify(rotated(keptIn(sql, owner) ?? [], secret, now))))
      return secret
    },

    async signingSecrets(owner, now) {
      return signingAt(secretsOf(owner), now)
    },
  }
}

type Statements = ReturnType<typeof statements>

function statements(db: DatabaseSync) {
  const live = 'expires_at >= unixepoch()'
  return {
    insert: db.prepare('INSERT INTO webhook VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING'),
    get: db.prepare(`SELECT message FROM webhook WHERE id = ? AND ${live}`),
    due: db.prepare(`SELECT message FROM webhook WHERE due_at <= ? AND ${live} ORDER BY due_at LIMIT ?`),
    list: db.prepare(`SELECT message FROM webhook WHERE owner = ? AND ${live}
      ORDER BY created_at DESC, id DESC LIMIT ?`),
    listOfVideo: db.prepare(`SELECT message FROM webhook WHERE owner = ? AND video = ? AND ${live}
      ORDER BY created_at DESC, id DESC LIMIT ?`),
    update: db.prepare('UPDATE webhook SET due_at = ?, message = ? WHERE id = ?'),
    forget: db.prepare('DELETE FROM webhook WHERE video = ?'),
    sweep: db.prepare('DELETE FROM webhook WHERE expires_at < unixepoch()'),
    secrets: db.prepare('SELECT kept FROM webhook_secret WHERE owner = ?'),
    addSecrets: db.prepare('INSERT INTO webhook_secret VALUES (?, ?) ON CONFLICT DO NOTHING'),
    setSecrets: db.prepare('INSERT OR REPLACE INTO webhook_secret VALUES (?, ?)'),
  }
}

function messageOf(row: Record<string, unknown> | undefined): WebhookMessage | undefined {
  return row && JSON.parse(String(row['message']))
}

function keptIn({ secrets }: Statements, owner: string): KeptSecret[] | undefined {
  const row = secrets.get(owner)
  return row && JSON.parse(String(row['kept']))
}

function dueAt({ state, nextAttemptAt }: WebhookMessage): string | null {
  return state === 'waiting' ? (nextAttemptAt ?? null) : null
}
