import type { Progress } from '../core/stage.ts'
import { type StageName, stages } from '../core/stages.ts'
import type { Workers } from './workers.ts'
import type { WorkflowEvent } from './workflow/events.ts'
import type { TaskHandler } from './workflow/task.ts'

/** What a person or a program watching is told. `scene` counts from 0. */
export type StageEvent = { at: string } & (
  | { type: 'started' | 'reused'; stage: StageName; scene?: number }
  | { type: 'done'; stage: StageName; scene?: number; seconds: number; output: unknown }
  | { type: 'retrying'; stage: StageName; scene?: number; reason: string; inSeconds: number }
  | ({ type: 'progress' } & Progress)
)

/** Told apart from AWS's Batch by nothing but who runs the container's command: here, one of our own workers. */
const batch = 'arn:aws:states:::batch:submitJob.sync'
type BatchArguments = { ContainerOverrides: { Command: [StageName, string, string] } }

/** The workflow's functions and jobs as stages in worker processes, each telling `onEvent` what becomes of it. */
export function tasksOf(workers: Workers, onEvent: (event: StageEvent) => void): Record<string, TaskHandler> {
  const run = async (stage: StageName, input: unknown, signal: AbortSignal) => {
    const startedAt = Date.now()
    const where = { stage, ...sceneOf(input) }
    onEvent({ at: now(), type: 'started', ...where })
    const report = (progress: Progress) => onEvent({ at: now(), type: 'progress', ...progress })
    const output = await workers.run(stage, input, { signal, report })
    onEvent({ at: now(), type: 'done', ...where, seconds: (Date.now() - startedAt) / 1000, output })
    return output
  }
  const names = Object.keys(stages) as StageName[]
  const functions = names.map((stage): [string, TaskHandler] => [
    stage,
    (payload, { signal }) => run(stage, payload, signal),
  ])
  const job: TaskHandler = async (args, { signal }) => {
    const [stage, videoId, timelineKey] = (args as BatchArguments).ContainerOverrides.Command
    await run(stage, { videoId, timelineKey }, signal)
    return { Status: 'SUCCEEDED' }
  }
  return { ...Object.fromEntries(functions), [batch]: job }
}

/** The interpreter's own events that people want to see: what is not done again, and what is tried again. */
export function fromWorkflow(event: WorkflowEvent): StageEvent | undefined {
  if (event.type !== 'StateReplayed' && event.type !== 'RetryScheduled') return undefined
  const stage = event.name.toLowerCase() as StageName
  if (!(stage in stages)) return undefined
  const where = { at: event.at, stage, ...sceneIn(event.path) }
  return event.type === 'StateReplayed'
    ? { type: 'reused', ...where }
    : { type: 'retrying', ...where, reason: event.error, inSeconds: event.delayMs / 1000 }
}

function sceneOf(input: unknown): { scene?: number } {
  const scene = (input as { scene?: number } | undefined)?.scene
  return scene === undefined ? {} : { scene }
}

/** '…/IllustrateAll[3]/Illustrate' is scene 3. */
function sceneIn(path = ''): { scene?: number } {
  const index = /\/IllustrateAll\[(\d+)\]/.exec(path)?.[1]
  return index === undefined ? {} : { scene: Number(index) }
}

function now(): string {
  return new Date().toISOString()
}
