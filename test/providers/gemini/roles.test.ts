// What is sent, and what is made of what comes back.
import { describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { picturePromptOf } from '../../../core/art.ts'
import { voices } from '../../../core/voices.ts'
import { generate } from '../../../providers/gemini/client.ts'
import { geminiAsk } from '../../../providers/gemini/ask.ts'
import { geminiIllustrator } from '../../../providers/gemini/illustrate.ts'
import { probe } from '../../../providers/gemini/probe.ts'
import { geminiSpeaker } from '../../../providers/gemini/speak.ts'
import { wavOf } from '../../../core/wav.ts'
import { mp3Of, speechFor } from '../../loopback/speech.ts'
import { bookkeeping, gemini, geminiThatSays, pictureBrief, question, speechBrief } from './stand-in.ts'

const usageMetadata = { promptTokenCount: 10, candidatesTokenCount: 30, thoughtsTokenCount: 5, totalTokenCount: 45 }
const saying = (parts: object[], more: object = {}) => ({
  candidates: [{ content: { parts }, finishReason: 'STOP', ...more }],
  usageMetadata,
})

describe('questions', () => {
  test('are asked with a schema and little thought', async () => {
    const server = await gemini()
    const making = bookkeeping()
    const answer = await geminiAsk('gemini-3.8-flash')(question, making)
    expect(answer.script.length).toBeGreaterThan(50)
    const { path, body } = server.received[0]!
    expect(path).toBe('/v1beta/models/gemini-3.8-flash:generateContent')
    expect((body as { generationConfig: object }).generationConfig).toEqual({
      responseMimeType: 'application/json',
      responseJsonSchema: {
        title: 'script',
        type: 'object',
        properties: { title: { type: 'string' }, script: { type: 'string' } },
        required: ['title', 'script'],
        additionalProperties: false,
      },
      maxOutputTokens: 2000,
      thinkingConfig: { thinkingLevel: 'LOW' },
    })
    expect(making.intents[0]!.estimateMicroUsd).toBeGreaterThan(making.settled[0]!.charges![0]!.costMicroUsd)
  })

  test('allow no more than a model can write', async () => {
    const server = await gemini()
    await geminiAsk('gemini-3.8-flash')({ ...question, maxOutputTokens: 200_000 }, bookkeeping())
    expect(server.received[0]).toMatchObject({ outcome: 'ok', body: { generationConfig: { maxOutputTokens: 65_536 } } })
  })

  test('leave out of their schema what the service does not know', async () => {
    const server = await gemini()
    const schema = z.object({
      items: z.array(z.string().min(1).max(9).regex(/./)).min(1),
      count: z.number().positive(),
    })
    const other = { ...question, name: 'other', schema, check: undefined }
    const answer = await geminiAsk('gemini-3.8-flash')(other, bookkeeping()).catch((error: Error) => error.name)
    expect(answer).not.toBe('RefusedError')
    expect(server.received[0]).toMatchObject({ outcome: 'ok' })
  })

  test('go to older models too, which know another way to think', async () => {
    const server = await gemini()
    await geminiAsk('gemini-2.5-flash')(question, bookkeeping())
    expect(server.received[0]).toMatchObject({ outcome: 'ok' })
  })

  const story = { title: 'Coffee', script: 'It begins with a bean.' }
  test.each([
    ['in a fence', saying([{ text: `\`\`\`json\n${JSON.stringify(story)}\n\`\`\`` }])],
    ['behind a thought', saying([{ text: 'Let me see', thought: true }, { text: JSON.stringify(story) }])],
    ['without an end', saying([{ text: JSON.stringify(story) }], { finishReason: undefined })],
  ])('an answer %s', async (_how, body) => {
    await geminiThatSays(body)
    expect(await geminiAsk('gemini-3.8-flash')(question, bookkeeping())).toEqual(story)
  })

  test.each([
    ['of another shape', saying([{ text: '{"title": 1}' }])],
    ['that is null', saying([{ text: 'null' }])],
    ['that breaks off', saying([{ text: JSON.stringify(story) }], { finishReason: 'MAX_TOKENS' })],
    ['to be continued', saying([{ text: '{' }], { finishReason: 'CONTINUATION', continuationToken: 'dG9rZW4=' })],
    ['without parts', saying([])],
    ['without candidates', { usageMetadata }],
  ])('an answer %s is of no use, and paid for', async (_how, body) => {
    const server = await geminiThatSays(body)
    const making = bookkeeping()
    await expect(geminiAsk('gemini-3.8-flash')(question, making)).rejects.toMatchObject({ name: 'BrokenAnswerError' })
    expect(server.received).toHaveLength(3)
    // 10 tokens at $0.75 and 35 at $3.75 a million.
    expect(making.settled[0]!.charges).toMatchObject([{ units: 45, costMicroUsd: 139 }])
  })

  test('an answer that the question itself finds fault with', async () => {
    await geminiThatSays(saying([{ text: JSON.stringify(story) }]))
    const picky = { ...question, check: () => 'it is about coffee' }
    await expect(geminiAsk('gemini-3.8-flash')(picky, bookkeeping())).rejects.toThrow('it is about coffee')
  })

  test('a body that is no object', async () => {
    const server = await geminiThatSays('null')
    await expect(geminiAsk('gemini-3.8-flash')(question, bookkeeping())).rejects.toMatchObject({
      name: 'BrokenAnswerError',
    })
    expect(server.received).toHaveLength(3)
  })
})

describe('pictures', () => {
  test.each([
    ['png', false],
    ['jpeg', true],
  ] as const)('come as %s', async (pictureType, drafts) => {
    const server = await gemini({ pictureType, drafts })
    const making = bookkeeping()
    const picture = await geminiIllustrator('gemini-nano-banana-2.1', 'medium').make(pictureBrief, making)
    expect(picture.contentType).toBe(`image/${pictureType}`)
    expect(picture.bytes.length).toBeGreaterThan(20_000)
    expect(server.received[0]!.body).toEqual({
      contents: [{ role: 'user', parts: [{ text: picturePromptOf(pictureBrief) }] }],
      generationConfig: { responseModalities: ['IMAGE'], imageConfig: { aspectRatio: '9:16', imageSize: '1K' } },
    })
    expect(making.settled).toMatchObject([
      { outcome: 'made', charges: [{ provider: 'gemini', unit: 'images', units: 1 }] },
    ])
    expect(making.settled[0]!.charges![0]!.costMicroUsd).toBeGreaterThan(33_600)
  })

  test.each([
    [1920, 1080, '16:9'],
    [1080, 1080, '1:1'],
    [1080, 1350, '4:5'],
  ])('of %d by %d', (widthPx, heightPx, aspectRatio) => {
    const { request } = geminiIllustrator('gemini-nano-banana-2.1', 'high')
    expect(request({ ...pictureBrief, widthPx, heightPx })).toMatchObject({
      config: { imageConfig: { aspectRatio, imageSize: '2K' } },
    })
  })

  test('words in the place of one are of no use', async () => {
    await geminiThatSays(saying([{ text: 'I cannot draw that.' }]))
    const making = bookkeeping()
    await expect(geminiIllustrator('gemini-nano-banana-2.1', 'low').make(pictureBrief, making)).rejects.toThrow(
      'I cannot draw that.',
    )
  })
})

describe('speech', () => {
  const { sound } = speechFor(speechBrief.text)
  const speaker = geminiSpeaker('gemini-3.8-flash-tts')

  test('is read, not answered, by the voice that is nearest', async () => {
    const server = await gemini()
    const making = bookkeeping()
    const spoken = await speaker.make(speechBrief, making)
    expect(spoken.sound).toEqual(sound)
    expect(spoken.characterTimes).toBeUndefined()
    const { contents, generationConfig } = server.received[0]!.body as { contents: object[]; generationConfig: object }
    expect(JSON.stringify(contents)).toMatch(/Read the transcript aloud.*TRANSCRIPT:\\nWhat is the capital of France\?/)
    expect(generationConfig).toEqual({
      responseModalities: ['AUDIO'],
      speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: voices.george.gemini } } },
    })
    expect(making.settled).toMatchObject([
      { outcome: 'made', charges: [{ unit: 'characters', units: speechBrief.text.length }] },
    ])
    expect(making.intents[0]!.estimateMicroUsd).toBeGreaterThanOrEqual(making.settled[0]!.charges![0]!.costMicroUsd)
  })

  const raw = Buffer.from(sound.samples.buffer, sound.samples.byteOffset, sound.samples.byteLength)
  test.each([
    ['audio/L16;codec=pcm;rate=24000', raw],
    ['audio/pcm; rate=24000', raw],
    ['', raw],
    ['audio/wav', Buffer.from(wavOf(sound))],
    ['audio/L16;codec=pcm;rate=24000', Buffer.from(wavOf(sound))],
    ['audio/mpeg', mp3Of(sound)],
  ])('comes as %s', async (mimeType, bytes) => {
    await geminiThatSays(saying([{ inlineData: { mimeType, data: bytes.toString('base64') } }]))
    const spoken = await speaker.make(speechBrief, bookkeeping())
    const seconds = spoken.sound.samples.length / spoken.sound.sampleRateHz
    expect(seconds).toBeCloseTo(sound.samples.length / sound.sampleRateHz, 1)
  })

  test('comes in parts', async () => {
    const mimeType = 'audio/L16;codec=pcm;rate=24000'
    const cut = Math.round(raw.length / 4) * 2
    const parts = [raw.subarray(0, cut), raw.subarray(cut)].map((part) => ({
      inlineData: { mimeType, data: part.toString('base64') },
    }))
    await geminiThatSays(saying(parts))
    expect((await speaker.make(speechBrief, bookkeeping())).sound).toEqual(sound)
  })

  const inlineData = { mimeType: 'audio/L16;codec=pcm;rate=24000', data: raw.toString('base64') }
  test.each(['OTHER', 'MAX_TOKENS'])('that ends with %s breaks off', async (finishReason) => {
    await geminiThatSays(saying([{ inlineData }], { finishReason }))
    await expect(speaker.make(speechBrief, bookkeeping())).rejects.toThrow(/breaks off/)
  })

  test('that is too short for its text is of no use', async () => {
    await geminiThatSays(saying([{ inlineData }]))
    const long = { ...speechBrief, text: speechBrief.text.repeat(5) }
    await expect(speaker.make(long, bookkeeping())).rejects.toThrow(/breaks off after/)
  })

  test('without a count of tokens is charged by its length', async () => {
    await geminiThatSays({ ...saying([{ inlineData }]), usageMetadata: undefined })
    const making = bookkeeping()
    await speaker.make(speechBrief, making)
    expect(making.settled[0]!.charges![0]!.costMicroUsd).toBeGreaterThan(1000)
  })
})

