import { describe, expect, test } from 'vitest'
import { eventsOf, failing, invoke, LAMBDA, machine, run, untilStopped, virtualClock } from './harness.ts'

const BATCH = 'arn:aws:states:::batch:submitJob.sync'
const batch = (more: Record<string, unknown> = {}) => ({ Type: 'Task', Resource: BATCH, ...more, End: true })

describe('Task: arguments and result', () => {
  test('a Lambda is found by FunctionName, sees the Payload and answers in Payload with StatusCode 200', async () => {
    const seen: unknown[] = []
    const { output } = await run(
      machine({
        A: {
          Type: 'Task',
          Resource: LAMBDA,
          Arguments: { FunctionName: 'f', Payload: { n: '{% $states.input.n + 1 %}' } },
          End: true,
        },
      }),
      { input: { n: 1 }, tasks: { f: async (args) => (seen.push(args), { doubled: 4 }) } },
    )
    expect(seen).toEqual([{ n: 2 }])
    expect(output).toEqual({ Payload: { doubled: 4 }, StatusCode: 200 })
  })

  test('a Lambda without a Payload sees an empty object, and one that returns nothing gives null', async () => {
    const seen: unknown[] = []
    const { output } = await run(machine({ A: invoke('f', { Arguments: { FunctionName: 'f' }, End: true }) }), {
      tasks: { f: async (args) => void seen.push(args) },
    })
    expect(seen).toEqual([{}])
    expect(output).toBeNull()
  })

  test('FunctionName may be an expression; a name without a handler is States.Runtime, which nothing catches', async () => {
    const { output } = await run(machine({ A: invoke('{% $states.input.fn %}') }), {
      input: { fn: 'f' },
      tasks: { f: async () => 'found' },
    })
    expect(output).toBe('found')
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'B' }]
    const missing = await run(
      machine({ A: invoke('{% $states.input.fn %}', { Catch, End: true }), B: { Type: 'Succeed' } }),
      {
        input: { fn: 'g' },
      },
    )
    expect(missing.error).toMatchObject({ name: 'ExecutionFailedError', error: 'States.Runtime' })
    expect(missing.error?.message).toContain('there is no handler for g')
  })

  test('a handler that the document names outright and nobody gave stops the run before it starts', async () => {
    const { error, events } = await run(machine({ A: invoke('f', { Next: 'B' }), B: batch() }))
    expect(error?.message).toBe(`there is no handler for f, ${BATCH}`)
    expect(events).toEqual([])
  })

  test('any other resource sees all Arguments, and its value is the result as it is', async () => {
    const { output } = await run(
      machine({ A: batch({ Arguments: { JobName: 'render', N: '{% $states.input.n %}' } }) }),
      { input: { n: 3 }, tasks: { [BATCH]: async (args) => ({ ran: args }) } },
    )
    expect(output).toEqual({ ran: { JobName: 'render', N: 3 } })
  })

  test('without Arguments the state input is what the resource sees', async () => {
    const { output } = await run(machine({ A: batch() }), { input: { n: 3 }, tasks: { [BATCH]: async (args) => args } })
    expect(output).toEqual({ n: 3 })
  })

  test('a handler that changes its arguments changes nobody else', async () => {
    const { output } = await run(machine({ A: batch({ Output: '{% $states.input %}' }) }), {
      input: { list: [1] },
      tasks: { [BATCH]: async (args) => (args as { list: number[] }).list.push(2) },
    })
    expect(output).toEqual({ list: [1] })
  })

  test('Output and Assign see $states.input and $states.result', async () => {
    const { output } = await run(
      machine({
        A: invoke('f', {
          Output: { was: '{% $states.input.n %}' },
          Assign: { got: '{% $states.result.Payload %}' },
          Next: 'B',
        }),
        B: { Type: 'Pass', Output: { in: '{% $states.input %}', got: '{% $got %}' }, End: true },
      }),
      { input: { n: 1 }, tasks: { f: async () => 'x' } },
    )
    expect(output).toEqual({ in: { was: 1 }, got: 'x' })
  })

  test('the handler is told its path, its attempt and the context', async () => {
    const { output } = await run(machine({ A: invoke('f') }), {
      tasks: { f: async (_, { path, attempt, context }) => ({ path, attempt, context }) },
    })
    expect(output).toMatchObject({
      path: 'A',
      attempt: 0,
      context: { Execution: { Name: 'e1' }, State: { Name: 'A', RetryCount: 0 } },
    })
  })
})

