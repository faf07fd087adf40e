import { describe, expect, test } from 'vitest'
import { invoke, machine, problemsOf } from './harness.ts'

const END = { End: true }

const task = (more: Record<string, unknown>, States: Record<string, unknown> = {}) =>
  machine({ A: invoke('f', { ...END, ...more }), ...States })
const pass = (Output: unknown) => machine({ A: { Type: 'Pass', Output, ...END } })

describe('An expression or a variable that is refused', () => {
  test.each<[string, unknown, string]>([
    [
      'JSONata 2.1',
      pass('{% $states.input.a ?? 1 %}'),
      'States.A.Output: JSONata 2.0.6 cannot parse this: The symbol "?" cannot be used as a unary operator',
    ],
    [
      'an expression left open',
      pass({ a: ['{% 1'] }),
      'States.A.Output.a[0]: an expression starts with {% and ends with %}, with nothing before or after',
    ],
    [
      'an expression after a space',
      pass(' {% 1 %}'),
      'States.A.Output: an expression starts with {% and ends with %}, with nothing before or after',
    ],
    ['$eval', pass("{% $eval('1') %}"), 'States.A.Output: $eval is not available in Step Functions; use $parse'],
    ['$$', pass('{% $$.a %}'), 'States.A.Output: $$ is nothing in a workflow; use $states.input'],
    [
      'an unknown name',
      pass('{% $nope + 1 %}'),
      'States.A.Output: $nope is neither a function nor a variable assigned in this scope or around it',
    ],
    [
      'a misspelt part of $states',
      pass('{% $states.inputs %}'),
      'States.A.Output: $states.inputs does not exist here (only input, context)',
    ],
    [
      'a result before there is one',
      task({ Arguments: { FunctionName: 'f', Payload: '{% $states.result %}' } }),
      'States.A.Arguments.Payload: $states.result does not exist here (only input, context)',
    ],
    [
      'an error output outside a Catch',
      task({ Output: '{% $states.errorOutput %}' }),
      'States.A.Output: $states.errorOutput does not exist here (only input, context, result)',
    ],
    [
      'a variable named states',
      machine({ A: { Type: 'Pass', Assign: { states: 1 }, ...END } }),
      'States.A.Assign.states: $states is reserved',
    ],
    [
      'a variable named like a function',
      machine({ A: { Type: 'Pass', Assign: { sum: 1 }, ...END } }),
      'States.A.Assign.sum: would hide the function $sum',
    ],
    [
      'a variable that is no name',
      machine({ A: { Type: 'Pass', Assign: { '1a': 1 }, ...END } }),
      "States.A.Assign.1a: a variable's name is a letter, then letters, digits or _, at most 80",
    ],
  ])('%s', (_, document, problem) => {
    expect(problemsOf(document)).toEqual([problem])
  })

  test('a variable of one branch is unknown in the other and outside', () => {
    const read = { StartAt: 'Y', States: { Y: { Type: 'Pass', Output: '{% $mine %}', ...END } } }
    const write = { StartAt: 'X', States: { X: { Type: 'Pass', Assign: { mine: 1 }, ...END } } }
    const document = machine({ P: { Type: 'Parallel', Branches: [write, read], Output: '{% $mine %}', ...END } })
    expect(problemsOf(document).map((problem) => problem.split(':')[0])).toEqual([
      'States.P.Output',
      'States.P.Branches[1].States.Y.Output',
    ])
  })

  test('names bound inside an expression are known to it', () => {
    const expressions = [
      '($x := 1; $x)',
      '$map([1], function($v, $i) { $v + $i })',
      '$states.input.a@$b.{"c": $b}',
      '$states.input.a#$i.{"i": $i}',
    ]
    for (const expression of expressions) expect(problemsOf(pass(`{% ${expression} %}`))).toEqual([])
  })
})
