// A stand-in for ElevenLabs that speaks, aligns and plays: what it says can be heard by arithmetic (speech.ts).
import { Ajv2020 } from 'ajv/dist/2020.js'
import { models } from '../../core/models.ts'
import { voices } from '../../core/voices.ts'
import { detailOf, elevenLabsFaults } from './elevenlabs-faults.ts'
import { musicMp3 } from './music.ts'
import schemas from './schemas/elevenlabs.json' with { type: 'json' }
import { startLoopback, type Answer, type Loopback, type Received, type Vendor } from './server.ts'
import { mp3Of, speechFor, tonesIn } from './speech.ts'
import { soundInWav } from './wav.ts'

export type ElevenLabsOptions = Pick<Vendor, 'delayMs' | 'concurrencyLimit'> & {
  key?: string
  /** What the times of characters look like; they are true without it. */
  alignment?: Oddity
  /** For a character; 1 without it. */
  creditsPerCharacter?: number
  /** Of the account; the key may not ask for it when undefined. */
  charactersLeft?: number
}

export function startElevenLabs(options: ElevenLabsOptions = {}): Promise<Loopback> {
  const { key = 'test-key-elevenlabs', delayMs, concurrencyLimit } = options
  return startLoopback({
    answer: (request) => {
      if (request.headers['xi-api-key'] !== key) return detailOf(401, 'invalid_api_key', 'Invalid API key')
      const { pathname, searchParams } = new URL(request.path, 'http://localhost')
      const route = routes.find(({ method, path }) => method === request.method && path.test(pathname))
      if (!route) return { status: 404, body: { detail: 'Not Found' } }
      const wrong = route.schema && wrongIn(route.schema, request.body, searchParams)
      const answer = wrong ?? route.answer(request.body as Body, pathname, options)
      return { ...answer, headers: { ...headersFor(request, options), ...answer.headers } }
    },
    faults: elevenLabsFaults,
    ...(delayMs ? { delayMs } : {}),
    ...(concurrencyLimit === undefined ? {} : { concurrencyLimit }),
  })
}

type Oddity = 'none' | 'null' | 'absent' | 'normalized only' | 'drifting' | 'uneven' | 'of another text'
type Body = Record<string, unknown>
type Route = {
  method: 'GET' | 'POST'
  path: RegExp
  /** What is in its query is under the same name with '-query' behind it. */
  schema?: 'with-timestamps' | 'forced-alignment' | 'music' | 'speech-to-text'
  answer: (body: Body, path: string, options: ElevenLabsOptions) => Answer
}

const routes: Route[] = [
  { method: 'POST', path: /^\/v1\/text-to-speech\/\w+\/with-timestamps$/, schema: 'with-timestamps', answer: speak },
  { method: 'POST', path: /^\/v1\/forced-alignment$/, schema: 'forced-alignment', answer: align },
  { method: 'POST', path: /^\/v1\/music$/, schema: 'music', answer: compose },
  { method: 'POST', path: /^\/v1\/speech-to-text$/, schema: 'speech-to-text', answer: transcribe },
  { method: 'GET', path: /^\/v1\/models$/, answer: () => ({ status: 200, body: speakingModels.map(modelOf) }) },
  {
    method: 'GET',
    path: /^\/v[12]\/voices$/,
    answer: () => ({ status: 200, body: { voices: voiceList, has_more: false } }),
  },
  { method: 'GET', path: /^\/v1\/user\/subscription$/, answer: (_body, _path, options) => subscriptionOf(options) },
]

const ajv = new Ajv2020({ strict: false })
const checks = new Map(Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]))

function wrongIn(schema: NonNullable<Route['schema']>, body: unknown, query: URLSearchParams): Answer | undefined {
  return invalid(`${schema}-query`, 'query', Object.fromEntries(query)) ?? invalid(schema, 'body', body)
}

function invalid(schema: keyof typeof schemas, part: 'query' | 'body', value: unknown): Answer | undefined {
  const check = checks.get(schema)!
  if (check(value)) return undefined
  const detail = (check.errors ?? []).map(({ instancePath, message, params }) => ({
    type: 'value_error',
    loc: [
      part,
      ...instancePath.split('/').slice(1),
      ...('missingProperty' in params ? [params['missingProperty'] as string] : []),
    ],
    msg: message,
  }))
  return { status: 422, body: { detail } }
}

let requests = 0
function headersFor(
  { body }: Received,
  { concurrencyLimit = 5, creditsPerCharacter = 1 }: ElevenLabsOptions,
): Record<string, string> {
  const text = (body as Body | undefined)?.['text']
  return {
    'request-id': `request-${++requests}`,
    'current-concurrent-requests': '1',
    'maximum-concurrent-requests': String(concurrencyLimit),
    ...(typeof text === 'string'
      ? { 'character-cost': String(Math.round([...text].length * creditsPerCharacter)) }
      : {}),
  }
}

const spoken = new Map<string, string>()

