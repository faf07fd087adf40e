import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { InputError, TransientError } from '../../core/errors.ts'
import { explain, plainly, revive } from '../../render-container/failure.ts'

test.skipIf(!existsSync('/dev/full'))('a full disk is named in plain words', async () => {
  const error: unknown = await writeFile('/dev/full', 'x').catch((reason: unknown) => reason)
  expect(plainly(error)).toBeInstanceOf(TransientError)
  expect(plainly(error).message).toBe('the disk is full; free some space and run it again')
})

test('libav says it in other words', () => {
  expect(plainly(new Error('could not write a.mp4: No space left on device')).name).toBe('TransientError')
})

test('an error keeps its class on its way out of a child, and says what was being done', () => {
  expect(revive(explain(new InputError('scene 2: no picture')), 'a picture')).toEqual(
    new InputError('scene 2: no picture'),
  )
  expect(revive(explain(new TransientError('later')), 'the sound')).toEqual(new TransientError('the sound: later'))
  expect(revive(explain('text'), 'the poster')).toEqual(new Error('the poster: text'))
})
