import { expect, it } from 'vitest'
import type { CallRecord } from '../../core/ports.ts'
import { noticesOf } from '../../core/story.ts'

const call = (more: Partial<CallRecord>): CallRecord => ({
  key: 'k#1',
  stage: 'illustrate',
  scene: 2,
  provider: 'gemini',
  startedAt: '2026-11-23T10:00:00Z',
  ...more,
})

it('says who refused and who made it with what', () => {
  const calls = [
    call({ key: 'a#1', outcome: 'refused', reason: 'Gemini refused the picture (IMAGE_SAFETY)' }),
    call({ key: 's#1', provider: 'openai', about: 'to soften the prompt', outcome: 'made' }),
    call({ key: 'b#1', outcome: 'made' }),
  ]
  expect(noticesOf(calls)).toEqual([
    'scene 3: Gemini refused the picture (IMAGE_SAFETY); Gemini made it with a softened prompt',
  ])
})

it('says that a text card is shown', () => {
  const calls = [
    call({ key: 'a#1', outcome: 'refused', reason: 'Gemini refused the picture' }),
    call({ key: 'b#1', outcome: 'refused', reason: 'Gemini refused the picture' }),
    call({ key: 'c#1', provider: 'embedded', model: 'card-1', outcome: 'made' }),
  ]
  expect(noticesOf(calls)).toEqual(['scene 3: Gemini refused the picture; a text card is shown instead'])
})

it('tells who timed the words from who said them', () => {
  const narrate = (more: Partial<CallRecord>) => call({ stage: 'narrate', scene: undefined, ...more })
  const about = 'to time the words'
  const calls = [
    narrate({ key: 'a#1', provider: 'elevenlabs', outcome: 'refused', reason: 'ElevenLabs refuses this: blocked' }),
    narrate({ key: 'b#1', provider: 'gemini', outcome: 'made' }),
    narrate({ key: 'c#1', provider: 'elevenlabs', about, outcome: 'failed', reason: 'no permission' }),
    narrate({ key: 'd#1', provider: 'openai', about, outcome: 'made' }),
  ]
  expect(noticesOf(calls)).toEqual([
    'narrate: ElevenLabs refuses this: blocked; Gemini made it',
    'word times: no permission; OpenAI told them',
  ])
})

it('says how to have it made after all when every service was out of order', () => {
  const calls = [
    call({ key: 'a#1', outcome: 'failed', reason: 'Gemini is overloaded' }),
    call({ key: 'b#1', provider: 'embedded', model: 'scenes-1', outcome: 'made' }),
  ]
  expect(noticesOf(calls)).toEqual([
    'scene 3: Gemini is overloaded; what is embedded made it; make --again asks once more',
  ])
})

it('says nothing of a try that was followed by a good one', () => {
  const calls = [
    call({ key: 'a#1', outcome: 'failed', reason: 'Gemini is overloaded' }),
    call({ key: 'a#2', outcome: 'lost', reason: 'the answer broke off' }),
    call({ key: 'a#3', outcome: 'made' }),
    call({ scene: 3, key: 'd#1', outcome: 'made' }),
  ]
  expect(noticesOf(calls)).toEqual([])
})
