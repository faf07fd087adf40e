import { describe, expect, test } from 'vitest'
import { invoke, machine, problemsOf } from './harness.ts'
import { loadWorkflow } from '../../../local/workflow/load.ts'

const SUCCEED = { Type: 'Succeed' }
const END = { End: true }

const task = (more: Record<string, unknown>, States: Record<string, unknown> = {}) =>
  machine({ A: invoke('f', { ...END, ...more }), ...States })

describe('A field that is refused', () => {
  test.each<[string, unknown, string]>([
    ['no document', 'text', 'the document: Invalid input: expected object, received string'],
    ['JSONPath', { ...task({}), QueryLanguage: 'JSONPath' }, 'QueryLanguage: must be JSONata'],
    ['no query language', { StartAt: 'A', States: { A: SUCCEED } }, 'QueryLanguage: must be JSONata'],
    [
      'JSONPath in one state',
      task({ QueryLanguage: 'JSONPath' }),
      'States.A.QueryLanguage: Invalid input: expected "JSONata"',
    ],
    [
      'a JSONPath field',
      task({ Parameters: {} }),
      'States.A.Parameters: is JSONPath; use Arguments, or ItemSelector in a Map',
    ],
    [
      'Credentials',
      task({ Credentials: {} }),
      'States.A.Credentials: is not supported: handlers run as the program itself',
    ],
    [
      'an unknown state type',
      machine({ A: { Type: 'Loop' } }),
      'States.A.Type: no such state type is supported (Loop)',
    ],
    ['an unknown top-level field', { ...task({}), Foo: 1 }, 'Foo: is not a field that is supported here'],
    [
      'an unknown field in Retry',
      task({ Retry: [{ ErrorEquals: ['E'], Foo: 1 }] }),
      'States.A.Retry[0].Foo: is not a field that is supported here',
    ],
    [
      'an unknown field in Catch',
      task({ Catch: [{ ErrorEquals: ['E'], Next: 'A', ResultPath: '$' }] }),
      'States.A.Catch[0].ResultPath: is JSONPath; use Output or Assign',
    ],
    [
      'an unknown JitterStrategy',
      task({ Retry: [{ ErrorEquals: ['E'], JitterStrategy: 'HALF' }] }),
      'States.A.Retry[0].JitterStrategy: must be FULL or NONE',
    ],
    [
      'a shrinking backoff',
      task({ Retry: [{ ErrorEquals: ['E'], BackoffRate: 0.5 }] }),
      'States.A.Retry[0].BackoffRate: Too small: expected number to be >=1',
    ],
    [
      'no errors to meet',
      task({ Retry: [{ ErrorEquals: [] }] }),
      'States.A.Retry[0].ErrorEquals: Too small: expected array to have >=1 items',
    ],
    ['a timeout of 0', task({ TimeoutSeconds: 0 }), 'States.A.TimeoutSeconds: Too small: expected number to be >=1'],
    [
      'a Condition that is no expression',
      machine({ A: { Type: 'Choice', Choices: [{ Condition: 'true', Next: 'B' }] }, B: SUCCEED }),
      'States.A.Choices[0].Condition: must be a JSONata expression, {% … %}',
    ],
    [
      'Retry on a Pass',
      machine({ A: { Type: 'Pass', Retry: [], ...END } }),
      'States.A.Retry: is not a field that is supported here',
    ],
    [
      'a Fail without a name',
      machine({ A: { Type: 'Fail' } }),
      'States.A.Error: Invalid input: expected string, received undefined',
    ],
  ])('%s', (_, document, problem) => {
    expect(problemsOf(document)).toEqual([problem])
  })

  test.each([
    ['ItemReader', { ItemReader: {} }],
    ['ItemBatcher', { ItemBatcher: {} }],
    ['ResultWriter', { ResultWriter: {} }],
    ['ToleratedFailurePercentage', { ToleratedFailurePercentage: 50 }],
    ['ToleratedFailureCount', { ToleratedFailureCount: 1 }],
    ['ItemsPath', { ItemsPath: '$.a' }],
    [
      'ItemProcessor.ProcessorConfig.Mode',
      { ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'I', States: { I: SUCCEED } } },
    ],
  ])('the distributed Map: %s', (field, more) => {
    const ItemProcessor = { StartAt: 'I', States: { I: SUCCEED } }
    const problems = problemsOf(machine({ M: { Type: 'Map', ItemProcessor, ...more, ...END } }))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(`States.M.${field}: `)
  })

  test('the message lists every problem', () => {
    const document = task({ Foo: 1, Retry: [{ ErrorEquals: ['E'], Bar: 2 }] })
    expect(() => loadWorkflow(document, {})).toThrow(
      /refused:\n {2}States\.A\.Retry\[0\]\.Bar: .*\n {2}States\.A\.Foo: /,
    )
  })
})
