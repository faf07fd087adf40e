/** Time as the interpreter sees it, so that tests of backoff and timeouts are exact and take no time. */
export type Clock = {
  /** Milliseconds since 1970. */
  now: () => number
  /** Resolves after `delayMs`; rejects with the signal's reason as soon as it aborts. */
  sleep: (delayMs: number, signal?: AbortSignal) => Promise<void>
}

/** An RFC 3339 time in ms since 1970; undefined when it is none. */
export function timestampMs(value: unknown): number | undefined {
  const isTime = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value)
  const ms = isTime ? Date.parse(value) : Number.NaN
  return Number.isNaN(ms) ? undefined : ms
}

// A timer of 2^31 ms or more fires at once in Node, and TimeoutSeconds may be 99,999,999 (three years). An hour also
// notices soon after a suspended laptop wakes that the time has passed.
const LONGEST_TIMER_MS = 3_600_000

export const systemClock: Clock = {
  now: Date.now,
  sleep: async (delayMs, signal) => {
    const dueMs = Date.now() + delayMs
    for (let leftMs = delayMs; leftMs > 0; leftMs = dueMs - Date.now())
      await timer(Math.min(leftMs, LONGEST_TIMER_MS), signal)
  },
}

function timer(delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const stop = () => {
      clearTimeout(timeout)
      reject(signal?.reason)
    }
    const timeout = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, delayMs)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
