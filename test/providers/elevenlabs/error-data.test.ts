import { expect, test } from 'vitest'
import { networkFailure } from '../../../providers/calls/network.ts'
import { dataOf, errorOf } from '../../../providers/elevenlabs/error-data.ts'
import { sortError } from '../../../providers/elevenlabs/failures.ts'

const key = 'sk_"0123456789"'
const across = (error: unknown) => errorOf(structuredClone(dataOf(error, key)))

test('what a service said and when to come again crosses over', () => {
  const body = { detail: { status: 'system_busy', message: 'Come back later' } }
  const rawResponse = { headers: new Headers({ 'retry-after': '7' }) }
  const error = Object.assign(new Error('Status code: 429'), { statusCode: 429, body, rawResponse })
  const { name, message, retryAfterMs } = sortError(across(error))
  expect({ name, message, retryAfterMs }).toEqual({
    name: 'TransientError',
    message: 'ElevenLabs is busy: Come back later',
    retryAfterMs: 7000,
  })
})

test.each([
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('no'), { code: 'ECONNREFUSED', syscall: 'connect' }),
  }),
  new Error('x', { cause: new AggregateError([Object.assign(new Error('no'), { code: 'ENETUNREACH' })]) }),
  new Error('x', { cause: Object.assign(new Error('Body Timeout'), { code: 'UND_ERR_BODY_TIMEOUT' }) }),
  new Error('x', { cause: 'terminated' }),
  new DOMException('This operation was aborted', 'AbortError'),
  new Error('something else'),
])('%s is the same on the other side', (error) => {
  const here = networkFailure('elevenlabs', error)
  const there = networkFailure('elevenlabs', across(error))
  expect(there?.message).toBe(here?.message)
  expect(there?.charges).toEqual(here?.charges)
})

test('the key stays where it is', () => {
  const body = { detail: `${key} is no key` }
  const cause = Object.assign(new Error(`Bad header: ${key}`), { request: { headers: { 'xi-api-key': key } } })
  const data = dataOf(Object.assign(new Error('x', { cause }), { body }), key)
  expect(data).toMatchObject({ body: { detail: '[key] is no key' }, cause: { message: 'Bad header: [key]' } })
  expect(JSON.stringify(data)).not.toMatch(/0123456789/)
})

test('what only looks like a failing Error fails, too', () => {
  const itself = new Error('round')
  itself.cause = itself
  expect(across(itself).message).toBe('round')
  expect(across('a text').message).toBe('a text')
})
