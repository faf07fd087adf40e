// Where a sound is loud enough to be speech, and what is heard where it is not.
import { bandCount, type Bands } from './spectrum.ts'

export type Loudness = {
  /** Per frame, in decibels above the line between quiet and speech. */
  aboveQuietDb: Float32Array
  /** Frames that are louder than that line. */
  isSpeech: (frame: number) => boolean
  speechFrames: number
  /** The same with the gaps inside words. */
  speakingFrames: number
  /** Energy per band where nobody speaks. */
  noise: Float32Array
}

// The quiet of a studio is as quiet as anything can be; below that, digital silence would stretch the scale.
const quietestBelowSpeechDb = 60
const lineShare = 0.35

const longestGapFrames = 18
const quietestShare = 0.08

export function loudnessOf(bands: Bands): Loudness {
  const { count, energies } = bands
  const levels = Float32Array.from({ length: count }, (_, frame) => {
    let sum = 0
    for (let band = 0; band < bandCount; band++) sum += energies[frame * bandCount + band]!
    return 10 * Math.log10(sum + leastEnergy)
  })
  const sorted = levels.toSorted()
  const quantile = (share: number) => sorted[Math.floor(share * (count - 1))]!
  const speechDb = quantile(0.9)
  const quietDb = Math.max(quantile(0.05), speechDb - quietestBelowSpeechDb)
  const lineDb = quietDb + (speechDb - quietDb) * lineShare
  const quietestDb = quantile(quietestShare)
  const aboveQuietDb = levels.map((level) => level - lineDb)
  return {
    aboveQuietDb,
    isSpeech: (frame) => aboveQuietDb[frame]! > 0,
    speechFrames: aboveQuietDb.reduce((sum, above) => sum + (above > 0 ? 1 : 0), 0),
    speakingFrames: bridged(aboveQuietDb),
    noise: meanWhere(bands, (frame) => levels[frame]! <= quietestDb),
  }
}

/** How many frames are speech when short gaps in it are. */
function bridged(aboveQuietDb: Float32Array): number {
  let [frames, last] = [0, Number.NEGATIVE_INFINITY]
  aboveQuietDb.forEach((above, frame) => {
    if (above <= 0) return
    frames += frame - last <= longestGapFrames ? frame - last : 1
    last = frame
  })
  return frames
}

/** The sound's noise per band, as loud under the reference as it is under the speech in the sound. */
export function noiseUnder(said: Bands, heard: Bands, { isSpeech, noise }: Loudness): Float32Array {
  const heardMean = meanWhere(heard, isSpeech)
  return meanWhere(said, () => true).map((mean, band) => {
    const speech = Math.max(heardMean[band]! - noise[band]!, heardMean[band]! * leastSpeechShare, leastEnergy)
    return (mean * noise[band]!) / speech
  })
}

const leastSpeechShare = 0.01
const leastEnergy = 1e-12

function meanWhere({ count, energies }: Bands, counts: (frame: number) => boolean): Float32Array {
  const sums = new Float64Array(bandCount)
  let frames = 0
  for (let frame = 0; frame < count; frame++) {
    if (!counts(frame)) continue
    frames++
    for (let band = 0; band < bandCount; band++) sums[band] = sums[band]! + energies[frame * bandCount + band]!
  }
  return Float32Array.from(sums, (sum) => sum / Math.max(1, frames))
}
