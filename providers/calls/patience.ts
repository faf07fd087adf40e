// How often a call is tried and how long is waited in between.
import type { ServiceError } from '../../core/errors.ts'
import { clock } from './clock.ts'
import { LateError } from './deadline.ts'

/** Tries by what went wrong, the first included. A late one took long and may have been paid for. */
const mostTries = { TransientError: 5, late: 3, BrokenAnswerError: 3, RefusedError: 1, AccountError: 1 } as const
/** The longest backoff before the second try, the third and so on. */
const backoffsMs = [500, 1700, 5800, 20_000] as const
const longestRetryAfterMs = 120_000
const longestPatienceMs = 300_000

export type Verdict = { waitMs: number } | { giveUp: string | undefined }

/** `failed`: how all tries until now went wrong, in order, at least one. `waitedMs`: between them. */
export function nextTry(failed: ServiceError[], waitedMs: number): Verdict {
  const last = failed.at(-1)!
  const ofItsKind = failed.filter((error) => kindOf(error) === kindOf(last)).length
  if (ofItsKind >= mostTries[kindOf(last)] || failed.length > backoffsMs.length) return { giveUp: undefined }
  const askedMs = last.retryAfterMs ?? 0
  const asked = `it asks to wait ${Math.ceil(askedMs / 1000)} s`
  if (askedMs > longestRetryAfterMs) return { giveUp: asked }
  const backoffMs = clock.random() * backoffsMs[failed.length - 1]!
  const waitMs = Math.max(backoffMs, askedMs && askedMs + clock.random() * Math.max(250, askedMs / 10))
  return waitedMs + waitMs > longestPatienceMs ? { giveUp: askedMs ? asked : undefined } : { waitMs }
}

function kindOf(error: ServiceError): keyof typeof mostTries {
  return error instanceof LateError ? 'late' : error.name
}
