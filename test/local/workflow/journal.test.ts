import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventsOf, failing, invoke, LAMBDA, machine, run, START, untilStopped, virtualClock } from './harness.ts'

let dir: string
let db: DatabaseSync
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'workflow-'))
  db = new DatabaseSync(join(dir, 'journal.db'))
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
})
afterEach(() => {
  db.close()
  rmSync(dir, { recursive: true })
})

/** As after kill -9: nothing of this run may write to the journal any more. */
function dying(): { signal: AbortSignal; die: () => Promise<never> } {
  const death = new AbortController()
  return { signal: death.signal, die: () => (death.abort(new Error('killed')), new Promise(() => undefined)) }
}

describe('Journal: a finished execution', () => {
  test('gives its recorded output without a handler, and says so', async () => {
    const document = machine({ A: invoke('f') })
    await run(document, { db, input: { n: 1 }, tasks: { f: async () => ({ made: 1 }) } })
    const again = await run(document, { db, input: { n: 1 } })
    expect(again.output).toEqual({ made: 1 })
    expect(again.events).toMatchObject([{ type: 'ExecutionSucceeded', replayed: true }])
  })

  test('another document or another input under the same id is refused', async () => {
    const document = machine({ A: { Type: 'Succeed' } })
    await run(document, { db, input: { n: 1, m: 2 } })
    expect((await run(document, { db, input: { m: 2, n: 1 } })).error).toBeUndefined()
    expect((await run(document, { db, input: { n: 2, m: 2 } })).error).toMatchObject({
      name: 'ConflictError',
      message: 'execution e1 was started with another input; start a new one',
    })
    expect((await run(machine({ B: { Type: 'Succeed' } }), { db, input: { n: 1, m: 2 } })).error?.message).toBe(
      'execution e1 was started with another workflow document; start a new one',
    )
  })

  test('executions with different ids know nothing of each other', async () => {
    let calls = 0
    const options = { db, tasks: { f: async () => ++calls } }
    const document = machine({ A: invoke('f') })
    expect((await run(document, { ...options, executionId: 'e1' })).output).toBe(1)
    expect((await run(document, { ...options, executionId: 'e2' })).output).toBe(2)
  })
})

describe('Journal: an interrupted execution', () => {
  test('replays finished states with their variables and goes on after them', async () => {
    const calls: string[] = []
    const document = machine({
      A: invoke('a', { Assign: { id: '{% $uuid() %}' }, Next: 'B' }),
      B: invoke('b', { Output: ['{% $id %}', '{% $states.result.Payload %}'], End: true }),
    })
    const death = dying()
    let first: unknown
    await run(document, {
      db,
      signal: death.signal,
      graceMs: 1,
      tasks: { a: async () => calls.push('a'), b: () => (calls.push('b'), death.die()) },
      onEvent: () => (first ??= db.prepare("SELECT value FROM workflow_record WHERE kind = 'effect'").get()?.value),
    })
    const { output, events } = await run(document, {
      db,
      tasks: { a: async () => 0, b: async () => calls.push('b again') },
    })
    const { assigned } = JSON.parse(String(first)) as { assigned: { id: string } }
    expect(output).toEqual([assigned.id, 3])
    expect(calls).toEqual(['a', 'b', 'b again'])
    expect(eventsOf({ events }, 'StateReplayed')).toMatchObject([{ path: 'A', name: 'A' }])
    expect(eventsOf({ events }, 'ExecutionStarted')).toMatchObject([{ resumed: true }])
  })

  test('a task that was running is called again with the very same arguments', async () => {
    const seen: unknown[] = []
    const Payload = ['{% $uuid() %}', '{% $millis() %}', '{% $random() %}', '{% $states.context.State.EnteredTime %}']
    const document = machine({ A: invoke('f', { Arguments: { FunctionName: 'f', Payload }, End: true }) })
    const death = dying()
    await run(document, {
      db,
      signal: death.signal,
      graceMs: 1,
      tasks: { f: (args) => (seen.push(args), death.die()) },
    })
    await run(document, { db, clock: virtualClock(START + 99_000), tasks: { f: async (args) => seen.push(args) } })
    expect(seen).toHaveLength(2)
    expect(seen[1]).toEqual(seen[0])
  })

  test('a task that had answered is not called again, even when its Output was not evaluated yet', async () => {
    let calls = 0
    const options = { db, tasks: { f: async () => ++calls } }
    const document = machine({ A: invoke('f', { Output: '{% $error($string($states.result.Payload)) %}', End: true }) })
    await run(document, options)
    // As if the process had been killed before the failure was recorded.
    db.exec("UPDATE workflow_execution SET status = 'running'")
    expect((await run(document, options)).error?.message).toContain('threw an error: 1')
    expect(calls).toBe(1)
  })

  test('a Map goes on with the very same items, and repeats none that is finished', async () => {
    const seen: Record<string, number> = {}
    const Draw = invoke('draw')
    const document = machine({
      M: {
        Type: 'Map',
        MaxConcurrency: 1,
        Items: '{% $shuffle([1..9]) %}',
        ItemSelector: ['{% $states.context.Map.Item.Value %}', '{% $uuid() %}'],
        ItemProcessor: { StartAt: 'Draw', States: { Draw } },
        End: true,
      },
    })
    const death = dying()
    const draw = async (args: unknown) => {
      const key = JSON.stringify(args)
      seen[key] = (seen[key] ?? 0) + 1
      return args
    }
    const killer = async (args: unknown) => (Object.keys(seen).length === 4 ? death.die() : draw(args))
    await run(document, { db, signal: death.signal, graceMs: 1, tasks: { draw: killer } })
    const { output } = await run(document, { db, tasks: { draw } })
    expect((output as unknown[]).map((entry) => JSON.stringify(entry))).toEqual(Object.keys(seen))
    expect(Object.values(seen)).toEqual(Array.from({ length: 9 }, () => 1))
  })

  test('a Wait is over when it was due, however often it was interrupted', async () => {
    const document = machine({ W: { Type: 'Wait', Seconds: 100, End: true } })
    const clock = virtualClock()
    const death = dying()
    void clock.sleep(30_000).then(death.die)
    await run(document, { db, clock, signal: death.signal })
    expect(clock.now()).toBe(START + 30_000)
    expect((await run(document, { db, clock: virtualClock(START + 60_000) })).tookMs).toBe(100_000)
  })

  test('retries that were used stay used, and the delay before the next one goes on', async () => {
    const Retry = [{ ErrorEquals: ['E'], IntervalSeconds: 100, MaxAttempts: 2 }]
    const document = machine({ A: invoke('f', { Retry, End: true }) })
    const clock = virtualClock()
    const death = dying()
    void clock.sleep(40_000).then(death.die)
    await run(document, { db, clock, signal: death.signal, tasks: { f: failing('E') } })
    const attempts: number[] = []
    const resumed = await run(document, {
      db,
      clock: virtualClock(START + 70_000),
      tasks: { f: async (args, call) => (attempts.push(call.attempt), failing('E')(args, call)) },
    })
    expect(attempts).toEqual([1, 2])
    expect(resumed.tookMs).toBe(100_000 + 200_000)
    expect(resumed.error?.error).toBe('E')
  })

  test('the start of the execution and of the state stay what they were', async () => {
    const document = machine({
      A: invoke('f', {
        Output: '{% [$states.context.Execution.StartTime, $states.context.State.EnteredTime] %}',
        End: true,
      }),
    })
    const death = dying()
    await run(document, { db, signal: death.signal, graceMs: 1, tasks: { f: death.die } })
    const { output } = await run(document, { db, clock: virtualClock(START + 5_000), tasks: { f: async () => 1 } })
    expect(output).toEqual([new Date(START).toISOString(), new Date(START).toISOString()])
  })

  test('a handler that outlives the grace no longer touches the journal', async () => {
    const late = Promise.withResolvers<string>()
    const user = new AbortController()
    const document = machine({ A: invoke('f') })
    await run(document, { db, signal: user.signal, graceMs: 1, tasks: { f: () => (user.abort(), late.promise) } })
    late.resolve('too late')
    await sleep(1)
    expect((await run(document, { db, tasks: { f: async () => 'anew' } })).output).toBe('anew')
  })
})

