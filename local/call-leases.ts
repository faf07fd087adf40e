// A process whose parent was killed still brings home what a service was asked for. Until it has, nobody else asks for
// anything of the same video, so that nothing is paid for twice.
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { ConflictError } from '../core/errors.ts'
import { takeLease } from './lease.ts'

/** Waits until no other process has calls for the video under way. Gives the function that says that this one is over. */
export type CallLeases = (videoId: string, signal: AbortSignal) => Promise<() => void>

/** How often it is looked whether the other process has come to its end. */
const lookMs = 100

export function callLeases(db: DatabaseSync): CallLeases {
  const held = new Map<string, { count: number; taken: Promise<() => void> }>()
  return async (videoId, signal) => {
    const lease = held.get(videoId) ?? { count: 0, taken: take(db, videoId, signal) }
    held.set(videoId, lease)
    lease.count++
    const release = async () => {
      if (--lease.count > 0) return
      held.delete(videoId)
      ;(await lease.taken)()
    }
    try {
      await lease.taken
    } catch (error) {
      lease.count--
      if (held.get(videoId) === lease) held.delete(videoId)
      throw error
    }
    return () => void release()
  }
}

async function take(db: DatabaseSync, videoId: string, signal: AbortSignal): Promise<() => void> {
  for (;;) {
    try {
      return takeLease(db, `calls of ${videoId}`)
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      await setTimeout(lookMs, undefined, { signal })
    }
  }
}
