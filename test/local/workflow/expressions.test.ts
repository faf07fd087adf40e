import { describe, expect, test } from 'vitest'
import { invoke, machine, run, START, virtualClock } from './harness.ts'

const END = { End: true }
const SUCCEED = { Type: 'Succeed' }

/** The value of one expression, in a Pass state. */
async function valueOf(expression: string, input: unknown = {}, random?: () => number) {
  const document = machine({ A: { Type: 'Pass', Output: { value: `{% ${expression} %}` }, ...END } })
  const { output, error } = await run(document, { input, ...(random && { random }) })
  return error ?? (output as { value: unknown }).value
}

describe('JSONata', () => {
  test.each([
    ['$partition([1..5], 2)', [[1, 2], [3, 4], [5]]],
    ['$range(0, 10, 5)', [0, 5, 10]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ["$hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ["$hash('', 'MD5')", 'd41d8cd98f00b204e9800998ecf8427e'],
    ['$parse(\'{"a": [1]}\')', { a: [1] }],
    ['$states.input.missing ? 1 : 2', 2],
    ['{"kept": 1, "left out": $states.input.missing}', { kept: 1 }],
    ['($f := function($x) { $x * 2 }; $map([1, 2], $f))', [2, 4]],
    ['$states.input.list[$ > 1]', [2, 3]],
  ])('%s', async (expression, value) => {
    expect(await valueOf(expression, { list: [1, 2, 3] })).toEqual(value)
  })

  test('$uuid is another one each time; $random is below 1, and the same for the same seed', async () => {
    const [first, second] = (await valueOf('[$uuid(), $uuid()]')) as string[]
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(first).not.toBe(second)
    expect(await valueOf('$random()', {}, () => 0.25)).toBe(0.25)
    const [a, b, c] = (await valueOf('[$random(7), $random(7), $random(8)]')) as number[]
    expect(a).toBe(b)
    expect(a).not.toBe(c)
    expect(a).toBeLessThan(1)
  })

  test.each([
    ['nothing', '$states.input.missing', 'returned nothing (undefined)'],
    ['a type error', "1 + 'a'", 'threw an error'],
    ['a function', '$sum', 'a function'],
    ['JSON that is none', "$parse('{')", 'threw an error'],
    ['too long a range', '$range(1, 1001, 1)', 'at most 1000 items'],
    ['a range without a step', '$range(1, 2)', 'three whole numbers'],
    ['a hash that nobody knows', "$hash('a', 'CRC')", 'MD5, SHA-1'],
    ['parts of no size', '$partition([1], 0)', 'size from 1 up'],
  ])('%s is States.QueryEvaluationError, and the message says where', async (_, expression, message) => {
    const error = await valueOf(expression)
    expect(error).toMatchObject({
      error: 'States.QueryEvaluationError',
      message: expect.stringContaining(message) as string,
    })
  })

  test('a failing expression is named with its field', async () => {
    const { error } = await run(
      machine({
        A: invoke('f', { Arguments: { FunctionName: 'f', Payload: [{ x: '{% $states.input.no %}' }] }, ...END }),
      }),
      {
        tasks: { f: async () => 1 },
      },
    )
    expect(error?.message).toBe(
      "States.QueryEvaluationError: the JSONata expression '$states.input.no' specified for the field 'Arguments/Payload[0]/x' returned nothing (undefined)",
    )
  })

  test('$states.context tells of the execution, the state and the state machine', async () => {
    const document = machine({
      W: { Type: 'Wait', Seconds: 60, Next: 'A' },
      A: { Type: 'Pass', Output: '{% $states.context %}', ...END },
    })
    const { output } = await run(document, { input: { n: 1 }, executionId: 'v1', stateMachineName: 'video' })
    expect(output).toMatchObject({
      Execution: { Name: 'v1', Input: { n: 1 }, StartTime: new Date(START).toISOString(), RedriveCount: 0 },
      State: { Name: 'A', EnteredTime: new Date(START + 60_000).toISOString(), RetryCount: 0 },
      StateMachine: { Name: 'video', Id: 'arn:aws:states:local:000000000000:stateMachine:video' },
    })
  })
})

describe('Data limit: 262,144 bytes of UTF-8 JSON', () => {
  const LIMIT = 256 * 1024
  const ok = 'é'.repeat((LIMIT - 2) / 2)
  const document = machine({ A: invoke('f', { Output: '{% $length($states.result.Payload) %}', ...END }) })

  test('an input of exactly that size passes, and one byte more is States.DataLimitExceeded', async () => {
    const pass = machine({ A: SUCCEED })
    expect((await run(pass, { input: ok })).output).toBe(ok)
    expect((await run(pass, { input: `${ok}a` })).error?.error).toBe('States.DataLimitExceeded')
  })

  test('a result, an Output, an Assign and Arguments are measured too', async () => {
    const big = 'a'.repeat(LIMIT)
    expect((await run(document, { tasks: { f: async () => big } })).error?.message).toContain('the result of A has')
    const doubled = { input: 'a'.repeat(LIMIT / 2), tasks: { f: async () => 1 } }
    const twice = '{% [$states.input, $states.input] %}'
    const outcomes = [
      { A: { Type: 'Pass', Output: twice, ...END } },
      { A: { Type: 'Pass', Assign: { twice }, ...END } },
      { A: invoke('f', { Arguments: { FunctionName: 'f', Payload: twice }, ...END }) },
    ].map(async (states) => (await run(machine(states), doubled)).error?.message)
    expect(await Promise.all(outcomes)).toEqual([
      expect.stringContaining('DataLimitExceeded: the output of A has'),
      expect.stringContaining('DataLimitExceeded: the Assign of A has'),
      expect.stringContaining('DataLimitExceeded: the Arguments of A has'),
    ])
  })

  test('it can be caught by its name only', async () => {
    const caughtBy = async (name: string) => {
      const Catch = [{ ErrorEquals: [name], Next: 'B', Output: 'caught' }]
      const states = { A: invoke('f', { Catch, ...END }), B: SUCCEED }
      return run(machine(states), { tasks: { f: async () => 'a'.repeat(LIMIT) }, clock: virtualClock() })
    }
    expect((await caughtBy('States.ALL')).error?.error).toBe('States.DataLimitExceeded')
    expect((await caughtBy('States.DataLimitExceeded')).output).toBe('caught')
  })
})
