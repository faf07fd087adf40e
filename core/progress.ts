// How far a video is, from what its workers wrote down: step by step, and as one number.
import type { VideoEvent } from './ports.ts'
import { attemptOf } from './submit.ts'
import type { StageName } from './stages.ts'
import type { VideoStatus } from './video.ts'

/** `done` of `total` where that is known, counted in `unit` ('frames', 'scenes'). */
export type Step = {
  step: StepName
  state: 'waiting' | 'running' | 'done'
  done?: number
  total?: number
  unit?: string
  secondsLeft?: number
}

/** In the order in which they end. What takes no time and what only prepares is no step that anybody waits for. */
const steps = ['write', 'narrate', 'plan', 'illustrate', 'score', 'compose', 'publish'] as const satisfies StageName[]
export type StepName = (typeof steps)[number]

/** Those of one number go side by side; where one of a higher number has begun, they are over. */
const order: Record<StepName, number> = {
  write: 0,
  narrate: 1,
  plan: 1,
  illustrate: 1,
  score: 1,
  compose: 2,
  publish: 3,
}
/**
 * How much of the way each is, in percent: about what a video of a minute takes of the time on one machine, where
 * pictures and frames are most of it.
 */
const weights: Record<StepName, number> = {
  write: 3,
  narrate: 12,
  plan: 4,
  illustrate: 20,
  score: 3,
  compose: 50,
  publish: 8,
}

/** `events` are all of the video's, in order; those of its latest attempt count. */
export function stepsOf(status: VideoStatus, events: VideoEvent[]): Step[] {
  if (status === 'done') return steps.map((step) => ({ step, state: 'done' }))
  const now = latestAttempt(events)
  const furthest = Math.max(-1, ...now.map(({ stage }) => order[stage as StepName] ?? -1))
  const scenes = scenesPlanned(now)
  return steps.map((step): Step => {
    if (order[step] < furthest) return { step, state: 'done' }
    return stepOf(
      step,
      now.filter(({ stage }) => stage === step),
      scenes,
    )
  })
}

/**
 * `percent`: 0 to 100, never falling while one attempt goes on. `secondsLeft`: from what is measured while frames are
 * rendered, before that from the time that the way so far took; undefined while too little is known.
 */
export function progressOf(status: VideoStatus, events: VideoEvent[]): { percent: number; secondsLeft?: number } {
  const all = stepsOf(status, events)
  const percent = percentOf(all)
  const secondsLeft = status === 'running' ? secondsLeftOf(all, latestAttempt(events)) : undefined
  return { percent, ...(secondsLeft !== undefined && { secondsLeft }) }
}

function latestAttempt(events: VideoEvent[]): VideoEvent[] {
  const latest = attemptOf(events)
  return events.slice(
    events.findLastIndex(({ type, attempt }) => type === 'attempt' && (attempt ?? latest) === latest) + 1,
  )
}

function scenesPlanned(events: VideoEvent[]): number | undefined {
  const planned = events.findLast(({ type, stage }) => type === 'done' && stage === 'plan')?.['output']
  const scenes = (planned as { scenes?: unknown[] } | undefined)?.scenes
  return Array.isArray(scenes) ? scenes.length : undefined
}

function stepOf(step: StepName, events: VideoEvent[], scenes: number | undefined): Step {
  if (events.length === 0) return { step, state: 'waiting' }
  const isWhole = ({ type, scene }: VideoEvent) => (type === 'done' || type === 'reused') && scene === undefined
  const pictures = step === 'illustrate' ? picturesOf(events, scenes) : {}
  const isOver = step === 'illustrate' ? pictures.done === pictures.total : events.some(isWhole)
  if (isOver && (step !== 'illustrate' || pictures.total !== undefined)) return { step, state: 'done' }
  return { step, state: 'running', ...(step === 'illustrate' ? pictures : reported(events)) }
}

/** The furthest that was told: a task that is tried again begins anew and goes on from there quickly. */
function reported(events: VideoEvent[]): Partial<Step> {
  const told = events.filter(({ type, total }) => type === 'progress' && Number(total) > 0)
  const last = told.at(-1)
  if (!last) return {}
  const { total, unit, secondsLeft } = last
  const share = Math.max(...told.map((event) => Number(event['done']) / Number(event['total'])))
  return {
    done: Math.min(Number(total), Math.round(share * Number(total))),
    total: Number(total),
    unit: String(unit),
    ...(typeof secondsLeft === 'number' && { secondsLeft }),
  }
}

function picturesOf(events: VideoEvent[], total: number | undefined): Partial<Step> {
  const over = events.filter(({ type, scene }) => (type === 'done' || type === 'reused') && scene !== undefined)
  const done = new Set(over.map(({ scene }) => scene)).size
  return { done, ...(total !== undefined && { total: Math.max(total, done) }), unit: 'scenes' }
}

function percentOf(all: Step[]): number {
  return Math.round(all.reduce((sum, step) => sum + weights[step.step] * shareOf(step), 0) * 10) / 10
}

function shareOf({ state, done, total }: Step): number {
  if (state === 'done') return 1
  return state === 'running' && done !== undefined && total !== undefined && total > 0 ? Math.min(1, done / total) : 0
}

/** What is left of a video's file once its frames are there: checked and given out, about a sixth of the frames' time. */
const publishShare = weights.publish / weights.compose
/** Before this much of the way and of time, what it took says little of what is to come. */
const [tellingPercent, tellingSeconds] = [20, 5]
/** A pace that has just jumped (one slow picture, a service that was down) is not yet the pace. */
const lastPaces = 5
/** Where nothing happened for longer, nobody worked: the machine was off, or a service kept it waiting. */
const longestGapSeconds = 30
/** What is said to take longer is not known. */
const longestSeconds = 6 * 60 * 60

function secondsLeftOf(all: Step[], events: VideoEvent[]): number | undefined {
  const compose = all.find(({ step }) => step === 'compose')!
  const seconds =
    compose.state === 'running' && compose.secondsLeft !== undefined
      ? measuredLeft(compose.secondsLeft, shareOf(compose))
      : leftByPace(events)
  return seconds === undefined || seconds > longestSeconds ? undefined : Math.round(seconds)
}

function measuredLeft(secondsLeft: number, share: number): number {
  const whole = secondsLeft / (1 - Math.min(0.95, share))
  return secondsLeft + whole * publishShare
}

/** What most of the latest events say of when it is over, by the time that the way up to each of them took. */
function leftByPace(events: VideoEvent[]): number | undefined {
  const seconds = secondsWorked(events)
  const telling = events.flatMap(({ type }, index) => (type === 'done' || type === 'reused' ? [index] : []))
  const ends = telling.slice(-lastPaces).flatMap((index) => {
    const percent = percentOf(stepsOf('running', events.slice(0, index + 1)))
    return percent < tellingPercent || seconds[index]! < tellingSeconds ? [] : [(seconds[index]! * 100) / percent]
  })
  const median = ends.toSorted((a, b) => a - b)[Math.floor((ends.length - 1) / 2)]
  const left = median === undefined ? 0 : median - seconds.at(-1)!
  return left > 0 ? left : undefined
}

/** Until each of the events, without the time in which nobody worked. */
function secondsWorked(events: VideoEvent[]): number[] {
  let worked = 0
  return events.map(({ at }, index) => {
    const gap = (Date.parse(at) - Date.parse(events[index - 1]?.at ?? at)) / 1000
    worked += Math.min(longestGapSeconds, Math.max(0, gap))
    return worked
  })
}
