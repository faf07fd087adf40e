import { describe, expect, test } from 'vitest'
import { DatabaseSync } from 'node:sqlite'
import { eventsOf, failing, invoke, machine, run, untilStopped, virtualClock } from './harness.ts'

const map = machine({
  M: {
    Type: 'Map',
    MaxConcurrency: 2,
    ItemProcessor: { StartAt: 'Draw', States: { Draw: invoke('draw') } },
    Next: 'After',
  },
  After: invoke('after'),
})

describe('Abort', () => {
  test('starts nothing new, fires the signal of everything that runs, and rejects when that has settled', async () => {
    const clock = virtualClock()
    const user = new AbortController()
    const called: unknown[] = []
    let settled = 0
    const { error, events } = await run(map, {
      clock,
      signal: user.signal,
      input: [0, 1, 2, 3, 4, 5],
      tasks: {
        draw: async (args, { signal }) => {
          called.push(args)
          if (called.length === 2) user.abort(new Error('Ctrl-C'))
          await untilStopped(signal).catch(() => undefined)
          await clock.sleep(300)
          settled++
          throw new Error('stopped')
        },
        after: async () => called.push('after'),
      },
    })
    expect(error).toMatchObject({
      name: 'ExecutionAbortedError',
      message: 'execution e1 was aborted; run it again to go on',
      cause: { message: 'Ctrl-C' },
    })
    expect([called, settled]).toEqual([[0, 1], 2])
    expect(events.at(-1)?.type).toBe('ExecutionAborted')
    expect(eventsOf({ events }, 'TaskFailed')).toEqual([])
  })

  test('does not wait longer than the grace for a handler that ignores its signal', async () => {
    const user = new AbortController()
    const { error, tookMs } = await run(machine({ A: invoke('f') }), {
      signal: user.signal,
      graceMs: 1_500,
      tasks: { f: () => (user.abort(), new Promise(() => undefined)) },
    })
    expect(error?.name).toBe('ExecutionAbortedError')
    expect(tookMs).toBe(1_500)
  })

  test('what a handler still delivers in the grace is kept: it may have been paid for', async () => {
    const db = new DatabaseSync(':memory:')
    const user = new AbortController()
    const document = machine({ A: invoke('a', { Next: 'B' }), B: invoke('b') })
    let paid = 0
    const tasks = {
      a: async () => {
        user.abort()
        return ++paid
      },
      b: async (args: unknown) => ['b', args],
    }
    const stopped = await run(document, { db, tasks, signal: user.signal })
    expect(stopped.error?.name).toBe('ExecutionAbortedError')
    expect(eventsOf(stopped, 'StateEntered').map(({ path }) => path)).toEqual(['A'])
    expect((await run(document, { db, tasks })).output).toEqual(['b', 1])
    expect(paid).toBe(1)
  })

  test('ends a Wait and the delay before a retry at once', async () => {
    const stopAfter = (clock: ReturnType<typeof virtualClock>, user: AbortController) =>
      void clock.sleep(1_000).then(() => user.abort())
    for (const A of [
      { Type: 'Wait', Seconds: 3_600, End: true },
      invoke('f', { Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 3_600 }], End: true }),
    ]) {
      const [clock, user] = [virtualClock(), new AbortController()]
      stopAfter(clock, user)
      const f = () => Promise.reject(new Error('no'))
      const { error, tookMs } = await run(machine({ A }), { clock, signal: user.signal, tasks: { f } })
      expect(error?.name).toBe('ExecutionAbortedError')
      expect(tookMs).toBe(1_000)
    }
  })

  test('a handler is not called once the signal has fired, however far its state had come', async () => {
    const user = new AbortController()
    let calls = 0
    const { error } = await run(machine({ A: invoke('f') }), {
      signal: user.signal,
      tasks: { f: async () => calls++ },
      onEvent: (event) => {
        if (event.type === 'StateEntered') queueMicrotask(() => user.abort())
      },
    })
    expect([error?.name, calls]).toEqual(['ExecutionAbortedError', 0])
  })

  test('nothing runs when the signal has fired already', async () => {
    const { error, events } = await run(machine({ A: invoke('f') }), {
      signal: AbortSignal.abort(),
      tasks: { f: async () => 1 },
    })
    expect(error?.name).toBe('ExecutionAbortedError')
    expect(events).toEqual([])
  })

  test('a failure of the listener stops the siblings too and comes out as it is', async () => {
    let told = false
    const { error } = await run(map, {
      input: [0, 1],
      tasks: {
        draw: async (args, call) =>
          args === 1 ? failing('E')(args, call) : untilStopped(call.signal).finally(() => (told = true)),
        after: async () => 1,
      },
      onEvent: (event) => {
        if (event.type === 'TaskFailed') throw new RangeError('listener')
      },
    })
    expect(error).toMatchObject({ name: 'RangeError', message: 'listener' })
    expect(told).toBe(true)
  })
})
