// Failures on their way out of a Lambda and back into another one. Their names are what the workflow retries by.
import * as z from 'zod'
import {
  BudgetError,
  CancelledError,
  ConflictError,
  InputError,
  NotFoundError,
  ServiceError,
  type ServiceErrorName,
  TransientError,
} from '../core/errors.ts'
import { services, type ServiceId } from '../core/models.ts'
import { oneLine } from '../core/one-line.ts'
import { withoutSecrets } from '../providers/calls/keys.ts'

/** What an order's failure may at most say; the workflow keeps it, and a user reads it. */
const longestMessage = 1000

/**
 * What is thrown in the end: name and message and nothing else, so that no cause with headers or a body gets into a
 * log. What AWS itself could not do just now becomes a TransientError.
 */
export function outward(thrown: unknown): Error {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const plain = new Error(oneLine(withoutSecrets(messageOf(error)), longestMessage))
  plain.name = nameOf(error)
  plain.stack = `${plain.name}: ${plain.message}`
  return plain
}

/** What the Lambda runtime answers for a handler that threw, and for one that was stopped or died. */
const Answer = z.object({ errorType: z.string().optional(), errorMessage: z.string().optional() })

/**
 * The failure of a service's function as the class that it was there. Its ledger has the charges already. Whatever ended
 * the function itself (time, memory, a mistake of ours) is no failure of the service's: nobody stands in, the stage is
 * tried again and finds what was made meanwhile.
 */
export function inward(service: ServiceId, payload: string): Error {
  const { errorType = 'no type', errorMessage = 'no message' } = answerOf(payload)
  if (serviceErrors.has(errorType))
    return new ServiceError(errorType as ServiceErrorName, errorMessage, { charges: [] })
  const Class = classes[errorType as keyof typeof classes]
  if (Class) return new Class(errorMessage)
  const line = oneLine(`${services[service].name}'s function ended: ${errorMessage} (${errorType})`, longestMessage)
  return new TransientError(line)
}

const serviceErrors = new Set<string>([
  'TransientError',
  'RefusedError',
  'AccountError',
  'BrokenAnswerError',
] satisfies ServiceErrorName[])
const classes = { BudgetError, InputError, NotFoundError, ConflictError, CancelledError }

function answerOf(payload: string): z.infer<typeof Answer> {
  try {
    return Answer.parse(JSON.parse(payload))
  } catch {
    return {}
  }
}

function nameOf(error: Error): string {
  // Whoever starts a Lambda with something else than it takes has made a mistake that no retry mends.
  if (error instanceof z.ZodError) return 'InputError'
  return isPassing(error) ? 'TransientError' : error.name
}

function messageOf(error: Error): string {
  if (!(error instanceof z.ZodError)) return error.message
  return error.issues.map(({ path, message }) => `${path.join('.') || 'the event'}: ${message}`).join('; ')
}

/** As AWS' SDKs tell it, their own few tries being over. */
type OfAnSdk = Error & {
  code?: unknown
  $fault?: unknown
  $retryable?: unknown
  $metadata?: { httpStatusCode?: number }
}

/** Throttled, out of order or out of reach: not the caller's fault. */
export function isPassing(error: Error): boolean {
  const { name, code, $fault, $retryable, $metadata } = error as OfAnSdk
  const ofTheNetwork = name === 'TimeoutError' || (typeof code === 'string' && networkCodes.test(code))
  if ($metadata === undefined) return ofTheNetwork
  const { httpStatusCode = 0 } = $metadata
  const ofTheServer = $fault === 'server' || $retryable !== undefined || httpStatusCode >= 500
  return ofTheNetwork || ofTheServer || isThrottle(error)
}

export function isThrottle({ name, $metadata }: OfAnSdk): boolean {
  return $metadata?.httpStatusCode === 429 || throttles.test(name)
}

const networkCodes = /^(ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/
const throttles = /Throttl|TooManyRequests|LimitExceeded|SlowDown|ThroughputExceeded/
