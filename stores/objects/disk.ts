// Objects on this machine: a body is a file with a random name, everything about it a row in SQLite. The row is
// what makes an object: a body shows, whole, when its row is committed, and no key ever becomes a path.
import { createHash, randomUUID } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { open, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { InputError, NotFoundError } from '../../core/errors.ts'
import type { ListedObject, ObjectInfo, ObjectStore } from '../../core/ports.ts'
import { closeToOthers, transaction } from '../sqlite.ts'

export type DiskObjects = ObjectStore & {
  /**
   * The body as a file that must not be written, for local programs that want a path; valid until the key is
   * overwritten or deleted. It has no extension. Throws NotFoundError.
   */
  pathOf: (key: string) => Promise<string>
}

/** Bodies that no row names are deleted at opening when nobody has written to them for this long. */
const orphanAgeMs = 3_600_000
/** Also what S3 gives at most. */
const pageLimit = 1000

type Row = ObjectInfo & { blob: string }

/**
 * Keeps bodies in `dir` (created if missing) and their rows in `db`. A folder belongs to one database, which any
 * number of processes may have open. A write that fails throws the system's error (`ENOSPC` …) and leaves nothing.
 */
export function openDiskObjects({ dir, db }: { dir: string; db: DatabaseSync }): DiskObjects {
  makeFolder(dir)
  db.exec(`CREATE TABLE IF NOT EXISTS object (
    key TEXT PRIMARY KEY, blob TEXT NOT NULL UNIQUE, bytes INTEGER NOT NULL, content_type TEXT NOT NULL,
    sha256 TEXT NOT NULL, modified_at TEXT NOT NULL) STRICT, WITHOUT ROWID`)
  const select = db.prepare('SELECT * FROM object WHERE key = ?')
  const upsert = db.prepare('INSERT OR REPLACE INTO object VALUES (?, ?, ?, ?, ?, ?)')
  const remove = db.prepare('DELETE FROM object WHERE key = ? RETURNING blob')
  // Compares text as UTF-8 bytes, which is the order that the port promises.
  const following = db.prepare('SELECT * FROM object WHERE key >= ? AND key > ? ORDER BY key')
  sweepOrphans(dir, db)

  const find = (key: string) => rowOf(select.get(key))
  const pathTo = (blob: string) => join(dir, blob)
  /** A row whose body somebody has removed is no object: what makes it may make it again. */
  const whole = (key: string) => {
    const row = find(key)
    return row && existsSync(pathTo(row.blob)) ? row : undefined
  }

  return {
    async head(key) {
      const row = whole(key)
      return row && infoOf(row)
    },

    async get(key) {
      const { handle } = await openBody(key, find, pathTo)
      try {
        return await handle.readFile()
      } finally {
        await handle.close()
      }
    },

    async read(key, range) {
      const { handle, row } = await openBody(key, find, pathTo)
      try {
        // Given to the stream, the handle closes when the reader ends or gives up.
        return handle.createReadStream(range && { start: range.first, end: lastByte(range, row) })
      } catch (error) {
        await handle.close()
        throw error
      }
    },

    async put(key, body, { contentType, ifAbsent = false }) {
      const already = ifAbsent ? whole(key) : undefined
      if (already) return infoOf(already)
      const blob = randomUUID()
      const temporary = pathTo(`${blob}.part`)
      try {
        const written = await writeBody(temporary, body)
        const { kept, dropped } = transaction(db, () => {
          const before = find(key)
          if (before && ifAbsent && whole(key)) return { kept: before, dropped: `${blob}.part` }
          renameSync(temporary, pathTo(blob))
          flushFolder(dir)
          const row = { key, blob, ...written, contentType, modifiedAt: new Date().toISOString() }
          upsert.run(key, blob, row.bytes, contentType, row.sha256, row.modifiedAt)
          return { kept: row, dropped: before?.blob }
        })
        // What cannot be removed now is an orphan, which a later opening sweeps.
        if (dropped) await rm(pathTo(dropped), { force: true }).catch(() => {})
        return infoOf(kept)
      } catch (error) {
        await Promise.all([rm(temporary, { force: true }), rm(pathTo(blob), { force: true })])
        throw error
      }
    },

    async delete(key) {
      const row = transaction(db, () => remove.get(key))
      if (row) await rm(pathTo(String(row['blob'])), { force: true })
    },

    async list(prefix, { after = '', limit = pageLimit } = {}) {
      const objects: ListedObject[] = []
      for (const found of following.iterate(prefix, after)) {
        const row = rowOf(found)
        // Keys with one prefix stand together.
        if (!row?.key.startsWith(prefix)) break
        if (objects.length === limit) return { objects, next: objects.at(-1)?.key }
        objects.push({ key: row.key, bytes: row.bytes, modifiedAt: row.modifiedAt })
      }
      return { objects, next: undefined }
    },

    async pathOf(key) {
      const row = find(key)
      if (!row) throw noObject(key)
      return pathTo(row.blob)
    },
  }
}

function makeFolder(dir: string) {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    accessSync(dir, constants.W_OK | constants.X_OK)
    closeToOthers(dir)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new InputError(`the folder ${dir} cannot be written (${reason}): choose another one`, { cause: error })
  }
}

