import { expect, test } from 'vitest'
import { InputError, NotFoundError, TransientError } from '../../../core/errors.ts'
import { exitCodeOf, lastWordsOf, ReclaimedError } from '../../../render-container/cloud/exit.ts'

test('an exit code says whether another machine is worth it', () => {
  expect(exitCodeOf(new InputError('scenes[1].clip: has no picture'))).toBe(64)
  expect(exitCodeOf(new NotFoundError('no video v1'))).toBe(64)
  expect(exitCodeOf(new TransientError('the disk is full'))).toBe(75)
  expect(exitCodeOf(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }))).toBe(75)
  expect(exitCodeOf(new TypeError('fetch failed'))).toBe(75)
  expect(exitCodeOf('thrown as text')).toBe(75)
  expect(exitCodeOf(new ReclaimedError('stopped by SIGTERM'))).toBe(143)
})

test('last words are one line of bounded length', () => {
  const { name, message } = lastWordsOf(new TransientError(`first\nsecond ${'x'.repeat(5000)}`))
  expect(name).toBe('TransientError')
  expect(message).toMatch(/^first second x/)
  expect(message.length).toBeLessThanOrEqual(1000)
})
