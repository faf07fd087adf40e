import { statfs } from 'node:fs/promises'
import { estimateLengthMs } from '../core/estimate.ts'
import { frameSize, type QualityId } from '../core/output.ts'
import type { Script } from '../core/stages/write.ts'
import type { VideoRequest } from '../core/video.ts'
import { existingFolder } from './folders.ts'

export { isDiskFull } from '../core/disk-full.ts'

/**
 * Measured on 1080x1920 at 30 fps: at most 1.2 MB of video a second. At its fullest the disk has the segments twice
 * (being joined, kept as parts) and the whole twice (the render's, the video's own).
 */
const videoBytesPerSecond = 4 * 1_200_000
const qualityFactor: Record<QualityId, number> = { draft: 1, standard: 1, high: 2 }
const soundBytesPerSecond = 400_000
const pictureBytes = 3_000_000
const baseBytes = 60_000_000

/** What a script that a service writes from a topic takes at most (providers/text/write.ts). */
const draftedSeconds = 120

/**
 * Fails before anything is begun when the disk is sure to fill up on the way. `script`: undefined while there is only
 * a topic.
 */
export async function checkSpace(request: VideoRequest, script: Script | undefined, folders: string[]): Promise<void> {
  const seconds = script ? estimateLengthMs(request, script) / 1000 : draftedSeconds
  const { width, height } = frameSize(request.format, request.resolution)
  const size = ((width * height) / (1080 * 1920)) * (request.fps / 30) * qualityFactor[request.quality]
  const needed = baseBytes + seconds * (videoBytesPerSecond * size + soundBytesPerSecond) + (seconds / 5) * pictureBytes
  for (const folder of folders) {
    const place = existingFolder(folder)
    const { bavail, bsize } = await statfs(place)
    if (bavail * bsize < needed)
      throw new Error(
        `the disk of ${place} has ${megabytes(bavail * bsize)} MB free and this video needs about ${megabytes(needed)} MB; free some, or set CLIPFORGE_HOME and --out to another disk`,
      )
  }
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6)
}

/** What went wrong as a line that says so; a part of ours that noticed it first has put it like that already. */
export function fullDiskLine(message: string): string {
  return message.includes('the disk is full') ? message : `the disk is full (${message}); free some space`
}
