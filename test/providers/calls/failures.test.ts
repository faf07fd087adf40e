import { expect, onTestFinished, test, vi } from 'vitest'
import { retryAfterMs, sortByStatus } from '../../../providers/calls/failures.ts'

test.each([
  [408, 'TransientError'],
  [409, 'TransientError'],
  [425, 'TransientError'],
  [429, 'TransientError'],
  [500, 'TransientError'],
  [503, 'TransientError'],
  [529, 'TransientError'],
  [401, 'AccountError'],
  [402, 'AccountError'],
  [403, 'AccountError'],
  [404, 'AccountError'],
  [400, 'RefusedError'],
  [413, 'RefusedError'],
  [415, 'RefusedError'],
  [422, 'RefusedError'],
  [200, 'BrokenAnswerError'],
  [302, 'BrokenAnswerError'],
  [418, 'BrokenAnswerError'],
  [undefined, 'BrokenAnswerError'],
] as const)('status %s is a %s', (status, name) => {
  const cause = new Error('why')
  const error = sortByStatus('openai', status, 'words', { retryAfterMs: 7, cause })
  const charges = name === 'BrokenAnswerError' ? undefined : []
  expect(error).toMatchObject({ name, charges, retryAfterMs: 7, cause })
  expect(error.message).toMatch(status ? new RegExp(`^OpenAI .* \\(${status}\\): words`) : /^OpenAI .*: words/)
})

test('says what to do about a key, a bill and a model', () => {
  vi.stubEnv('GOOGLE_API_KEY', undefined)
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(sortByStatus('gemini', 401, 'Bad key.', {}).message).toBe(
    'Gemini does not accept the key in GEMINI_API_KEY (401): Bad key. Make a key at https://aistudio.google.com/apikey and put it there',
  )
  vi.stubEnv('GOOGLE_API_KEY', 'a-key-of-google')
  expect(sortByStatus('gemini', 403, 'no', {}).message).toContain('to the key in GOOGLE_API_KEY (403): no. See')
  expect(sortByStatus('elevenlabs', 402, 'pay', {}).message).toContain('https://elevenlabs.io/app/subscription')
  expect(sortByStatus('openai', 404, '', {}).message).toContain('has no such model (404). See')
})

test.each([
  ['400 {"error":{"message":"Too long.","type":"x"}}', 'Too long.'],
  ['Status code: 422\nBody: {\n "detail": {\n "status": "s",\n "message": "No such voice" } }', 'No such voice'],
  ['{"detail":[{"loc":["body"],"msg":"field required"}]}', 'field required'],
  ['{"detail":"Unauthorized"}', 'Unauthorized'],
  ['{"error":{"message":"{\\"error\\":{\\"message\\":\\"inner\\"}}"}}', 'inner'],
  ['<html><head><title>502 Bad Gateway</title></head></html>', "an HTML page titled '502 Bad Gateway'"],
  ['two\n lines\t here [see', 'two lines here [see'],
  ['x'.repeat(5000), `${'x'.repeat(199)}…`],
])('of %j it says only the words', (message, words) => {
  expect(sortByStatus('openai', 400, message, {}).message).toBe(`OpenAI refused the request (400): ${words}`)
})

test.each([
  [{ 'retry-after': '7' }, 7000],
  [{ 'Retry-After': '1.5' }, 1500],
  [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
  [{ 'retry-after': 'Mon, 23 Nov 2026 10:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Mon, 23 Nov 2026 09:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '-5' }, undefined],
  [{ 'retry-after': '' }, undefined],
  [{}, undefined],
  [undefined, undefined],
] as [Record<string, string> | undefined, number | undefined][])('%j asks to wait %s ms', (headers, ms) => {
  vi.useFakeTimers({ now: Date.parse('2026-11-23T10:00:00Z') })
  onTestFinished(() => void vi.useRealTimers())
  expect(retryAfterMs(headers)).toBe(ms)
  expect(retryAfterMs(headers && new Headers(headers))).toBe(ms)
})
