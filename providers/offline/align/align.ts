// Finds known English words in any voice's sound, offline: the embedded voice says the same words, and dynamic time
// warping tells where the sound says them.
import { createHash } from 'node:crypto'
import { ServiceError } from '../../../core/errors.ts'
import { baseLanguageOf, languageName } from '../../../core/language.ts'
import type { AlignBrief, Aligner, Billed, HeardWord, Sound } from '../../../core/ports.ts'
import { compared } from './compare.ts'
import { turnsOf } from './turns.ts'

const maker = { provider: 'embedded', model: 'dtw-1' }

/**
 * Every word of the brief, in order; one that makes no sound lies between its neighbours and may be empty. Starts are
 * 5 ms off where the voice is the one compared with, 13 ms with others (test/providers/offline/align). Takes about
 * three seconds a minute, in short turns. Throws RefusedError for other languages than English, BrokenAnswerError when
 * the sound does not say these words.
 */
export const embeddedAligner: Aligner = {
  ...maker,
  timesFrom: 'alignment',
  request: ({ sound, words, language }) => ({ words: words.map(({ text }) => text), language, sound: digestOf(sound) }),
  make: (brief, making) => making.buy({ ...maker, estimateMicroUsd: 0 }, () => align(brief, making.signal)),
}

async function align({ sound, words, language }: AlignBrief, signal: AbortSignal): Promise<Billed<HeardWord[]>> {
  if (baseLanguageOf(language) !== 'en')
    throw failed('RefusedError', `the embedded aligner knows English only, not ${languageName(language)}`)
  const turns = turnsOf(signal)
  await turns.take()
  const found = await compared(sound, words, language, turns)
  if ('reason' in found) throw failed('BrokenAnswerError', `the embedded aligner finds no words: ${found.reason}`)
  const units = Math.round(sound.samples.length / sound.sampleRateHz)
  return {
    made: words.map(({ text }, i) => ({ text, ...found.times[i]! })),
    charges: [{ ...maker, unit: 'seconds', units, costMicroUsd: 0 }],
  }
}

function digestOf({ samples, sampleRateHz }: Sound): string {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
  return createHash('sha256').update(`${sampleRateHz} `).update(bytes).digest('hex')
}

const failed = (name: 'RefusedError' | 'BrokenAnswerError', message: string) =>
  new ServiceError(name, message, { charges: [] })
