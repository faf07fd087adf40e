// How ElevenLabs goes wrong: its own error bodies, and answers with a status of 200 that are of no use.
import type { Answer, Vendor } from './server.ts'
import { mp3Of, speechFor } from './speech.ts'

export const elevenLabsFaults: Vendor['faults'] = {
  throttled: ({ reason, retryAfterSeconds = 1 }) =>
    reason === 'concurrency'
      ? detailOf(
          429,
          'too_many_concurrent_requests',
          'Too many concurrent requests. Your current subscription is associated with a maximum of 2 concurrent requests (running in parallel).',
        )
      : {
          ...detailOf(
            429,
            reason ?? 'system_busy',
            'We are experiencing high levels of traffic. Please try again later.',
          ),
          headers: { 'retry-after': String(retryAfterSeconds) },
        },
  overloaded: () => ({
    status: 503,
    headers: { 'content-type': 'text/plain' },
    body: 'upstream connect error or disconnect/reset before headers. reset reason: overflow',
  }),
  refused: ({ reason = 'content_against_policy' }) =>
    reason === 'validation'
      ? {
          status: 422,
          body: {
            detail: [
              { type: 'string_too_short', loc: ['body', 'text'], msg: 'String should have at least 1 character' },
            ],
          },
        }
      : detailOf(reason === 'voice_not_found' ? 404 : 400, reason, refusals[reason] ?? 'This request was refused.'),
  empty: ({ reason }, whole) => {
    if (whole.body instanceof Uint8Array) return { ...whole, body: new Uint8Array() }
    const { audio_base64: audio, words, ...rest } = whole.body as Record<string, unknown>
    if (audio !== undefined) return { ...whole, body: reason === 'blank' ? { ...rest, audio_base64: '' } : rest }
    return { ...whole, body: words === undefined ? {} : { ...rest, words: [] } }
  },
  'half-media': ({ reason }, whole) =>
    reason === 'closed' ? halfSaid(whole) : withMedia(whole, (bytes) => bytes.subarray(0, bytes.length >> 1)),
  // Of another container.
  noise: (_fault, whole) => withMedia(whole, (bytes) => Buffer.from('OggS'.repeat(bytes.length >> 2))),
  quota: () =>
    detailOf(
      401,
      'quota_exceeded',
      'This request exceeds your quota of 10000. You have 12 credits remaining, while 300 credits are required for this request.',
    ),
  'bad-key': () => detailOf(401, 'invalid_api_key', 'Invalid API key'),
  'no-model': ({ reason = 'the-model' }) =>
    detailOf(400, 'model_not_found', `A model with model ID ${reason} does not exist or has been retired.`),
}

const refusals: Partial<Record<string, string>> = {
  content_against_policy: 'The text you are trying to use may violate our terms of service and has been blocked.',
  voice_not_found: 'A voice for the voice_id was not found.',
  max_character_limit_exceeded: "This request's text exceeds the character limit.",
}

export function detailOf(status: number, code: string, message: string): Answer {
  return { status, body: { detail: { status: code, message } } }
}

/** A file that is whole in itself, of the first half of the text. */
function halfSaid(whole: Answer): Answer {
  const body = whole.body as { alignment: { characters: string[] } }
  const { characters } = body.alignment
  const half = characters.slice(0, characters.length >> 1).join('')
  return { ...whole, body: { ...body, audio_base64: mp3Of(speechFor(half).sound).toString('base64') } }
}

function withMedia(whole: Answer, change: (bytes: Buffer) => Buffer): Answer {
  if (whole.body instanceof Uint8Array) return { ...whole, body: change(Buffer.from(whole.body)) }
  const body = whole.body as { audio_base64?: string; words?: unknown[] }
  if (body.audio_base64 !== undefined) {
    const audio = change(Buffer.from(body.audio_base64, 'base64'))
    return { ...whole, body: { ...body, audio_base64: audio.toString('base64') } }
  }
  const isNoise = change(Buffer.from('words')).includes('O')
  const words = isNoise ? 'none' : (body.words ?? []).slice(0, (body.words?.length ?? 0) >> 1)
  return { ...whole, body: { ...body, words } }
}
