import { CancelledError, ConflictError, NotFoundError } from './errors.ts'
import type { VideoRecord, VideoStore } from './ports.ts'

export async function videoOf(videos: VideoStore, videoId: string): Promise<VideoRecord> {
  const video = await videos.get(videoId)
  if (!video) throw new NotFoundError(`no video ${videoId}`)
  return video
}

/** For whoever is about to do something for it. Throws CancelledError once it was cancelled. */
export async function activeVideoOf(videos: VideoStore, videoId: string): Promise<VideoRecord> {
  const video = await videoOf(videos, videoId)
  if (video.status === 'cancelled') throw new CancelledError(`the video ${videoId} was cancelled`)
  return video
}

/** Changes a record from what it is now; when somebody else changed it in between, looks again. */
export async function amend(
  videos: VideoStore,
  id: string,
  change: (video: VideoRecord) => Parameters<VideoStore['update']>[2],
): Promise<VideoRecord> {
  for (;;) {
    const video = await videoOf(videos, id)
    try {
      return await videos.update(id, video.version, change(video))
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
    }
  }
}
