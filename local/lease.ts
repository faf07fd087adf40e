// One process at a time works on a video. The lease names the process, so a killed one loses it at once.
import { readFileSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { ConflictError } from '../core/errors.ts'

/** Takes the lease or throws ConflictError naming the process that holds it. Gives the function that returns it. */
export function takeLease(db: DatabaseSync, videoId: string): () => void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS lease (video TEXT PRIMARY KEY, pid INTEGER NOT NULL, started TEXT NOT NULL) STRICT',
  )
  db.exec('BEGIN IMMEDIATE')
  try {
    const held = db.prepare('SELECT pid, started FROM lease WHERE video = ?').get(videoId) as Holder | undefined
    if (held && isAlive(held.pid) && startedAt(held.pid) === held.started)
      throw new ConflictError(
        `${videoId} is being made by process ${held.pid}; wait for it, or stop it and run this again`,
      )
    db.prepare('INSERT OR REPLACE INTO lease VALUES (?, ?, ?)').run(videoId, process.pid, startedAt(process.pid))
    db.exec('COMMIT')
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
  return () => void db.prepare('DELETE FROM lease WHERE video = ? AND pid = ?').run(videoId, process.pid)
}

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
