// Speech with known times, by another embedded voice than the one that the aligner compares with.
import type { Making } from '../../../../core/ports.ts'
import { randomOf } from '../../../../core/random.ts'
import type { Word } from '../../../../core/words.ts'
import { breathsOf } from '../../../../providers/offline/voice/breaths.ts'
import { deliveryOf } from '../../../../providers/offline/voice/deliveries.ts'
import { speak } from '../../../../providers/offline/voice/phrases.ts'

export const rateHz = 16_000
const ms = rateHz / 1000

/** `startsMs` of each word; `pauseMs` is asked for after each phrase. */
export async function said(
  words: Word[],
  voice: string,
  { leadMs = 250, pauseMs = () => 250 }: { leadMs?: number; pauseMs?: () => number } = {},
): Promise<{ samples: Float32Array; startsMs: number[] }> {
  const startsMs: number[] = []
  const clips: { at: number; clip: Float32Array }[] = []
  let cursor = leadMs * ms
  for (const breath of breathsOf(words, 'en').breaths)
    for (const phrase of await speak(breath, deliveryOf(voice), new Map())) {
      clips.push({ at: cursor - phrase.onset, clip: phrase.clip })
      for (const { word, start } of phrase.words) startsMs[word] ??= (cursor + start) / ms
      cursor += phrase.length + Math.round(pauseMs() * ms)
    }
  const samples = new Float32Array(cursor + 600 * ms)
  for (const { at, clip } of clips) clip.forEach((value, i) => (samples[at + i]! += value))
  return { samples, startsMs }
}

export const int16 = (samples: Float32Array): Int16Array =>
  Int16Array.from(samples, (value) => Math.max(-32_768, Math.min(32_767, Math.round(value * 32_767))))

/** White noise so far below the sound's mean power. */
export function noisy(samples: Float32Array, snrDb: number): Float32Array {
  const random = randomOf(3)
  const power = samples.reduce((sum, value) => sum + value ** 2, 0) / samples.length
  const reach = Math.sqrt(3 * power) * 10 ** (-snrDb / 20)
  return samples.map((value) => value + (random() * 2 - 1) * reach)
}

/** As through a telephone: little below 300 Hz and above 3400 Hz. */
export function telephoned(samples: Float32Array): Float32Array {
  const highPassed = [1, 2].reduce((sound) => filtered(sound, 300, true), samples)
  return [1, 2].reduce((sound) => filtered(sound, 3_400, false), highPassed)
}

/** A Butterworth filter of the second order. */
function filtered(samples: Float32Array, hz: number, isHighPass: boolean): Float32Array {
  const turn = (2 * Math.PI * hz) / rateHz
  const [bandwidth, cosine] = [Math.sin(turn) / Math.SQRT2, Math.cos(turn)]
  const whole = 1 + bandwidth
  const outer = (isHighPass ? 1 + cosine : 1 - cosine) / 2 / whole
  const middle = (isHighPass ? -2 : 2) * outer
  const [last, beforeLast] = [(-2 * cosine) / whole, (1 - bandwidth) / whole]
  const passed = new Float32Array(samples.length)
  samples.forEach((value, i) => {
    passed[i] =
      outer * value +
      middle * (samples[i - 1] ?? 0) +
      outer * (samples[i - 2] ?? 0) -
      last * (passed[i - 1] ?? 0) -
      beforeLast * (passed[i - 2] ?? 0)
  })
  return passed
}

/** Buys without keeping books. */
export const making = (signal: AbortSignal = new AbortController().signal): Making => ({
  signal,
  buy: async (_intent, call) => (await call()).made,
})
