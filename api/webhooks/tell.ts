// Puts what there is to tell of a video among the messages to be sent (deliver.ts).
import type { VideoEvent, VideoRecord, VideoStore } from '../../core/ports.ts'
import { progressOf } from '../../core/progress.ts'
import { attemptOf } from '../../core/submit.ts'
import { toldOf } from '../../core/told.ts'
import type { Webhooks, WebhookType } from '../../core/webhooks.ts'
import { isProgressDue, messageOf, type WebhookDetails } from '../../core/webhooks/messages.ts'

export type TellPorts = {
  videos: Pick<VideoStore, 'events'>
  webhooks: Pick<Webhooks, 'put' | 'list'>
  now: () => Date
}

/** `attempt` and `at` are found out when they are not given. */
type More = WebhookDetails & { attempt?: number; at?: Date }

/**
 * Tells what a video's record and events say now: that an attempt has begun, how far it is, how it ended. Safe to call
 * at any time, as often as one likes and from several processes: what was told is not told again. So it makes up for a
 * process that died between the end of a video and the telling, if somebody calls it for the video later.
 */
export async function tellStanding(ports: TellPorts, video: VideoRecord): Promise<void> {
  const { status, request } = video
  if (request.webhookUrl === undefined || status === 'queued') return
  const events = await ports.videos.events(video.id)
  const attempt = attemptOf(events)
  const begun = beginningOf(events, attempt)
  if (status === 'running' || begun)
    await tellWebhook(ports, video, 'video.started', { attempt, ...(begun && { at: begun }) })
  if (status === 'running')
    return tellWebhook(ports, video, 'video.progress', { attempt, ...progressOf(status, events) })
  await tellWebhook(ports, video, endings[status], { attempt })
}

/** Tells that one thing, if the video has a webhook. Progress only when the last that was told is old enough. */
export async function tellWebhook(
  ports: TellPorts,
  video: VideoRecord,
  type: WebhookType,
  { attempt: given, at = ports.now(), ...details }: More = {},
): Promise<void> {
  if (video.request.webhookUrl === undefined) return
  const attempt = given ?? attemptOf(await ports.videos.events(video.id))
  const said = { type, attempt, at, details: { ...ofRecord(type, video), ...details } }
  if (type === 'video.progress' && !(await isDue(ports, video, attempt, details.percent ?? 0))) return
  const message = messageOf(video, said)
  if (message) await ports.webhooks.put(message)
}

const endings = {
  done: 'video.completed',
  failed: 'video.failed',
  cancelled: 'video.cancelled',
} as const satisfies Partial<Record<VideoRecord['status'], WebhookType>>

/** When the first stage of the latest attempt began; undefined when none has. */
function beginningOf(events: VideoEvent[], attempt: number): Date | undefined {
  const from = events.findLastIndex((event) => event.type === 'attempt' && (event['attempt'] ?? attempt) === attempt)
  const first = events.slice(from + 1).find(({ type }) => type === 'started')
  return first && new Date(first.at)
}

/** Never what would let somebody in: links are asked for with a key. */
function ofRecord(type: WebhookType, { made, error, notices }: VideoRecord): WebhookDetails {
  if (type === 'video.failed') return error ? { error: toldOf(error) } : {}
  if (type !== 'video.completed') return {}
  return { ...(made && { durationSeconds: made.durationMs / 1000, costUsd: made.costMicroUsd / 1e6 }), notices }
}

/** More than there is between two looks at the progress of a video. */
const lookedAt = 10

async function isDue(
  { webhooks, now }: TellPorts,
  { id: videoId, owner }: VideoRecord,
  attempt: number,
  percent: number,
): Promise<boolean> {
  const told = await webhooks.list(owner, { videoId, limit: lookedAt })
  const latest = told.find(({ type }) => type === 'video.progress')
  if (!latest) return isProgressDue(undefined, { now: now(), percent })
  const { data } = JSON.parse(latest.body) as { data: { percent: number; attempt?: number } }
  const last = data.attempt === attempt ? { createdAt: latest.createdAt, percent: data.percent } : undefined
  return isProgressDue(last, { now: now(), percent })
}
