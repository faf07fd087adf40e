import { createRequire } from 'node:module'
import jsonata from 'jsonata'
import { describe, expect, test } from 'vitest'
import { invoke, LAMBDA, machine, problemsOf, run } from './harness.ts'
import { killedDocument } from './killed.ts'
import { FUNCTION_NAMES } from '../../../local/workflow/functions.ts'
import { loadWorkflow } from '../../../local/workflow/load.ts'

// It brings no types.
const aslValidator: (document: unknown) => { errors: unknown[] } = createRequire(import.meta.url)('asl-validator')

const SUCCEED = { Type: 'Succeed' }
const END = { End: true }

const task = (more: Record<string, unknown>, States: Record<string, unknown> = {}) =>
  machine({ A: invoke('f', { ...END, ...more }), ...States })

/** One of everything that is supported. */
const everything = machine(
  {
    Write: {
      Type: 'Task',
      Comment: 'a topic becomes a script',
      Resource: LAMBDA,
      Arguments: { FunctionName: '${WriteFn}', Payload: '{% $states.input %}' },
      TimeoutSeconds: '{% $states.input.limit %}',
      HeartbeatSeconds: 30,
      Assign: { script: '{% $states.result.Payload %}' },
      Output: '{% $states.result.Payload %}',
      Retry: [
        {
          ErrorEquals: ['TransientError', 'States.Timeout'],
          IntervalSeconds: 1,
          MaxAttempts: 4,
          BackoffRate: 1.5,
          MaxDelaySeconds: 20,
          JitterStrategy: 'FULL',
        },
        { ErrorEquals: ['States.ALL'], MaxAttempts: 0 },
      ],
      Catch: [
        { ErrorEquals: ['States.ALL'], Assign: { why: '{% $states.errorOutput.Error %}' }, Output: {}, Next: 'Failed' },
      ],
      Next: 'Assets',
    },
    Assets: {
      Type: 'Parallel',
      Arguments: { script: '{% $script %}' },
      Branches: [
        {
          StartAt: 'Illustrate',
          States: {
            Illustrate: {
              Type: 'Map',
              Items: '{% $states.input.script.scenes %}',
              ItemSelector: { index: '{% $states.context.Map.Item.Index %}' },
              MaxConcurrency: '{% $states.input.script.atOnce %}',
              ItemProcessor: {
                ProcessorConfig: { Mode: 'INLINE' },
                StartAt: 'Draw',
                States: { Draw: invoke('${DrawFn}') },
              },
              ...END,
            },
          },
        },
        { StartAt: 'Narrate', States: { Narrate: invoke('${NarrateFn}') } },
      ],
      Next: 'Enough',
    },
    Enough: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $count($states.input[0]) > 0 %}', Output: {}, Assign: { enough: true }, Next: 'Pause' },
      ],
      Default: 'Failed',
    },
    Pause: { Type: 'Wait', Seconds: 1, Next: 'Until' },
    Until: { Type: 'Wait', Timestamp: '2026-01-01T00:00:00Z', Next: 'Compose' },
    Compose: {
      Type: 'Task',
      Resource: 'arn:aws:states:::batch:submitJob.sync',
      Arguments: { JobName: 'c', JobQueue: '${Queue}', JobDefinition: 'd' },
      Next: 'Shape',
    },
    Shape: { Type: 'Pass', Output: { done: true }, Next: 'Done' },
    Done: SUCCEED,
    Failed: { Type: 'Fail', Error: '{% $states.input.Error %}', Cause: 'see the error' },
  },
  { Comment: 'everything', Version: '1.0', TimeoutSeconds: 3600 },
)
const SUBSTITUTIONS = { WriteFn: 'write', DrawFn: 'draw', NarrateFn: 'narrate', Queue: 'q' }

describe('A document that is accepted', () => {
  test.each([
    ['one of everything', everything],
    ['the Map of the kill test', killedDocument],
    ['a task as the other tests write them', task({})],
  ])('%s: by this loader and by asl-validator', (_, document) => {
    expect(problemsOf(document, SUBSTITUTIONS)).toEqual([])
    expect(aslValidator(document).errors).toEqual([])
  })

  test('one of everything runs to its end', async () => {
    const { output, error } = await run(JSON.parse(JSON.stringify(everything).replaceAll(/\$\{(\w+)\}/g, 'f$1')), {
      input: { limit: 60 },
      tasks: {
        fWriteFn: async () => ({ scenes: ['a', 'b'], atOnce: 1 }),
        fDrawFn: async (scene) => scene,
        fNarrateFn: async () => 'voice',
        'arn:aws:states:::batch:submitJob.sync': async (args) => args,
      },
    })
    expect(error).toBeUndefined()
    expect(output).toEqual({ done: true })
  })

  test('the substituted document is what the journal knows it by', () => {
    const document = task({ Arguments: { FunctionName: '${F}' } })
    const [one, same, other] = ['f', 'f', 'g'].map((F) => loadWorkflow(document, { F }).sha256)
    expect(one).toBe(same)
    expect(one).not.toBe(other)
  })

  test('the list of function names is what JSONata has, less $eval and $clone, plus what Step Functions adds', async () => {
    const added = ['partition', 'range', 'hash', 'uuid', 'parse']
    for (const name of FUNCTION_NAMES)
      expect([name, (await jsonata(`$${name}`).evaluate(undefined)) !== undefined]).toEqual([
        name,
        !added.includes(name),
      ])
  })
})
