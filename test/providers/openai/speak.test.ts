import { expect, test } from 'vitest'
import type { AlignBrief } from '../../../core/ports.ts'
import { wordsOf } from '../../../core/words.ts'
import { openaiSpeaker } from '../../../providers/openai/speak.ts'
import { openaiAligner } from '../../../providers/openai/transcribe.ts'
import { speechFor } from '../../loopback/speech.ts'
import { alignment, speech, text } from './briefs.ts'
import { accounts, openaiHere } from './service.ts'

test('speech as it is sent, billed by its length', async () => {
  const server = await openaiHere()
  const making = accounts()
  const speaker = openaiSpeaker('gpt-4o-mini-tts')
  const { sound, characterTimes } = await speaker.make(speech, making)
  expect(sound).toEqual(speechFor(text).sound)
  expect(characterTimes).toBeUndefined()
  expect(speaker.maxCharacters).toBe(4096)
  expect(server.received[0]!.body).toEqual(speaker.request(speech))
  expect(server.received[0]!.body).toMatchObject({
    voice: 'coral',
    instructions: expect.stringContaining('English') as string,
  })
  const [{ charges }] = making.outcomes as [(typeof making.outcomes)[0]]
  expect(charges).toMatchObject([{ unit: 'characters', units: text.length }])
  expect(charges![0]!.costMicroUsd).toBeGreaterThan(0)
})

test('what a piece of speech depends on: not on its neighbours, and no instructions where none are taken', () => {
  const { request } = openaiSpeaker('tts-1')
  expect(request({ ...speech, before: 'Once.', after: 'The end.' })).toEqual(request(speech))
  expect(request(speech)).not.toHaveProperty('instructions')
})

test('the times of words in speech that it has made itself are true', async () => {
  await openaiHere()
  const { sound } = await openaiSpeaker('gpt-4o-mini-tts').make(speech, accounts())
  const making = accounts()
  const heard = await openaiAligner('whisper-1').make({ ...alignment, sound }, making)
  const { words } = speechFor(text)
  expect(heard.map(({ startMs, endMs }) => ({ startMs, endMs }))).toEqual(
    words.map(({ startMs, endMs }) => ({ startMs, endMs })),
  )
  const seconds = Math.ceil(sound.samples.length / sound.sampleRateHz)
  expect(making.outcomes[0]!.charges).toEqual([
    { provider: 'openai', model: 'whisper-1', unit: 'seconds', units: seconds, costMicroUsd: seconds * 100 },
  ])
})

test('what a transcription is asked', async () => {
  const server = await openaiHere()
  const aligner = openaiAligner('whisper-1')
  const heard = await aligner.make(alignment, accounts())
  expect(heard).toHaveLength(alignment.words.length)
  expect(server.received[0]!.body).toMatchObject({
    model: 'whisper-1',
    response_format: 'verbose_json',
    'timestamp_granularities[]': 'word',
    language: 'en',
    prompt: text,
    file: expect.any(Buffer) as Buffer,
  })
  const other = { ...alignment, sound: { ...alignment.sound, samples: alignment.sound.samples.slice(1) } }
  expect(aligner.request(other)).not.toEqual(aligner.request(alignment))
})

test('a transcription is told a language that it knows, and whole characters', () => {
  const aligner = openaiAligner('whisper-1')
  const asked = (part: Partial<AlignBrief>) =>
    aligner.request({ ...alignment, ...part }) as { language?: string; prompt: string }
  expect(asked({ language: 'pt-BR' }).language).toBe('pt')
  expect(asked({ language: 'nb' }).language).toBe('no')
  expect(asked({ language: 'ga' })).not.toHaveProperty('language')
  const { prompt } = asked({ words: wordsOf(`a${'𠮷'.repeat(900)}`, 'ja'), language: 'ja' })
  expect(prompt.length).toBeLessThanOrEqual(600)
  expect(prompt.isWellFormed()).toBe(true)
})

test('a sound that is larger than it takes is not sent', async () => {
  const server = await openaiHere()
  const making = accounts()
  const sound = { sampleRateHz: 44_100, samples: new Int16Array(13_000_000) }
  const times = openaiAligner('whisper-1').make({ ...alignment, sound }, making)
  await expect(times).rejects.toMatchObject({ name: 'RefusedError', charges: [] })
  expect(server.received).toEqual([])
})
