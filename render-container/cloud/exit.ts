// How the container ends, as data: a Batch job has no other way to tell its queue and the workflow what came of it.
import { oneLine } from '../../core/one-line.ts'

/**
 * - done: the render is in the bucket
 * - impossible: this video cannot be made, on this machine or any other (sysexits.h calls it EX_USAGE)
 * - again: another try or another machine may well do it (EX_TEMPFAIL)
 * - reclaimed: the machine is being taken away; 128 + SIGTERM, what a process ends with that takes no notice of it
 */
export const exitCodes = { done: 0, impossible: 64, again: 75, reclaimed: 143 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** What the same input brings about on every machine: the user's mistakes, and what is not there any more. */
const impossible = new Set([
  'InputError',
  'NotFoundError',
  'BudgetError',
  'FaultyVideoError',
  'CancelledError',
  'ZodError',
])

const LONGEST_MESSAGE = 1000

/** Why a signal stopped the work. */
export class ReclaimedError extends Error {
  override name = 'ReclaimedError'
}

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof ReclaimedError) return exitCodes.reclaimed
  return error instanceof Error && impossible.has(error.name) ? exitCodes.impossible : exitCodes.again
}

/** A failure as the Fail stage and the log tell it. */
export function lastWordsOf(error: unknown): { name: string; message: string } {
  // A parser quotes what it cannot read, and that may be somebody's script.
  if (error instanceof SyntaxError) return { name: error.name, message: 'what the render was given is no JSON' }
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return { name, message: oneLine(message, LONGEST_MESSAGE) }
}