describe('Task: failures', () => {
  test("a Lambda's error has the thrown error's name, and a Cause in JSON as AWS writes it", async () => {
    const { output } = await run(
      machine({
        A: invoke('f', { Catch: [{ ErrorEquals: ['InputError'], Next: 'B' }], End: true }),
        B: {
          Type: 'Pass',
          Output: { error: '{% $states.input.Error %}', cause: '{% $parse($states.input.Cause) %}' },
          End: true,
        },
      }),
      { tasks: { f: failing('InputError', 'empty script') } },
    )
    expect(output).toMatchObject({
      error: 'InputError',
      cause: { errorType: 'InputError', errorMessage: 'empty script', trace: expect.any(Array) as unknown },
    })
  })

  test("another resource's Cause is the message", async () => {
    const { error } = await run(machine({ A: batch() }), { tasks: { [BATCH]: failing('Batch.JobFailed', 'exit 1') } })
    expect(error).toMatchObject({ error: 'Batch.JobFailed', causeText: 'exit 1', message: 'Batch.JobFailed: exit 1' })
  })

  test('the error that the execution ends with carries what the handler threw', async () => {
    const { error, events } = await run(machine({ A: invoke('f') }), { tasks: { f: failing('InputError', 'empty') } })
    expect(error?.cause).toMatchObject({ name: 'InputError', message: 'empty' })
    expect(events.at(-1)).toMatchObject({ type: 'ExecutionFailed', error: 'InputError' })
  })

  test('a failure that is caught and passed on to a Fail still reads well', async () => {
    const States = {
      A: invoke('f', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }], End: true }),
      B: { Type: 'Fail', Error: '{% $states.input.Error %}', Cause: '{% $states.input.Cause %}' },
    }
    const { error } = await run(machine(States), { tasks: { f: failing('InputError', 'empty script') } })
    expect(error?.message).toBe('InputError: empty script')
  })

  test('a handler may throw at once, throw something that is no Error, or return what is not JSON', async () => {
    const outcomes = [
      () => {
        throw Object.assign(new Error('sync'), { name: 'Sync' })
      },
      () => Promise.reject('just text'), // oxlint-disable-line prefer-promise-reject-errors
      async () => 1n,
    ].map(async (f) => (await run(machine({ A: invoke('f') }), { tasks: { f } })).error?.error)
    expect(await Promise.all(outcomes)).toEqual(['Sync', 'States.TaskFailed', 'Runtime.MarshalError'])
  })
})

describe('Task: TimeoutSeconds and HeartbeatSeconds', () => {
  test("TimeoutSeconds fires the handler's signal and fails the state with States.Timeout", async () => {
    let reason: unknown
    const { error, tookMs } = await run(machine({ A: invoke('f', { TimeoutSeconds: 30, End: true }) }), {
      tasks: {
        f: (_, { signal }) => {
          signal.addEventListener('abort', () => (reason = signal.reason))
          return untilStopped(signal)
        },
      },
    })
    expect(error?.error).toBe('States.Timeout')
    expect(reason).toMatchObject({ error: 'States.Timeout' })
    expect(tookMs).toBe(30_000)
  })

  test('a handler that ignores its signal holds the state up for the grace, no longer', async () => {
    const { error, tookMs } = await run(machine({ A: invoke('f', { TimeoutSeconds: 30, End: true }) }), {
      tasks: { f: () => new Promise(() => undefined) },
      graceMs: 2_000,
    })
    expect(error?.error).toBe('States.Timeout')
    expect(tookMs).toBe(32_000)
  })

  test('TimeoutSeconds may be an expression, and must be a whole number from 1 up', async () => {
    const document = machine({ A: invoke('f', { TimeoutSeconds: '{% $states.input.limit %}', End: true }) })
    const tasks = { f: (_: unknown, { signal }: { signal: AbortSignal }) => untilStopped(signal) }
    expect(await run(document, { input: { limit: 7 }, tasks })).toMatchObject({
      tookMs: 7_000,
      error: { error: 'States.Timeout' },
    })
    expect((await run(document, { input: { limit: 1.5 }, tasks })).error?.error).toBe('States.QueryEvaluationError')
  })

  test('a task that gives a sign of life in time runs on; one that falls silent is States.HeartbeatTimeout', async () => {
    const clock = virtualClock()
    const document = machine({ A: invoke('f', { HeartbeatSeconds: 10, End: true }) })
    const beating = await run(document, {
      clock,
      tasks: {
        f: async (_, { heartbeat }) => {
          for (let beat = 0; beat < 5; beat++) {
            await clock.sleep(8_000)
            heartbeat()
          }
          return 'alive'
        },
      },
    })
    expect(beating.output).toBe('alive')
    expect(beating.tookMs).toBe(40_000)
    const silent = await run(document, { tasks: { f: (_, { signal }) => untilStopped(signal) } })
    expect(silent).toMatchObject({ tookMs: 10_000, error: { error: 'States.HeartbeatTimeout' } })
  })

  test('the top-level TimeoutSeconds ends the execution with States.Timeout, which nothing inside catches', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'B' }]
    const document = machine({ A: invoke('f', { Catch, End: true }), B: { Type: 'Succeed' } }, { TimeoutSeconds: 60 })
    const timedOut = await run(document, { tasks: { f: (_, { signal }) => untilStopped(signal) } })
    expect(timedOut).toMatchObject({ tookMs: 60_000, error: { name: 'ExecutionFailedError', error: 'States.Timeout' } })
    expect(eventsOf(timedOut, 'Caught')).toEqual([])
  })
})
