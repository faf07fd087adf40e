// The one way in, for the API, the inbox and the sweeper: everything that can be wrong with a request is found before
// anything is made; then the video is recorded, and only then started. A process that dies between the two leaves a
// video that is 'queued', which the sweeper starts.
import { createHash, randomBytes } from 'node:crypto'
import { isDiskFull } from './disk-full.ts'
import { ConflictError, TransientError } from './errors.ts'
import { hashOf } from './hash.ts'
import type { Choices } from './models.ts'
import type { VideoEvent, VideoRecord, VideoStore } from './ports.ts'
import { videoOf } from './records.ts'
import { checkUploads } from './request/uploads.ts'
import { scriptOf } from './stages/write.ts'
import type { VideoRequest } from './video.ts'
import { checkWebhookUrl } from './webhooks/url.ts'

export type SubmitPorts = {
  videos: VideoStore
  /**
   * Starts the workflow; one that was started under this attempt before counts as started. 'waiting': it stands in a
   * queue, and whoever takes it from there marks it as running.
   */
  start: (videoId: string, attempt: number) => Promise<'waiting' | void>
  /** Stops what was started; for a video that was cancelled while it was being started. */
  stop?: (videoId: string, attempt: number) => Promise<void>
  choose: (request: VideoRequest) => { choices: Choices; notices: string[] }
  /** Hosts that webhooks may be sent to wherever they are (core/webhooks/url.ts). */
  webhookHosts?: readonly string[]
  now: () => Date
}

/**
 * `id`: given when the same wish may come twice without an idempotency key (a line of a dropped file). `notices`: what
 * was made of the request on the way here.
 */
export type Wish = { owner: string; request: VideoRequest; id?: string; idempotencyKey?: string; notices?: string[] }

/**
 * Gives the video that this wish makes, or made before. Throws InputError, before anything is made, for whatever is
 * wrong with the request; ConflictError when the idempotency key was used for another one.
 */
export async function submit(ports: SubmitPorts, wish: Wish): Promise<VideoRecord> {
  const { request, idempotencyKey } = wish
  const { choices, notices } = checkWish(ports, wish)
  const record = await recorded(ports, wish, { ...request, choices }, [...(wish.notices ?? []), ...notices])
  if (idempotencyKey !== undefined && wishOf(record.request) !== wishOf(request))
    throw new ConflictError(
      'Idempotency-Key: it was used for another request before; use a new key for a new video (it is not shown)',
    )
  try {
    return await begin(ports, record)
  } catch (error) {
    // It is accepted all the same, and the sweeper, or whoever makes what is queued, starts it.
    if (error instanceof TransientError || isDiskFull(error)) return record
    throw error
  }
}

/** Throws InputError for whatever is wrong with the request; makes nothing. Gives who is to do what. */
export function checkWish(
  { choose, webhookHosts }: Pick<SubmitPorts, 'choose' | 'webhookHosts'>,
  { owner, request }: Wish,
): ReturnType<SubmitPorts['choose']> {
  const chosen = choose(request)
  checkUploads(request, owner)
  if (request.webhookUrl !== undefined) checkWebhookUrl(request.webhookUrl, webhookHosts)
  // Nobody has written a topic's script yet, so there is nothing of it to check.
  if (request.topic === undefined || chosen.choices.write === 'embedded') scriptOf(request)
  return chosen
}

/**
 * Starts a video that waits; one that is past waiting stays as it is. Safe to call twice and at once: an attempt has one
 * name, and the workflow runs once under it.
 */
export async function begin(
  ports: Pick<SubmitPorts, 'videos' | 'start' | 'stop' | 'now'>,
  video: VideoRecord,
): Promise<VideoRecord> {
  if (video.status !== 'queued') return video
  const attempt = Math.max(1, attemptOf(await ports.videos.events(video.id)))
  if ((await startAttempt(ports, video.id, attempt)) === 'waiting') return videoOf(ports.videos, video.id)
  const started = await markRunning(ports.videos, video.id)
  if (started.status === 'cancelled') await ports.stop?.(video.id, attempt)
  return started
}

/** The attempt is recorded before it is started: what was started is never unknown. */
export async function startAttempt(
  { videos, start, now }: Pick<SubmitPorts, 'videos' | 'start' | 'now'>,
  videoId: string,
  attempt: number,
): Promise<'waiting' | void> {
  if (attemptOf(await videos.events(videoId)) < attempt)
    await videos.appendEvent(videoId, { at: now().toISOString(), type: 'attempt', attempt })
  return start(videoId, attempt)
}

/** The latest attempt to make a video, counted from 1; 0 when there was none yet. */
export function attemptOf(events: VideoEvent[]): number {
  // Those of the first versions of the command line have no number: they count in their order.
  const attempts = events
    .filter(({ type }) => type === 'attempt')
    .map(({ attempt }, index) => Number(attempt ?? index + 1))
  return attempts.reduce((latest, attempt) => Math.max(latest, attempt), 0)
}

export function newVideoId(): string {
  return `vid_${randomBytes(16).toString('base64url')}`
}

/** The same for the same parts: 128 bits of their SHA-256, in the form of every other id. */
export function videoIdOf(...parts: string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest()
  return `vid_${digest.subarray(0, 16).toString('base64url')}`
}

async function recorded(
  { videos, now }: SubmitPorts,
  { owner, id = newVideoId(), idempotencyKey }: Wish,
  request: VideoRequest,
  notices: string[],
): Promise<VideoRecord> {
  const video = { id, owner, createdAt: now().toISOString(), status: 'queued' as const, request, notices }
  try {
    return await videos.create(video, idempotencyKey)
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    const before = await videos.get(id)
    if (before?.owner !== owner) throw error
    return before
  }
}

/** What was asked for, without what was made of it. */
function wishOf({ choices: _choices, media: _media, uploadIds: _uploadIds, ...request }: VideoRequest): string {
  return hashOf(request)
}

/** Only from 'queued': the workflow may be over before this is written. */
async function markRunning(videos: VideoStore, id: string): Promise<VideoRecord> {
  for (;;) {
    const video = await videoOf(videos, id)
    if (video.status !== 'queued') return video
    try {
      return await videos.update(id, video.version, { status: 'running' })
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
    }
  }
}