test('a signal stops a request whose body has begun', async () => {
  const server = await gemini()
  server.fail({ kind: 'stall' })
  const asked = { contents: 'Hello', config: {} }
  await expect(generate('gemini-3.8-flash', asked, AbortSignal.timeout(150))).rejects.toThrow(/abort/i)
})

test('an environment that means Google Cloud changes nothing', async () => {
  vi.stubEnv('GOOGLE_GENAI_USE_VERTEXAI', 'true')
  vi.stubEnv('GOOGLE_GENAI_USE_ENTERPRISE', 'true')
  const server = await gemini()
  await geminiAsk('gemini-3.8-flash')(question, bookkeeping())
  expect(server.received).toMatchObject([{ outcome: 'ok' }])
})

test('the models of an account, page by page', async () => {
  const server = await gemini()
  const { models } = await probe(AbortSignal.timeout(5000))
  expect(models?.map(({ id }) => id)).toContain('gemini-nano-banana-2.1')
  expect(server.received).toHaveLength(2)
})

test('a probe with a wrong key', async () => {
  const server = await gemini()
  vi.stubEnv('GEMINI_API_KEY', 'AIzaWrongWrongWrongWrongWrong')
  await expect(probe(AbortSignal.timeout(5000))).rejects.toMatchObject({ name: 'AccountError', charges: [] })
  expect(server.received).toHaveLength(1)
})
