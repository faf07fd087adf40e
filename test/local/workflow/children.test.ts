import { describe, expect, test } from 'vitest'
import { eventsOf, failing, invoke, machine, run, untilStopped, virtualClock } from './harness.ts'

const item = (more: Record<string, unknown> = { End: true }) => ({
  StartAt: 'Draw',
  States: { Draw: invoke('draw', more) },
})
const map = (more: Record<string, unknown> = {}) =>
  machine({ M: { Type: 'Map', ItemProcessor: item(), End: true, ...more } })
const branches = (...names: string[]) => names.map((name) => ({ StartAt: name, States: { [name]: invoke(name) } }))

describe('Parallel', () => {
  test('runs its branches at once on the same input and gives their outputs in order', async () => {
    const clock = virtualClock()
    const after = (ms: number, value: string) => async (args: unknown) => (await clock.sleep(ms), [value, args])
    const { output, tookMs } = await run(
      machine({
        P: { Type: 'Parallel', Arguments: { n: '{% $states.input.n + 1 %}' }, Branches: branches('a', 'b'), End: true },
      }),
      { clock, input: { n: 1 }, tasks: { a: after(500, 'slow'), b: after(200, 'fast') } },
    )
    expect(output).toEqual([
      ['slow', { n: 2 }],
      ['fast', { n: 2 }],
    ])
    expect(tookMs).toBe(500)
  })

  test("a branch's failure fires the signals of the others, waits for them, and is the state's failure", async () => {
    const clock = virtualClock()
    const order: string[] = []
    const { error } = await run(machine({ P: { Type: 'Parallel', Branches: branches('a', 'b'), End: true } }), {
      clock,
      tasks: {
        a: async (args, call) => (await clock.sleep(100), failing('Mine')(args, call)),
        b: async (_, { signal }) => {
          await untilStopped(signal).catch(() => order.push('told'))
          await clock.sleep(50)
          order.push('settled')
        },
      },
    })
    order.push('rejected')
    expect(error?.error).toBe('Mine')
    expect(order).toEqual(['told', 'settled', 'rejected'])
  })

  test('a sibling that is between two states starts no further one', async () => {
    const clock = virtualClock()
    let calls = 0
    const chain = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 2, Next: 'Late' }, Late: invoke('late') } }
    const { error } = await run(machine({ P: { Type: 'Parallel', Branches: [...branches('a'), chain], End: true } }), {
      clock,
      tasks: { a: async (args, call) => (await clock.sleep(100), failing('E')(args, call)), late: async () => calls++ },
    })
    expect(error?.error).toBe('E')
    expect(calls).toBe(0)
  })
})

