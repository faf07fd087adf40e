// The music as long as it is needed: from its first sound on, again and again without a seam.
import { BLOCK, BLOCKS_PER_SECOND } from './blocks.ts'
import { SAMPLE_RATE } from './chain.ts'
import { integratedLufs, lufsOf } from './loudness.ts'
import type { Reader, Recording } from './recording.ts'

export type Bed = {
  read: Reader
  /** K-weighted power of each block, so many as are asked for. */
  powers: (blocks: number) => Float32Array
}
/**
 * In samples: [from, to) is played, and each round's last `crossfade` samples overlap the next round's first.
 * `likeness` is how alike the two are there: 1 the same wave, 0 nothing to do with each other.
 */
export type Loop = { from: number; to: number; crossfade: number; likeness: number }

/** At the ends of a file, more silence than this is not music: it would be a hole at each round. */
const SILENCE_BLOCKS = 0.5 * BLOCKS_PER_SECOND
const SILENCE_POWER = 1e-7
const LONGEST_CROSSFADE_S = 2

export function planLoop(recording: Recording, read: Reader, samples: number): Loop {
  const { powers } = recording
  const isSound = (power: number) => power > SILENCE_POWER
  const [first, last] = [powers.findIndex(isSound), powers.findLastIndex(isSound)]
  const from = first > SILENCE_BLOCKS ? first * BLOCK : 0
  if (recording.samples - from >= samples) return { from, to: recording.samples, crossfade: 0, likeness: 0 }
  const hasTail = powers.length - 1 - last > SILENCE_BLOCKS
  const to = hasTail ? (last + 1) * BLOCK : recording.samples
  if (from === 0 && !hasTail && meets(recording, read)) return { from, to, crossfade: 0, likeness: 0 }
  const crossfade = Math.floor(Math.min(LONGEST_CROSSFADE_S * SAMPLE_RATE, (to - from) / 4))
  const { lag, likeness } = bestLag(recording, read, { from, to, crossfade })
  return { from, to: to - lag, crossfade, likeness }
}

/** A wave down to 20 Hz fits into it. */
const LAGS = 0.05 * SAMPLE_RATE
const LAG_STEP = 3
const COMPARED_SAMPLES = 0.1 * SAMPLE_RATE

/** How much earlier the round must end for its waves to meet those of the next where both are equally loud. */
function bestLag({ channels }: Recording, read: Reader, { from, to, crossfade }: Omit<Loop, 'likeness'>) {
  const count = Math.min(COMPARED_SAMPLES, Math.floor(crossfade / 2))
  const lags = Math.min(LAGS, Math.floor(crossfade / 4))
  const middle = Math.floor((crossfade - count) / 2)
  const mono = (first: number, samples: number) => {
    const block = read(first, samples)
    return Float32Array.from(
      { length: samples },
      (_, at) => block[channels * at]! + block[channels * at + channels - 1]!,
    )
  }
  const incoming = mono(from + middle, count)
  const outgoing = mono(to - crossfade + middle - lags, count + lags)
  let best = { lag: 0, likeness: 0 }
  for (let lag = 0; lag <= lags; lag += LAG_STEP) {
    const likeness = likenessOf(incoming, outgoing.subarray(lags - lag, lags - lag + count))
    if (likeness > best.likeness) best = { lag, likeness }
  }
  return best
}

/** Pearson's correlation of two waves around zero. */
function likenessOf(one: Float32Array, other: Float32Array): number {
  let [product, ones, others] = [0, 1e-20, 1e-20]
  for (let at = 0; at < one.length; at += LAG_STEP) {
    product += one[at]! * other[at]!
    ones += one[at]! ** 2
    others += other[at]! ** 2
  }
  return product / Math.sqrt(ones * others)
}

const END_SAMPLES = 480
/** In the last 0.5 s, a piece that fades out is further below its own level than one that was made to go round. */
const FADED_LU = 15

/** Whether the end goes on into the start as the samples around them go on, which a piece made to loop does. */
function meets({ samples, channels, powers }: Recording, read: Reader): boolean {
  const overall = integratedLufs(powers)
  const end = powers.subarray(Math.max(0, powers.length - SILENCE_BLOCKS))
  if (overall === undefined || lufsOf(end.reduce((sum, power) => sum + power, 0) / end.length) < overall - FADED_LU)
    return false
  const count = Math.min(END_SAMPLES, samples)
  const around = Float32Array.of(...read(samples - count, count), ...read(0, count))
  return Array.from({ length: channels }, (_, channel) => {
    const step = (at: number) => Math.abs(around[(at + 1) * channels + channel]! - around[at * channels + channel]!)
    let largest = 0
    for (let at = 0; at < 2 * count - 1; at++) if (at !== count - 1) largest = Math.max(largest, step(at))
    return step(count - 1) <= 1.2 * largest + 1e-3
  }).every(Boolean)
}

export function bedOf(recording: Recording, read: Reader, { from, to, crossfade, likeness }: Loop): Bed {
  const round = to - from - crossfade
  let buffer = new Float32Array(0)
  const readRounds: Reader = (first, count) => {
    if (buffer.length < 2 * count) buffer = new Float32Array(2 * count)
    const out = buffer.subarray(0, 2 * count)
    for (let at = 0; at < count;) {
      const into = (first + at) % round
      const isAgain = first + at >= round
      const overlap = isAgain && into < crossfade ? crossfade - into : 0
      const length = Math.min(count - at, overlap || round - into)
      out.set(read(from + into, length), 2 * at)
      if (overlap)
        crossfadeWith(out.subarray(2 * at, 2 * (at + length)), read(from + round + into, length), {
          progress: (into + 0.5) / crossfade,
          step: 1 / crossfade,
          likeness,
        })
      at += length
    }
    return out
  }
  const blockAt = (block: number) => Math.floor((from + ((block * BLOCK) % round)) / BLOCK)
  return {
    read: readRounds,
    powers: (blocks) => Float32Array.from({ length: blocks }, (_, at) => recording.powers[blockAt(at)] ?? 0),
  }
}

/** At one power all the way: twice the same wave adds up to more than two that have nothing to do with each other. */
function crossfadeWith(
  incoming: Float32Array,
  outgoing: Float32Array,
  fade: { progress: number; step: number; likeness: number },
): void {
  for (let at = 0; at < incoming.length; at++) {
    const angle = (Math.PI / 2) * (fade.progress + (at >> 1) * fade.step)
    const [rising, falling] = [Math.sin(angle), Math.cos(angle)]
    const level = 1 / Math.sqrt(1 + 2 * rising * falling * fade.likeness)
    incoming[at] = level * (rising * incoming[at]! + falling * outgoing[at]!)
  }
}
