import { describe, expect, test } from 'vitest'
import { eventsOf, machine, run } from './harness.ts'

const END = { End: true }
const SUCCEED = { Type: 'Succeed' }

describe('Pass, Succeed and Fail', () => {
  test('Pass and Succeed give their input, or their Output', async () => {
    const document = machine({ A: { Type: 'Pass', Next: 'B' }, B: SUCCEED })
    expect((await run(document, { input: [1, null] })).output).toEqual([1, null])
    const shaped = machine({
      A: { Type: 'Succeed', Output: { n: '{% $states.input.n * 2 %}', plain: 'text', list: [1, '{% 2 %}'] } },
    })
    expect((await run(shaped, { input: { n: 2 } })).output).toEqual({ n: 4, plain: 'text', list: [1, 2] })
  })

  test('Fail ends the execution with its Error and Cause, which may be expressions', async () => {
    const document = machine({
      A: { Type: 'Fail', Error: '{% $states.input.e %}', Cause: "{% 'because ' & $states.input.c %}" },
    })
    const { error } = await run(document, { input: { e: 'Mine', c: 'so' } })
    expect(error).toMatchObject({ name: 'ExecutionFailedError', error: 'Mine', causeText: 'because so' })
    expect((await run(document, { input: { e: 5, c: 'so' } })).error?.error).toBe('States.QueryEvaluationError')
  })

  test('no input is an empty object, and a state may have any name', async () => {
    const names = { constructor: { Type: 'Pass', Next: 'a/b[0]#2' }, 'a/b[0]#2': SUCCEED }
    const { output, events } = await run(machine(names), { input: undefined })
    expect(output).toEqual({})
    expect(eventsOf({ events }, 'StateEntered').map(({ path }) => path)).toEqual(['constructor', 'a%2Fb%5B0%5D%232'])
  })

  test('each state reports that it was entered and left', async () => {
    const { events } = await run(machine({ A: { Type: 'Pass', Next: 'B' }, B: SUCCEED }))
    expect(events.map((event) => ('path' in event ? `${event.type} ${event.path}` : event.type))).toEqual([
      'ExecutionStarted',
      'StateEntered A',
      'StateExited A',
      'StateEntered B',
      'StateExited B',
      'ExecutionSucceeded',
    ])
    expect(events[0]?.at).toBe('2026-01-01T00:00:00.000Z')
  })
})

describe('Choice', () => {
  const rule = (least: number, Next: string, more = {}) => ({
    Condition: `{% $states.input.n >= ${least} %}`,
    Next,
    ...more,
  })
  const choice = (more = {}) =>
    machine({
      C: {
        Type: 'Choice',
        Choices: [rule(10, 'B', { Output: 'big', Assign: { size: 'L' } }), rule(5, 'B', { Assign: { size: 'M' } })],
        ...more,
      },
      B: { Type: 'Pass', Output: { size: '{% $size %}', in: '{% $states.input %}' }, ...END },
    })

  test('takes the first rule whose Condition is true, with its own Output and Assign', async () => {
    expect((await run(choice(), { input: { n: 12 } })).output).toEqual({ size: 'L', in: 'big' })
  })

  test("a rule without Output passes the input on; the state's own Output and Assign are for Default", async () => {
    const document = choice({ Default: 'B', Output: 'by default', Assign: { size: 'S' } })
    expect((await run(document, { input: { n: 7 } })).output).toEqual({ size: 'M', in: { n: 7 } })
    expect((await run(document, { input: { n: 1 } })).output).toEqual({ size: 'S', in: 'by default' })
  })

  test('no rule and no Default is States.NoChoiceMatched; a Condition must be true or false', async () => {
    expect((await run(choice(), { input: { n: 1 } })).error?.error).toBe('States.NoChoiceMatched')
    const document = machine({
      C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.n %}', Next: 'B' }] },
      B: SUCCEED,
    })
    expect((await run(document, { input: { n: 1 } })).error?.error).toBe('States.QueryEvaluationError')
  })

  test('a loop visits a state again under a path of its own', async () => {
    const { output, events } = await run(
      machine({
        Start: { Type: 'Pass', Assign: { n: 0 }, Next: 'Count' },
        Count: { Type: 'Pass', Assign: { n: '{% $n + 1 %}' }, Next: 'Again' },
        Again: { Type: 'Choice', Choices: [{ Condition: '{% $n < 3 %}', Next: 'Count' }], Default: 'Done' },
        Done: { Type: 'Succeed', Output: '{% $n %}' },
      }),
    )
    expect(output).toBe(3)
    expect(eventsOf({ events }, 'StateEntered').map(({ path }) => path)).toEqual([
      'Start',
      'Count',
      'Again',
      'Count#2',
      'Again#2',
      'Count#3',
      'Again#3',
      'Done',
    ])
  })
})

