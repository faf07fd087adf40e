// One limiter per service and account, for all jobs of the process: how many requests at once and per minute.
import PQueue from 'p-queue'
import { ServiceError } from '../../core/errors.ts'
import { hashOf } from '../../core/hash.ts'
import { services, type ServiceId } from '../../core/models.ts'
import { clock } from './clock.ts'
import { baseUrlOf, keyOf } from './keys.ts'
import { numberFrom } from './settings.ts'

export type Limiter = { queue: PQueue; pausedUntilMs: number; restart: NodeJS.Timeout | undefined }

const limiters = new Map<string, Limiter>()
/** What accounts were found to allow at once. */
const learned = new Map<string, number>()

/**
 * From the catalogue, what the account was found to allow, and `<SERVICE>_CONCURRENCY` and
 * `<SERVICE>_REQUESTS_PER_MINUTE`, which win. Throws InputError, and ServiceError when there is no key.
 */
export function limiterOf(service: ServiceId): Limiter {
  const account = accountOf(service)
  const variable = service.toUpperCase()
  const { limits } = services[service]
  const atOnce = numberFrom(`${variable}_CONCURRENCY`, { wholeNumber: true, atLeast: 1, atMost: 1000 })
  const perMinute = numberFrom(`${variable}_REQUESTS_PER_MINUTE`, { wholeNumber: true, atLeast: 1, atMost: 100_000 })
  const intervalCap = perMinute ?? limits.requestsPerMinute
  const id = `${account} ${intervalCap}`
  const limiter = limiters.get(id) ?? {
    queue: new PQueue({ interval: 60_000, intervalCap, strict: true }),
    pausedUntilMs: 0,
    restart: undefined,
  }
  limiters.set(id, limiter)
  limiter.queue.concurrency = atOnce ?? learned.get(account) ?? limits.concurrency
  return limiter
}

/** Adapts to how many requests at once the account really allows, as an answer said; the environment wins. */
export function learnLimit(service: ServiceId, concurrency: number): void {
  if (!Number.isInteger(concurrency) || concurrency < 1) return
  learned.set(accountOf(service), concurrency)
  limiterOf(service)
}

/**
 * Runs the task when it is its turn; a higher priority goes first. Throws the signal's reason when it fires while the
 * task waits; a task that runs is let finish.
 */
export async function inTurn<Made>(
  limiter: Limiter,
  { signal, priority }: { signal: AbortSignal; priority: number },
  task: () => Promise<Made>,
): Promise<Made> {
  signal.throwIfAborted()
  const waiting = new AbortController()
  const leave = () => waiting.abort(signal.reason)
  signal.addEventListener('abort', leave, { once: true })
  // A pause keeps the process alive only while somebody waits for its end.
  limiter.restart?.ref()
  const start = () => {
    signal.removeEventListener('abort', leave)
    return task()
  }
  try {
    return await limiter.queue.add(start, { signal: waiting.signal, priority })
  } finally {
    signal.removeEventListener('abort', leave)
    if (limiter.queue.size === 0) limiter.restart?.unref()
  }
}

/** Nothing more starts for that long; what is under way goes on. */
export function pause(limiter: Limiter, ms: number): void {
  const untilMs = performance.now() + ms
  if (untilMs <= limiter.pausedUntilMs) return
  limiter.pausedUntilMs = untilMs
  limiter.queue.pause()
  clearTimeout(limiter.restart)
  limiter.restart = clock.timer(() => {
    limiter.restart = undefined
    limiter.queue.start()
  }, ms)
  if (limiter.queue.size === 0) limiter.restart.unref()
}

/** A hash: the key itself is kept nowhere. */
function accountOf(service: ServiceId): string {
  const key = keyOf(service)
  const { name, keysUrl, keyNames } = services[service]
  if (key !== undefined) return hashOf(service, key, baseUrlOf(service) ?? '')
  throw new ServiceError(
    'AccountError',
    `There is no key for ${name}: make one at ${keysUrl} and set ${keyNames.at(-1)}`,
    {
      charges: [],
    },
  )
}
