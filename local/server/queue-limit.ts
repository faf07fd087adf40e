// How many videos of one owner may wait. Who has that many is told when there will be room, at the pace of this machine.
import type { ApiPorts } from '../../api/ports.ts'
import type { SqliteVideos } from '../../stores/videos/sqlite.ts'

/** The videos that came to an end lately tell how fast it goes. */
const remembered = 20
/** Said where nothing was made yet. */
const unknownPaceSeconds = 30
const longestSeconds = 600

export type Pace = { ended: () => void; secondsPerVideo: () => number }

export function measurePace(now: () => number = Date.now): Pace {
  const endedMs: number[] = []
  return {
    ended: () => {
      endedMs.push(now())
      if (endedMs.length > remembered) endedMs.shift()
    },
    secondsPerVideo: () => {
      const [first = 0] = endedMs
      return endedMs.length < 2 ? unknownPaceSeconds : (now() - first) / 1000 / (endedMs.length - 1)
    },
  }
}

/** `limit`, and for videos the queue's besides. */
export function withQueueLimit(
  limit: NonNullable<ApiPorts['limit']>,
  { videos, maxQueued, pace }: { videos: Pick<SqliteVideos, 'countQueued'>; maxQueued: number; pace: Pace },
): NonNullable<ApiPorts['limit']> {
  return async (caller, kind) => {
    if (kind !== 'video' || (await videos.countQueued(caller.owner)) < maxQueued) return limit(caller, kind)
    // Refused, it uses up nothing of the rate.
    const retryAfterSeconds = Math.max(1, Math.min(longestSeconds, Math.ceil(pace.secondsPerVideo())))
    return { headers: { 'Retry-After': String(retryAfterSeconds) }, retryAfterSeconds }
  }
}
