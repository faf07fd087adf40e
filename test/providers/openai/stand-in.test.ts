// The stand-in is as strict as the service and answers our own questions as a careful model would.
import { loadImage } from '@napi-rs/canvas'
import { expect, test, vi } from 'vitest'
import { wordsOf } from '../../../core/words.ts'
import { openaiAsk } from '../../../providers/openai/ask.ts'
import { openaiSpeaker } from '../../../providers/openai/speak.ts'
import { plannerOf } from '../../../providers/text/plan.ts'
import { softenerOf } from '../../../providers/text/soften.ts'
import { writerOf } from '../../../providers/text/write.ts'
import { answerFor } from '../../loopback/answers.ts'
import { faultIn } from '../../loopback/openai-bodies.ts'
import { pictureFor } from '../../loopback/pictures.ts'
import { mp3Of, speechFor } from '../../loopback/speech.ts'
import { serve } from '../calls/making.ts'
import { speech, text } from './briefs.ts'
import { accounts, openaiHere } from './service.ts'

const model = 'gpt-6-luna'
const ask = openaiAsk(model)
const look = { style: 'warm-fable', keywords: [], negativeKeywords: [] } as const

test('a script for a topic, in so many scenes', async () => {
  await openaiHere()
  const brief = {
    ...look,
    keywords: [],
    negativeKeywords: [],
    topic: 'coffee',
    language: undefined,
    category: undefined,
  }
  const { script } = await writerOf('openai', model, ask).make({ ...brief, sceneCount: 4 }, accounts())
  expect(script.match(/[.?]/g)).toHaveLength(4)
  expect(script).toContain('coffee')
})

test.each([
  ['as many as suggested', undefined, undefined, 1],
  ['three', 3, undefined, 3],
  [
    'two that are fixed',
    undefined,
    [
      { firstWord: 0, lastWord: 9 },
      { firstWord: 10, lastWord: 20 },
    ],
    2,
  ],
])('a plan in scenes: %s', async (_name, sceneCount, spans, count) => {
  await openaiHere()
  const words = wordsOf(text, 'en')
  const planner = plannerOf('openai', model, ask)
  const brief = { ...look, keywords: [], negativeKeywords: [], words, language: 'en', sceneCount, spans }
  const { scenes, phraseEnds, publishing } = await planner.make(brief, accounts())
  expect(scenes).toHaveLength(count)
  expect(scenes.at(-1)!.lastWord).toBe(words.length - 1)
  expect(new Set(scenes.map(({ prompt }) => prompt)).size).toBe(scenes.length)
  expect(phraseEnds!.length).toBeGreaterThan(2)
  expect(publishing.tags.length).toBeGreaterThan(2)
})

test('a softer prompt', async () => {
  await openaiHere()
  const brief = { prompt: 'A battle', text, reason: 'violence' }
  expect(await softenerOf('openai', model, ask).make(brief, accounts())).not.toContain('attle')
})

test('any other question gets something that fits', () => {
  const schema = {
    type: 'object',
    properties: {
      a: { $ref: '#/$defs/kind' },
      b: { type: 'array', items: { type: 'integer', minimum: 3 }, minItems: 2 },
    },
    $defs: { kind: { enum: ['x', 'y'] } },
  }
  expect(answerFor('other', schema, '', '')).toEqual({ a: 'x', b: [3, 3] })
})

const chat = { model, messages: [{ role: 'user', content: 'Hello' }] }
const strict = (schema: object) => ({ type: 'json_schema', json_schema: { name: 'x', strict: true, schema } })
const image = { model: 'gpt-image-2', prompt: 'A cat' }

test.each([
  ['/v1/chat/completions', chat, 'valid'],
  ['/v1/chat/completions', { model }, "Missing required parameter: 'messages'."],
  ['/v1/chat/completions', { ...chat, prompt: 'x' }, "Unknown parameter: 'prompt'."],
  ['/v1/chat/completions', { ...chat, max_tokens: 9 }, "'max_completion_tokens'"],
  ['/v1/chat/completions', { ...chat, response_format: strict({ type: 'array' }) }, 'type: "object"'],
  [
    '/v1/chat/completions',
    {
      ...chat,
      response_format: strict({ type: 'object', properties: { a: {} }, required: [], additionalProperties: false }),
    },
    "Missing 'a'",
  ],
  ['/v1/images/generations', { ...image, quality: 'max', size: '1152x2048' }, 'valid'],
  ['/v1/images/generations', { ...image, quality: 'ultra' }, "Invalid value for 'quality'"],
  ['/v1/images/generations', { ...image, size: '1080x1920' }, '16 does not divide'],
  ['/v1/images/generations', { ...image, model: 'gpt-image-2.6-flare', size: '720x1280' }, 'not supported'],
  ['/v1/images/generations', { ...image, response_format: 'b64_json' }, "Unknown parameter: 'response_format'."],
  ['/v1/images/generations', { ...image, prompt: 'x'.repeat(32_001) }, 'maximum length 32000'],
  ['/v1/audio/speech', { model: 'tts-1', input: 'Hello', voice: 'nobody' }, "Invalid value for 'voice'"],
  ['/v1/audio/transcriptions', { model: 'whisper-1', file: Buffer.from('x'), language: 'en-GB' }, "'language'"],
])('%s: what the service refuses', (path, body, says) => {
  const message = faultIn(path, body)?.message
  expect(message ?? 'valid').toContain(says)
})

test('a model that is retired is refused', async () => {
  await openaiHere()
  await expect(openaiSpeaker('gpt-voice-0').make(speech, accounts())).rejects.toMatchObject({ name: 'AccountError' })
})

test('pictures are real, of the size and type asked for, and the same for the same prompt', async () => {
  for (const type of ['png', 'jpeg', 'webp'] as const) {
    const picture = await pictureFor('A fox in the snow', 320, 576, type)
    expect(await loadImage(picture)).toMatchObject({ width: 320, height: 576 })
    expect(await pictureFor('A fox in the snow', 320, 576, type)).toBe(picture)
  }
  expect(await pictureFor('A boat', 320, 576, 'png')).not.toEqual(await pictureFor('A fox', 320, 576, 'png'))
})

test.each([
  ['audio/mpeg', () => mp3Of(speechFor(text).sound)],
  ['audio/pcm', () => Buffer.from(speechFor(text).sound.samples.buffer)],
])('speech of another kind than was asked for: %s', async (type, bytes) => {
  const url = await serve((request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'content-type': type }).end(bytes()))
  })
  await openaiHere()
  vi.stubEnv('OPENAI_BASE_URL', `${url}/v1`)
  const { sound } = await openaiSpeaker('gpt-4o-mini-tts').make(speech, accounts())
  const seconds = speechFor(text).sound.samples.length / 24_000
  expect(sound.samples.length / sound.sampleRateHz).toBeCloseTo(seconds, 1)
})
