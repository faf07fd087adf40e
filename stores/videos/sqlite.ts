// Videos, their events and their calls in SQLite. A record is kept as JSON, with the columns beside it that a
// query needs; every write is one short transaction, so any number of processes may share the file.
import type { DatabaseSync } from 'node:sqlite'
import { ConflictError, InputError, NotFoundError } from '../../core/errors.ts'
import type { CallRecord, VideoEvent, VideoRecord, VideoStore } from '../../core/ports.ts'
import { transaction } from '../sqlite.ts'

type VideoPage = { videos: VideoRecord[]; next: string | undefined }

export type SqliteVideos = VideoStore & {
  /** Unfinished videos of a state, of all owners, oldest first. `after` is the cursor `next` of the page before. */
  listByState: (state: 'queued' | 'running', page?: { after?: string; limit?: number }) => Promise<VideoPage>
  /** From 1, among those of all owners that wait; undefined for one that does not. */
  queuePosition: (id: string) => Promise<number | undefined>
  /** The same of many at once, by their ids; those that do not wait are left out. */
  queuePositions: (ids: string[]) => Promise<Record<string, number>>
  /** The video that this key made; undefined for a key that is new. */
  createdWith: (owner: string, idempotencyKey: string) => Promise<VideoRecord | undefined>
  /** How many of the owner's videos wait. */
  countQueued: (owner: string) => Promise<number>
  /** How many wait and how many are being made, of all owners. */
  countUnfinished: () => Promise<{ queued: number; running: number }>
  /** The ids of those that a webhook is to be told of: of that status, or created since then (ISO 8601). */
  withWebhook: (which: { status: 'running' } | { since: string }) => Promise<string[]>
  /** Deletes the videos whose time is up, with all that belongs to them; gives how many. Reads hide them anyway. */
  sweep: () => Promise<number>
}

const schema = `
  CREATE TABLE IF NOT EXISTS video (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, created_at TEXT NOT NULL, expires_at INTEGER,
    version INTEGER NOT NULL, record TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS video_by_owner ON video (owner, created_at, id);
  CREATE INDEX IF NOT EXISTS video_by_expiry ON video (expires_at) WHERE expires_at IS NOT NULL;
  CREATE INDEX IF NOT EXISTS video_by_state ON video (record ->> 'status', created_at, id, owner, expires_at);
  CREATE TABLE IF NOT EXISTS idempotency (
    owner TEXT NOT NULL, key TEXT NOT NULL, video TEXT NOT NULL REFERENCES video ON DELETE CASCADE,
    PRIMARY KEY (owner, key)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS idempotency_by_video ON idempotency (video);
  CREATE TABLE IF NOT EXISTS event (
    video TEXT NOT NULL REFERENCES video ON DELETE CASCADE, seq INTEGER NOT NULL, event TEXT NOT NULL,
    PRIMARY KEY (video, seq)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS call (
    recorded INTEGER PRIMARY KEY, video TEXT NOT NULL REFERENCES video ON DELETE CASCADE, key TEXT NOT NULL,
    call TEXT NOT NULL, UNIQUE (video, key)) STRICT;`

const live = '(expires_at IS NULL OR expires_at >= unixepoch())'
const hasWebhook = "record ->> '$.request.webhookUrl' IS NOT NULL"
const ofLiveVideo = `video IN (SELECT id FROM video WHERE id = ? AND ${live})`

/**
 * What belongs to a video goes with it: of a video that is not there or has expired, `events` and `calls` are empty,
 * and `appendEvent`, `recordCall` and `settleCall` throw NotFoundError.
 */
