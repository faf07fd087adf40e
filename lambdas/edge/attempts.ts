// The attempts to make a video, by its events: those that somebody asked for, and those that the sweeper began after one
// of them got lost ('afterLoss').
import type { VideoEvent, VideoRecord } from '../../core/ports.ts'

/** How often it was started for what was asked for last. */
export function timesStarted(events: VideoEvent[]): number {
  const attempts = events.filter(({ type }) => type === 'attempt')
  return Math.max(1, attempts.length - Math.max(0, attempts.findLastIndex(isAsked)))
}

/**
 * When somebody asked for what the attempt makes, or for what is made now: the video itself, a change of it, or another
 * try. ISO 8601.
 */
export function askedAtOf(
  { createdAt }: Pick<VideoRecord, 'createdAt'>,
  events: VideoEvent[],
  latest: number = Infinity,
): string {
  const asked = events.findLast((event) => isAsked(event) && Number(event['attempt'] ?? 1) <= latest)
  // The first is recorded a moment after the video, or later where its start got lost.
  return asked === undefined || Number(asked['attempt'] ?? 1) === 1 ? createdAt : asked.at
}

function isAsked({ type, afterLoss }: VideoEvent): boolean {
  return type === 'attempt' && afterLoss !== true
}
