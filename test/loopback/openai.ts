// OpenAI's stand-in: its wire format with real media in it, and its own strictness about what it is asked.
import { createHash, randomBytes } from 'node:crypto'
import { models as catalogue } from '../../core/models.ts'
import type { HeardWord } from '../../core/ports.ts'
import { wavOf } from '../../core/wav.ts'
import { decodeSound } from '../../providers/media/sound.ts'
import { answerFor } from './answers.ts'
import { faultIn } from './openai-bodies.ts'
import { badKey, errorOf, noModel, openaiFaults } from './openai-faults.ts'
import { pictureFor } from './pictures.ts'
import { startLoopback, type Answer, type Loopback, type Received, type Vendor } from './server.ts'
import { mp3Of, speechFor, tonesIn } from './speech.ts'

export type OpenAIOptions = Pick<Vendor, 'delayMs' | 'concurrencyLimit'> & { key?: string }

export function startOpenAI({ key = 'test-key-openai', ...options }: OpenAIOptions = {}): Promise<Loopback> {
  /** What was said in the sounds that it made, by their samples. */
  const said = new Map<string, HeardWord[]>()
  const answers: Record<string, (body: Body) => Answer | Promise<Answer>> = {
    'POST /v1/chat/completions': chat,
    'POST /v1/images/generations': pictures,
    'POST /v1/audio/speech': (body) => speech(body, said),
    'POST /v1/audio/transcriptions': (body) => transcription(body, said),
    'GET /v1/models': listModels,
  }
  return startLoopback({
    ...options,
    faults: openaiFaults,
    answer: async (request) => {
      const answer = await answerOf(request)
      return { ...answer, headers: { ...headers(), ...answer.headers } }
    },
  })

  async function answerOf({ method, path, headers: { authorization = '' }, body }: Received): Promise<Answer> {
    if (authorization !== `Bearer ${key}`) return badKey(authorization.replace('Bearer ', ''))
    const route = `${method} ${path.split('?')[0]}`
    const answer = answers[route]
    if (!answer) return errorOf(404, { message: `Invalid URL (${route})`, type: 'invalid_request_error' })
    if (method === 'GET') return answer({})
    const fault = faultIn(path, body)
    if (fault) return errorOf(400, { type: 'invalid_request_error', ...fault })
    const { model } = body as { model: string }
    return modelsFor[path]?.some((it) => it === model || model.startsWith(`${it}-20`))
      ? answer(body as Body)
      : noModel(model)
  }
}

type Body = Record<string, unknown>

const modelsFor: Record<string, string[]> = {
  '/v1/chat/completions': ['gpt-6-luna', 'gpt-6-sol', 'gpt-6.1-terra', 'gpt-5.6-luna', 'gpt-5.4-mini'],
  '/v1/images/generations': [
    'gpt-image-2',
    'gpt-image-2.5-flare',
    'gpt-image-2.5-sunburst',
    'gpt-image-2.6-flare',
    'gpt-image-2.6-sunburst',
  ],
  '/v1/audio/speech': ['gpt-4o-mini-tts', 'tts-1', 'tts-1-hd'],
  '/v1/audio/transcriptions': ['whisper-1'],
}

const createdSeconds = 1_790_000_000

function chat({ model, messages, response_format }: Body): Answer {
  const { json_schema: { name, schema = {} } = {} } = (response_format ?? {}) as {
    json_schema?: { name?: string; schema?: object }
  }
  const said = messages as { role: string; content: string | { text: string }[] }[]
  const textBy = (...roles: string[]) =>
    said
      .filter(({ role }) => roles.includes(role))
      .map(({ content }) => (typeof content === 'string' ? content : content.map(({ text }) => text).join('\n')))
      .join('\n')
  const [instructions, input] = [textBy('system', 'developer'), textBy('user')]
  const content = JSON.stringify(answerFor(name, schema, instructions, input))
  const usage = {
    prompt_tokens: tokensIn(instructions + input + JSON.stringify(schema)),
    completion_tokens: tokensIn(content) + reasoningTokens,
    completion_tokens_details: { reasoning_tokens: reasoningTokens, audio_tokens: 0 },
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  }
  return {
    status: 200,
    body: {
      id: `chatcmpl-${randomBytes(12).toString('hex')}`,
      object: 'chat.completion',
      created: createdSeconds,
      model,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content, refusal: null, annotations: [] },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens },
      service_tier: 'default',
    },
  }
}
const reasoningTokens = 64

