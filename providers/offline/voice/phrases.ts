// One breath of speech as phrases: stretches of sound between pauses, each cut out clean, with its words' places.
import { wordsOfPhones } from './align.ts'
import type { Breath } from './breaths.ts'
import type { Delivery } from './deliveries.ts'
import { pronounce, sampleRateHz, synthesize, type Phone } from './flite.ts'
import { playFaster } from './resample.ts'
import { isSound } from './spoken.ts'

/** In samples from the start of the phrase's sound, which lies `onset` samples into its clip. */
type Placed = { word: number; start: number; end: number }
export type Phrase = {
  clip: Float32Array
  onset: number
  /** How long the sound lasts. */
  length: number
  words: Placed[]
  /** How long the voice itself pauses after the phrase. */
  pauseAfter: number
}
type Sound = { phone: string; start: number; end: number; word: number }

const ms = sampleRateHz / 1000
// −20 dBFS RMS while speaking: the quietest of the speakers, so that none is pushed into clipping (peaks −2…−7 dBFS).
const speechLevel = 0.1
const loudestPeak = 0.85
const mostGain = 4
// What is kept of the quiet around a phrase; faded, so that no join clicks.
const leadSamples = 15 * ms
const trailSamples = 30 * ms
const fadeInSamples = 8 * ms
const fadeOutSamples = 25 * ms
// A stop (p, t, k) begins with up to 100 ms of closure, silent after a pause: the word is heard at its release.
const latestOnsetSamples = 120 * ms
const windowSamples = 5 * ms

/** Speaks a breath. `pronunciations` keeps what was looked up, for the breaths that follow. */
export async function speak(
  breath: Breath,
  delivery: Delivery,
  pronunciations: Map<string, string[]>,
): Promise<Phrase[]> {
  const { speaker, pitchFactor, durationFactor } = delivery
  const spokenWords = breath.sayings.flatMap(({ word, says }) => says.filter(isSound).map((said) => ({ word, said })))
  await learn(
    spokenWords.map(({ said }) => said),
    pronunciations,
  )
  const utterance = await synthesize(breath.text, speaker, durationFactor * pitchFactor)
  const phones = utterance.phones.filter(({ name }) => name !== 'pau')
  const owners = wordsOfPhones(
    phones.map(({ name }) => name),
    spokenWords.map(({ said }) => pronunciations.get(said)!),
  )
  const sample = (seconds: number) => Math.round((seconds * sampleRateHz) / pitchFactor)
  const sounds = phones.map(({ name, startS, endS }, i): Sound => {
    return { phone: name, start: sample(startS), end: sample(endS), word: spokenWords[owners[i]!]!.word }
  })
  const samples = levelled(playFaster(withoutOffset(utterance.samples), pitchFactor), sounds)
  const groups = betweenPauses(sounds, utterance.phones)
  return groups.map((group, i) => phraseOf(group, groups[i - 1]?.at(-1)?.end ?? 0, groups[i + 1]?.[0]?.start, samples))
}

async function learn(words: string[], pronunciations: Map<string, string[]>): Promise<void> {
  const unknown = [...new Set(words)].filter((word) => !pronunciations.has(word))
  if (!unknown.length) return
  const phones = await pronounce(unknown)
  unknown.forEach((word, i) => pronunciations.set(word, phones[i]!))
}

/** Samples in −1…1 without the voices' constant offset (up to 0.4 % of full scale): a high-pass at 25 Hz. */
function withoutOffset(samples: Int16Array): Float32Array {
  const centred = new Float32Array(samples.length)
  let held = 0
  samples.forEach((sample, i) => {
    held = sample - (samples[i - 1] ?? 0) + 0.99 * held
    centred[i] = held / 32_768
  })
  return centred
}

/** Brings the speech to one loudness, sentence after sentence. */
function levelled(samples: Float32Array, sounds: Sound[]): Float32Array {
  const first = sounds[0]?.start ?? 0
  const last = sounds.at(-1)?.end ?? samples.length
  let peak = 0
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample))
  const gain = Math.min(
    speechLevel / Math.max(rms(samples, first, last), 1e-6),
    loudestPeak / Math.max(peak, 1e-6),
    mostGain,
  )
  return samples.map((sample) => sample * gain)
}

function betweenPauses(sounds: Sound[], phones: Phone[]): Sound[][] {
  const groups: Sound[][] = [[]]
  let next = 0
  for (const { name } of phones) {
    if (name === 'pau') groups.push([])
    else groups.at(-1)!.push(sounds[next++]!)
  }
  return groups.filter((group) => group.length)
}

function phraseOf(sounds: Sound[], quietFrom: number, quietTo: number | undefined, samples: Float32Array): Phrase {
  const onset = onsetOf(sounds[0]!, quietFrom, samples)
  const soundEnd = Math.min(sounds.at(-1)!.end, samples.length)
  const from = Math.max(0, onset - leadSamples)
  const clip = faded(samples.slice(from, soundEnd + trailSamples))
  const words: Placed[] = []
  for (const { word, start, end: phoneEnd } of sounds) {
    const last = words.at(-1)
    const end = Math.max(0, phoneEnd - onset)
    if (last?.word === word) last.end = end
    else words.push({ word, start: Math.max(0, start - onset), end })
  }
  return {
    clip,
    onset: onset - from,
    length: soundEnd - onset,
    words,
    pauseAfter: quietTo === undefined ? 0 : quietTo - soundEnd,
  }
}

/**
 * Where the sound rises out of the quiet before it: past 27 dB below speech (an h or f takes 50 ms to swell, so that
 * higher would be late and lower early), but at least 6 dB over the noise there.
 */
function onsetOf(first: Sound, quietFrom: number, samples: Float32Array): number {
  const noise = rms(samples, quietFrom + windowSamples, first.start - windowSamples)
  const threshold = Math.max(speechLevel * 10 ** (-27 / 20), noise * 2)
  const latest = Math.min(first.end, first.start + latestOnsetSamples)
  for (let at = first.start - windowSamples; at < latest; at += ms) {
    if (rms(samples, at, at + windowSamples) > threshold) return Math.max(0, Math.round(at + windowSamples / 2))
  }
  return first.start
}

function rms(samples: Float32Array, from: number, to: number): number {
  const first = Math.max(0, Math.round(from))
  const last = Math.min(samples.length, Math.round(to))
  let sum = 0
  for (let i = first; i < last; i++) sum += samples[i]! ** 2
  return last > first ? Math.sqrt(sum / (last - first)) : 0
}

function faded(clip: Float32Array): Float32Array {
  return clip.map((sample, i) => {
    const rise = Math.min(1, i / fadeInSamples)
    const fall = Math.min(1, (clip.length - 1 - i) / fadeOutSamples)
    return sample * rise * fall
  })
}
