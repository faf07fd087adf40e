// One process at a time works on a video. The lease names the process, so a killed one loses it at once.
import { readFileSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { ConflictError } from '../core/errors.ts'

/** Takes the lease or throws ConflictError naming the process that holds it. Gives the function that returns it. */
export function takeLease(db: DatabaseSync, videoId: string): () => void {
  db.exec(schema)
  db.exec('BEGIN IMMEDIATE')
  try {
    const holder = holderOf(db, videoId)
    if (holder !== undefined)
      throw new ConflictError(
        `${videoId} is being made by process ${holder}; wait for it, or stop it and run this again`,
      )
    db.prepare('INSERT OR REPLACE INTO lease VALUES (?, ?, ?)').run(videoId, process.pid, startedAt(process.pid))
    db.exec('COMMIT')
  } catch (error) {
    // A full disk has rolled back already.
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
  return () => {
    try {
      db.prepare('DELETE FROM lease WHERE video = ? AND pid = ?').run(videoId, process.pid)
    } catch {
      // On a full disk, say: it falls free with this process, and what filled the disk is the error to hear of.
    }
  }
}

/** For a process that begins anew what a part of its own has left behind. */
export function dropOwnLeases(db: DatabaseSync): void {
  db.exec(schema)
  db.prepare('DELETE FROM lease WHERE pid = ?').run(process.pid)
}

/** The living process that works on the video, if any. */
export function holderOf(db: DatabaseSync, videoId: string): number | undefined {
  db.exec(schema)
  const held = db.prepare('SELECT pid, started FROM lease WHERE video = ?').get(videoId) as Holder | undefined
  return held && isAlive(held.pid) && startedAt(held.pid) === held.started ? held.pid : undefined
}

const schema =
  'CREATE TABLE IF NOT EXISTS lease (video TEXT PRIMARY KEY, pid INTEGER NOT NULL, started TEXT NOT NULL) STRICT'

type Holder = { pid: number; started: string }

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Tells a process from a later one with the same number, where the system says when it began (Linux: field 22 of stat). */
function startedAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
