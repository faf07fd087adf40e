// Another attempt at a video that ended without one, or that is to be made anew.
import { ConflictError, TransientError } from './errors.ts'
import type { VideoRecord, VideoStore } from './ports.ts'
import { attemptOf, begin, type SubmitPorts } from './submit.ts'
import type { VideoRequest } from './video.ts'

/**
 * Makes a failed or cancelled video again; one that is being made, or waits, comes back as it is. Throws ConflictError
 * for one that is done. `maxCostUsd`: what the video may cost from now on, all its versions together.
 *
 * Nothing is bought twice: what was made lies under its key. A refusal is kept too, so the same thing is not asked
 * again of who refused it. A call that failed, or whose answer got lost, is made again, unless somebody else stood in
 * for it in this video (core/ladder.ts): that is what an outage or an empty account needs once it is mended.
 */
export async function retry(
  ports: SubmitPorts,
  video: VideoRecord,
  { maxCostUsd }: Pick<VideoRequest, 'maxCostUsd'> = {},
): Promise<VideoRecord> {
  if (video.status === 'queued' || video.status === 'running') return video
  if (video.status === 'done')
    throw new ConflictError('the video is done; change a scene to make another version of it')
  return queueAgain(ports, video, maxCostUsd === undefined ? {} : { request: { ...video.request, maxCostUsd } })
}

/**
 * Records a new attempt, then what is changed, then starts it. Killed after the first, a number was skipped and
 * nothing else happened; killed after the second, the video waits under an attempt that was never started, and the
 * sweeper starts it. The other way round it would wait under the attempt that is over. Throws ConflictError when
 * somebody else changed the video meanwhile.
 */
export async function queueAgain(
  ports: SubmitPorts,
  { id, version }: VideoRecord,
  patch: Parameters<VideoStore['update']>[2],
): Promise<VideoRecord> {
  const { videos, now } = ports
  const attempt = attemptOf(await videos.events(id)) + 1
  await videos.appendEvent(id, { at: now().toISOString(), type: 'attempt', attempt })
  const queued = await videos.update(id, version, { ...patch, status: 'queued', error: undefined })
  try {
    return await begin(ports, queued)
  } catch (error) {
    // It is accepted all the same, and the sweeper starts it.
    if (error instanceof TransientError) return queued
    throw error
  }
}
