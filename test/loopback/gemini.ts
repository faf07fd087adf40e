// Gemini's stand-in: its wire format with real media in it, and its own strictness about what it is asked.
import { answerFor } from './answers.ts'
import { faultIn, type GenerateBody, type Makes } from './gemini-bodies.ts'
import { badKey, errorOf, geminiFaults, noModel, type GeminiBody, type Part } from './gemini-faults.ts'
import { pictureFor } from './pictures.ts'
import { startLoopback, type Answer, type Loopback, type Received, type Vendor } from './server.ts'
import { speechFor } from './speech.ts'

export type GeminiOptions = Pick<Vendor, 'delayMs' | 'concurrencyLimit'> & {
  key?: string
  /** Its models send PNG, some of them JPEG. */
  pictureType?: 'png' | 'jpeg'
  /** A picture comes with the thought before it, a draft, and some words. */
  drafts?: boolean
}

export function startGemini({
  key = 'test-key-gemini',
  pictureType = 'png',
  drafts = false,
  ...options
}: GeminiOptions = {}): Promise<Loopback> {
  return startLoopback({ ...options, faults: geminiFaults, answer: answerOf })

  async function answerOf({ method, path, headers, body }: Received): Promise<Answer> {
    if (headers['x-goog-api-key'] === undefined) return noCaller()
    if (headers['x-goog-api-key'] !== key) return badKey()
    const url = new URL(path, 'http://127.0.0.1')
    if (method === 'GET' && /^\/v1(?:beta)?\/models$/.test(url.pathname)) return listModels(url.searchParams)
    const model = /^\/v1(?:beta)?\/models\/([^/:]+):generateContent$/.exec(url.pathname)?.[1]
    if (method !== 'POST' || model === undefined)
      return { status: 404, headers: { 'content-type': 'text/html' }, body: notFound }
    const makes = makers[model]
    if (!makes) return noModel(model)
    const fault = faultIn(body, model, makes)
    if (fault !== undefined) return errorOf(400, 'INVALID_ARGUMENT', fault)
    const asked = body as GenerateBody
    if (makes === 'AUDIO') return answer(model, asked, speech(asked))
    if (makes === 'IMAGE') return answer(model, asked, await picture(asked, pictureType, drafts))
    return answer(model, asked, text(asked))
  }
}

const makers: Record<string, Makes> = {
  'gemini-2.5-flash': 'TEXT',
  'gemini-3.5-flash-lite': 'TEXT',
  'gemini-3.8-flash': 'TEXT',
  'gemini-3.8-flash-lite-tts': 'AUDIO',
  'gemini-3.8-flash-tts': 'AUDIO',
  'gemini-nano-banana-2.1': 'IMAGE',
}

type Made = { parts: Part[]; tokens: number; thoughtTokens?: number; modality: Makes }

function answer(model: string, asked: GenerateBody, { parts, tokens, thoughtTokens, modality }: Made): Answer {
  const promptTokenCount = tokensIn(saidIn(asked) + (asked.systemInstruction?.parts[0]?.text ?? ''))
  const body: GeminiBody & { responseId: string } = {
    candidates: [{ content: { parts, role: 'model' }, finishReason: 'STOP', index: 0 }],
    usageMetadata: {
      promptTokenCount,
      candidatesTokenCount: tokens,
      totalTokenCount: promptTokenCount + tokens + (thoughtTokens ?? 0),
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: promptTokenCount }],
      // Of text they are not told apart.
      ...(modality === 'TEXT' ? {} : { candidatesTokensDetails: [{ modality, tokenCount: tokens }] }),
      ...(thoughtTokens === undefined ? {} : { thoughtsTokenCount: thoughtTokens }),
    },
    modelVersion: model,
    responseId: 'resp-test',
  }
  return { status: 200, headers: { 'content-type': 'application/json; charset=UTF-8' }, body }
}

