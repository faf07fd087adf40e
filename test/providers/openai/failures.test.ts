import { APIError, ContentFilterFinishReasonError, LengthFinishReasonError } from 'openai/error'
import { expect, test } from 'vitest'
import type { ServiceErrorName } from '../../../core/errors.ts'
import { sortOpenAIError } from '../../../providers/openai/failures.ts'

const from = (status: number, error: object | string, headers: Record<string, string> = {}) =>
  sortOpenAIError(APIError.generate(status, { error }, undefined, new Headers(headers)))

test.each<[status: number, error: object, name: ServiceErrorName, says: RegExp]>([
  [
    429,
    { code: 'insufficient_quota', type: 'insufficient_quota', message: 'No quota.' },
    'AccountError',
    /No quota\. Add credit at https/,
  ],
  [
    400,
    { code: 'billing_hard_limit_reached', message: 'Billing hard limit has been reached' },
    'AccountError',
    /hard limit/,
  ],
  [429, { code: 'rate_limit_exceeded', message: 'Slow down' }, 'TransientError', /Slow down/],
  [401, { code: 'invalid_api_key', message: 'Incorrect API key provided' }, 'AccountError', /OPENAI_API_KEY/],
  [403, { message: 'Your organization must be verified' }, 'AccountError', /must be verified/],
  [
    404,
    { code: 'model_not_found', message: 'The model `x` does not exist' },
    'AccountError',
    /retired or not available/,
  ],
  [
    400,
    { param: 'model', code: 'invalid_value', message: 'Invalid value: x' },
    'AccountError',
    /retired or not available/,
  ],
  [400, { code: 'moderation_blocked', message: 'Rejected by the safety system.' }, 'RefusedError', /safety system/],
  [400, { code: 'content_policy_violation', message: 'No.' }, 'RefusedError', /refused: No/],
  [400, { code: 'image_content_policy_violation', message: 'No.' }, 'RefusedError', /refused: No/],
  [400, { code: 'invalid_prompt', message: 'No.' }, 'RefusedError', /refused: No/],
  [400, { code: 'context_length_exceeded', message: '9 tokens.' }, 'RefusedError', /too long for the model\. 9 tokens/],
  [400, { code: 'string_above_max_length', message: '9 letters.' }, 'RefusedError', /too long/],
  [400, { code: 'unknown_parameter', message: "Unknown parameter: 'x'." }, 'RefusedError', /Unknown parameter: 'x'/],
  [500, { message: 'The server had an error' }, 'TransientError', /had an error/],
  [503, { message: 'Overloaded' }, 'TransientError', /overloaded \(503\)/],
])('%i %o: %s', (status, error, name, says) => {
  expect(from(status, error)).toMatchObject({ name, charges: [], message: expect.stringMatching(says) as string })
})

test.each<[headers: Record<string, string>, message: string, waitMs: number | undefined]>([
  [{ 'retry-after-ms': '1500', 'retry-after': '2' }, 'Try again in 9s', 1500],
  [{ 'retry-after': '20' }, '', 20_000],
  [{}, 'Limit 3, Used 3. Please try again in 1.2s. Visit', 1200],
  [{}, 'Please try again in 250ms.', 250],
  [{}, 'Please try again in 6m0.5s.', 360_500],
  [{}, 'Slow down', undefined],
])('how long to wait: %o, %s', (headers, message, waitMs) => {
  expect(from(429, { code: 'rate_limit_exceeded', message }, headers).retryAfterMs).toBe(waitMs)
})

test('what has no status: a cut body, an answer that is no JSON, an answer that the SDK could not parse', () => {
  expect(sortOpenAIError(new TypeError('terminated'))).toMatchObject({ name: 'TransientError', charges: undefined })
  for (const error of [
    new SyntaxError('Unexpected end of JSON input'),
    new LengthFinishReasonError(),
    new ContentFilterFinishReasonError(),
  ])
    expect(sortOpenAIError(error)).toMatchObject({ name: 'BrokenAnswerError', charges: undefined })
})

test('an error that a server of another kind words its own way', () => {
  expect(from(404, 'model "x" not found, try pulling it first')).toMatchObject({
    name: 'AccountError',
    message: expect.stringContaining('model "x" not found') as string,
  })
})
