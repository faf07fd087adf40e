import { ServiceError } from '../../core/errors.ts'

/** For what only shows after the call was settled: its charges are in the bill already, so there are none here. */
export function brokenAnswer(what: string, provider: string, model: string, reason: string): ServiceError {
  return new ServiceError(
    'BrokenAnswerError',
    `${what}: the answer of ${provider} (${model}) is of no use: ${reason}`,
    {
      charges: [],
    },
  )
}
