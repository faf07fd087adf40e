// What OpenAI means by its errors. They are told by what they hold: the SDK's classes all have the name 'Error'.
import { ServiceError } from '../../core/errors.ts'
import { services } from '../../core/models.ts'
import type { Charge } from '../../core/ports.ts'
import { networkFailure, retryAfterMs, sortByStatus } from '../calls/failures.ts'
import { wordsOf } from '../calls/words.ts'

/** For whatever the SDK throws. */
export function sortOpenAIError(error: unknown): ServiceError {
  const failure = partsOf(error)
  const known = failure.status === undefined ? undefined : meanings.find(({ fits }) => fits(failure))
  if (known) return known.sorted(failure)
  const network = networkFailure('openai', error)
  if (network) return network
  return sortByStatus('openai', failure.status, failure.message, { retryAfterMs: waitOf(failure), cause: error })
}

/** An answer with a status of 200 that is of no use. `charges`: undefined when nobody knows what it cost. */
export function brokenAnswer(reason: string, charges: Charge[] | undefined, cause?: unknown): ServiceError {
  return new ServiceError('BrokenAnswerError', `${name} gave an answer of no use: ${reason}`, { charges, cause })
}

export function refusal(words: string, charges: Charge[] | undefined, cause?: unknown): ServiceError {
  return new ServiceError('RefusedError', `${name} refused: ${wordsOf(words)}`, { charges, cause })
}

const { name, billingUrl } = services.openai

type Failure = {
  status: number | undefined
  /** The vendor's own words. */
  message: string
  code: string
  type: string
  param: string
  headers: Headers | undefined
  cause: unknown
}
type Meaning = { fits: (failure: Failure) => boolean; sorted: (failure: Failure) => ServiceError }

/** The first that fits holds; what fits none is sorted by its status. */
const meanings: Meaning[] = [
  {
    // As 429 or 400; waiting does not help.
    fits: ({ code, type }) => /insufficient_quota|billing|insufficient_balance|credit/.test(`${code} ${type}`),
    sorted: ({ message, cause }) => account(`${sentence(message)} Add credit at ${billingUrl}`, cause),
  },
  {
    // As 404, 403 or 400.
    fits: ({ code, param, message, status }) =>
      code === 'model_not_found' ||
      (param === 'model' && [400, 403, 404].includes(status ?? 0)) ||
      (status === 404 && /\bmodel\b/i.test(message)),
    sorted: ({ message, cause }) =>
      account(
        `${sentence(message)} It is retired or not available to this key: choose another ('clipforge doctor' shows them)`,
        cause,
      ),
  },
  {
    fits: ({ code, type }) =>
      /moderation_blocked|policy_violation|content_filter|invalid_prompt|image_generation_user_error|safety/.test(
        `${code} ${type}`,
      ),
    sorted: ({ message, cause }) => refusal(message, [], cause),
  },
  {
    fits: ({ code, status }) => status === 400 && /context_length_exceeded|string_above_max_length/.test(code),
    sorted: ({ message, cause }) => refusal(`it is too long for the model. ${message}`, [], cause),
  },
]

function account(words: string, cause: unknown): ServiceError {
  return new ServiceError('AccountError', `${name} does not allow this: ${words}`, { charges: [], cause })
}

function sentence(words: string): string {
  return `${wordsOf(words).replace(/[.\s]+$/, '')}.`
}

function partsOf(error: unknown): Failure {
  const parts = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  const body = (typeof parts['error'] === 'object' && parts['error'] !== null ? parts['error'] : {}) as Record<
    string,
    unknown
  >
  const whole = error instanceof Error ? error.message : String(error)
  return {
    status: typeof parts['status'] === 'number' ? parts['status'] : undefined,
    // The SDK puts the status before the vendor's words.
    message: textOf(body['message']) || textOf(parts['error']) || whole.replace(/^\d{3} /, ''),
    code: textOf(parts['code']),
    type: textOf(parts['type']),
    param: textOf(parts['param']),
    headers: parts['headers'] as Headers | undefined,
    cause: error,
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

const unitsMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** Its header, else its words: 'Please try again in 1m2.5s', '… in 250ms'. */
function waitOf({ headers, message }: Failure): number | undefined {
  const asked = retryAfterMs(headers)
  if (asked !== undefined) return asked
  const [, time] = /try again in ((?:\d+(?:\.\d+)?(?:ms|s|m|h))+)/i.exec(message) ?? []
  if (time === undefined) return undefined
  const parts = time.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/gi)
  return Math.ceil(
    [...parts].reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitsMs[unit.toLowerCase()] ?? 0), 0),
  )
}
