// What AWS's services answer, in the words of the product.
import { TransientError } from '../core/errors.ts'

/** Throttled, overloaded, cut off: the SDK has tried again before it gives one of these up. */
const transientNames = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'Throttling',
  'RequestLimitExceeded',
  'RequestTimeout',
  'RequestTimeoutException',
  'TransactionInProgressException',
  'SlowDown',
  'InternalError',
  'InternalServerError',
  'ServiceUnavailable',
  'TimeoutError',
  'IncompleteBody',
])
const brokenConnection = /^(?:ECONN|EPIPE|ETIMEDOUT|ENETUNREACH|EAI_AGAIN|ERR_STREAM_PREMATURE_CLOSE)/

/** The error as it is to be thrown: a TransientError when the same may go well later, else what it was. */
export function inOurWords(error: unknown, doing: string): unknown {
  if (!(error instanceof Error) || !isTransient(error)) return error
  return new TransientError(`${doing}: ${error.name} (${error.message}); try again later`, { cause: error })
}

/** The HTTP status of an answer that the SDK threw. */
export function statusOf(error: unknown): number | undefined {
  return metadataOf(error)?.httpStatusCode
}

function isTransient(error: Error): boolean {
  const status = statusOf(error) ?? 0
  const code = 'code' in error ? String(error.code) : ''
  return status >= 500 || status === 429 || transientNames.has(error.name) || brokenConnection.test(code)
}

function metadataOf(error: unknown): { httpStatusCode?: number } | undefined {
  return error instanceof Error && '$metadata' in error ? (error.$metadata as { httpStatusCode?: number }) : undefined
}