/** Of English. */
function tokensIn(text: string): number {
  return Math.ceil(text.length / 4)
}

async function pictures({ prompt, size = '1024x1024', quality = 'medium', output_format = 'png', n = 1 }: Body) {
  const wanted = size === 'auto' ? '1024x1024' : (size as string)
  const [widthPx = 0, heightPx = 0] = wanted.split('x').map(Number)
  const type = output_format as 'png' | 'jpeg' | 'webp'
  const picture = await pictureFor(prompt as string, widthPx, heightPx, type)
  const textTokens = tokensIn(prompt as string)
  const perPicture = Math.round(((tokensPerMegapixel[quality as string] ?? 1056) * widthPx * heightPx) / 1024 ** 2)
  const outputTokens = perPicture * (n as number)
  return {
    status: 200,
    body: {
      created: createdSeconds,
      background: 'opaque',
      output_format,
      quality,
      size: wanted,
      data: Array.from({ length: n as number }, () => ({ b64_json: picture.toString('base64') })),
      usage: {
        input_tokens: textTokens,
        input_tokens_details: { image_tokens: 0, text_tokens: textTokens },
        output_tokens: outputTokens,
        output_tokens_details: { image_tokens: outputTokens, text_tokens: 0 },
        total_tokens: textTokens + outputTokens,
      },
    },
  }
}
const tokensPerMegapixel: Record<string, number> = { low: 272, medium: 1056, high: 7024 }

function speech({ input, response_format = 'mp3' }: Body, said: Map<string, HeardWord[]>): Answer {
  const { sound, words } = speechFor(input as string)
  said.set(hashOfSamples(sound.samples), words)
  if (response_format === 'mp3') return { status: 200, headers: { 'content-type': 'audio/mpeg' }, body: mp3Of(sound) }
  if (response_format === 'pcm') {
    const { buffer, byteOffset, byteLength } = sound.samples
    return {
      status: 200,
      headers: { 'content-type': 'audio/pcm' },
      body: new Uint8Array(buffer, byteOffset, byteLength),
    }
  }
  return { status: 200, headers: { 'content-type': 'audio/wav' }, body: streamed(wavOf(sound)) }
}

/** Its WAV files are written while they are made, so their headers do not know how long they will be. */
function streamed(wav: Uint8Array): Uint8Array {
  const view = new DataView(wav.buffer, wav.byteOffset)
  view.setUint32(4, 0xff_ff_ff_ff, true)
  view.setUint32(40, 0xff_ff_ff_ff, true)
  return wav
}

async function transcription({ file, prompt = '', language = 'en' }: Body, said: Map<string, HeardWord[]>) {
  const sound = await decodeSound(file as Buffer)
  const seconds = sound.samples.length / sound.sampleRateHz
  const guess = (prompt as string).split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const words =
    said.get(hashOfSamples(sound.samples)) ?? tonesIn(sound).map((tone, at) => ({ text: guess[at] ?? 'la', ...tone }))
  const text = words.map((word) => word.text).join(' ')
  return {
    status: 200,
    body: {
      task: 'transcribe',
      language: new Intl.DisplayNames('en', { type: 'language' }).of(language as string)?.toLowerCase(),
      duration: Math.round(seconds * 100) / 100,
      text,
      words: words.map((word) => ({
        // Without the marks around it, as the vendor gives it.
        word: word.text.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, ''),
        start: Math.round(word.startMs) / 1000,
        end: Math.round(word.endMs) / 1000,
      })),
      usage: { type: 'duration', seconds: Math.ceil(seconds) },
    },
  }
}

function hashOfSamples({ buffer, byteOffset, byteLength }: Int16Array): string {
  return createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex')
}

function listModels(): Answer {
  const data = Object.values(modelsFor)
    .flat()
    .map((id) => ({
      id,
      object: 'model',
      created: createdSeconds,
      owned_by: 'system',
      shutdown_date: catalogue[id]?.retiresOn ?? null,
    }))
  return { status: 200, body: { object: 'list', data } }
}

function headers(): Record<string, string> {
  return {
    'x-request-id': `req_${randomBytes(16).toString('hex')}`,
    'openai-version': '2020-10-01',
    'openai-processing-ms': '12',
    'x-ratelimit-limit-requests': '500',
    'x-ratelimit-remaining-requests': '499',
    'x-ratelimit-reset-requests': '120ms',
    'x-ratelimit-limit-tokens': '200000',
    'x-ratelimit-remaining-tokens': '199000',
    'x-ratelimit-reset-tokens': '300ms',
  }
}
