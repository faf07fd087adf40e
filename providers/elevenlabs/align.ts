// Where in a sound each word is said, of a text that is known.
import { createHash } from 'node:crypto'
import { chargeOf } from '../../core/models.ts'
import type { AlignBrief, Aligner, HeardWord, Sound } from '../../core/ports.ts'
import { textOf } from '../../core/words.ts'
import { wavOf } from '../../core/wav.ts'
import { ask } from './client.ts'
import { order } from './order.ts'

/** The vendor has one and gives it no name. */
const model = 'forced-alignment'

export function elevenLabsAligner(): Aligner {
  return {
    provider: 'elevenlabs',
    model,
    timesFrom: 'alignment',
    request: ({ sound, words }) => ({ text: textOf(words, 0, words.length - 1), sound: hashOf(sound) }),
    make: ({ sound, words }: AlignBrief, making) => {
      const text = textOf(words, 0, words.length - 1)
      const seconds = sound.samples.length / sound.sampleRateHz
      const charge = chargeOf(model, { seconds })
      return order(
        {
          model,
          what: "the words' times",
          estimateMicroUsd: charge.costMicroUsd,
          deadlineMs: 60_000 + seconds * 500,
          ask: (signal) => ask('align', { wav: new Uint8Array(wavOf(sound)), text }, signal),
          read: (answer) => heardIn(answer.words, text),
          charge: () => charge,
        },
        making,
      )
    },
  }
}

function hashOf({ samples, sampleRateHz }: Sound): string {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
  return createHash('sha256').update(`${sampleRateHz} `).update(bytes).digest('hex')
}

function heardIn(words: { text: string; start: number; end: number }[], text: string): HeardWord[] {
  // Spaces may come as words of their own.
  const heard = words.filter((word) => word.text.trim() !== '')
  if (heard.length === 0) throw new Error('it has no words')
  if (!heard.every(({ start, end }) => Number.isFinite(start) && Number.isFinite(end)))
    throw new Error('it has words without times')
  // Where a word ends is for each service to say, but all of the text has to be there.
  if (lettersIn(heard.map((word) => word.text).join('')) < lettersIn(text) * leastHeard)
    throw new Error(`it ends with the word '${heard.at(-1)!.text.trim()}'`)
  return heard.map((word) => ({
    text: word.text.trim(),
    startMs: Math.max(0, Math.round(word.start * 1000)),
    endMs: Math.max(0, Math.round(word.end * 1000)),
  }))
}

const leastHeard = 0.7
const lettersIn = (text: string) => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