/** A long text comes in several parts. */
function text(asked: GenerateBody): Made {
  const { responseJsonSchema: schema = {} } = asked.generationConfig ?? {}
  const instructions = asked.systemInstruction?.parts.map((part) => part.text).join('') ?? ''
  const whole = JSON.stringify(answerFor(schema.title, schema, instructions, saidIn(asked)))
  const cut = whole.length >> 1
  const parts = [{ text: whole.slice(0, cut) }, { text: whole.slice(cut), thoughtSignature: 'c2lnbmF0dXJl' }]
  return { parts, tokens: tokensIn(whole), thoughtTokens: 64, modality: 'TEXT' }
}

async function picture(asked: GenerateBody, type: 'png' | 'jpeg', drafts: boolean): Promise<Made> {
  const { aspectRatio = '1:1', imageSize = '1K' } = asked.generationConfig?.imageConfig ?? {}
  const [widthPx = 1024, heightPx = 1024] = sizes[aspectRatio] ?? []
  const scale = { '1K': 1, '2K': 2, '4K': 4 }[imageSize] ?? 1
  const prompt = saidIn(asked)
  const inlineDataOf = async (...shape: [widthPx: number, heightPx: number]) => ({
    mimeType: `image/${type}`,
    data: (await pictureFor(prompt, ...shape, type)).toString('base64'),
  })
  const inlineData = await inlineDataOf(widthPx * scale, heightPx * scale)
  const made = { tokens: imageSize === '4K' ? 2000 : imageSize === '2K' ? 1680 : 1120, modality: 'IMAGE' as const }
  if (!drafts) return { ...made, parts: [{ inlineData }] }
  const draft = await inlineDataOf(64, 64)
  const thoughts: Part[] = [
    { text: 'The subject stands a little to the left.', thought: true },
    { inlineData: draft, thought: true },
    { text: 'Here is your picture:' },
  ]
  return { ...made, thoughtTokens: 180, parts: [...thoughts, { inlineData, thoughtSignature: 'c2lnbmF0dXJl' }] }
}

/** Of 1K pictures, in pixels; larger ones are multiples. */
const sizes: Record<string, [widthPx: number, heightPx: number]> = {
  '1:1': [1024, 1024],
  '2:3': [848, 1264],
  '3:2': [1264, 848],
  '3:4': [896, 1200],
  '4:3': [1200, 896],
  '4:5': [928, 1152],
  '5:4': [1152, 928],
  '9:16': [768, 1376],
  '16:9': [1376, 768],
  '21:9': [1584, 672],
}

/** Bare samples, 16 bits, the low byte first, whatever 'L16' means elsewhere. */
function speech(asked: GenerateBody): Made {
  const prompt = saidIn(asked)
  const { samples, sampleRateHz } = speechFor(/TRANSCRIPT:\s*(.*)$/s.exec(prompt)?.[1] ?? prompt).sound
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64')
  const tokens = Math.ceil((samples.length / sampleRateHz) * 25)
  return {
    parts: [{ inlineData: { mimeType: `audio/L16;codec=pcm;rate=${sampleRateHz}`, data } }],
    tokens,
    modality: 'AUDIO',
  }
}

function listModels(query: URLSearchParams): Answer {
  const names = Object.keys(makers)
  const from = Number(query.get('pageToken') ?? 0)
  // Fewer than are asked for, as the vendor may: so that who lists them must turn pages.
  const to = from + Math.min(Number(query.get('pageSize') ?? 50), 4)
  const models = names.slice(from, to).map((name) => ({
    name: `models/${name}`,
    version: '001',
    displayName: name,
    inputTokenLimit: makers[name] === 'AUDIO' ? 8192 : 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: ['generateContent', 'countTokens'],
    thinking: makers[name] === 'TEXT',
  }))
  return { status: 200, body: { models, ...(to < names.length ? { nextPageToken: String(to) } : {}) } }
}

function noCaller(): Answer {
  return errorOf(
    403,
    'PERMISSION_DENIED',
    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
  )
}

const notFound =
  '<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title><p>The requested URL was not found on this server.'

function saidIn({ contents }: GenerateBody): string {
  return contents.flatMap(({ parts }) => parts.map((part) => part.text ?? '')).join('')
}

/** Of English. */
function tokensIn(words: string): number {
  return Math.ceil(words.length / 4)
}
