import { describe, expect, test } from 'vitest'
import { eventsOf, failing, invoke, machine, run, untilStopped } from './harness.ts'
import type { TaskHandler } from '../../../local/workflow/task.ts'

/** Throws each of the names in turn, then gives 'done'. */
function throwing(names: string[]): { handler: TaskHandler; calls: () => number } {
  let calls = 0
  const handler: TaskHandler = async (...args) => {
    const name = names[calls++]
    return name ? failing(name)(...args) : 'done'
  }
  return { handler, calls: () => calls }
}

async function delaysOf(Retry: unknown[], names: string[], random?: () => number) {
  const { handler, calls } = throwing(names)
  const result = await run(machine({ A: invoke('f', { Retry, End: true }) }), {
    tasks: { f: handler },
    ...(random && { random }),
  })
  const delaysMs = eventsOf(result, 'RetryScheduled').map((event) => event.delayMs)
  return { ...result, delaysMs, calls: calls() }
}

const times = (count: number, name = 'E') => Array.from({ length: count }, () => name)

const toB = (more: Record<string, unknown>) => ({ ErrorEquals: ['E'], Next: 'B', ...more })
const caught = (Catch: unknown[], B: unknown = { Type: 'Succeed' }) =>
  run(machine({ A: invoke('f', { Catch, End: true }), B }), { input: { n: 1 }, tasks: { f: failing('E', 'why') } })

describe('Retry: backoff', () => {
  test('by default three attempts, after 1, 2 and 4 seconds', async () => {
    const { delaysMs, calls, error, tookMs } = await delaysOf([{ ErrorEquals: ['E'] }], times(9))
    expect(delaysMs).toEqual([1_000, 2_000, 4_000])
    expect(calls).toBe(4)
    expect(tookMs).toBe(7_000)
    expect(error?.error).toBe('E')
  })

  test('IntervalSeconds times BackoffRate to the power of the attempts, up to MaxDelaySeconds', async () => {
    const policy = { ErrorEquals: ['E'], IntervalSeconds: 3, BackoffRate: 1.5, MaxAttempts: 5, MaxDelaySeconds: 10 }
    const { delaysMs, output } = await delaysOf([policy], times(5))
    expect(delaysMs).toEqual([3_000, 4_500, 6_750, 10_000, 10_000])
    expect(output).toBe('done')
  })

  test('MaxAttempts 0 never retries, and keeps later retriers from doing so', async () => {
    const { delaysMs, error } = await delaysOf(
      [{ ErrorEquals: ['E'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }],
      times(1),
    )
    expect(delaysMs).toEqual([])
    expect(error?.error).toBe('E')
  })

  test('JitterStrategy FULL waits a random share of the delay', async () => {
    const shares = [0, 0.25, 0.999]
    const retrier = { ErrorEquals: ['E'], IntervalSeconds: 10, JitterStrategy: 'FULL' }
    const { delaysMs } = await delaysOf([retrier], times(3), () => shares.shift()!)
    expect(delaysMs).toEqual([0, 5_000, 39_960])
  })

  test('with the real random every delay lies between 0 and the delay without jitter', async () => {
    const retrier = { ErrorEquals: ['E'], MaxAttempts: 40, MaxDelaySeconds: 8, JitterStrategy: 'FULL' }
    const { delaysMs } = await delaysOf([retrier], times(40))
    const limits = delaysMs.map((_, attempt) => Math.min(2 ** attempt, 8) * 1000)
    expect(delaysMs.every((delay, attempt) => delay >= 0 && delay <= limits[attempt]!)).toBe(true)
    expect(new Set(delaysMs).size).toBeGreaterThan(30)
  })
})

describe('Retry: which retrier', () => {
  test('each retrier counts its own attempts', async () => {
    const { delaysMs, error } = await delaysOf(
      [
        { ErrorEquals: ['ErrorA', 'ErrorB'], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 2 },
        { ErrorEquals: ['ErrorC'], IntervalSeconds: 5 },
      ],
      ['ErrorA', 'ErrorB', 'ErrorC', 'ErrorB'],
    )
    expect(delaysMs).toEqual([1_000, 2_000, 5_000])
    expect(error?.error).toBe('ErrorB')
  })

  test.each([
    ['States.ALL', 'E', true],
    ['States.TaskFailed', 'E', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.TaskFailed', 'States.HeartbeatTimeout', false],
    ['States.Timeout', 'States.Timeout', true],
    ['States.Timeout', 'States.HeartbeatTimeout', true],
    ['States.HeartbeatTimeout', 'States.Timeout', false],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.TaskFailed', 'States.DataLimitExceeded', false],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['E', 'e', false],
  ])('%s meets %s: %s', async (named, thrown, isMet) => {
    const { calls } = await delaysOf([{ ErrorEquals: [named], MaxAttempts: 1 }], [thrown])
    expect(calls).toBe(isMet ? 2 : 1)
  })

  test('$states.context.State.RetryCount counts the retries, and each attempt evaluates its Arguments', async () => {
    const seen: unknown[] = []
    const Arguments = { FunctionName: 'f', Payload: '{% $states.context.State.RetryCount %}' }
    await run(machine({ A: invoke('f', { Arguments, Retry: [{ ErrorEquals: ['E'], MaxAttempts: 2 }], End: true }) }), {
      tasks: { f: async (args, call) => (seen.push([args, call.attempt]), failing('E')(args, call)) },
    })
    expect(seen).toEqual([0, 1, 2].map((attempt) => [attempt, attempt]))
  })

  test('a failing Output is retried as the whole task', async () => {
    const { handler, calls } = throwing([])
    const Retry = [{ ErrorEquals: ['States.QueryEvaluationError'], MaxAttempts: 1 }]
    const { error } = await run(
      machine({ A: invoke('f', { Output: '{% $states.result.nothing %}', Retry, End: true }) }),
      {
        tasks: { f: handler },
      },
    )
    expect(error?.error).toBe('States.QueryEvaluationError')
    expect(calls()).toBe(2)
  })

  test('a retried Parallel starts all its branches again', async () => {
    const once = throwing([])
    const twice = throwing(['E'])
    const { output } = await run(
      machine({
        P: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'A', States: { A: invoke('a') } },
            { StartAt: 'B', States: { B: invoke('b') } },
          ],
          Retry: [{ ErrorEquals: ['E'] }],
          End: true,
        },
      }),
      { tasks: { a: once.handler, b: twice.handler } },
    )
    expect(output).toEqual(['done', 'done'])
    expect([once.calls(), twice.calls()]).toEqual([2, 2])
  })

  test('a timed-out task is retried with a fresh signal', async () => {
    const signals: boolean[] = []
    const Retry = [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1, IntervalSeconds: 2 }]
    const { output, tookMs } = await run(machine({ A: invoke('f', { TimeoutSeconds: 5, Retry, End: true }) }), {
      tasks: {
        f: async (_, { signal, attempt }) => {
          signals.push(signal.aborted)
          return attempt === 0 ? untilStopped(signal) : 'in time'
        },
      },
    })
    expect(output).toBe('in time')
    expect(signals).toEqual([false, false])
    expect(tookMs).toBe(7_000)
  })
})