describe('Wait', () => {
  const wait = (fields: Record<string, unknown>) => machine({ W: { Type: 'Wait', ...fields, ...END } })

  test.each([
    ['Seconds', { Seconds: 90 }, 90_000],
    ['Seconds as an expression', { Seconds: '{% $states.input.s %}' }, 5_000],
    ['a Timestamp', { Timestamp: '2026-01-01T01:00:00Z' }, 3_600_000],
    ['a Timestamp as an expression', { Timestamp: '{% $states.input.t %}' }, 60_000],
    ['a Timestamp that has passed', { Timestamp: '2025-01-01T00:00:00Z' }, 0],
  ])('waits for %s', async (_, fields, tookMs) => {
    const waited = await run(wait(fields), { input: { s: 5, t: '2026-01-01T01:01:00+01:00' } })
    expect(waited).toMatchObject({ tookMs, error: undefined, output: { s: 5 } })
  })

  test.each([
    ['a negative number', { Seconds: '{% -1 %}' }],
    ['half a second', { Seconds: '{% 0.5 %}' }],
    ['a day without a time', { Timestamp: "{% '2026-01-01' %}" }],
  ])('refuses %s', async (_, fields) => {
    expect((await run(wait(fields))).error?.error).toBe('States.QueryEvaluationError')
  })
})

describe('Variables', () => {
  test('Assign is evaluated against the values at entry, all at once', async () => {
    const { output } = await run(
      machine({
        A: { Type: 'Pass', Assign: { a: 1, b: 2 }, Next: 'B' },
        B: { Type: 'Pass', Assign: { a: '{% $b %}', b: '{% $a %}' }, Output: '{% [$a, $b] %}', Next: 'C' },
        C: { Type: 'Succeed', Output: { before: '{% $states.input %}', after: '{% [$a, $b] %}' } },
      }),
    )
    expect(output).toEqual({ before: [1, 2], after: [2, 1] })
  })

  test('branches and items read what is around them, and keep what they assign to themselves', async () => {
    const branch = (name: string, add: number) => ({
      StartAt: name,
      States: {
        [name]: { Type: 'Pass', Assign: { mine: `{% $outer + ${add} %}` }, Next: `${name}2` },
        [`${name}2`]: { Type: 'Pass', Output: '{% $mine %}', ...END },
      },
    })
    const { output } = await run(
      machine({
        A: { Type: 'Pass', Assign: { outer: 10 }, Next: 'P' },
        P: { Type: 'Parallel', Branches: [branch('X', 1), branch('Y', 2)], Next: 'M' },
        M: {
          Type: 'Map',
          ItemProcessor: branch('Z', 3),
          Output: ['{% $states.input %}', '{% $states.result %}', '{% $outer %}'],
          ...END,
        },
      }),
    )
    expect(output).toEqual([[11, 12], [13, 13], 10])
  })

  test("a Parallel's Assign takes what its branches gave into the scope around them", async () => {
    const Branches = [{ StartAt: 'X', States: { X: { Type: 'Pass', Output: 'x', ...END } } }]
    const { output } = await run(
      machine({
        P: { Type: 'Parallel', Branches, Assign: { got: '{% $states.result[0] %}' }, Next: 'B' },
        B: { Type: 'Succeed', Output: '{% $got %}' },
      }),
    )
    expect(output).toBe('x')
  })
})
