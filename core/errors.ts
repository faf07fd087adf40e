// The few error classes. Their literal names are what the workflow document retries and catches
// (`constructor.name` would be minified away in a bundle). Messages are one line that says what to do.
import type { Charge } from './ports.ts'

/** The user's mistake: names the field, the rule and the value. Never retried. */
export class InputError extends Error {
  override name = 'InputError'
  /** Each mistake as 'field: rule', where the message names only some of several. */
  declare readonly lines?: string[]
  constructor(message: string, { lines, ...options }: { cause?: unknown; lines?: string[] } = {}) {
    super(message, options)
    if (lines) this.lines = lines
  }
}

/** May go well later (throttled, timed out, a child that crashed). The workflow retries it. */
export class TransientError extends Error {
  override name = 'TransientError'
}

/** All who could do it are at work. Nothing was tried and nothing is wrong: the workflow asks again, for as long as it takes. */
export class BusyError extends Error {
  override name = 'BusyError'
}

/**
 * How a call to a service failed. `charges`: what it cost all the same ([] = nothing); undefined = nobody knows, because
 * the answer never came or broke off. `retryAfterMs`: what the service asked for.
 */
export class ServiceError extends Error {
  override name: ServiceErrorName
  readonly charges: Charge[] | undefined
  readonly retryAfterMs: number | undefined
  constructor(
    name: ServiceErrorName,
    message: string,
    options: { charges: Charge[] | undefined; retryAfterMs?: number; cause?: unknown },
  ) {
    super(message, { cause: options.cause })
    this.name = name
    this.charges = options.charges
    this.retryAfterMs = options.retryAfterMs
  }
}
/**
 * - TransientError: again later (throttled, overloaded, timed out, cut off).
 * - RefusedError: never for this input (policy, too long). Another service may do it.
 * - AccountError: never for this account (key, quota, a model that it does not have). Stops the video at once.
 * - BrokenAnswerError: an answer of no use (empty, HTML, media that cannot be decoded). Worth another try or two.
 */
export type ServiceErrorName = 'TransientError' | 'RefusedError' | 'AccountError' | 'BrokenAnswerError'

/** The next call could cost more than is left of the video's `maxCostUsd`. */
export class BudgetError extends Error {
  override name = 'BudgetError'
}

/** Somebody has cancelled the video: nothing more is begun for it. */
export class CancelledError extends Error {
  override name = 'CancelledError'
}

/** Nothing under that key or id. */
export class NotFoundError extends Error {
  override name = 'NotFoundError'
}

/** Somebody else was there first: the id exists or the version has moved on. */
export class ConflictError extends Error {
  override name = 'ConflictError'
}

/** The finished file is not what was asked for; the findings say where. Never retried. */
export class FaultyVideoError extends Error {
  override name = 'FaultyVideoError'
}
