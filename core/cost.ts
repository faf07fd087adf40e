// Money is integer micro-dollars (1 USD = 1,000,000), so sums are exact.
import type { CallOutcome, CallRecord } from './ports.ts'

export type BillLine = {
  stage: string
  scene?: number
  provider: string
  model: string
  unit: string
  units: number
  costMicroUsd: number
  /** What is out of the ordinary about the call ('to soften the prompt'). */
  about?: string
}
export type Bill = {
  videoId: string
  currency: 'USD'
  totalMicroUsd: number
  totalUsd: number
  lines: BillLine[]
  /**
   * Calls whose answer never came whole: they may have been charged by the provider, by about as much as was reserved
   * for them.
   */
  unsettled: Unsettled[]
  /** Calls that brought nothing of use, and why; what they cost all the same is among the lines. */
  failures: Failure[]
}
type Place = { stage: string; scene?: number; provider: string; model?: string; startedAt: string }
export type Unsettled = Place & { estimateMicroUsd?: number; reason?: string }
export type Failure = Place & { outcome: CallOutcome; reason: string }

/** One line per charge of each call, and `compute` for the machine's own work. */
export function billOf(videoId: string, calls: CallRecord[], compute: BillLine[]): Bill {
  const charged = calls.flatMap(({ stage, scene, about, charges }) =>
    (charges ?? []).map((charge) => ({ stage, ...given({ scene, about }), ...charge })),
  )
  const lines = [...charged, ...compute]
  const totalMicroUsd = lines.reduce((sum, line) => sum + line.costMicroUsd, 0)
  return {
    videoId,
    currency: 'USD',
    totalMicroUsd,
    totalUsd: totalMicroUsd / 1_000_000,
    lines,
    unsettled: calls.filter(isOpen).map((call) => ({
      ...placeOf(call),
      ...given({ estimateMicroUsd: call.estimateMicroUsd, reason: call.reason }),
    })),
    failures: calls
      .filter(({ outcome }) => outcome === 'refused' || outcome === 'failed' || outcome === 'not made')
      .map((call) => ({ ...placeOf(call), outcome: call.outcome!, reason: call.reason ?? '' })),
  }
}

/** What a call counts for in what the video may cost: until its answer is there, as much as it may come to. */
export function reservedFor({ charges, outcome, estimateMicroUsd = 0 }: CallRecord): number {
  if (charges === undefined || outcome === 'lost') return estimateMicroUsd
  return charges.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0)
}

/** What a video that stopped at its limit has to be allowed at least to go on; undefined for one that did not. */
export function neededMicroUsd(calls: CallRecord[]): number | undefined {
  const latest = new Map(calls.map((call) => [call.key.replace(/#\d+$/, ''), call]))
  const stopped = [...latest.values()].filter(({ outcome }) => outcome === 'not made')
  if (stopped.length === 0) return undefined
  const estimates = stopped.map(({ estimateMicroUsd = 0 }) => estimateMicroUsd)
  return [...calls.map(reservedFor), ...estimates].reduce((sum, microUsd) => sum + microUsd, 0)
}

/** The bill of a finished version with what was bought since then, for a version that was given up. */
export function billWith(videoId: string, calls: CallRecord[], made: Bill | undefined): Bill {
  return billOf(videoId, calls, made?.lines.filter(({ stage }) => stage === 'compose') ?? [])
}

/** What is embedded costs nothing, whether it came back or not. */
function isOpen({ settledAt, outcome, provider }: CallRecord): boolean {
  return provider !== 'embedded' && (settledAt === undefined || outcome === 'lost')
}

function placeOf({ stage, scene, provider, model, startedAt }: CallRecord): Place {
  return { stage, ...given({ scene }), provider, ...given({ model }), startedAt }
}

function given<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields
}
