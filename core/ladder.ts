// Who is asked when somebody refuses or is out of order. A refusal is not an outage, and neither ends the video.
import { ServiceError } from './errors.ts'
import { assetOf } from './once.ts'
import type { CallRecord } from './ports.ts'

/** What stands in for a whole video's failure: the next one may do it. Quota, keys and the cap stop at once. */
const passedOn = new Set<string>(['RefusedError', 'BrokenAnswerError', 'TransientError'])

/**
 * Asks one after the other until one has made it. Throws what the last one threw; what stops a video (AccountError,
 * BudgetError, our own mistakes) at once.
 */
export async function firstToMake<Rung, Made>(rungs: Rung[], ask: (rung: Rung) => Promise<Made>): Promise<Made> {
  const failures: ServiceError[] = []
  for (const rung of rungs) {
    try {
      return await ask(rung)
    } catch (error) {
      if (!isPassedOn(error)) throw error
      failures.push(error)
    }
  }
  // What may go well later makes the whole of it worth another try.
  const last = failures.findLast(({ name }) => name === 'TransientError') ?? failures.at(-1)!
  const message = [...new Set(failures.map((failure) => failure.message))].join('; ')
  throw new ServiceError(last.name, message, { ...last, cause: last })
}

export function isPassedOn(error: unknown): error is ServiceError {
  return error instanceof ServiceError && passedOn.has(error.name)
}

/**
 * Whether an asset's maker was out of order in this video and somebody else stood in, so that it is not asked again:
 * `calls` are those of the same stage and scene, in the order in which they were made.
 */
export function wasReplaced(calls: CallRecord[], key: string): boolean {
  const last = calls.findLastIndex((call) => assetOf(call) === key)
  const isFailure = ['failed', 'lost'].includes(calls[last]?.outcome ?? '')
  return isFailure && calls.slice(last + 1).some(({ outcome }) => outcome === 'made')
}