describe('Map', () => {
  test('gives the outputs in the order of the items, whichever is done first', async () => {
    const clock = virtualClock()
    const { output } = await run(map(), {
      clock,
      input: [300, 100, 200],
      tasks: { draw: async (ms) => (await clock.sleep(Number(ms)), `after ${Number(ms)}`) },
    })
    expect(output).toEqual(['after 300', 'after 100', 'after 200'])
  })

  test('Items and ItemSelector shape what an item sees; Map.Item is in the context, inside the item too', async () => {
    const seen: unknown[] = []
    const Arguments = { FunctionName: 'draw', Payload: ['{% $states.input %}', '{% $states.context.Map.Item.Index %}'] }
    await run(
      map({
        Items: '{% $states.input.scenes %}',
        ItemSelector: {
          at: '{% $states.context.Map.Item.Index %}',
          scene: '{% $states.context.Map.Item.Value %}',
          of: '{% $states.input.title %}',
        },
        ItemProcessor: item({ Arguments, End: true }),
      }),
      { input: { title: 'T', scenes: ['x', 'y'] }, tasks: { draw: async (args) => seen.push(args) } },
    )
    expect(seen).toEqual([
      [{ at: 0, scene: 'x', of: 'T' }, 0],
      [{ at: 1, scene: 'y', of: 'T' }, 1],
    ])
  })

  test.each([
    ['2', { MaxConcurrency: 2 }, 2],
    ['an expression', { MaxConcurrency: '{% $states.input[0] %}' }, 3],
    ['absent: 40, as in AWS', {}, 40],
    ['0: 40, as in AWS', { MaxConcurrency: 0 }, 40],
    ['1000: 40, as in AWS', { MaxConcurrency: 1000 }, 40],
  ])('MaxConcurrency %s', async (_, fields, most) => {
    const clock = virtualClock()
    let running = 0
    let peak = 0
    const { output } = await run(map(fields), {
      clock,
      input: Array.from({ length: 50 }, () => 3),
      tasks: {
        draw: async () => {
          peak = Math.max(peak, ++running)
          await clock.sleep(10)
          running--
        },
      },
    })
    expect(output).toHaveLength(50)
    expect(peak).toBe(most)
  })

  test('no items give an empty array; Items that are no array are States.QueryEvaluationError', async () => {
    const tasks = { draw: async () => 1 }
    expect((await run(map(), { input: [], tasks })).output).toEqual([])
    expect((await run(map(), { input: { a: 1 }, tasks })).error?.error).toBe('States.QueryEvaluationError')
    const wrong = await run(map({ MaxConcurrency: '{% -1 %}' }), { input: [1], tasks })
    expect(wrong.error?.message).toContain('MaxConcurrency must be a whole number from 0 up')
  })

  test('tells of each item: index and total', async () => {
    const result = await run(map({ MaxConcurrency: 1 }), { input: ['a', 'b'], tasks: { draw: async () => 1 } })
    const itemEvents = result.events.filter((event) => event.type.startsWith('MapItem'))
    expect(itemEvents).toMatchObject([
      { type: 'MapItemStarted', path: 'M', name: 'M', index: 0, total: 2 },
      { type: 'MapItemDone', index: 0 },
      { type: 'MapItemStarted', index: 1 },
      { type: 'MapItemDone', index: 1, total: 2 },
    ])
    expect(eventsOf(result, 'StateEntered').map(({ path }) => path)).toEqual(['M', 'M[0]/Draw', 'M[1]/Draw'])
  })

  test("an item's failure stops the items that run and starts none of those that wait", async () => {
    const clock = virtualClock()
    const called: unknown[] = []
    const stopped: unknown[] = []
    const { error, events } = await run(map({ MaxConcurrency: 3 }), {
      clock,
      input: [0, 1, 2, 3, 4, 5],
      tasks: {
        draw: async (args, call) => {
          called.push(args)
          if (args === 1) return clock.sleep(100).then(() => failing('Refused')(args, call))
          return untilStopped(call.signal).finally(() => stopped.push(args))
        },
      },
    })
    expect(error?.error).toBe('Refused')
    expect(called).toEqual([0, 1, 2])
    expect(eventsOf({ events }, 'MapItemStarted').map(({ index }) => index)).toEqual([0, 1, 2])
    expect(stopped).toEqual([0, 2])
  })

  test('a Catch inside the item keeps one failure from the others', async () => {
    const Catch = [{ ErrorEquals: ['Refused'], Next: 'Card', Output: 'card' }]
    const ItemProcessor = {
      StartAt: 'Draw',
      States: { Draw: invoke('draw', { Catch, End: true }), Card: { Type: 'Succeed' } },
    }
    const { output } = await run(map({ ItemProcessor }), {
      input: [0, 1, 2],
      tasks: { draw: async (args, call) => (args === 1 ? failing('Refused')(args, call) : 'picture') },
    })
    expect(output).toEqual(['picture', 'card', 'picture'])
  })

  test('a Map inside a Map sees its own item', async () => {
    const inner = {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'X',
        States: { X: { Type: 'Pass', Output: '{% $states.context.Map.Item.Value * 10 %}', End: true } },
      },
      End: true,
    }
    const { output } = await run(map({ ItemProcessor: { StartAt: 'I', States: { I: inner } } }), {
      input: [[1, 2], [3]],
    })
    expect(output).toEqual([[10, 20], [30]])
  })
})
