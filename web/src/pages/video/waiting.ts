import type { VideoSummary } from '../../../../api/schemas/videos.ts'
import { duration } from '../../format.ts'

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
  const { percent = 0, secondsLeft: seconds } = progress ?? {}
  if (seconds === undefined) return 'working'
  // What little is done so far says nothing yet of the rest.
  if (percent < 2 || seconds > 6 * 3600) return 'working out how long it takes…'
  if (seconds < 5) return 'a few seconds left'
  if (seconds < 60) return `about ${Math.ceil(seconds / 5) * 5} s left`
  if (seconds < 90) return 'about a minute left'
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `about ${minutes} minutes left`
  const fives = Math.round(minutes / 5) * 5
  return `about ${duration(fives * 60)} left`
}
