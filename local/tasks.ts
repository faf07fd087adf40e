import { type Role, roles } from '../core/models.ts'
import type { Progress } from '../core/stage.ts'
import { type StageName, stages } from '../core/stages.ts'
import type { VideoRequest } from '../core/video.ts'
import type { Workers } from './workers.ts'
import type { WorkflowEvent } from './workflow/events.ts'
import type { TaskCall, TaskHandler } from './workflow/task.ts'

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

export type StageTasks = {
  tasks: Record<string, TaskHandler>
  /** To be told what the interpreter does: only then is a stage's end in the journal. */
  onWorkflowEvent: (event: WorkflowEvent) => void
}

/** The workflow's functions and jobs as stages in worker processes, with `onEvent` told what becomes of each. */
export function stageTasks(workers: Workers, request: Served, onEvent: (event: StageEvent) => void): StageTasks {
  const ended = new Map<string, StageEvent>()
  const run = async (stage: StageName, input: unknown, { signal, path }: TaskCall) => {
    const startedAt = Date.now()
    const where = { stage, ...sceneOf(input) }
    onEvent({ at: now(), type: 'started', ...where })
    const report = nowAndThen((progress) => onEvent({ at: now(), type: 'progress', ...progress }))
    const output = await workers.run({ stage, input, waits: waits(stage, request) }, { signal, report })
    ended.set(path, { at: now(), type: 'done', ...where, seconds: (Date.now() - startedAt) / 1000, output })
    return output
  }
  const names = Object.keys(stages) as StageName[]
  const functions = names.map((stage): [string, TaskHandler] => [stage, (payload, call) => run(stage, payload, call)])
  const job: TaskHandler = async (args, call) => {
    const [stage, videoId, timelineKey] = (args as BatchArguments).ContainerOverrides.Command
    await run(stage, { videoId, timelineKey }, call)
    return { Status: 'SUCCEEDED' }
  }
  return {
    tasks: { ...Object.fromEntries(functions), [batch]: job },
    onWorkflowEvent: (event) => {
      const told = event.type === 'StateExited' ? ended.get(event.path) : fromWorkflow(event)
      if (told) onEvent(told)
    },
  }
}

type Served = Pick<VideoRequest, 'choices' | 'topic'>

/** In a video without a service nothing waits; in another one its services' stages do, and those that take no time. */
function waits(stage: StageName, request: Served): boolean {
  if (!isServed(request) || computing.includes(stage)) return false
  return !(stage in byItself) || request.choices![byItself[stage as keyof typeof byItself]] !== 'embedded'
}

function isServed({ choices }: Served): boolean {
  return choices !== undefined && (Object.keys(roles) as Role[]).some((role) => choices[role] !== 'embedded')
}

const computing: StageName[] = ['compose', 'publish']
/** They compute when nobody but the embedded one does it. */
const byItself = { narrate: 'narrate', illustrate: 'illustrate', score: 'score' } as const satisfies Record<
  string,
  Role
>

/** The interpreter's own events that people want to see: what is not done again, and what is tried again. */
function fromWorkflow(event: WorkflowEvent): StageEvent | undefined {
  if (event.type !== 'StateReplayed' && event.type !== 'RetryScheduled') return undefined
  const stage = event.name.toLowerCase() as StageName
  if (!(stage in stages)) return undefined
  const where = { at: event.at, stage, ...sceneIn(event.path) }
  return event.type === 'StateReplayed'
    ? { type: 'reused', ...where }
    : { type: 'retrying', ...where, reason: event.message, inSeconds: event.delayMs / 1000 }
}

/** At most four reports a second, and the last one always. */
function nowAndThen(report: (progress: Progress) => void): (progress: Progress) => void {
  let lastMs = 0
  return (progress) => {
    if (progress.done < progress.total && Date.now() - lastMs < 250) return
    lastMs = Date.now()
    report(progress)
  }
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
