import { describe, expect, test } from 'vitest'
import { invoke, LAMBDA, machine, problemsOf } from './harness.ts'

const SUCCEED = { Type: 'Succeed' }
const END = { End: true }

const task = (more: Record<string, unknown>, States: Record<string, unknown> = {}) =>
  machine({ A: invoke('f', { ...END, ...more }), ...States })

describe('Transitions, errors and resources that are refused', () => {
  test.each<[string, unknown, string]>([
    ['a start that is not there', { ...task({}), StartAt: 'B' }, "StartAt: there is no state 'B' (A)"],
    ['a dangling Next', machine({ A: invoke('f', { Next: 'B' }) }), "States.A.Next: there is no state 'B' here (A)"],
    [
      'a dangling Catch',
      task({ Catch: [{ ErrorEquals: ['E'], Next: 'B' }] }),
      "States.A.Catch[0].Next: there is no state 'B' here (A)",
    ],
    [
      'a dangling Default',
      machine({ A: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'B' }], Default: 'C' }, B: SUCCEED }),
      "States.A.Default: there is no state 'C' here (A, B)",
    ],
    ['a state that nothing leads to', task({}, { B: SUCCEED }), 'States.B: no transition leads here'],
    ['no way on', machine({ A: { Type: 'Pass' } }), 'States.A: needs either Next or "End": true'],
    [
      'two ways on',
      machine({ A: { Type: 'Pass', Next: 'B', ...END }, B: SUCCEED }),
      'States.A: needs either Next or "End": true',
    ],
    ['a Wait without an end', machine({ A: { Type: 'Wait', ...END } }), 'States.A: needs either Seconds or Timestamp'],
    [
      'States.ALL not last',
      task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }] }),
      'States.A.Retry[0].ErrorEquals: States.ALL stands alone and in the last entry',
    ],
    [
      'States.ALL not alone',
      task({ Retry: [{ ErrorEquals: ['States.ALL', 'E'] }] }),
      'States.A.Retry[0].ErrorEquals: States.ALL stands alone and in the last entry',
    ],
    [
      'a misspelt built-in error',
      task({ Retry: [{ ErrorEquals: ['States.TimeOut'] }] }),
      'States.A.Retry[0].ErrorEquals: no error named States.TimeOut is ever raised here',
    ],
    [
      'an error that nothing catches',
      task({ Retry: [{ ErrorEquals: ['States.Runtime'] }] }),
      'States.A.Retry[0].ErrorEquals: States.Runtime can be neither retried nor caught',
    ],
    [
      'a delay limit below the delay',
      task({ Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 5, MaxDelaySeconds: 5 }] }),
      'States.A.Retry[0].MaxDelaySeconds: must be greater than IntervalSeconds (5)',
    ],
    [
      'a heartbeat slower than the timeout',
      task({ TimeoutSeconds: 5, HeartbeatSeconds: 5 }),
      'States.A.HeartbeatSeconds: must be smaller than TimeoutSeconds (5)',
    ],
    [
      'a task token',
      task({ Resource: `${LAMBDA}.waitForTaskToken` }),
      'States.A.Resource: waiting for a task token is not supported',
    ],
    [
      'a Resource that is an expression',
      task({ Resource: '{% $states.input.r %}' }),
      'States.A.Resource: must be a constant',
    ],
    [
      'a Lambda without a name',
      task({ Arguments: { Payload: {} } }),
      `States.A.Arguments: ${LAMBDA} needs an object with FunctionName`,
    ],
    [
      'an asynchronous Lambda',
      task({ Arguments: { FunctionName: 'f', InvocationType: 'Event' } }),
      'States.A.Arguments.InvocationType: not supported (only FunctionName and Payload)',
    ],
    [
      'a missing substitution',
      task({ Arguments: { FunctionName: '${Nope}' } }),
      'States.A.Arguments.FunctionName: nothing is given for ${Nope}',
    ],
  ])('%s', (_, document, problem) => {
    expect(problemsOf(document)).toEqual([problem])
  })

  test('problems inside branches and items are named by their whole path, all at once', () => {
    const inner = (name: string, more: Record<string, unknown>) => ({
      StartAt: name,
      States: { [name]: { Type: 'Pass', ...more } },
    })
    const Branches = [
      inner('X', { Assign: { outer: 1 }, ...END }),
      {
        StartAt: 'M',
        States: { M: { Type: 'Map', ItemProcessor: inner('A', { Output: '{% $later %}', Next: 'A2' }), ...END } },
      },
    ]
    const document = machine({
      A: { Type: 'Pass', Assign: { outer: 1 }, Next: 'P' },
      P: { Type: 'Parallel', Branches, ...END },
    })
    expect(problemsOf(document)).toEqual([
      'States.P.Branches[0].States.X.Assign.outer: $outer belongs to a scope around this one, which alone assigns it',
      "States.P.Branches[1].States.M.ItemProcessor.States.A.Next: there is no state 'A2' here (A)",
      'States.P.Branches[1].States.M.ItemProcessor.States.A: the name is taken by States.A; names are unique in the whole document',
      'States.P.Branches[1].States.M.ItemProcessor.States.A.Output: $later is neither a function nor a variable assigned in this scope or around it',
    ])
  })
})
