// How far a video is, step by step, from what its workers wrote down.
import type { VideoEvent } from '../core/ports.ts'
import { attemptOf } from '../core/submit.ts'
import type { StageName } from '../core/stages.ts'
import type { VideoStatus } from '../core/video.ts'

/** `done` of `total` where that is known, counted in `unit` ('frames', 'scenes'). */
export type Step = {
  step: StageName
  state: 'waiting' | 'running' | 'done'
  done?: number
  total?: number
  unit?: string
  secondsLeft?: number
}

/** In the order in which they end. What takes no time and what only prepares is no step that anybody waits for. */
const steps = ['write', 'narrate', 'plan', 'illustrate', 'score', 'compose', 'publish'] as const satisfies StageName[]
/** Those of one number go side by side; where one of a higher number has begun, they are over. */
const order: Partial<Record<string, number>> = {
  write: 0,
  narrate: 1,
  plan: 1,
  illustrate: 1,
  score: 1,
  compose: 2,
  publish: 3,
}

export function stepsOf(status: VideoStatus, events: VideoEvent[]): Step[] {
  if (status === 'done') return steps.map((step) => ({ step, state: 'done' }))
  const latest = attemptOf(events)
  const now = events.slice(events.findIndex(({ type, attempt }) => type === 'attempt' && attempt === latest) + 1)
  const furthest = Math.max(-1, ...now.map(({ stage }) => order[String(stage)] ?? -1))
  return steps.map((step): Step => {
    if (order[step]! < furthest) return { step, state: 'done' }
    return stepOf(
      step,
      now.filter(({ stage }) => stage === step),
    )
  })
}

function stepOf(step: StageName, events: VideoEvent[]): Step {
  if (events.length === 0) return { step, state: 'waiting' }
  const last = events.findLast(({ type }) => type === 'progress')
  const progress = last && pick(last)
  const isOver = events.at(-1)!.type === 'done' && events.at(-1)!['scene'] === undefined
  return { step, state: isOver ? 'done' : 'running', ...(isOver ? {} : (progress ?? scenesOf(events))) }
}

function pick({ done, total, unit, secondsLeft }: VideoEvent): Partial<Step> {
  return {
    done: Number(done),
    total: Number(total),
    unit: String(unit),
    ...(typeof secondsLeft === 'number' && { secondsLeft }),
  }
}

function scenesOf(events: VideoEvent[]): Partial<Step> {
  const done = new Set(events.flatMap(({ type, scene }) => (type === 'done' && scene !== undefined ? [scene] : [])))
  return done.size > 0 ? { done: done.size, unit: 'scenes' } : {}
}
