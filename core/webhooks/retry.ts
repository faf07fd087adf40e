// When a message that did not arrive is sent again: often at first, then for a little more than a day.
import type { WebhookMessage, WebhookPatch } from '../webhooks.ts'

const [second, minute, hour] = [1000, 60_000, 3_600_000]
/** After the first attempt, after the second … After the last of these it is given up. */
const waitsMs = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour]
/** A quarter of an hour later nobody wants to know how far a video was. */
const progressWaitsMs = waitsMs.slice(0, 2)
/** Of what is asked for by Retry-After. */
const longestMs = 24 * hour
/** Up to so much longer, so that what failed together does not come again together. */
const jitter = 0.2

/** `status`: of an answer; without one, `reason` says why there was none, and `isFinal` that another attempt is no use. */
export type Outcome = { status: number; retryAfterMs?: number } | { reason: string; isFinal?: boolean }

/** What becomes of a message after an attempt. `message.attempts` counts that one; `random` is in [0, 1). */
export function afterAttempt(
  message: Pick<WebhookMessage, 'type' | 'attempts'>,
  outcome: Outcome,
  { now, random }: { now: Date; random: number },
): WebhookPatch {
  const lastAnswer = 'status' in outcome ? answered(outcome.status) : outcome.reason
  if ('status' in outcome && outcome.status >= 200 && outcome.status < 300)
    return { state: 'delivered', deliveredAt: now.toISOString(), nextAttemptAt: undefined, lastAnswer }
  const waits = message.type === 'video.progress' ? progressWaitsMs : waitsMs
  const waitMs = waits[message.attempts - 1]
  const isFinal = 'status' in outcome ? outcome.status === 410 : outcome.isFinal === true
  if (isFinal || waitMs === undefined) return { state: 'given-up', nextAttemptAt: undefined, lastAnswer }
  const askedMs = 'status' in outcome ? (outcome.retryAfterMs ?? 0) : 0
  const inMs = Math.max(waitMs * (1 + jitter * random), Math.min(askedMs, longestMs))
  return { state: 'waiting', nextAttemptAt: new Date(now.getTime() + inMs).toISOString(), lastAnswer }
}

/** Retry-After in seconds or as a date (RFC 9110, section 10.2.3), in milliseconds; undefined for anything else. */
export function retryAfterMsOf(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined
  if (/^[0-9]{1,9}$/.test(header.trim())) return Number(header) * second
  const atMs = Date.parse(header)
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - now.getTime())
}

function answered(status: number): string {
  if (status === 410) return '410: it wants no more of this'
  return status >= 300 && status < 400 ? `${status}: redirects are not followed` : String(status)
}
