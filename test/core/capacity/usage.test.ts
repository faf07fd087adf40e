import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { functionMemoryMiB, sizes, transitions } from '../../../core/capacity/usage.ts'
import { sizes as settings } from '../../../lib/config.ts'
import { functions } from '../../../lib/functions.ts'

type State = { Type: string; Next?: string; End?: boolean; Branches?: Machine[]; ItemProcessor?: Machine }
type Machine = { StartAt: string; States: Record<string, State> }

/** States that are entered when nothing fails and every Map has `items`. */
function entered({ StartAt, States }: Machine, items: number): number {
  let count = 0
  for (let name: string | undefined = StartAt; name !== undefined; name = States[name]!.Next) {
    const { Branches = [], ItemProcessor } = States[name]!
    count += 1 + Branches.reduce((sum, branch) => sum + entered(branch, items), 0)
    if (ItemProcessor) count += items * entered(ItemProcessor, items)
  }
  return count
}

describe('what the plan is made of', () => {
  it.each([1, 7, 40])('counts the states of the workflow with %i pictures', (pictures) => {
    const document = JSON.parse(
      readFileSync(new URL('../../../workflow/video.asl.json', import.meta.url), 'utf8'),
    ) as Machine
    expect(transitions.fixed + transitions.each * pictures).toBe(entered(document, pictures))
  })

  it('has the functions and their memory as they are deployed', () => {
    const memory = Object.fromEntries(Object.entries(functions).map(([name, { memoryMiB }]) => [name, memoryMiB]))
    expect(functionMemoryMiB).toEqual(memory)
  })

  it('has the sizes as they are deployed', () => {
    const planned = Object.entries(settings).map(([name, { videosPerHour, render }]) => {
      const { scaleDownDelayMinutes, ...vcpus } = render
      return [name, { videosPerHour, ...vcpus, scaleDownMinutes: scaleDownDelayMinutes }]
    })
    expect(sizes).toEqual(Object.fromEntries(planned))
  })
})
