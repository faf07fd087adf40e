// SQLite works while everybody else waits. Whoever asks it for much lets the others have their turn in between.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { VideoStore } from '../core/ports.ts'

/** Lets everything happen that waits in this thread. */
export async function breathe(): Promise<void> {
  await nextTurn()
}

/** An answer may have to wait for about as long as this, and for the one call after it. */
const longestMs = 10

/** The same store; a call that comes after so much work in one turn waits for the next turn. */
export function breathing(videos: VideoStore): VideoStore {
  let turnBeganMs: number | undefined
  const inTurn = async () => {
    if (turnBeganMs === undefined) {
      turnBeganMs = performance.now()
      setImmediate(() => (turnBeganMs = undefined))
    } else if (performance.now() - turnBeganMs >= longestMs) await nextTurn()
  }
  const methods = Object.entries(videos) as [string, (...given: unknown[]) => Promise<unknown>][]
  const withTurns = methods.map(([name, method]): [string, typeof method] => [
    name,
    async (...given) => {
      await inTurn()
      return method(...given)
    },
  ])
  return Object.fromEntries(withTurns) as unknown as VideoStore
}
