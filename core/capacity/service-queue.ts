// A service as an account sees it: so many requests at once, and so many begun in any minute. First come, first served.
import type { Clock } from './events.ts'

export type ServiceLimits = { concurrency: number; requestsPerMinute: number }
export type ServiceQueue = {
  /** `done` hears for how many seconds it waited, when the answer is there. */
  ask: (seconds: number, done: (waitedSeconds: number) => void) => void
  busySeconds: () => number
}

export function createServiceQueue(clock: Clock, { concurrency, requestsPerMinute }: ServiceLimits): ServiceQueue {
  const waiting: { since: number; seconds: number; done: (waited: number) => void }[] = []
  /** Who is next: a long line is not moved up one place for each who leaves it. */
  let next = 0
  /** When each request began, in order. */
  const begun: number[] = []
  let running = 0
  let busy = 0
  let isAwaited = false

  function startAll() {
    while (next < waiting.length && running < concurrency) {
      const allowedAt = (begun[begun.length - requestsPerMinute] ?? -Infinity) + 60
      if (allowedAt > clock.now()) return awaitMinute(allowedAt)
      const { since, seconds, done } = waiting[next++]!
      begun.push(clock.now())
      running++
      busy += seconds
      const waited = clock.now() - since
      clock.schedule(clock.now() + seconds, () => {
        running--
        done(waited)
        startAll()
      })
    }
  }

  function awaitMinute(at: number) {
    if (isAwaited) return
    isAwaited = true
    clock.schedule(at, () => {
      isAwaited = false
      startAll()
    })
  }

  return {
    ask: (seconds, done) => {
      waiting.push({ since: clock.now(), seconds, done })
      startAll()
    },
    busySeconds: () => busy,
  }
}