describe('Journal: a failed execution run again (a redrive)', () => {
  test('repeats what failed with all its retries, and nothing that was finished', async () => {
    const calls: string[] = []
    const States = { B: invoke('b', { Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }], End: true }) }
    const Branches = [
      { StartAt: 'A', States: { A: invoke('a') } },
      { StartAt: 'B', States },
    ]
    const document = machine({
      P: {
        Type: 'Parallel',
        Branches,
        Output: ['{% $states.result %}', '{% $states.context.Execution.RedriveCount %}'],
        End: true,
      },
    })
    const a = async () => calls.push('a')
    const b = (good: boolean) => async (args: unknown, call: Parameters<ReturnType<typeof failing>>[1]) => {
      calls.push(`b${call.attempt}`)
      return good && call.attempt === 2 ? 'ok' : failing('E')(args, call)
    }
    expect((await run(document, { db, tasks: { a, b: b(false) } })).error?.error).toBe('E')
    expect(calls).toEqual(['a', 'b0', 'b1'])
    const redriven = await run(document, { db, tasks: { a, b: b(true) } })
    expect(calls).toEqual(['a', 'b0', 'b1', 'b1', 'b2'])
    expect(redriven.output).toEqual([[1, 'ok'], 1])
  })

  test('asks a task again whose result could not be used', async () => {
    const document = machine({ A: invoke('f', { Output: '{% $states.result.Payload.good %}', End: true }) })
    expect((await run(document, { db, tasks: { f: async () => ({}) } })).error?.error).toBe(
      'States.QueryEvaluationError',
    )
    expect((await run(document, { db, tasks: { f: async () => ({ good: 1 }) } })).output).toBe(1)
  })
})

test('a Lambda whose sibling failed is not asked again once it has answered', async () => {
  let paid = 0
  const States = (name: string) => ({ [name]: { ...invoke(name), Resource: LAMBDA } })
  const document = machine({
    P: { Type: 'Parallel', Branches: ['a', 'b'].map((name) => ({ StartAt: name, States: States(name) })), End: true },
  })
  const a = async (_: unknown, { signal }: { signal: AbortSignal }) => untilStopped(signal).catch(() => ++paid)
  expect((await run(document, { db, tasks: { a, b: failing('E') } })).error?.error).toBe('E')
  expect((await run(document, { db, tasks: { a, b: async () => 'b' } })).output).toEqual([1, 'b'])
})
