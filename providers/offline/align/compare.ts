// What a sound says against what it should say. Both are brought together first: the reference is spoken as fast, made
// to sound from as long a throat and given the same noise. A coarse pass then finds the way, a fine one follows it.
import type { Sound, WordTime } from '../../../core/ports.ts'
import type { Word } from '../../../core/words.ts'
import { featuresOf, type Features } from './features.ts'
import { loudnessOf, noiseUnder, type Loudness } from './loudness.ts'
import { backwards, coarsePath, finePath, pool } from './passes.ts'
import type { Path } from './path.ts'
import { saidByVoice, saidWith, type Phrase, type Said } from './reference.ts'
import { at16kHz, rateHz } from './resample.ts'
import { bandCount, bandsOf, warped, type Bands } from './spectrum.ts'
import { frameMs, timesAlong } from './times.ts'
import type { Turns } from './turns.ts'

type Heard = { bands: Bands; loudness: Loudness; features: Features }

const hopSamples = (rateHz * frameMs) / 1000
// Readers differ by a third from the embedded voice; what differs more says something else.
const slowestTempo = 0.5
const fastestTempo = 1.8
// Against the cost of the words said backwards, which are as much speech but not this text. Other embedded voices come
// to 0.75–0.85, with noise or through a telephone too; half of the text, another text, noise and tones to 0.95–1.3.
const mostOfDecoy = 0.91
// A word or two backwards are not so different: then only what is clearly no speech is told.
const shortFrames = 250
const mostOfShortDecoy = 1.02

/** Each word's time, or why there is none. */
export async function compared(
  sound: Sound,
  words: Word[],
  language: string,
  turns: Turns,
): Promise<{ times: WordTime[] } | { reason: string }> {
  const heard = await heardIn(sound, turns)
  if (!heard.loudness.speakingFrames) return { reason: 'the sound is silent' }
  const phrases = await saidByVoice(words, language, turns)
  if (!phrases.length) return { reason: 'nothing in the text can be said' }
  const tempo = lengthOf(phrases) / (heard.loudness.speakingFrames * hopSamples)
  if (!isLikely(tempo)) return { reason: mismatch(heard, phrases) }
  const draft = await saidWith(phrases, hopSamples * tempo, turns)
  const voice = await likestVoice(heard, draft, turns)
  if (!voice) return { reason: mismatch(heard, phrases) }
  // The first path tells better than loudness did how fast the sound is spoken.
  const spoken = voice.path.at.reduce((frames, at) => (at < 0 ? frames : frames + pool), 0)
  const said = await saidWith(phrases, (hopSamples * lengthOf(phrases)) / Math.max(1, spoken * hopSamples), turns)
  const features = await likened(said, voice.warp, heard, turns)
  const coarse = await coarsePath(heard, { ...said, features }, turns)
  const decoy = await coarsePath(heard, { features: backwards(features), starts: said.starts.toReversed() }, turns)
  if (!coarse || !decoy || coarse.cost > decoy.cost * mostOfDecoyFor(said))
    return { reason: 'the sound does not say this text' }
  const fine = await finePath(heard, { ...said, features }, coarse, turns)
  return fine ? { times: timesAlong(fine, said.firsts, words.length) } : { reason: mismatch(heard, phrases) }
}

const mostOfDecoyFor = ({ bands }: Said): number => (bands.count < shortFrames ? mostOfShortDecoy : mostOfDecoy)

async function heardIn(sound: Sound, turns: Turns): Promise<Heard> {
  const bands = await bandsOf(await at16kHz(sound, turns), hopSamples, turns)
  const loudness = loudnessOf(bands)
  const features = await featuresOf(bands, new Float32Array(bandCount), loudness.isSpeech, turns)
  return { bands, loudness, features }
}

/** The reference as this sound's speaker, room and line would have it. */
async function likened(said: Said, warp: number, { bands, loudness }: Heard, turns: Turns): Promise<Features> {
  const spoken = warped(said.bands, warp)
  return featuresOf(spoken, noiseUnder(spoken, bands, loudness), () => true, turns)
}

const warpStep = 0.08
const leastWarp = 0.7
const mostWarp = 1.35

/** Tries longer and shorter throats until neither is any nearer to the sound. */
async function likestVoice(heard: Heard, said: Said, turns: Turns): Promise<{ warp: number; path: Path } | undefined> {
  const tried = new Map<number, Path | undefined>()
  const costOf = (step: number) => tried.get(step)?.cost ?? Number.POSITIVE_INFINITY
  let best = 0
  for (let waiting = [0, -1, 1]; waiting.length; waiting = [best - 1, best + 1].filter((step) => !tried.has(step))) {
    for (const step of waiting) {
      const warp = 1 + step * warpStep
      const isPossible = warp > leastWarp && warp < mostWarp
      const path = isPossible
        ? await coarsePath(heard, { ...said, features: await likened(said, warp, heard, turns) }, turns)
        : undefined
      tried.set(step, path)
      if (costOf(step) < costOf(best)) best = step
    }
  }
  const path = tried.get(best)
  return path && { warp: 1 + best * warpStep, path }
}

/** In samples. */
const lengthOf = (phrases: Phrase[]): number => phrases.reduce((sum, { start, end }) => sum + end - start, 0)
const isLikely = (tempo: number): boolean => tempo > slowestTempo && tempo < fastestTempo

function mismatch({ loudness }: Heard, phrases: Phrase[]): string {
  const seconds = (frames: number) => `${((frames * frameMs) / 1000).toFixed(1)} s`
  return `the sound has ${seconds(loudness.speakingFrames)} of speech where the text takes about ${seconds(lengthOf(phrases) / hopSamples)}`
}
