// Where people wait in the busiest hour, and what would shorten it: each change is tried by simulating the hour again.
import { type ServiceId, services } from '../models.ts'
import { prices } from '../prices.ts'
import { type Capacity, arrivalsOf, capacityOf, scenarioOf } from './scenario.ts'
import { type Scenario, simulate, type Simulated, type Waits } from './simulate.ts'
import { render, type SizeName, sizes, traffic } from './usage.ts'
import type { Workload } from './workload.ts'

export type WaitPart = { what: keyof Waits; name: string; meanSeconds: number; share: number }
export type Advice = {
  change: string
  medianSeconds: number
  p95Seconds: number
  /** What it adds to a month; undefined where that depends on the vendor's plan or on how often it is needed. */
  costMicroUsdPerMonth?: number
}
export type PeakHour = {
  videosPerHour: number
  arrivals: number
  medianSeconds: number
  p95Seconds: number
  /** Of videos that wait for nothing and nobody. */
  undisturbed: { medianSeconds: number; p95Seconds: number }
  /** Mean seconds of waiting per video; `share`: of the mean time from request to video. */
  waits: WaitPart[]
  waitingShare: number
  renderedOn: { pool: 'spot' | 'onDemand' | 'processor'; share: number }[]
  /** Of what the account or the size allows, in all the time that was simulated. */
  utilisation: { what: string; share: number }[]
  advice: Advice[]
  conclusion: string
}

/** About 4,000 videos for each figure, in at most 2 s altogether. The same for the same seed. */
export function peakHourOf(workload: Workload, seed = 1): PeakHour {
  const capacity = capacityOf(workload)
  const scenario = scenarioOf(workload, capacity)
  const now = simulateHour(workload, capacity, seed)
  const undisturbed = undisturbedTimes(scenario, seed)
  const waits = partsOf(now)
  const utilisation = utilisationOf(scenario, now)
  const advice = adviceFor(workload, capacity, now, seed)
  const meanWait = waits.reduce((sum, { meanSeconds }) => sum + meanSeconds, 0)
  return {
    videosPerHour: workload.peakPerHour,
    arrivals: now.arrived,
    medianSeconds: now.medianSeconds,
    p95Seconds: now.p95Seconds,
    undisturbed,
    waits,
    waitingShare: meanWait / meanSecondsOf(now),
    renderedOn: pools.map((pool, i) => ({
      pool,
      share: now.videos.filter((video) => video.pool === i).length / now.arrived,
    })),
    utilisation,
    advice,
    conclusion: `${overload(utilisation)}${concluded(waits, now, undisturbed, advice)}`,
  }
}

const pools = ['spot', 'onDemand', 'processor'] as const
const measuredVideos = 4000

function simulateHour(workload: Workload, capacity: Capacity, seed: number): Simulated {
  const replications = Math.max(4, Math.ceil(measuredVideos / workload.peakPerHour))
  return simulate(scenarioOf(workload, capacity), arrivalsOf(workload), { replications, seed })
}

/** As many of everything as anybody could want, and machines that are always on. */
function undisturbedTimes(scenario: Scenario, seed: number): PeakHour['undisturbed'] {
  const free: Scenario = {
    ...scenario,
    services: {},
    warmAfter: undefined,
    pools: [{ ...scenario.pools[0]!, most: 100, warm: 100, lossPerHour: 0, noMachineShare: 0 }],
  }
  const arrivals = [{ hours: 1, perHour: 50, isMeasured: true }]
  const { medianSeconds, p95Seconds } = simulate(free, arrivals, { replications: 20, seed })
  return { medianSeconds, p95Seconds }
}

const names = {
  boot: 'a GPU machine to boot',
  queue: 'a GPU machine that is busy',
  again: 'a render to start again after its machine was taken back',
  openai: "OpenAI's limits",
  elevenlabs: "ElevenLabs' limits",
  gemini: "Gemini's limits",
} as const satisfies Record<keyof Waits, string>

function partsOf(now: Simulated): WaitPart[] {
  const mean = meanSecondsOf(now)
  return (Object.keys(names) as (keyof Waits)[])
    .map((what) => ({ what, name: names[what], meanSeconds: now.meanWaits[what], share: now.meanWaits[what] / mean }))
    .toSorted((a, b) => b.meanSeconds - a.meanSeconds)
}

function meanSecondsOf({ videos }: Simulated): number {
  return videos.reduce((sum, { seconds }) => sum + seconds, 0) / videos.length
}

type Change = { change: string; capacity: Capacity; costMicroUsdPerMonth?: number }

/** Changes after which 95 of 100 have their video at least 5 % sooner; what is easier or cheaper comes first. */
function adviceFor(workload: Workload, capacity: Capacity, now: Simulated, seed: number): Advice[] {
  return changesFor(workload, capacity, now)
    .map(({ capacity: changed, ...change }) => {
      const { medianSeconds, p95Seconds } = simulateHour(workload, changed, seed)
      return { ...change, medianSeconds, p95Seconds }
    })
    .filter(({ p95Seconds }) => p95Seconds <= now.p95Seconds * 0.95)
}

