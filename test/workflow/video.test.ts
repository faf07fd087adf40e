import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import jsonata from 'jsonata'
import { describe, expect, it } from 'vitest'
import { stages } from '../../core/stages.ts'
import { videoWorkflow } from '../../local/video-workflow.ts'

// It has no type declarations.
const validate: (document: unknown) => { isValid: boolean } = createRequire(import.meta.url)('asl-validator')
const source = readFileSync(new URL('../../workflow/video.asl.json', import.meta.url), 'utf8')

type Machine = { States: Record<string, State> }
type State = {
  Type: string
  Retry?: unknown
  Catch?: unknown
  TimeoutSeconds?: number
  Arguments?: { ContainerOverrides?: { Command: string[] } }
  Branches?: Machine[]
  ItemProcessor?: Machine
}
const statesOf = (machine: Machine): [string, State][] =>
  Object.entries(machine.States).flatMap(([name, state]) => [
    [name, state] as [string, State],
    ...[...(state.Branches ?? []), ...(state.ItemProcessor ? [state.ItemProcessor] : [])].flatMap(statesOf),
  ])
/** A job's stage is the first word of its command; three states have the same one. */
const stageOf = (name: string, { Arguments }: State) => Arguments?.ContainerOverrides?.Command[0] ?? name.toLowerCase()
const tasks = statesOf(JSON.parse(source)).filter(([, { Type }]) => Type === 'Task')

describe('workflow/video.asl.json', () => {
  it('is accepted by asl-validator', () => {
    expect(validate(JSON.parse(source))).toMatchObject({ isValid: true })
  })

  it('holds only expressions that JSONata 2.0.6 parses', () => {
    const expressions = [...source.matchAll(/"\{% (.+?) %\}"/g)].map(([, expression]) => expression!)
    expect(expressions.length).toBeGreaterThan(20)
    for (const expression of expressions) expect(() => jsonata(expression), expression).not.toThrow()
  })

  it('has a state for every stage, and a stage for every task', () => {
    expect(new Set(tasks.map(([name, task]) => stageOf(name, task)))).toEqual(new Set(Object.keys(stages)))
  })

  it('bounds the time of every task', () => {
    for (const [name, task] of tasks) expect(task.TimeoutSeconds, name).toBeGreaterThan(0)
  })

  it('tries every task again, but for the warm-up, which may fail', () => {
    for (const [name, task] of tasks) expect(name === 'Warm' ? task.Catch : task.Retry, name).toBeDefined()
  })

  it('is run by the local interpreter as it stands', () => {
    expect(() => videoWorkflow()).not.toThrow()
  })
})
