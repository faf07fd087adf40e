// The busiest hour, again and again with other chances: how long people wait for a video, and for what.
import type { ServiceId } from '../models.ts'
import { randomOf } from '../random.ts'
import { exponential, varying } from './chance.ts'
import { type Clock, createClock } from './events.ts'
import { createFarm, type Farm, type PoolSpec } from './farm.ts'
import { createServiceQueue, type ServiceLimits, type ServiceQueue } from './service-queue.ts'

/** One thing that is waited for: a service's answer, or (without `service`) so long a piece of own work. */
export type Step = { service?: ServiceId; seconds: number }
/** Steps one after another, then `each` (the pictures) at once. */
export type Branch = { steps: Step[]; each?: { count: number; steps: Step[] } }
/** Times in seconds. The shape of times: 0 = fixed, 1 = exponential, more = less varied (chance.ts). */
export type Scenario = {
  before: Step[]
  /** At once; the video goes on when all have ended. */
  gather: Branch[]
  between: Step[]
  /** On each pool. */
  renderSeconds: readonly number[]
  renderStartSeconds: number
  after: Step[]
  /** Seconds after the request at which a machine is ordered, so that it boots meanwhile; undefined = not. */
  warmAfter: number | undefined
  services: Partial<Record<ServiceId, ServiceLimits>>
  pools: readonly (Omit<PoolSpec, 'bootSeconds'> & { bootSeconds: readonly [least: number, most: number] })[]
  shape: { services: number; render: number }
}
/** An hour (or more) with that many videos; only those of measured parts count. */
export type Arrivals = { hours: number; perHour: number; isMeasured: boolean }[]

export type Waits = Record<ServiceId | 'boot' | 'queue' | 'again', number>
export type VideoTimes = { seconds: number; waits: Waits; pool: number }
export type Simulated = {
  arrived: number
  videos: VideoTimes[]
  medianSeconds: number
  p95Seconds: number
  /** Mean seconds of waiting on the way that took longest, by what was waited for. */
  meanWaits: Waits
  /** Seconds of work begun in the measured hours, of which `seconds` is the length of all. */
  busy: Busy
}
type Busy = { seconds: number; services: Record<ServiceId, number>; pools: number[] }

/** The same for the same seed. Every video that arrives is waited for until it is done. */
export function simulate(
  scenario: Scenario,
  arrivals: Arrivals,
  { replications, seed }: { replications: number; seed: number },
): Simulated {
  const videos: VideoTimes[] = []
  const busy = notBusy(scenario)
  let arrived = 0
  for (let i = 0; i < replications; i++) {
    const run = runOnce(scenario, arrivals, randomOf(seed + i * 7919))
    arrived += run.arrived
    for (const video of run.videos) videos.push(video)
    addBusy(busy, run.busy, 1)
  }
  const sorted = videos.map(({ seconds }) => seconds).toSorted((a, b) => a - b)
  return {
    arrived,
    videos,
    medianSeconds: quantile(sorted, 0.5),
    p95Seconds: quantile(sorted, 0.95),
    meanWaits: meanOf(videos),
    busy,
  }
}

type World = {
  scenario: Scenario
  clock: Clock
  random: () => number
  queues: Map<ServiceId, ServiceQueue>
  farm: Farm
}
type Run = { arrived: number; videos: VideoTimes[]; busy: Busy }

function runOnce(scenario: Scenario, arrivals: Arrivals, random: () => number): Run {
  const clock = createClock()
  const limits = Object.entries(scenario.services) as [ServiceId, ServiceLimits][]
  const queues = new Map(limits.map(([id, limit]) => [id, createServiceQueue(clock, limit)]))
  const pools = scenario.pools.map(({ bootSeconds: [least, most], ...pool }) => ({
    ...pool,
    bootSeconds: () => least + random() * (most - least),
  }))
  const farm = createFarm(clock, pools, random)
  const world: World = { scenario, clock, random, queues, farm }
  const videos: VideoTimes[] = []
  const busy = notBusy(scenario)
  const note = (sign: 1 | -1) => addBusy(busy, busyNow(world), sign)
  let arrived = 0
  let from = 0
  for (const { hours, perHour, isMeasured } of arrivals) {
    const until = from + hours * 3600
    for (let at = from + exponential(3600 / perHour, random); at < until; at += exponential(3600 / perHour, random)) {
      if (isMeasured) arrived++
      clock.schedule(at, () => makeVideo(world, (video) => isMeasured && videos.push(video)))
    }
    if (isMeasured) {
      busy.seconds += until - from
      clock.schedule(from, () => note(-1))
      clock.schedule(until, () => note(1))
    }
    from = until
  }
  clock.runAll()
  return { arrived, videos, busy }
}