describe('Catch', () => {
  test('goes to Next with the error output {Error, Cause}', async () => {
    const { output, events } = await caught([toB({})])
    expect(output).toEqual({ Error: 'E', Cause: expect.stringContaining('"errorMessage":"why"') as unknown })
    expect(eventsOf({ events }, 'Caught')).toMatchObject([{ path: 'A', error: 'E', next: 'B' }])
  })

  test('Output and Assign see $states.errorOutput and $states.input', async () => {
    const { output } = await caught(
      [
        toB({
          Output: '{% $states.input.n & $states.errorOutput.Error %}',
          Assign: { failed: '{% $states.errorOutput.Error %}' },
        }),
      ],
      { Type: 'Pass', Output: ['{% $states.input %}', '{% $failed %}'], End: true },
    )
    expect(output).toEqual(['1E', 'E'])
  })

  test('the first catcher that meets the error counts', async () => {
    const { output } = await caught([
      { ErrorEquals: ['Other'], Next: 'B', Output: 'other' },
      { ErrorEquals: ['States.TaskFailed'], Next: 'B', Output: 'first' },
      { ErrorEquals: ['States.ALL'], Next: 'B', Output: 'second' },
    ])
    expect(output).toBe('first')
  })

  test('comes after the retries', async () => {
    const { handler, calls } = throwing(times(9))
    const recovery = { Retry: [{ ErrorEquals: ['E'], MaxAttempts: 2 }], Catch: [toB({ Output: 'caught' })] }
    const { output } = await run(machine({ A: invoke('f', { ...recovery, End: true }), B: { Type: 'Succeed' } }), {
      tasks: { f: handler },
    })
    expect([output, calls()]).toEqual(['caught', 3])
  })

  test("an Output that fails inside a catcher fails the state; the state's own catchers do not see it", async () => {
    const { error } = await caught([toB({ Output: '{% $states.errorOutput.nothing %}' })])
    expect(error?.error).toBe('States.QueryEvaluationError')
  })

  test("a Parallel catches its branch's failure under the branch's error name", async () => {
    const Branches = [{ StartAt: 'X', States: { X: { Type: 'Fail', Error: 'Mine', Cause: 'because' } } }]
    const Catch = [{ ErrorEquals: ['Mine'], Next: 'B' }]
    const { output } = await run(
      machine({ P: { Type: 'Parallel', Branches, Catch, End: true }, B: { Type: 'Succeed' } }),
    )
    expect(output).toEqual({ Error: 'Mine', Cause: 'because' })
  })
})