export function openSqliteVideos(db: DatabaseSync): SqliteVideos {
  db.exec(schema)
  const sql = statements(db)
  const find = (id: string) => recordOf(sql.get.get(id))
  const write = <Result>(id: string, work: () => Result) =>
    transaction(db, () => {
      if (!find(id)) throw new NotFoundError(`there is no video ${id}`)
      return work()
    })

  return {
    async create(video, idempotencyKey) {
      return transaction(db, () => {
        // An expired video's id and idempotency key are free again.
        sql.sweep.run()
        const before = idempotencyKey && recordOf(sql.remembered.get(video.owner, idempotencyKey))
        if (before) return before
        const record = { ...video, version: 1 }
        if (sql.insert.run(...columnsOf(record), video.id, video.owner, video.createdAt).changes === 0)
          throw new ConflictError(`a video ${video.id} exists already`)
        if (idempotencyKey) sql.remember.run(video.owner, idempotencyKey, video.id)
        return record
      })
    },

    async get(id) {
      return find(id)
    },

    async update(id, version, patch) {
      return transaction(db, () => {
        const stored = find(id)
        if (stored?.version !== version)
          throw new ConflictError(
            `video ${id} is ${stored ? `at version ${stored.version}` : 'gone'}, not at ${version}: read it again`,
          )
        const record = { ...stored, ...patch, version: version + 1 }
        sql.update.run(...columnsOf(record), id)
        return record
      })
    },

    async list(owner, { before, limit = 50 } = {}) {
      const cursor = before === undefined ? [afterAnyTime, ''] : parseCursor(before)
      const videos = sql.page.all(owner, ...cursor, limit + 1).flatMap((row) => recordOf(row) ?? [])
      const last = videos.length > limit ? videos[limit - 1] : undefined
      return { videos: videos.slice(0, limit), next: last && `${last.createdAt} ${last.id}` }
    },

    async listByState(state, { after, limit = 50 } = {}) {
      const cursor = after === undefined ? ['', ''] : parseCursor(after)
      const videos = sql.byState.all(state, ...cursor, limit + 1).flatMap((row) => recordOf(row) ?? [])
      const last = videos.length > limit ? videos[limit - 1] : undefined
      return { videos: videos.slice(0, limit), next: last && `${last.createdAt} ${last.id}` }
    },

    async queuePosition(id) {
      const position = Number(sql.position.get(id)?.['position'] ?? 0)
      return position === 0 ? undefined : position
    },

    async queuePositions(ids) {
      const waiting = sql.waiting.all(JSON.stringify(ids)) as { id: string; created_at: string }[]
      // From each to the next one of them, so that the queue is counted through once.
      let [place, createdAt, before] = [0, '', '']
      const places = waiting.map(({ id, created_at: at }): [string, number] => {
        place += Number(sql.waitingBetween.get(createdAt, before, at, id)?.['count'])
        ;[createdAt, before] = [at, id]
        return [id, place]
      })
      return Object.fromEntries(places)
    },

    async createdWith(owner, idempotencyKey) {
      return recordOf(sql.remembered.get(owner, idempotencyKey))
    },

    async countQueued(owner) {
      return Number(sql.queuedOf.get(owner)?.['count'])
    },

    async countUnfinished() {
      const count = (state: string) => Number(sql.inState.get(state)?.['count'])
      return { queued: count('queued'), running: count('running') }
    },

    async withWebhook(which) {
      const rows = 'since' in which ? sql.toldSince.all(which.since) : sql.toldInState.all(which.status)
      return rows.map(({ id }) => String(id))
    },

    async delete(id) {
      transaction(db, () => sql.delete.run(id))
    },

    async appendEvent(id, event) {
      const row = write(id, () => sql.appendEvent.get(id, JSON.stringify(event), id))
      return Number(row?.['seq'])
    },

    async events(id, { after = 0, limit = -1 } = {}) {
      return sql.events.all(id, after, limit).map((row) => {
        const event: VideoEvent = JSON.parse(String(row['event']))
        return { ...event, seq: Number(row['seq']) }
      })
    },

    async recordCall(id, call) {
      write(id, () => sql.recordCall.run(id, call.key, JSON.stringify(call)))
    },

    async settleCall(id, key, settled) {
      const { changes } = write(id, () => sql.settleCall.run(JSON.stringify(settled), id, key))
      if (changes === 0) throw new NotFoundError(`video ${id} has recorded no call ${key}`)
    },

    async calls(id) {
      return sql.calls.all(id).map((row): CallRecord => JSON.parse(String(row['call'])))
    },

    async sweep() {
      return Number(transaction(db, () => sql.sweep.run()).changes)
    },
  }
}

