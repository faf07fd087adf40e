// The end of an execution, however it came: the video's record says so in any case, and what it cost is counted once.
import { tellStanding } from '../../api/webhooks/tell.ts'
import { billOf } from '../../core/cost.ts'
import type { MetricName } from '../../core/metrics.ts'
import { services } from '../../core/models.ts'
import type { CallRecord, VideoRecord, VideoStore } from '../../core/ports.ts'
import { oneLine } from '../../core/one-line.ts'
import { amend } from '../../core/records.ts'
import { attemptOf } from '../../core/submit.ts'
import type { Webhooks } from '../../core/webhooks.ts'
import type { Claims } from '../../stores/videos/dynamodb/claims.ts'
import { askedAtOf } from './attempts.ts'
import { partsOfExecutionName } from './executions.ts'

export type Ended = {
  executionArn: string
  name: string
  status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED'
  startedAt: Date
  endedAt: Date
  /** JSON, of one that succeeded. */
  output?: string
  error?: string
  cause?: string
}
export type EndPorts = {
  videos: VideoStore
  claims: Pick<Claims, 'take'>
  webhooks: Pick<Webhooks, 'put' | 'list'>
  count: (name: MetricName, value: number, of?: string) => void
}

/** Longer than events are delivered again. */
const countedSeconds = 14 * 24 * 60 * 60

/** `delivery` names this delivery of the event: another one of the same event counts nothing. */
export async function takeEnd(ended: Ended, delivery: string, ports: EndPorts): Promise<void> {
  const { videos, claims, webhooks, count } = ports
  const execution = partsOfExecutionName(ended.name)
  const video = execution && (await videos.get(execution.videoId))
  if (!video) return
  const events = await videos.events(video.id)
  const isLatest = attemptOf(events) <= execution.attempt
  const now = isLatest ? await settled(videos, video, ended) : video
  const { status } = now
  if (isLatest) await tellStanding({ videos, webhooks, now: () => ended.endedAt }, now)
  if (!(await claims.take(`ends/${ended.executionArn}`, delivery, countedSeconds))) return
  const calls = await videos.calls(video.id)
  const askedAt = askedAtOf(video, events, execution.attempt)
  const ofItself = ofVideo({ ...video, status }, askedAt, ended, calls)
  for (const measured of [...ofItself, ...ofServices(calls, ended)]) count(...measured)
}

/** Says what the workflow's own last stages could not say, because it never came to them. */
async function settled(videos: VideoStore, video: VideoRecord, ended: Ended): Promise<VideoRecord> {
  const patch = outcomeOf(ended)
  if (Object.keys(patch).length === 0 || !isOpen(video)) return video
  return amend(videos, video.id, (now) => (isOpen(now) ? patch : {}))
}

function isOpen({ status }: VideoRecord): boolean {
  return status === 'queued' || status === 'running'
}

function outcomeOf({ status, error, cause }: Ended): Parameters<VideoStore['update']>[2] {
  const again = 'send the request again: what was made is not made or bought twice'
  const failed = (name: string, why: string) => ({
    status: 'failed' as const,
    error: { name, message: `${why}; ${again}` },
  })
  const outcomes = {
    SUCCEEDED: {},
    ABORTED: { status: 'cancelled' as const },
    TIMED_OUT: failed('TimedOutError', 'it took longer than a video may take and was stopped'),
    FAILED: failed(error || 'WorkflowError', reasonOf(error, cause)),
  }
  return outcomes[status]
}

function reasonOf(error: string | undefined, cause: string | undefined): string {
  const reason = oneLine([error, cause].filter(Boolean).join(': '), 300)
  return `the workflow ended before it could say why${reason && ` (${reason})`}`
}

type Measured = [name: MetricName, value: number, of?: string]

function ofVideo(video: VideoRecord, askedAt: string, ended: Ended, calls: CallRecord[]): Measured[] {
  if (ended.status !== 'SUCCEEDED') return video.status === 'failed' ? [['VideosFailed', 1]] : []
  const isFirst = (video.edition?.number ?? 1) === 1
  return [
    ['VideosMade', 1],
    ['VideoSeconds', secondsBetween(new Date(askedAt), ended.endedAt)],
    // A later version's bill holds that of the versions before, which was counted.
    ...(isFirst ? [['CostPerVideo', costMicroUsdIn(ended.output, video.id, calls) / 1e6] satisfies Measured] : []),
  ]
}

/** The whole bill where the workflow gives it, else what the services charged. */
function costMicroUsdIn(output: string | undefined, videoId: string, calls: CallRecord[]): number {
  try {
    const { costMicroUsd } = JSON.parse(output ?? '{}') as { costMicroUsd?: unknown }
    if (typeof costMicroUsd === 'number') return costMicroUsd
  } catch {
    // An output too large for an event is not in it.
  }
  return billOf(videoId, calls, []).totalMicroUsd
}

/** Of this execution's own calls: those of an attempt before were counted at its end. */
function ofServices(calls: CallRecord[], { startedAt, endedAt }: Ended): Measured[] {
  return Object.keys(services).flatMap((provider): Measured[] => {
    const theirs = calls.filter((call) => call.provider === provider && isWithin(call.startedAt, startedAt, endedAt))
    const charges = theirs.flatMap((call) => call.charges ?? [])
    const sum = (field: 'costMicroUsd' | 'units') => charges.reduce((total, charge) => total + charge[field], 0)
    const failures = theirs.filter(({ outcome }) => outcome === 'refused' || outcome === 'failed' || outcome === 'lost')
    if (theirs.length === 0) return []
    return [
      ['ServiceCost', sum('costMicroUsd') / 1e6, provider],
      ['ServiceCalls', theirs.filter((call) => (call.charges ?? []).length > 0).length, provider],
      ['ServiceUnits', sum('units'), provider],
      ['ServiceFailures', failures.length, provider],
    ]
  })
}

function isWithin(at: string, from: Date, to: Date): boolean {
  const time = Date.parse(at)
  return time >= from.getTime() && time <= to.getTime()
}

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, (to.getTime() - from.getTime()) / 1000)
}
