// What an owner's videos came to in a stretch of days: how many, how long, and what the services charged for them.
import type { CallRecord, VideoRecord, VideoStore } from './ports.ts'

/** Days in UTC (YYYY-MM-DD), both included. */
export type Days = { from: string; to: string }

/** Money is integer micro-dollars. */
export type Usage = Days & {
  totalMicroUsd: number
  /** Of finished videos. */
  durationMs: number
  videos: { made: number; failed: number; cancelled: number; unfinished: number }
  /** Days on which there was something, in order. */
  byDay: { date: string; videos: number; costMicroUsd: number }[]
  byService: { service: string; calls: number; costMicroUsd: number; units: Record<string, number> }[]
}

/** So many are in memory at once, with the calls of one of them. */
const pageSize = 25

const outcomes = {
  done: 'made',
  failed: 'failed',
  cancelled: 'cancelled',
  queued: 'unfinished',
  running: 'unfinished',
} as const satisfies Record<VideoRecord['status'], keyof Usage['videos']>

/**
 * A video counts on the day on which it was asked for, with all that its calls cost since. What is deleted is not
 * there any more to be counted, and neither are its calls.
 */
export async function usageOf(
  videos: Pick<VideoStore, 'list' | 'calls'>,
  owner: string,
  { from, to }: Days,
): Promise<Usage> {
  const usage = { totalMicroUsd: 0, durationMs: 0, videos: { made: 0, failed: 0, cancelled: 0, unfinished: 0 } }
  const days = new Map<string, Usage['byDay'][number]>()
  const services = new Map<string, Usage['byService'][number]>()
  for await (const video of newestFirst(videos, owner)) {
    const date = video.createdAt.slice(0, 10)
    if (date < from) break
    if (date > to) continue
    const costMicroUsd = addCalls(services, await videos.calls(video.id))
    const day = days.get(date) ?? { date, videos: 0, costMicroUsd: 0 }
    days.set(date, { date, videos: day.videos + 1, costMicroUsd: day.costMicroUsd + costMicroUsd })
    usage.totalMicroUsd += costMicroUsd
    usage.durationMs += video.made?.durationMs ?? 0
    usage.videos[outcomes[video.status]]++
  }
  return {
    from,
    to,
    ...usage,
    byDay: [...days.values()].toReversed(),
    byService: [...services.values()].toSorted(
      (a, b) => b.costMicroUsd - a.costMicroUsd || (a.service < b.service ? -1 : 1),
    ),
  }
}

async function* newestFirst(videos: Pick<VideoStore, 'list'>, owner: string): AsyncGenerator<VideoRecord> {
  for (let before: string | undefined; ;) {
    const page = await videos.list(owner, { limit: pageSize, ...(before !== undefined && { before }) })
    yield* page.videos
    if (page.next === undefined) return
    before = page.next
  }
}

/** Gives what they cost. A call that was never made is none. */
function addCalls(services: Map<string, Usage['byService'][number]>, calls: CallRecord[]): number {
  let sum = 0
  for (const { provider: service, charges = [], outcome } of calls) {
    if (outcome === 'not made') continue
    const used = services.get(service) ?? { service, calls: 0, costMicroUsd: 0, units: {} }
    services.set(service, used)
    used.calls++
    for (const { unit, units, costMicroUsd } of charges) {
      used.costMicroUsd += costMicroUsd
      used.units[unit] = (used.units[unit] ?? 0) + units
      sum += costMicroUsd
    }
  }
  return sum
}
