// How much a key may ask for in a minute, counted in this process. What the answers say of it is
// draft-ietf-httpapi-ratelimit-headers-10: quota and window in RateLimit-Policy, what is left in RateLimit.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { ApiPorts, Caller, Rates } from './ports.ts'

/** A thousand requests a second: far more than anybody who waits for answers sends. And ten videos a second. */
export const usualRates: Rates = { requestsPerMinute: 60_000, videosPerMinute: 600 }

const windowSeconds = 60
const names = { request: 'requests', video: 'videos' } as const

/**
 * Windows of a minute from the first request on. What is told is of one owner's keys alone. Those and the keys that they
 * made may together do no more than one may, which is told to nobody before it is reached: owners learn nothing of each
 * other.
 */
export function openLimits(rates: Rates = usualRates): NonNullable<ApiPorts['limit']> {
  const counter = (points: number) => new RateLimiterMemory({ points, duration: windowSeconds })
  const limiter = (points: number) => ({ points, own: counter(points), together: counter(points) })
  const limiters = { request: limiter(rates.requestsPerMinute), video: limiter(rates.videosPerMinute) }
  return async (caller, kind) => {
    const { points, own, together } = limiters[kind]
    const left = await own.consume(caller.owner).catch(asRefused)
    const isOver = left.consumedPoints > points
    const all = isOver ? left : await together.consume(countedAs(caller)).catch(asRefused)
    const seconds = secondsIn(left)
    return {
      headers: {
        'RateLimit-Policy': `"${names[kind]}";q=${points};w=${windowSeconds}`,
        RateLimit: `"${names[kind]}";r=${Math.max(0, left.remainingPoints)};t=${seconds}`,
      },
      ...(all.consumedPoints > points && { retryAfterSeconds: secondsIn(all) }),
    }
  }
}

function countedAs({ usageIdentifier, owner }: Caller): string {
  return usageIdentifier ?? owner
}

/** A refusal comes as what would have been the answer, thrown. */
function asRefused(refused: unknown): RateLimiterRes {
  if (refused instanceof RateLimiterRes) return refused
  throw refused
}

/** Whole seconds, and at least one: whoever comes again after them finds a new window. */
function secondsIn({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000))
}