function speak(body: Body, path: string, { alignment = 'none' }: ElevenLabsOptions): Answer {
  const { text, model_id: model = 'eleven_multilingual_v2' } = body as { text: string; model_id?: string }
  const voice = path.split('/')[3]!
  const known = speakingModels.includes(model) ? models[model] : undefined
  if (!known) return detailOf(400, 'model_not_found', `A model with model ID ${model} does not exist.`)
  if (!voiceIds.has(voice)) return detailOf(404, 'voice_not_found', `A voice for the voice_id ${voice} was not found.`)
  if (/multilingual|flash_v2$/.test(model) && body['language_code'])
    return detailOf(400, 'unsupported_language', `Model '${model}' does not support language_code.`)
  if (model === 'eleven_v3' && (body['previous_text'] ?? body['next_text']))
    return detailOf(400, 'unsupported_parameter', `Model '${model}' does not support previous_text and next_text.`)
  const most = known.limits.maxCharacters ?? 5000
  const count = [...text].length
  if (count > most)
    return detailOf(
      400,
      'max_character_limit_exceeded',
      `This request's text has ${count} characters and exceeds the character limit of ${most} characters.`,
    )
  const { sound, characterTimes } = speechFor(text)
  const audio = spoken.get(text) ?? mp3Of(sound).toString('base64')
  spoken.set(text, audio)
  const times = {
    characters: characterTimes.characters,
    character_start_times_seconds: characterTimes.startsMs.map((ms) => ms / 1000),
    character_end_times_seconds: characterTimes.endsMs.map((ms) => ms / 1000),
  }
  return { status: 200, body: { audio_base64: audio, ...oddities[alignment](times) } }
}

type Times = { characters: string[]; character_start_times_seconds: number[]; character_end_times_seconds: number[] }
const oddities = {
  none: (times) => ({ alignment: times, normalized_alignment: times }),
  null: () => ({ alignment: null, normalized_alignment: null }),
  absent: () => ({}),
  'normalized only': (times) => ({ alignment: null, normalized_alignment: times }),
  drifting: (times) => ({ alignment: drifting(times), normalized_alignment: null }),
  uneven: (times) => ({
    alignment: { ...times, character_end_times_seconds: times.character_end_times_seconds.slice(1) },
  }),
  'of another text': (times) => ({ alignment: { ...times, characters: times.characters.map(() => 'x') } }),
} satisfies Record<Oddity, (times: Times) => { alignment?: Times | null; normalized_alignment?: Times | null }>

function drifting(times: Times): Times {
  const later = (seconds: number[]) => seconds.map((it) => Math.round(it * 1100) / 1000)
  return {
    characters: times.characters,
    character_start_times_seconds: later(times.character_start_times_seconds),
    character_end_times_seconds: later(times.character_end_times_seconds),
  }
}

function align(body: Body): Answer {
  const sound = soundInWav(body['file'])
  if (!sound) return detailOf(400, 'invalid_audio', 'The file could not be decoded as audio.')
  const text = String(body['text'])
  const said = text.split(/\s+/).filter((token) => /[\p{L}\p{N}]/u.test(token))
  const tones = tonesIn(sound)
  const durationMs = (1000 * sound.samples.length) / sound.sampleRateHz
  const words = said.map((word, index) => {
    const even = { startMs: (durationMs * index) / said.length, endMs: (durationMs * (index + 1)) / said.length }
    const { startMs, endMs } = tones.length === said.length ? tones[index]! : even
    return { text: word, start: round(startMs), end: round(endMs), loss: 0.1 }
  })
  const characters = words.flatMap(({ text: word, start, end }) => [...word].map((it) => ({ text: it, start, end })))
  return { status: 200, body: { characters, words, loss: 0.1 } }
}

const round = (ms: number) => Math.round(ms) / 1000

/** It hears that words are said, and when; which ones it cannot know. */
function transcribe(body: Body): Answer {
  const sound = soundInWav(body['file'])
  if (!sound) return detailOf(400, 'invalid_audio', 'The file could not be decoded as audio.')
  const words = tonesIn(sound).map(({ startMs, endMs }) => {
    return { text: 'tone', start: round(startMs), end: round(endMs), type: 'word', logprob: -0.1 }
  })
  const text = words.map((word) => word.text).join(' ')
  return { status: 200, body: { language_code: 'eng', language_probability: 0.98, text, words } }
}

function compose(body: Body): Answer {
  const { music_length_ms: lengthMs = 30_000 } = body as { music_length_ms?: number }
  return { status: 200, headers: { 'content-type': 'audio/mpeg' }, body: musicMp3(lengthMs) }
}

const speakingModels = Object.keys(models).filter((id) => id.startsWith('eleven_'))
const modelOf = (id: string) => ({
  model_id: id,
  name: models[id]!.name,
  can_do_text_to_speech: true,
  maximum_text_length_per_request: models[id]!.limits.maxCharacters,
  languages: [{ language_id: 'en', name: 'English' }],
})

const voiceList = Object.values(voices).flatMap((voice) =>
  'elevenLabsId' in voice ? [{ voice_id: voice.elevenLabsId, name: voice.name, category: 'premade' }] : [],
)
const voiceIds = new Set<string>(voiceList.map(({ voice_id: id }) => id))

function subscriptionOf({ charactersLeft }: ElevenLabsOptions): Answer {
  if (charactersLeft === undefined)
    return detailOf(
      401,
      'missing_permissions',
      'The API key you used is missing the permission user_read to execute this operation.',
    )
  return {
    status: 200,
    body: { tier: 'starter', character_count: 10_000 - charactersLeft, character_limit: 10_000, status: 'active' },
  }
}
