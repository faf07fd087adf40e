// The one way to a service. Per try: the service's limiter, the intent, one request with a deadline, its failure sorted.
import { InputError, ServiceError } from '../../core/errors.ts'
import { services, type ServiceId } from '../../core/models.ts'
import type { Billed, Making } from '../../core/ports.ts'
import { wait } from './clock.ts'
import { LateError, within } from './deadline.ts'
import { governConnections } from './dispatcher.ts'
import { sortByStatus } from './failures.ts'
import { inTurn, limiterOf, pause } from './limiter.ts'
import { wentSilent } from './network.ts'
import { nextTry } from './patience.ts'
import { longestCallMs } from './settings.ts'
import { oneLine } from './words.ts'

export { learnLimit } from './limiter.ts'

export type ServiceCall<Made> = {
  service: ServiceId
  model: string
  /** For messages: 'the narration', 'the picture of a scene', 'the plan' … */
  what: string
  estimateMicroUsd: number
  /** Wall clock for one try, headers and body together; without the wait for the limiter. */
  deadlineMs: number
  /**
   * One request by the vendor's SDK, with the SDK's retries off. `signal` fires at the deadline: hand it to the SDK.
   * Checks and decodes the answer; throws ServiceError for what it knows.
   */
  send: (signal: AbortSignal) => Promise<Billed<Made>>
  /** Sorts what the SDK threw; never called with a ServiceError, nor for our own deadline. */
  sortError: (error: unknown) => ServiceError
}

/**
 * Tries as often as is worth it. Each try is an intent of its own (`making.buy`), recorded only when the request really
 * goes out. Once `making.signal` has fired nothing is sent any more, and its reason is thrown; a request that is under
 * way is let finish. Throws the last try's ServiceError, InputError for the environment, and whatever `buy` throws.
 */
export async function call<Made>(request: ServiceCall<Made>, making: Making): Promise<Made> {
  const { signal } = making
  signal.throwIfAborted()
  const limiter = limiterOf(request.service)
  const deadlineMs = Math.min(request.deadlineMs, longestCallMs())
  await governConnections()
  const failed: ServiceError[] = []
  let firstTryMs: number | undefined
  const buy = async () => {
    signal.throwIfAborted()
    firstTryMs ??= performance.now()
    const { service: provider, model, estimateMicroUsd } = request
    return making.buy({ provider, model, estimateMicroUsd }, async () => sendOnce(request, deadlineMs))
  }
  for (let waitedMs = 0; ;) {
    try {
      // Who waits for a further try goes before those who have not had one.
      return await inTurn(limiter, { signal, priority: failed.length }, buy)
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      failed.push(error)
    }
    const verdict = nextTry(failed, waitedMs)
    if ('giveUp' in verdict) throw lastWord(request, failed, verdict.giveUp, performance.now() - (firstTryMs ?? 0))
    const { retryAfterMs } = failed.at(-1)!
    // The others of this account would only run into the same.
    if (retryAfterMs) pause(limiter, retryAfterMs)
    await wait(verdict.waitMs, signal)
    waitedMs += verdict.waitMs
  }
}

async function sendOnce<Made>(request: ServiceCall<Made>, deadlineMs: number): Promise<Billed<Made>> {
  const { name } = services[request.service]
  const message = `${name} did not answer within ${Math.round(deadlineMs / 100) / 10} s`
  try {
    return await within({ deadlineMs, message }, (signal) => request.send(signal))
  } catch (error) {
    if (error instanceof LateError || error instanceof InputError) throw error
    throw cleaned(error instanceof ServiceError ? error : sorted(request, error))
  }
}

function sorted<Made>({ service, sortError }: ServiceCall<Made>, error: unknown): ServiceError {
  try {
    return sortError(error)
  } catch (cause) {
    return sortByStatus(service, undefined, messageOf(cause), { cause })
  }
}

/** An SDK's error holds headers, and those our key: of what caused it only the redacted message goes on. */
function cleaned({ name, message, charges, retryAfterMs, cause }: ServiceError): ServiceError {
  const line = oneLine(message)
  const plain = cause === undefined ? undefined : new Error(oneLine(messageOf(cause)))
  if (name === 'TransientError' && wentSilent(cause)) return new LateError(line, { charges, cause: plain })
  return new ServiceError(name, line, { charges, retryAfterMs, cause: plain })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** What could not be made, why, and how often and for how long it was tried. */
function lastWord<Made>(
  { what }: ServiceCall<Made>,
  failed: ServiceError[],
  reason: string | undefined,
  tookMs: number,
): ServiceError {
  const { name, message, charges, retryAfterMs, cause } = failed.at(-1)!
  const tried = failed.length > 1 ? `tried ${failed.length} times over ${Math.ceil(tookMs / 1000)} s` : undefined
  const more = [reason, tried].filter((it) => it !== undefined).join('; ')
  const line = `${what.charAt(0).toUpperCase()}${what.slice(1)} could not be made: ${message}`
  const whole = more === '' ? line : `${line.replace(/[.\s]+$/, '')} (${more})`
  return new ServiceError(name, whole, { charges, retryAfterMs, cause })
}
