// Retry and Catch: which entry an error meets, and how long to wait before the next attempt.
import type { Retrier } from './schema.ts'

/**
 * Whether an entry's ErrorEquals meets an error name, as AWS documents it: States.ALL is any error and
 * States.TaskFailed any but a timeout, neither of them States.DataLimitExceeded; a lost heartbeat is also a
 * States.Timeout; States.Runtime is met by nothing.
 */
export function matches({ ErrorEquals }: { ErrorEquals: string[] }, error: string): boolean {
  if (error === 'States.Runtime') return false
  const isTimeout = error === 'States.Timeout' || error === 'States.HeartbeatTimeout'
  const wildcards: Record<string, boolean> = {
    'States.ALL': error !== 'States.DataLimitExceeded',
    'States.TaskFailed': error !== 'States.DataLimitExceeded' && !isTimeout,
    'States.Timeout': isTimeout,
  }
  return ErrorEquals.some((name) => name === error || wildcards[name])
}

/**
 * The retrier that takes an error and how long it waits; undefined when none does. Only the first retrier that meets
 * the error counts: when its attempts are used up, later ones are not asked. `used` = attempts so far, per retrier.
 */
export function nextRetry(
  retriers: Retrier[],
  error: string,
  used: Record<number, number>,
  random: () => number,
): { retrier: number; delayMs: number } | undefined {
  const retrier = retriers.findIndex((entry) => matches(entry, error))
  const policy = retriers[retrier]
  const attempts = used[retrier] ?? 0
  if (!policy || attempts >= policy.MaxAttempts) return undefined
  const backoffSeconds = policy.IntervalSeconds * policy.BackoffRate ** attempts
  const delaySeconds = Math.min(backoffSeconds, policy.MaxDelaySeconds ?? Infinity)
  const share = policy.JitterStrategy === 'FULL' ? random() : 1
  return { retrier, delayMs: delaySeconds * share * 1000 }
}