function makeVideo(world: World, done: (video: VideoTimes) => unknown) {
  const { scenario, clock, farm } = world
  const { before, gather, between, after, renderSeconds, renderStartSeconds, warmAfter, shape } = scenario
  const start = clock.now()
  const waits = noWaits()
  const order = (seconds: readonly number[], startSeconds: number, isDone: Parameters<Farm['render']>[0]['done']) =>
    farm.render({ seconds, startSeconds, done: isDone })
  if (warmAfter !== undefined)
    clock.schedule(start + warmAfter, () =>
      order(
        renderSeconds.map(() => warmJobSeconds),
        0,
        () => {},
      ),
    )
  follow(world, before, waits, () =>
    together(world, gather, (slowest) => {
      addWaits(waits, slowest)
      follow(world, between, waits, () => {
        const factor = varying(1, shape.render, world.random)
        const seconds = renderSeconds.map((it) => renderStartSeconds + (it - renderStartSeconds) * factor)
        order(seconds, renderStartSeconds, ({ bootSeconds, queueSeconds, againSeconds }, pool) => {
          addWaits(waits, { ...noWaits(), boot: bootSeconds, queue: queueSeconds, again: againSeconds })
          follow(world, after, waits, () => done({ seconds: clock.now() - start, waits, pool }))
        })
      })
    }),
  )
}
/** The warming job does nothing: it is there so that a machine is. */
const warmJobSeconds = 1

/** One step after another. Adds what was waited for to `waits`. */
function follow(world: World, steps: readonly Step[], waits: Waits, done: () => void) {
  const [step, ...rest] = steps
  if (!step) return done()
  const { clock, queues, scenario, random } = world
  const seconds = step.service ? varying(step.seconds, scenario.shape.services, random) : step.seconds
  const queue = step.service && queues.get(step.service)
  if (!queue) return clock.schedule(clock.now() + seconds, () => follow(world, rest, waits, done))
  queue.ask(seconds, (waited) => {
    waits[step.service!] += waited
    follow(world, rest, waits, done)
  })
}

/** All at once; gives the waits of the one that ended last. */
function together(world: World, branches: readonly Branch[], done: (slowest: Waits) => void) {
  let left = branches.length
  if (left === 0) return done(noWaits())
  for (const { steps, each } of branches) {
    const waits = noWaits()
    follow(world, steps, waits, () => {
      const parts = each ? Array.from({ length: each.count }, () => ({ steps: each.steps })) : []
      together(world, parts, (slowest) => {
        addWaits(waits, slowest)
        if (--left === 0) done(waits)
      })
    })
  }
}

function noWaits(): Waits {
  return { openai: 0, elevenlabs: 0, gemini: 0, boot: 0, queue: 0, again: 0 }
}

function addWaits(to: Waits, more: Waits) {
  for (const key of Object.keys(more) as (keyof Waits)[]) to[key] += more[key]
}

function meanOf(videos: VideoTimes[]): Waits {
  const sum = noWaits()
  for (const { waits } of videos) addWaits(sum, waits)
  for (const key of Object.keys(sum) as (keyof Waits)[]) sum[key] /= Math.max(1, videos.length)
  return sum
}

function notBusy({ pools }: Scenario): Busy {
  return { seconds: 0, services: { openai: 0, elevenlabs: 0, gemini: 0 }, pools: pools.map(() => 0) }
}

function busyNow({ scenario, queues, farm }: World): Busy {
  const busy = notBusy(scenario)
  for (const [id, queue] of queues) busy.services[id] = queue.busySeconds()
  return { ...busy, pools: farm.busySeconds() }
}

function addBusy(to: Busy, more: Busy, sign: 1 | -1) {
  to.seconds += sign * more.seconds
  for (const id of Object.keys(more.services) as ServiceId[]) to.services[id] += sign * more.services[id]
  for (const [i, seconds] of more.pools.entries()) to.pools[i]! += sign * seconds
}

/** `sorted`: ascending. The value below which that share lies. */
function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
