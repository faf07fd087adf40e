// What a decoder cannot find wrong: bare samples have no header, and the header of a streamed file does not say how long
// it is. What speech is like must tell.
import type { Sound } from '../../core/ports.ts'

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

/** Of letters and spaces: about 15 are usual, and nobody speaks as fast as this. */
const mostLettersPerSecond = 50
/** Of a sound that ends in the middle of a tone, as one does that breaks off: nobody is understood who speaks faster. */
const mostLettersPerSecondCut = 18
/** What a syllable in one sign is in letters. */
const lettersPerSign = 2.5

/** Throws an Error with the reason. */
export function refuseTooShort(sound: Sound, text: string): void {
  const seconds = sound.samples.length / sound.sampleRateHz
  const letters =
    countOf(text, /[\p{L}\p{N}\s]/gu) +
    (lettersPerSign - 1) * countOf(text, /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]/gu)
  const most = endsLoud(sound) ? mostLettersPerSecondCut : mostLettersPerSecond
  if (letters > seconds * most)
    throw new Error(`it breaks off after ${seconds.toFixed(1)} s, too soon for ${text.length} characters`)
}

function countOf(text: string, letters: RegExp): number {
  return text.match(letters)?.length ?? 0
}

/** A fifth of the loudest within the last 20 ms. */
function endsLoud({ samples, sampleRateHz }: Sound): boolean {
  const loudest = (part: Int16Array) => part.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return loudest(samples.subarray(-Math.round(sampleRateHz * 0.02))) > loudest(samples) / 5
}
