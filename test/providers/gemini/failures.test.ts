import { expect, test, vi } from 'vitest'
import { StatusError } from '../../../providers/gemini/client.ts'
import { sortGeminiError } from '../../../providers/gemini/failures.ts'

type Detail = Record<string, unknown>
function apiError(status: number, message: string, word = '', details: Detail[] = []): StatusError {
  return new StatusError(
    { status, headers: new Headers() },
    JSON.stringify({ error: { code: status, message, status: word, details } }),
  )
}

const minute = {
  '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
  violations: [{ quotaId: 'GenerateRequestsPerMinutePerProjectPerModel' }],
}
const day = { ...minute, violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' }] }
const retryIn = (retryDelay: string) => ({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay })
const planAndBilling = 'You exceeded your current quota, please check your plan and billing details.'
const exhausted = 'RESOURCE_EXHAUSTED'

test.each([
  ['a minute’s quota', apiError(429, planAndBilling, exhausted, [minute, retryIn('37s')]), 'TransientError', 37_000],
  ['a delay in parts of a second', apiError(429, 'Too many', exhausted, [retryIn('0.250s')]), 'TransientError', 250],
  [
    'a delay in the message',
    apiError(429, `${planAndBilling} Please retry in 36.9s.`, exhausted),
    'TransientError',
    36_900,
  ],
  ['a minute’s quota without a delay', apiError(429, planAndBilling, exhausted, [minute]), 'TransientError', undefined],
  [
    'a busy model',
    apiError(429, 'Resource exhausted. Please try again later.', exhausted),
    'TransientError',
    undefined,
  ],
  [
    'a day’s quota, with a delay',
    apiError(429, planAndBilling, exhausted, [day, retryIn('37s')]),
    'AccountError',
    undefined,
  ],
  [
    'no free tier',
    apiError(429, `${planAndBilling}\n* limit: 0, model: x\nPlease retry in 3s.`, exhausted),
    'AccountError',
    undefined,
  ],
  ['no credit', apiError(429, planAndBilling, exhausted), 'AccountError', undefined],
  ['overloaded', apiError(503, 'The model is overloaded.', 'UNAVAILABLE'), 'TransientError', undefined],
  ['internal', apiError(500, 'An internal error has occurred.', 'INTERNAL'), 'TransientError', undefined],
  ['too late', apiError(504, 'Deadline expired.', 'DEADLINE_EXCEEDED'), 'TransientError', undefined],
  [
    'a wrong key',
    apiError(400, 'API key not valid. Please pass a valid API key.', 'INVALID_ARGUMENT'),
    'AccountError',
    undefined,
  ],
  [
    'an old key',
    apiError(400, 'Renew it.', 'INVALID_ARGUMENT', [{ reason: 'API_KEY_EXPIRED' }]),
    'AccountError',
    undefined,
  ],
  [
    'no key',
    apiError(403, "Method doesn't allow unregistered callers", 'PERMISSION_DENIED'),
    'AccountError',
    undefined,
  ],
  ['no billing', apiError(400, 'Enable billing.', 'FAILED_PRECONDITION'), 'AccountError', undefined],
  ['nothing there', apiError(404, 'models/x is not found', 'NOT_FOUND'), 'AccountError', undefined],
  [
    'too much',
    apiError(400, 'The input token count exceeds the maximum', 'INVALID_ARGUMENT'),
    'RefusedError',
    undefined,
  ],
  [
    'no reading',
    apiError(400, 'Model tried to generate text, but it should only be used for TTS.'),
    'BrokenAnswerError',
    undefined,
  ],
])('%s', (_what, error, name, retryAfterMs) => {
  expect(sortGeminiError(error, 'gemini-3.8-flash')).toMatchObject({ name, retryAfterMs, charges: [] })
})

test('a body that holds a body in its message, as gateways send it', () => {
  const inner = JSON.stringify([
    { error: { code: 429, message: 'Slow down.', status: exhausted, details: [retryIn('2s')] } },
  ])
  const error = sortGeminiError(apiError(429, inner, 'Too Many Requests'))
  expect(error).toMatchObject({ name: 'TransientError', retryAfterMs: 2000 })
  expect(error.message).toContain('Slow down.')
  expect(error.message).not.toContain('{')
})

test.each([
  [429, '', 'TransientError', 3000],
  [503, '<html><title>Busy</title></html>', 'TransientError', 3000],
  [503, '{', 'TransientError', 3000],
])('%d with the body %j and a header that says how long to wait', (status, body, name, retryAfterMs) => {
  const error = new StatusError({ status, headers: new Headers({ 'Retry-After': '3' }) }, body)
  expect(sortGeminiError(error)).toMatchObject({ name, retryAfterMs, charges: [] })
})

test('says in one line what to do', () => {
  vi.stubEnv('GOOGLE_API_KEY', undefined)
  expect(sortGeminiError(apiError(400, 'API key not valid.')).message).toMatch(
    /^Gemini .*API key not valid.*aistudio\.google\.com\/apikey.*GEMINI_API_KEY$/,
  )
  expect(sortGeminiError(apiError(404, 'not found'), 'gemini-9').message).toMatch(
    /^Gemini .*gemini-9.*clipforge doctor.*not found/,
  )
  expect(sortGeminiError(apiError(429, planAndBilling)).message).toMatch(/^Gemini.*aistudio\.google\.com\/billing$/)
  vi.unstubAllEnvs()
})

test('nobody knows what an answer costs that cannot be read', () => {
  expect(sortGeminiError(new SyntaxError('Unexpected token <'))).toMatchObject({
    name: 'BrokenAnswerError',
    charges: undefined,
  })
  expect(sortGeminiError(new TypeError('terminated'))).toMatchObject({ name: 'TransientError', charges: undefined })
})
