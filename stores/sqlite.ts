// The one SQLite file behind the local stores: opening it, and writing to it as a unit.
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { InputError } from '../core/errors.ts'

/** Count up when a table changes; each store creates its own tables where they are missing. */
const schemaVersion = 1

/** How long a process waits for another one's write. The longest write of ours takes tens of milliseconds. */
const busyTimeoutMs = 5000

/**
 * Opens the database, creating file and folder where they are missing. Several processes may have it open at once.
 * Throws InputError, one line, when the file is not ours to use: not a database, read-only, from a newer ClipForge.
 */
export function openDatabase(file: string): DatabaseSync {
  let db: DatabaseSync | undefined
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    if (file !== ':memory:') keepPrivate(file)
    db = new DatabaseSync(file, { timeout: busyTimeoutMs })
    db.exec('PRAGMA journal_mode = WAL')
    // FULL, not NORMAL: an intent to spend must outlive a power cut, and a replaced body's file is deleted only
    // after the row that replaced it is on disk. It costs 1 to 3 ms a write; a video makes some hundred.
    db.exec('PRAGMA synchronous = FULL')
    claimSchema(db, file)
    return db
  } catch (error) {
    db?.close()
    throw readable(error, file)
  }
}

/**
 * Takes a file or folder from everybody but its owner. What is not ours to change stays as it is, and so does a folder
 * that is everybody's, as /tmp.
 */
export function closeToOthers(path: string): void {
  const { mode } = statSync(path, { throwIfNoEntry: false }) ?? { mode: 0 }
  if ((mode & 0o077) === 0 || (mode & 0o1000) !== 0) return
  try {
    chmodSync(path, mode & 0o700)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (!['ENOENT', 'EPERM', 'EROFS', 'ENOTSUP'].includes(code)) throw error
  }
}

/** Runs `work` as one write: all of it happens, or nothing. `work` is synchronous, so nothing comes between. */
export function transaction<Result>(db: DatabaseSync, work: () => Result): Result {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    // A full disk has rolled back already.
    if (db.isTransaction) db.exec('ROLLBACK')
    throw sqliteCode(error) === SQLITE_FULL ? diskFull(error) : error
  }
}

/** Made before SQLite does, which gives its other files the same mode: they are never open to others, not for a moment. */
function keepPrivate(file: string) {
  closeToOthers(dirname(file))
  try {
    closeSync(openSync(file, 'a', 0o600))
  } catch {
    // SQLite says better what is wrong with it.
  }
  for (const ending of ['', '-wal', '-shm']) closeToOthers(`${file}${ending}`)
}

function claimSchema(db: DatabaseSync, file: string) {
  transaction(db, () => {
    const found = Number(db.prepare('PRAGMA user_version').get()?.['user_version'])
    if (found > schemaVersion)
      throw new InputError(
        `${file} was written by a newer ClipForge (schema ${found}, this one knows ${schemaVersion}): update ClipForge, or choose another folder`,
      )
    if (found === 0 && db.prepare('SELECT 1 FROM sqlite_master').get())
      throw new InputError(`${file} is another program's database: choose another folder`)
    db.exec(`PRAGMA user_version = ${schemaVersion}`)
  })
}

// https://www.sqlite.org/rescode.html
const SQLITE_FULL = 13
const complaints: Record<number, string> = {
  5: 'is in use by another program that does not let go: end that program, then try again',
  8: 'cannot be written: make the file and its folder writable, or choose another folder',
  11: 'is damaged: restore it from a copy, or move it away to start anew',
  14: 'cannot be opened as a file: choose another folder',
  26: 'is not a database: move it away, or choose another folder',
}

function readable(error: unknown, file: string): unknown {
  if (!(error instanceof Error)) return error
  // Extended codes carry the primary one in their low byte.
  const complaint = complaints[(sqliteCode(error) ?? 0) & 0xff]
  if (complaint) return new InputError(`${file} ${complaint}`, { cause: error })
  const code = 'code' in error ? String(error.code) : ''
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code))
    return new InputError(`the folder ${dirname(file)} cannot be written (${code}): choose another one`, {
      cause: error,
    })
  return error
}

function sqliteCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) : undefined
}

/** As the file system itself says it, so that callers look for one code. */
function diskFull(cause: unknown): Error {
  return Object.assign(new Error('ENOSPC: no space left on device, write to the database', { cause }), {
    code: 'ENOSPC',
  })
}
