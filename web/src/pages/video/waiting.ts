import type { VideoSummary } from '../../../../api/schemas/videos.ts'

/** 'about 40 s left', 'number 3 in the queue'. Rounded, so that it does not flicker and promises no more than it knows. */
export function waitOf({
  status,
  progress,
  queuePosition,
}: Pick<VideoSummary, 'status' | 'progress' | 'queuePosition'>): string {
  if (status === 'queued')
    return queuePosition === undefined
      ? 'starts in a moment'
      : queuePosition === 1
        ? 'next in the queue'
        : `number ${queuePosition} in the queue`
  const seconds = progress?.secondsLeft
  if (seconds === undefined) return 'working'
  if (seconds < 5) return 'a few seconds left'
  if (seconds < 60) return `about ${Math.ceil(seconds / 5) * 5} s left`
  if (seconds < 90) return 'about a minute left'
  return `about ${Math.round(seconds / 60)} minutes left`
}