/**
 * Under the write lock, where `put` also gives a body its name and its row: so a body without a row is one that a
 * dead process left, or one that is still being written and therefore young.
 */
function sweepOrphans(dir: string, db: DatabaseSync) {
  const named = db.prepare('SELECT 1 FROM object WHERE blob = ?')
  const ours = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.part)?$/
  transaction(db, () => {
    for (const name of readdirSync(dir)) {
      if (!ours.test(name) || named.get(name)) continue
      const file = join(dir, name)
      const writtenMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
      if (Date.now() - writtenMs > orphanAgeMs) rmSync(file, { force: true })
    }
  })
}

/** An opened body stays whole while it is read, whatever happens to the key meanwhile. */
async function openBody(
  key: string,
  find: (key: string) => Row | undefined,
  pathTo: (blob: string) => string,
): Promise<{ handle: FileHandle; row: Row }> {
  for (let row = find(key), missing; row; row = find(key)) {
    try {
      return { handle: await open(pathTo(row.blob), 'r'), row }
    } catch (error) {
      // Overwritten or deleted between the two steps: look again. The same file missing twice is a loss.
      const gone = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      if (!gone || missing === row.blob) throw error
      missing = row.blob
    }
  }
  throw noObject(key)
}

function lastByte({ first, last = Infinity }: { first: number; last?: number }, { key, bytes }: Row): number {
  if (first < 0 || first > last || first >= bytes)
    throw new InputError(`bytes ${first} to ${last} of ${key}: the object has ${bytes} bytes`)
  return Math.min(last, bytes - 1)
}

async function writeBody(file: string, body: Uint8Array | AsyncIterable<Uint8Array>) {
  const digest = createHash('sha256')
  let bytes = 0
  const handle = await open(file, 'wx', 0o400)
  try {
    await handle.writeFile(measured())
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { bytes, sha256: digest.digest('hex') }

  async function* measured() {
    for await (const chunk of body instanceof Uint8Array ? [body] : body) {
      digest.update(chunk)
      bytes += chunk.byteLength
      yield chunk
    }
  }
}

/** Without it, a power cut may keep the row and forget the file's name. Windows has no such call and needs none. */
function flushFolder(dir: string) {
  if (process.platform === 'win32') return
  const folder = openSync(dir, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function rowOf(found: Record<string, unknown> | undefined): Row | undefined {
  return (
    found && {
      key: String(found['key']),
      blob: String(found['blob']),
      bytes: Number(found['bytes']),
      contentType: String(found['content_type']),
      sha256: String(found['sha256']),
      modifiedAt: String(found['modified_at']),
    }
  )
}

function infoOf({ blob: _blob, ...info }: Row): ObjectInfo {
  return info
}

function noObject(key: string) {
  return new NotFoundError(`there is no object ${key}`)
}
