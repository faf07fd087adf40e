import type { Context } from 'aws-lambda'
import { TransientError } from '../core/errors.ts'

export type Deadline = { signal: AbortSignal; clear: () => void }

/**
 * Fires `beforeMs` before the Lambda is killed, so that what is under way can end and say so. Cleared with the call:
 * the process lives on, and its next call has a time of its own.
 */
export function deadlineOf(
  context: Pick<Context, 'getRemainingTimeInMillis'>,
  what: string,
  beforeMs: number,
): Deadline {
  const stop = new AbortController()
  const leftMs = Math.max(0, context.getRemainingTimeInMillis() - beforeMs)
  const seconds = Math.round(leftMs / 1000)
  const timer = setTimeout(() => stop.abort(new TransientError(`${what} did not get done within ${seconds} s`)), leftMs)
  return { signal: stop.signal, clear: () => clearTimeout(timer) }
}
