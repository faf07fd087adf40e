// Looks after videos that got lost between services: accepted and never started, or started and nobody at work.
import PQueue from 'p-queue'
import { tellStanding } from '../../api/webhooks/tell.ts'
import type { MetricName } from '../../core/metrics.ts'
import type { VideoEvent, VideoRecord } from '../../core/ports.ts'
import { amend } from '../../core/records.ts'
import { attemptOf, begin, startAttempt } from '../../core/submit.ts'
import type { Webhooks } from '../../core/webhooks.ts'
import type { DynamoVideos } from '../../stores/videos/dynamodb.ts'
import { askedAtOf, timesStarted } from './attempts.ts'
import type { Executions, ExecutionState } from './executions.ts'

/** Whoever accepted a video starts it within seconds; the event of an execution's end is as quick. */
const patienceMs = 2 * 60_000
/** For one wish: whoever changes the video or asks for it again begins anew. */
const mostAttempts = 3
/** Videos that are looked after at once: thousands may wait, and the sweep has five minutes. */
const atOnce = 10

export type SweepPorts = {
  videos: DynamoVideos
  webhooks: Pick<Webhooks, 'put' | 'list'>
  executions: Pick<Executions, 'start' | 'describe'>
  count: (name: MetricName, value: number) => void
  /** Told of a video that could not be looked after; the others are all the same. */
  onError: (videoId: string, error: unknown) => void
  now: () => Date
}

export type Swept = { waiting: number; oldestSeconds: number; stuck: number; restarted: number; expired: number }

export async function sweep(ports: SweepPorts): Promise<Swept> {
  const { videos, count, onError, now } = ports
  const unfinished = [...(await all(videos, 'queued')), ...(await all(videos, 'running'))]
  const found = { stuck: 0, restarted: 0 }
  let oldestMs = now().getTime()
  const look = async (video: VideoRecord) => {
    try {
      const { outcome, askedAt } = await lookAfter(video, ports)
      oldestMs = Math.min(oldestMs, Date.parse(askedAt))
      if (outcome !== 'fine') found.stuck++
      if (outcome === 'restarted') found.restarted++
    } catch (error) {
      found.stuck++
      onError(video.id, error)
    }
  }
  await new PQueue({ concurrency: atOnce }).addAll(unfinished.map((video) => () => look(video)))
  const oldestSeconds = (now().getTime() - oldestMs) / 1000
  count('VideosWaiting', unfinished.length)
  count('OldestWaitingSeconds', oldestSeconds)
  count('VideosStuck', found.stuck)
  count('VideosRestarted', found.restarted)
  return { waiting: unfinished.length, oldestSeconds, ...found, expired: await videos.sweep() }
}

type Outcome = 'fine' | 'restarted' | 'given up'

async function lookAfter(
  { id, createdAt }: VideoRecord,
  ports: SweepPorts,
): Promise<{ outcome: Outcome; askedAt: string }> {
  const { videos, now } = ports
  // A list may be a little behind.
  const video = await videos.get(id)
  const isOpen = video?.status === 'queued' || video?.status === 'running'
  if (!isOpen) return { outcome: 'fine', askedAt: now().toISOString() }
  const events = await videos.events(id)
  const askedAt = askedAtOf({ createdAt }, events)
  const isNew = now().getTime() - Date.parse(askedAt) < patienceMs
  return { outcome: isNew ? 'fine' : await startedAgain(video, events, ports), askedAt }
}

async function startedAgain(video: VideoRecord, events: VideoEvent[], ports: SweepPorts): Promise<Outcome> {
  const { videos, executions, now } = ports
  const toStart = { videos, start: executions.start, now }
  if (video.status === 'queued') {
    await begin(toStart, video)
    return 'restarted'
  }
  const attempt = Math.max(1, attemptOf(events))
  const execution = await executions.describe(video.id, attempt)
  if (!isLost(execution, now())) return 'fine'
  if (execution.state === 'ended' && execution.status === 'ABORTED') {
    const ended = await amend(videos, video.id, ({ status }) => (status === 'running' ? { status: 'cancelled' } : {}))
    await tellStanding(ports, ended)
    return 'given up'
  }
  // An attempt that was recorded and never started is not used up.
  if (execution.state !== 'none') {
    if (timesStarted(events) >= mostAttempts) return giveUp(video, ports)
    const at = now().toISOString()
    await videos.appendEvent(video.id, { at, type: 'attempt', attempt: attempt + 1, afterLoss: true })
  }
  await startAttempt(toStart, video.id, execution.state === 'none' ? attempt : attempt + 1)
  return 'restarted'
}

function isLost(execution: ExecutionState, now: Date): boolean {
  if (execution.state !== 'ended') return execution.state === 'none'
  return now.getTime() - Date.parse(execution.endedAt) >= patienceMs
}

async function giveUp({ id }: VideoRecord, ports: SweepPorts): Promise<Outcome> {
  const message = `it was started ${mostAttempts} times and got lost each time; send the request again: what was made is not made or bought twice`
  const ended = await amend(ports.videos, id, ({ status }) =>
    status === 'running' ? { status: 'failed', error: { name: 'LostError', message } } : {},
  )
  await tellStanding(ports, ended)
  return 'given up'
}

async function all(videos: DynamoVideos, state: 'queued' | 'running'): Promise<VideoRecord[]> {
  const found: VideoRecord[] = []
  for (let after: string | undefined; ;) {
    const page = await videos.listByState(state, { ...(after !== undefined && { after }) })
    found.push(...page.videos)
    if (page.next === undefined) return found
    after = page.next
  }
}
