import { setImmediate } from 'node:timers/promises'

export type Turns = {
  /** Whether others have waited long enough. Cheap: to be asked once a row of work. */
  due: () => boolean
  /** Lets everything else in the process go on; throws the signal's reason once it has fired. */
  take: () => Promise<void>
}

const longestTurnMs = 15

/** Long computations in short turns, so that other jobs of the process go on between them. */
export function turnsOf(signal: AbortSignal): Turns {
  let beganAt = performance.now()
  return {
    due: () => performance.now() - beganAt > longestTurnMs,
    take: async () => {
      await setImmediate()
      signal.throwIfAborted()
      beganAt = performance.now()
    },
  }
}
