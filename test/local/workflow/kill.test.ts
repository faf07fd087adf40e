import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventsOf, run } from './harness.ts'
import { ITEMS, killedDocument } from './killed.ts'
import { systemClock } from '../../../local/workflow/clock.ts'

let dir: string
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'workflow-'))))
afterEach(() => rmSync(dir, { recursive: true }))

describe('Journal: kill -9 in the middle of a Map', () => {
  const handlerCalls = () => readFileSync(join(dir, 'calls.txt'), 'utf8').trim().split('\n')

  /** Runs killed.ts in a process of its own and kills it once it has called its handler `calls` times. */
  async function runAndKill(calls: number): Promise<void> {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'killed.ts'), dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)))
    let lines = 0
    for await (const chunk of child.stdout) {
      lines += String(chunk).split('\n').length - 1
      if (lines >= calls) break
    }
    child.kill('SIGKILL')
    expect(await exited).toBe('SIGKILL')
  }

  test('twice, and the third run finishes: only items that were running are called again', async () => {
    await runAndKill(5)
    const first = handlerCalls()
    await runAndKill(4)
    const db = new DatabaseSync(join(dir, 'journal.db'))
    const { output, events } = await run(killedDocument, {
      db,
      input: ITEMS,
      executionId: 'killed',
      clock: systemClock,
      tasks: { draw: async (args) => `drawn ${String(args)}` },
    })
    db.close()
    expect(output).toEqual(ITEMS.map((item) => `drawn ${item}`))
    const finished = eventsOf({ events }, 'StateReplayed').length
    const [calledTwiceOrMore, called] = [
      handlerCalls().length - new Set(handlerCalls()).size,
      new Set(handlerCalls()).size,
    ]
    // Two run at once, so a kill can interrupt two at most; what ended before it is never called again.
    expect(calledTwiceOrMore).toBeLessThanOrEqual(2)
    expect(finished).toBeGreaterThanOrEqual(called - 2)
    expect(finished).toBeGreaterThanOrEqual(first.length - 2)
    expect(eventsOf({ events }, 'StateExited').filter(({ name }) => name === 'Draw')).toHaveLength(
      ITEMS.length - finished,
    )
  }, 20_000)
})
