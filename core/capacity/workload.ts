// What is planned for, and what follows from it before any price: peak, size, calls to services, seconds of each stage.
import { type Choices, type Role, type ServiceId, serviceOf } from '../models.ts'
import type { QuoteFacts } from '../quote.ts'
import { rounded } from './bill/line.ts'
import { embeddedSeconds, render, serviceSeconds, type SizeName, sizes, stageSeconds, traffic } from './usage.ts'

/** Of scripts, not topics; the music of `choices` is in every video. `today`: YYYY-MM-DD. */
export type Workload = {
  videosPerMonth: number
  peakPerHour: number
  size: SizeName
  choices: Choices
  today: string
  seconds: number
  pictures: number
  viewsPerVideo: number
}

/** The busiest hour of a busy day: 15 % of that day's videos, on a day with twice the average. At least 1. */
export function peakOf(videosPerMonth: number): number {
  const { daysPerMonth, busyDay, busiestHourShare } = traffic
  return Math.max(1, Math.round((videosPerMonth / daysPerMonth) * busyDay * busiestHourShare))
}

/** The smallest that is meant for so many videos an hour, else the largest. */
export function sizeFor(peakPerHour: number): SizeName {
  const names = Object.keys(sizes) as SizeName[]
  return names.find((name) => sizes[name].videosPerHour >= peakPerHour) ?? 'enterprise'
}

/** Kinds of calls to services of one video: how many, and how long each takes. */
export type ServiceCall = { role: Role; service: ServiceId; count: number; seconds: number }

export function callsOf({ choices, pictures }: Pick<Workload, 'choices' | 'pictures'>): ServiceCall[] {
  const counts: Partial<Record<Role, number>> = {
    plan: 1,
    narrate: 1,
    illustrate: pictures,
    // ElevenLabs tells with the sound when each character is said.
    align: choices.narrate === 'embedded' || serviceOf(choices.narrate) === 'elevenlabs' ? 0 : 1,
    score: 1,
  }
  return (Object.entries(counts) as [Role, number][]).flatMap(([role, count]) => {
    const service = serviceOf(choices[role])
    return service === undefined || count === 0 ? [] : [{ role, service, count, seconds: serviceSeconds[role] }]
  })
}

/** Seconds that one run of a stage's function lasts when it waits for nothing but its own calls. */
export function stageRunSeconds(stage: keyof typeof stageSeconds, { choices }: Pick<Workload, 'choices'>): number {
  const roles = rolesOf[stage] ?? []
  const calls = callsOf({ choices, pictures: 1 })
  const made = roles.map((role) => {
    const call = calls.find((it) => it.role === role)
    if (call) return call.seconds
    return role === 'align' ? 0 : embeddedSeconds[role]
  })
  return made.reduce((sum, seconds) => sum + seconds, stageSeconds[stage])
}
const rolesOf: Partial<Record<keyof typeof stageSeconds, Role[]>> = {
  narrate: ['narrate', 'align'],
  plan: ['plan'],
  illustrate: ['illustrate'],
  score: ['score'],
}

/** Seconds of one render job, its start included. */
export function renderSeconds(seconds: number, on: 'gpu' | 'processor' = 'gpu'): number {
  const { startSeconds, gpuSecondsPerSecond, processorSecondsPerSecond } = render
  return rounded(startSeconds + seconds * (on === 'gpu' ? gpuSecondsPerSecond : processorSecondsPerSecond), 1)
}

/** What a quote is made of: a script of the usual density, with as many scenes as pictures. */
export function quoteFactsOf({ seconds, pictures }: Pick<Workload, 'seconds' | 'pictures'>): QuoteFacts {
  return {
    isTopic: false,
    characters: Math.round((seconds / 6) * 88),
    words: Math.round((seconds / 6) * 14),
    seconds,
    scenes: pictures,
    pictures,
    hasMusic: true,
  }
}
