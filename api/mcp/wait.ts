import { setTimeout } from 'node:timers/promises'
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js'
import type { ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js'
import { type VideoDetails, VideoDetails as VideoDetailsSchema, type VideoSummary } from '../schemas/videos.ts'
import { type Ask, answered } from './ask.ts'
import { stateOf } from './told.ts'

export type Call = RequestHandlerExtra<ServerRequest, ServerNotification>

/** How often it is asked how far the video is: soon at first, and then seldom enough for any limit. */
const [firstMs, longestMs] = [500, 3000]

/**
 * The video once it is over, or as it is when the time is up or nobody waits any more. What was asked for stands
 * whatever happens here: where asking fails, it is the video as it was last seen. Tells of progress whoever wants it.
 */
export async function awaited(
  ask: Ask,
  video: VideoSummary | VideoDetails,
  waitSeconds: number,
  { signal, _meta, sendNotification }: Pick<Call, 'signal' | '_meta' | 'sendNotification'>,
): Promise<VideoSummary | VideoDetails> {
  const progressToken = _meta?.progressToken
  const until = Date.now() + waitSeconds * 1000
  let [seen, told, pauseMs] = [video, -1, firstMs]
  while (!isOver(seen) && Date.now() < until && !signal.aborted) {
    await pause(Math.min(pauseMs, until - Date.now()), signal)
    pauseMs = Math.min(longestMs, pauseMs * 1.5)
    try {
      seen = await answered(VideoDetailsSchema, ask('GET', `/v1/videos/${video.id}`))
    } catch {
      continue
    }
    const { status, progress, queuePosition } = seen
    const percent = isOver(seen) ? 100 : (progress?.percent ?? 0)
    // What is told has to grow with each message (MCP, progress).
    if (progressToken === undefined || percent <= told) continue
    told = percent
    const message = stateOf(status, { percent, seconds_left: progress?.secondsLeft, queue_position: queuePosition })
    const params = { progressToken, progress: percent, total: 100, message }
    await sendNotification({ method: 'notifications/progress', params })
  }
  return seen
}

function isOver({ status }: VideoSummary): boolean {
  return status !== 'queued' && status !== 'running'
}

/** Ends early, and without an error, when nobody waits any more. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(Math.max(0, ms), undefined, { signal }).catch(() => {})
}
