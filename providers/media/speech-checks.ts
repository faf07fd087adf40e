// What a decoder cannot find wrong: bare samples have no header, and the header of a streamed file does not say how long
// it is. What speech is like must tell.
import { estimateTimes } from '../../core/estimate.ts'
import type { Sound, SpeechBrief } from '../../core/ports.ts'
import { soundingSpanOf } from '../../core/word-times.ts'
import { wordsOf } from '../../core/words.ts'

/** Neighbouring samples of speech are nearly the same, of random bytes they have nothing to do with each other. */
const leastLikeness = 0.25

/** Throws an Error with the reason. */
export function refuseHiss({ samples }: Sound): void {
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / (samples.length || 1)
  let power = 0
  let likeness = 0
  for (let i = 1; i < samples.length; i++) {
    const sample = samples[i]! - mean
    power += sample * sample
    likeness += sample * (samples[i - 1]! - mean)
  }
  if (likeness < power * leastLikeness) throw new Error('it is noise')
}

/**
 * Of the time that the text takes to be read aloud (core/estimate.ts): services speak up to one and a half times as fast,
 * and half a narration of that pace is still refused.
 */
const leastOfReading = 0.45
/** Of a sound that ends in the middle of a tone, as one does that breaks off. */
const leastOfReadingCut = 0.65

/** Throws an Error with the reason. */
export function refuseTooShort(sound: Sound, { text, language }: Pick<SpeechBrief, 'text' | 'language'>): void {
  const said = soundingSpanOf(sound)
  const { times } = estimateTimes(wordsOf(text, language), language)
  const [saidMs, readMs] = [
    lengthOf(said),
    lengthOf({ startMs: times[0]?.startMs ?? 0, endMs: times.at(-1)?.endMs ?? 0 }),
  ]
  if (saidMs < readMs * (endsLoud(sound) ? leastOfReadingCut : leastOfReading))
    throw new Error(`it breaks off after ${(saidMs / 1000).toFixed(1)} s, of about ${(readMs / 1000).toFixed(1)} s`)
}

function lengthOf(span: { startMs: number; endMs: number } | undefined): number {
  return span ? span.endMs - span.startMs : 0
}

/** A fifth of the loudest within the last 20 ms. */
function endsLoud({ samples, sampleRateHz }: Sound): boolean {
  const loudest = (part: Int16Array) => part.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return loudest(samples.subarray(-Math.round(sampleRateHz * 0.02))) > loudest(samples) / 5
}