function statements(db: DatabaseSync) {
  return {
    insert: db.prepare(`INSERT INTO video (version, expires_at, record, id, owner, created_at)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`),
    get: db.prepare(`SELECT record FROM video WHERE id = ? AND ${live}`),
    update: db.prepare('UPDATE video SET version = ?, expires_at = ?, record = ? WHERE id = ?'),
    // The id tells apart what was created in the same millisecond.
    page: db.prepare(`SELECT record FROM video WHERE owner = ? AND (created_at, id) < (?, ?) AND ${live}
      ORDER BY created_at DESC, id DESC LIMIT ?`),
    byState:
      db.prepare(`SELECT record FROM video WHERE record ->> 'status' = ? AND (created_at, id) > (?, ?) AND ${live}
      ORDER BY created_at, id LIMIT ?`),
    // These read the index and no record.
    position: db.prepare(`SELECT count(*) AS position FROM video AS waiting, video AS this
      WHERE this.id = ? AND this.record ->> 'status' = 'queued' AND waiting.record ->> 'status' = 'queued'
        AND (waiting.created_at, waiting.id) <= (this.created_at, this.id)`),
    waiting: db.prepare(`SELECT id, created_at FROM video WHERE id IN (SELECT value FROM json_each(?))
      AND record ->> 'status' = 'queued' ORDER BY created_at, id`),
    waitingBetween: db.prepare(`SELECT count(*) AS count FROM video WHERE record ->> 'status' = 'queued'
      AND (created_at, id) > (?, ?) AND (created_at, id) <= (?, ?)`),
    inState: db.prepare(`SELECT count(*) AS count FROM video WHERE record ->> 'status' = ? AND ${live}`),
    toldInState: db.prepare(`SELECT id FROM video WHERE record ->> 'status' = ? AND ${hasWebhook} AND ${live}`),
    toldSince: db.prepare(`SELECT id FROM video WHERE created_at >= ? AND ${hasWebhook} AND ${live}`),
    queuedOf: db.prepare(
      `SELECT count(*) AS count FROM video WHERE record ->> 'status' = 'queued' AND owner = ? AND ${live}`,
    ),
    delete: db.prepare('DELETE FROM video WHERE id = ?'),
    sweep: db.prepare('DELETE FROM video WHERE expires_at < unixepoch()'),
    remember: db.prepare('INSERT INTO idempotency VALUES (?, ?, ?)'),
    remembered: db.prepare(`SELECT record FROM idempotency JOIN video ON video.id = idempotency.video
      WHERE idempotency.owner = ? AND key = ? AND ${live}`),
    appendEvent: db.prepare(`INSERT INTO event SELECT ?, coalesce(max(seq), 0) + 1, ? FROM event
      WHERE video = ? RETURNING seq`),
    // A limit of -1 is none.
    events: db.prepare(`SELECT seq, event FROM event WHERE ${ofLiveVideo} AND seq > ? ORDER BY seq LIMIT ?`),
    recordCall: db.prepare('INSERT INTO call (video, key, call) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
    settleCall: db.prepare('UPDATE call SET call = json_patch(call, ?) WHERE video = ? AND key = ?'),
    calls: db.prepare(`SELECT call FROM call WHERE ${ofLiveVideo} ORDER BY recorded`),
  }
}

type Row = Record<string, unknown> | undefined

function recordOf(row: Row): VideoRecord | undefined {
  return row && JSON.parse(String(row['record']))
}

function columnsOf(record: VideoRecord) {
  return [record.version, record.expiresAt ?? null, JSON.stringify(record)] as const
}

/** Text that sorts after every ISO 8601 time. */
const afterAnyTime = '~'

function parseCursor(cursor: string): [createdAt: string, id: string] {
  const [createdAt, id] = cursor.split(' ', 2)
  if (!createdAt || !id) throw new InputError(`'${cursor}' is no place in a list: give the 'next' of the page before`)
  return [createdAt, id]
}