/** Only what is waited for at all is tried. */
function changesFor({ size: name }: Workload, capacity: Capacity, { meanWaits }: Simulated): Change[] {
  const { size, limits } = capacity
  const waitedFor = (Object.keys(limits) as ServiceId[]).filter((id) => meanWaits[id] >= leastSeconds)
  const ofServices = waitedFor.map((id) => moreOf(id, capacity))
  const raised = waitedFor.reduce((sum, id) => moreOf(id, sum).capacity, capacity)
  const raise = `raise the limits of ${waitedFor.map((id) => services[id].name).join(' and ')}`
  const together = waitedFor.length > 1 ? [{ change: `${raise} together`, capacity: raised }] : []
  if (meanWaits.boot + meanWaits.queue < leastSeconds && waitedFor.length === 0) return []
  const { vcpusPerJob } = render
  const warmVcpus = size.warmVcpus + vcpusPerJob
  const warm = `keep ${warmVcpus / vcpusPerJob} GPU machine${warmVcpus === vcpusPerJob ? '' : 's'} always on (warmVcpus ${warmVcpus})`
  const more = { ...size, spotVcpus: 2 * size.spotVcpus }
  const next = nextSize(name)
  return [
    ...ofServices,
    ...together,
    {
      change: warm,
      capacity: { limits, size: { ...size, warmVcpus, spotVcpus: Math.max(size.spotVcpus, warmVcpus) } },
      costMicroUsdPerMonth: Math.round(prices.gpuSpot.usd * traffic.hoursPerMonth * 100) * 10_000,
    },
    { change: `allow twice as many GPU machines (spotVcpus ${more.spotVcpus})`, capacity: { limits, size: more } },
    ...(waitedFor.length > 0
      ? [{ change: `${raise} and allow twice as many GPU machines`, capacity: { limits: raised.limits, size: more } }]
      : []),
    ...(waitedFor.length > 0 ? [4, 8].map((times) => allTimes(times, capacity)) : []),
    ...(next ? [{ change: `take the next size (${next})`, capacity: { limits, size: sizes[next] } }] : []),
  ]
}
const leastSeconds = 1

function allTimes(times: number, { size, limits }: Capacity): Change {
  const raised = Object.entries(limits).map(([id, { concurrency, requestsPerMinute }]) => [
    id,
    { concurrency: times * concurrency, requestsPerMinute: times * requestsPerMinute },
  ])
  return {
    change: `${times} times the limits of every service and ${times} times the GPU machines (spotVcpus ${times * size.spotVcpus})`,
    capacity: {
      limits: Object.fromEntries(raised) as Capacity['limits'],
      size: { ...size, spotVcpus: times * size.spotVcpus },
    },
  }
}

/** A plan with more: ElevenLabs' allow 5, 10 and 15 at once; others are asked for twice as much. */
function moreOf(id: ServiceId, { size, limits }: Capacity): Change {
  const { concurrency, requestsPerMinute } = limits[id]
  const more = id === 'elevenlabs' ? elevenLabsNext(concurrency) : 2 * concurrency
  const perMinute = Math.round((requestsPerMinute * more) / concurrency)
  return {
    change: `raise the limits of ${services[id].name} from ${concurrency} to ${more} at once (and from ${requestsPerMinute} to ${perMinute} a minute)`,
    capacity: { size, limits: { ...limits, [id]: { concurrency: more, requestsPerMinute: perMinute } } },
  }
}

function elevenLabsNext(concurrency: number): number {
  return [10, 15].find((plan) => plan > concurrency) ?? 2 * concurrency
}

function nextSize(name: SizeName): SizeName | undefined {
  const all = Object.keys(sizes) as SizeName[]
  return all[all.indexOf(name) + 1]
}

function utilisationOf({ services: limits, pools: farm }: Scenario, { busy }: Simulated): PeakHour['utilisation'] {
  const ofServices = (Object.keys(limits) as ServiceId[]).flatMap((id) => {
    const seconds = busy.services[id]
    return seconds === 0 ? [] : [{ what: services[id].name, share: seconds / (busy.seconds * limits[id]!.concurrency) }]
  })
  const spot = { what: 'GPU machines (of those allowed)', share: busy.pools[0]! / (busy.seconds * farm[0]!.most) }
  return [...ofServices, spot]
}

/** Nearly always at work in an hour and what is left of it afterwards: it cannot keep up. */
const full = 0.9

function overload(utilisation: PeakHour['utilisation']): string {
  const all = utilisation.filter(({ share }) => share >= full).map(({ what }) => what)
  if (all.length === 0) return ''
  return `More arrive in this hour than ${all.join(' and ')} can do: the line grows for as long as it lasts. `
}

function concluded([most]: WaitPart[], now: Simulated, undisturbed: PeakHour['undisturbed'], advice: Advice[]): string {
  if (most === undefined || now.p95Seconds < 1.15 * undisturbed.p95Seconds)
    return 'Hardly anybody waits for anything but the work itself: nothing needs to change.'
  const waited = `Most of the waiting is for ${most.name}.`
  const shortest = Math.min(...advice.map(({ p95Seconds }) => p95Seconds))
  const best = advice.find(({ p95Seconds }) => p95Seconds <= 1.1 * shortest)
  if (!best) return `${waited} No single change that was tried makes it much shorter.`
  return `${waited} To change that, ${best.change}: then 95 of 100 have their video in ${minutes(best.p95Seconds)}.`
}

/** '2 min 5 s'. */
export function minutes(seconds: number): string {
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
