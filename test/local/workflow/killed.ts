// What the kill -9 test runs in a process of its own: a Map whose handler notes each call in a file before it works.
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { invoke, machine, run } from './harness.ts'
import { systemClock } from '../../../local/workflow/clock.ts'

/** Enough that a busy machine does not finish them before the kill. */
export const ITEMS = Array.from({ length: 36 }, (_, index) => `item ${index}`)
export const killedDocument = machine({
  M: {
    Type: 'Map',
    MaxConcurrency: 2,
    ItemProcessor: { StartAt: 'Draw', States: { Draw: invoke('draw') } },
    End: true,
  },
})

const DRAWING_MS = 40

if (import.meta.main) {
  const dir = process.argv[2]!
  const db = new DatabaseSync(join(dir, 'journal.db'))
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  const draw = async (args: unknown) => {
    appendFileSync(join(dir, 'calls.txt'), `${String(args)}\n`)
    process.stdout.write(`${String(args)}\n`)
    await sleep(DRAWING_MS)
    return `drawn ${String(args)}`
  }
  await run(killedDocument, { db, input: ITEMS, executionId: 'killed', clock: systemClock, tasks: { draw } })
}
