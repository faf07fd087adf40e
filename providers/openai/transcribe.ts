// When which word is said, from a transcription: less sure than an alignment, as it may hear other words.
import { createHash } from 'node:crypto'
import { baseLanguageOf } from '../../core/language.ts'
import { chargeOf, estimateMicroUsd } from '../../core/models.ts'
import type { AlignBrief, Aligner, Billed, Charge, HeardWord, Sound } from '../../core/ports.ts'
import { textOf, type Word } from '../../core/words.ts'
import { call } from '../calls/call.ts'
import { wavOf } from '../../core/wav.ts'
import { openaiClient } from './client.ts'
import { brokenAnswer, refusal, sortOpenAIError } from './failures.ts'
import { objectIn } from './json.ts'

const deadlineMs = 180_000
/** The API's limit is 25 MB. */
const mostBytes = 25_000_000
/** Only the last 224 tokens of a prompt are read; it is there for the spelling of names. */
const promptCharacters = 600

/** Of the models, only whisper-1 gives the times of words. */
export function openaiAligner(model: string): Aligner {
  const fields = ({ words, language }: AlignBrief) => ({
    model,
    response_format: 'verbose_json' as const,
    timestamp_granularities: ['word' as const],
    prompt: beginningOf(textOf(words, 0, words.length - 1)),
    ...languageIn(language),
  })
  return {
    provider: 'openai',
    model,
    timesFrom: 'transcription',
    request: (brief) => ({ ...fields(brief), sound: hashOfSound(brief.sound) }),
    make: (brief, making) => {
      const seconds = secondsOf(brief.sound)
      return call(
        {
          service: 'openai',
          model,
          what: "the times of the narration's words",
          estimateMicroUsd: estimateMicroUsd(`openai/${model}`, { seconds: Math.ceil(seconds) }),
          deadlineMs,
          send: async (signal) => {
            const { toFile } = await import('openai')
            const client = await openaiClient()
            const wav = wavOf(brief.sound)
            if (wav.length > mostBytes) throw refusal(`the sound is too long for it (${Math.round(seconds)} s)`, [])
            const file = await toFile(wav, 'narration.wav', { type: 'audio/wav' })
            const answer: unknown = await client.audio.transcriptions.create({ ...fields(brief), file }, { signal })
            return readWords(answer, brief, model)
          },
          sortError: sortOpenAIError,
        },
        making,
      )
    },
  }
}

/** It refuses a language that it does not know; without one it finds out itself. */
function languageIn(language: string): { language?: string } {
  const base = baseLanguageOf(language)
  const code = otherNames[base] ?? base
  return languages.has(code) ? { language: code } : {}
}

/** Those that are documented, in ISO 639-1. */
const languages = new Set(
  `af ar az be bg bs ca cs cy da de el en es et fa fi fr gl he hi hr hu hy id is it ja kk kn ko lt lv mi mk mr ms ne nl
  no pl pt ro ru sk sl sr sv sw ta th tl tr uk ur vi zh`.split(/\s+/),
)
const otherNames: Partial<Record<string, string>> = { nb: 'no', nn: 'no', iw: 'he', fil: 'tl' }

/** Whole words of it; where there are no spaces, whole characters. */
function beginningOf(text: string): string {
  if (text.length <= promptCharacters) return text
  const lastSpace = text.lastIndexOf(' ', promptCharacters)
  return text.slice(0, lastSpace > 0 ? lastSpace : promptCharacters).replace(halfCharacterAtEnd, '')
}
const halfCharacterAtEnd = /[\uD800-\uDBFF]$/

function readWords(answer: unknown, { sound, words: wanted }: AlignBrief, model: string): Billed<HeardWord[]> {
  const { text, words, duration, usage } = objectIn(answer) as Answered
  if (text === undefined && words === undefined) throw brokenAnswer('there is no transcription in it', undefined)
  const charges = [chargeFor(model, usage, Number(duration) || secondsOf(sound))]
  if (words === undefined && text) throw refusal(`${model} gives no times of words`, charges)
  if (!Array.isArray(words)) throw brokenAnswer('it has no words', charges)
  const heard = words.map(heardWord)
  if (heard.some((word) => word === undefined)) throw brokenAnswer('it has words without times', charges)
  const made = heard.filter((word) => word !== undefined && word.text !== '') as HeardWord[]
  if (made.length === 0) throw brokenAnswer('it has no words', charges)
  if (lettersIn(made) < lettersIn(wanted) * leastHeard) throw brokenAnswer('most words are missing in it', charges)
  return { made, charges }
}

/** Numbers are heard as digits and the like, but most of the letters must come back. */
const leastHeard = 0.4

function lettersIn(words: (Word | HeardWord)[]): number {
  return words.reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0), 0)
}

type Answered = { text?: string; words?: unknown; duration?: number | string; usage?: Usage | null }
type Usage = { type?: string; seconds?: number; input_tokens?: number; output_tokens?: number }

/** Seconds with a fraction to whole milliseconds; undefined when it has no times. */
function heardWord(word: { word?: unknown; start?: unknown; end?: unknown } | null): HeardWord | undefined {
  const { word: text, start, end } = word ?? {}
  if (typeof text !== 'string' || !isTime(start) || !isTime(end)) return undefined
  const startMs = Math.round(start * 1000)
  return { text: text.trim(), startMs, endMs: Math.max(startMs, Math.round(end * 1000)) }
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function chargeFor(model: string, usage: Usage | null | undefined, seconds: number): Charge {
  const { seconds: billed, input_tokens: inputTokens, output_tokens: outputTokens } = usage ?? {}
  return chargeOf(
    `openai/${model}`,
    inputTokens === undefined ? { seconds: billed ?? seconds } : { inputTokens, outputTokens },
  )
}

function secondsOf({ samples, sampleRateHz }: Sound): number {
  return samples.length / sampleRateHz
}

function hashOfSound({ samples, sampleRateHz }: Sound): string {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
  return createHash('sha256').update(String(sampleRateHz)).update(bytes).digest('hex')
}
