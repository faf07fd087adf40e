// API keys in SQLite, by the hash of the key. The key itself is kept nowhere.
import type { DatabaseSync } from 'node:sqlite'
import type { ApiKeyRecord, ApiKeys } from '../../core/api-keys.ts'
import { NotFoundError } from '../../core/errors.ts'
import { transaction } from '../sqlite.ts'

const schema = `
  CREATE TABLE IF NOT EXISTS api_key (
    hash TEXT PRIMARY KEY, owner TEXT NOT NULL, issuer TEXT, created_at TEXT NOT NULL,
    last_used_at TEXT, revoked_at TEXT, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS api_key_by_owner ON api_key (owner, created_at, hash);
  CREATE INDEX IF NOT EXISTS api_key_by_issuer ON api_key (issuer, created_at, hash);`

/** What never changes of a key is kept as JSON, what does in columns of its own. */
export function openSqliteApiKeys(db: DatabaseSync): ApiKeys {
  db.exec(schema)
  const columns = 'last_used_at, revoked_at, record'
  const sql = {
    put: db.prepare(`INSERT INTO api_key (hash, owner, issuer, created_at, last_used_at, revoked_at, record)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO UPDATE SET owner = excluded.owner, issuer = excluded.issuer,
        created_at = excluded.created_at, last_used_at = excluded.last_used_at, revoked_at = excluded.revoked_at,
        record = excluded.record`),
    find: db.prepare(`SELECT ${columns} FROM api_key WHERE hash = ?`),
    list: db.prepare(`SELECT ${columns} FROM api_key WHERE owner = ? OR issuer = ? ORDER BY created_at, hash`),
    revoke: db.prepare('UPDATE api_key SET revoked_at = min(coalesce(revoked_at, ?1), ?1) WHERE hash = ?2'),
    used: db.prepare("UPDATE api_key SET last_used_at = ?1 WHERE hash = ?2 AND coalesce(last_used_at, '') < ?1"),
  }

  return {
    async put({ lastUsedAt = null, revokedAt = null, ...key }) {
      const { hash, owner, issuer = null, createdAt } = key
      transaction(db, () => sql.put.run(hash, owner, issuer, createdAt, lastUsedAt, revokedAt, JSON.stringify(key)))
    },

    async find(hash) {
      const row = sql.find.get(hash)
      return row && keyOf(row)
    },

    async list(owner) {
      return sql.list.all(owner, owner).map(keyOf)
    },

    async revoke(hash, at) {
      const { changes } = transaction(db, () => sql.revoke.run(at, hash))
      if (changes === 0) throw new NotFoundError(`there is no API key with the hash ${hash}`)
    },

    async used(hash, at) {
      transaction(db, () => sql.used.run(at, hash))
    },
  }
}

function keyOf(row: Record<string, unknown>): ApiKeyRecord {
  const { record, last_used_at: lastUsedAt, revoked_at: revokedAt } = row as Record<string, string | null>
  return {
    ...(JSON.parse(record!) as ApiKeyRecord),
    ...(lastUsedAt != null && { lastUsedAt }),
    ...(revokedAt != null && { revokedAt }),
  }
}
