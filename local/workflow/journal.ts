// What an execution has done so far, in SQLite: enough to go on after kill -9 without doing anything twice.
import type { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import { ConflictError } from '../../core/errors.ts'

/** A finished state: what it gave, where it goes (undefined = its machine ends) and the variables that it set. */
export type Effect = { output: unknown; next: string | undefined; assigned: Record<string, unknown> }

/** `attempt` counts runs of the state from 0; `used` the retries per retrier; the next run starts at `dueMs`. */
export type Attempts = { attempt: number; used: Record<number, number>; dueMs: number }

/**
 * What is kept of a state, by the state's path. Arguments, items, due times and inputs are kept before anything is
 * done with them, so that an expression with $uuid, $random or $now is not asked twice.
 */
export type Kinds = {
  /** When the state was entered, in ms since 1970. */
  entered: number
  /** Of a Task or Parallel. */
  arguments: unknown
  /** What a task's handler gave. */
  result: unknown
  /** When a Wait is over, in ms since 1970. */
  due: number
  /** What a Map runs over, `limit` at a time. */
  items: { items: unknown[]; limit: number }
  /** What one item of a Map starts with. */
  input: unknown
  attempts: Attempts
  /** The state is finished. */
  effect: Effect
}

export type ExecutionJournal = {
  startedMs: number
  /** Whether an earlier run had started it. */
  isResumed: boolean
  /** How often the execution failed and was run again. */
  redriveCount: number
  finished: { output: unknown } | undefined
  read: <Kind extends keyof Kinds>(kind: Kind, path: string, attempt?: number) => { value: Kinds[Kind] } | undefined
  write: <Kind extends keyof Kinds>(kind: Kind, path: string, value: Kinds[Kind], attempt?: number) => void
  succeed: (output: unknown) => void
  fail: (error: string) => void
}

export type Journal = {
  /**
   * Starts an execution, or finds it again. A failed one is taken up where it failed, with fresh retry counters, as a
   * redrive in AWS. Throws ConflictError when the id was used with another document or input.
   */
  open: (execution: { id: string; documentSha256: string; input: unknown; nowMs: number }) => ExecutionJournal
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS workflow_execution (
    id TEXT PRIMARY KEY, document_sha256 TEXT NOT NULL, input TEXT NOT NULL, started_ms INTEGER NOT NULL,
    status TEXT NOT NULL DEFAULT 'running', redrive_count INTEGER NOT NULL DEFAULT 0, output TEXT, error TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS workflow_record (
    execution_id TEXT NOT NULL, path TEXT NOT NULL, attempt INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (execution_id, path, attempt, kind)
  ) STRICT, WITHOUT ROWID;`

/** Creates its tables when absent. Durable against a killed process in any mode; against a power cut as the caller sets it. */
export function sqliteJournal(db: DatabaseSync): Journal {
  db.exec(SCHEMA)
  const insertExecution = db.prepare(
    'INSERT INTO workflow_execution (id, document_sha256, input, started_ms) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  )
  const selectExecution = db.prepare('SELECT * FROM workflow_execution WHERE id = ?')
  const settle = db.prepare('UPDATE workflow_execution SET status = ?, output = ?, error = ? WHERE id = ?')
  const select = db.prepare(
    'SELECT value FROM workflow_record WHERE execution_id = ? AND path = ? AND attempt = ? AND kind = ?',
  )
  const upsert = db.prepare(
    'INSERT OR REPLACE INTO workflow_record (execution_id, path, attempt, kind, value) VALUES (?, ?, ?, ?, ?)',
  )

  return {
    open: ({ id, documentSha256, input, nowMs }) => {
      const { changes } = insertExecution.run(id, documentSha256, JSON.stringify(input), nowMs)
      const row = selectExecution.get(id)!
      if (row.document_sha256 !== documentSha256)
        throw new ConflictError(`execution ${id} was started with another workflow document; start a new one`)
      if (!isDeepStrictEqual(JSON.parse(String(row.input)), JSON.parse(JSON.stringify(input))))
        throw new ConflictError(`execution ${id} was started with another input; start a new one`)
      if (row.status === 'failed') redrive(db, id)
      return {
        startedMs: Number(row.started_ms),
        isResumed: changes === 0,
        redriveCount: Number(row.redrive_count) + (row.status === 'failed' ? 1 : 0),
        finished: row.status === 'succeeded' ? { output: JSON.parse(String(row.output)) } : undefined,
        read: (kind, path, attempt = 0) => {
          const found = select.get(id, path, attempt, kind)
          return found && { value: JSON.parse(String(found.value)) }
        },
        write: (kind, path, value, attempt = 0) => {
          upsert.run(id, path, attempt, kind, JSON.stringify(value))
        },
        succeed: (output) => void settle.run('succeeded', JSON.stringify(output), null, id),
        fail: (error) => void settle.run('failed', null, error, id),
      }
    },
  }
}

/** Of all executions there are, however they ended. */
export function executionIds(db: DatabaseSync): string[] {
  db.exec(SCHEMA)
  return db
    .prepare('SELECT id FROM workflow_execution')
    .all()
    .map(({ id }) => String(id))
}

/** With everything that is kept of it. */
export function dropExecution(db: DatabaseSync, id: string): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    db.prepare('DELETE FROM workflow_record WHERE execution_id = ?').run(id)
    db.prepare('DELETE FROM workflow_execution WHERE id = ?').run(id)
    db.exec('COMMIT')
  } catch (error) {
    // A full disk has rolled back already.
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

/**
 * Makes a failed execution ready to go on: states that are not finished get all their retries back, and results of
 * tasks whose Output or Assign could not be evaluated are asked for again.
 */
function redrive(db: DatabaseSync, id: string): void {
  const unfinished = `execution_id = ? AND NOT EXISTS (SELECT 1 FROM workflow_record AS effect WHERE
    effect.execution_id = workflow_record.execution_id AND effect.path = workflow_record.path AND effect.kind = 'effect')`
  db.exec('BEGIN IMMEDIATE')
  try {
    db.prepare(`DELETE FROM workflow_record WHERE kind = 'result' AND ${unfinished}`).run(id)
    db.prepare(
      `UPDATE workflow_record SET value = json_set(value, '$.used', json('{}'), '$.dueMs', 0)
       WHERE kind = 'attempts' AND ${unfinished}`,
    ).run(id)
    db.prepare(`UPDATE workflow_execution SET status = 'running', redrive_count = redrive_count + 1 WHERE id = ?`).run(
      id,
    )
    db.exec('COMMIT')
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}
