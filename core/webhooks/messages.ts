// One message for one fact about a video. Its id is made of the fact: whoever tells it again, after a crash or from
// another machine, tells the same message, and the first to keep it decides what it says.
import { createHash } from 'node:crypto'
import type { VideoRecord } from '../ports.ts'
import { titleOf } from '../title.ts'
import type { WebhookMessage, WebhookType } from '../webhooks.ts'

/** What a message says of its video besides what all say. Money in US dollars. `percent`: 0 to 100. */
export type WebhookDetails = {
  percent?: number
  secondsLeft?: number
  durationSeconds?: number
  costUsd?: number
  notices?: string[]
  error?: { name: string; message: string }
}

/**
 * `attempt`: of making the video, counted from 1. Undefined for a video that nobody is to be told of. Links are not in
 * it: they expire, and are asked for under `path`.
 */
export function messageOf(
  video: VideoRecord,
  { type, attempt, at, details }: { type: WebhookType; attempt: number; at: Date; details: WebhookDetails },
): WebhookMessage | undefined {
  const { id: videoId, owner, edition } = video
  const { webhookUrl } = video.request
  const title = titleOf(video)
  if (webhookUrl === undefined) return undefined
  const number = edition?.number ?? 1
  const data = {
    id: videoId,
    status: statusOf[type],
    ...(title !== '' && { title }),
    edition: number,
    attempt,
    path: `/v1/videos/${videoId}`,
    ...details,
  }
  const createdAt = at.toISOString()
  return {
    id: messageId(videoId, factOf(type, { attempt, edition: number, percent: details.percent ?? 0 })),
    videoId,
    owner,
    url: webhookUrl,
    type,
    body: JSON.stringify({ type, timestamp: createdAt, data }),
    createdAt,
    state: 'waiting',
    attempts: 0,
    nextAttemptAt: createdAt,
  }
}

/** In ids of messages there is no '.': what is signed is joined with it. */
export function messageId(videoId: string, fact: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([videoId, fact]))
    .digest()
  return `msg_${videoId.replace(/^vid_/, '')}_${digest.subarray(0, 16).toString('base64url')}`
}

/** The video that a message is about, by the message's id; undefined for what is no id of a message. */
export function videoIdIn(message: string): string | undefined {
  const id = /^msg_([\w-]{22})_[\w-]{22}$/.exec(message)?.[1]
  return id && `vid_${id}`
}

/** Progress is told at most so often, and only of a whole percent more. */
const progressEveryMs = 10_000

/** `last`: the latest progress that was told of the same attempt. */
export function isProgressDue(
  last: { createdAt: string; percent: number } | undefined,
  { now, percent }: { now: Date; percent: number },
): boolean {
  if (!last) return true
  return now.getTime() - Date.parse(last.createdAt) >= progressEveryMs && percent - last.percent >= 1
}

const statusOf = {
  'video.started': 'running',
  'video.progress': 'running',
  'video.completed': 'done',
  'video.failed': 'failed',
  'video.cancelled': 'cancelled',
} as const satisfies Record<WebhookType, VideoRecord['status']>

/** A version of a video is completed once, whichever attempt came to its end. */
function factOf(
  type: WebhookType,
  { attempt, edition, percent }: { attempt: number; edition: number; percent: number },
): string {
  if (type === 'video.completed') return `${type} ${edition}`
  return type === 'video.progress' ? `${type} ${attempt} ${Math.floor(percent)}` : `${type} ${attempt}`
}
