// Whether a video that is being made may find something of another one there, and use it, before anybody can see that.
import { assetKey } from '../keys.ts'
import type { VideoRecord } from '../ports.ts'
import { scriptOf } from '../stages/write.ts'

/**
 * Only one that is not over yet. It has something of it already, or it is going to say the same: script, plan,
 * narration, timeline and render follow from what is said. Whatever else is found (a picture, music) is among its
 * calls from that moment on.
 */
export function isAboutToUse(
  other: VideoRecord,
  { video, all, isShared }: { video: Pick<VideoRecord, 'request'>; all: ReadonlySet<string>; isShared: boolean },
): boolean {
  if (other.status !== 'queued' && other.status !== 'running') return false
  if (isShared) return true
  const { request, edition } = other
  if (edition !== undefined) return false
  if (request.topic !== undefined) return request.topic === video.request.topic
  return all.has(assetKey(other.owner, 'script', 1, scriptOf(request)))
}
