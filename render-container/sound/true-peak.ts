// Peaks between the samples (dBTP), block by block: the signal at four times the rate, as ITU-R BS.1770-4 annex 2 has
// it. Only where a sample says that it could matter, which costs a tenth of doing it everywhere.
import { BLOCK } from './blocks.ts'

/** Samples on either side that count: the response up to 20 kHz stays within 0.1 dB. */
const REACH = 12
/**
 * A wave between the samples of a block is hardly ever higher than twice the highest sample of the block and of its
 * surroundings; below half of what matters nobody has to look.
 */
const HEADROOM = 2

/**
 * A meter for interleaved stereo that comes in pieces, each but the last a multiple of a block long. It sets `peaks`
 * (amplitudes) a little behind what it was given; `end` does the rest. Exact for peaks of `matters` and above, the
 * sample's own peak below.
 */
export function createPeakMeter(peaks: Float32Array, matters: number) {
  // What was given and is still needed: the REACH samples before the next block, and all after them.
  let held = new Float32Array(2 * REACH)
  let all = held
  let block = 0
  const push = (samples: Float32Array) => {
    const length = held.length + samples.length
    if (all.length < length) all = new Float32Array(length)
    all.set(held)
    all.set(samples, held.length)
    let at = REACH
    for (; at + BLOCK + REACH <= length / 2; at += BLOCK) peaks[block++] = blockPeak(all, at, matters)
    held = all.slice(2 * (at - REACH), length)
  }
  return {
    push,
    end: () => {
      push(new Float32Array(2 * (BLOCK + REACH)))
      return peaks
    },
  }
}

function blockPeak(samples: Float32Array, first: number, matters: number): number {
  let peak = 0
  for (let at = 2 * first; at < 2 * (first + BLOCK); at++) {
    const height = Math.abs(samples[at]!)
    if (height > peak) peak = height
  }
  const floor = matters / HEADROOM
  if (peak < floor) return peak
  for (let at = 2 * first; at < 2 * (first + BLOCK); at++) {
    const height = Math.abs(samples[at]!)
    // A wave is highest beside a sample that is higher than its neighbours.
    if (height < floor || height < Math.abs(samples[at - 2]!) || height < Math.abs(samples[at + 2]!)) continue
    peak = Math.max(peak, highestFrom(samples, at - 2), highestFrom(samples, at))
  }
  return peak
}

/** Between this sample and its channel's next. */
function highestFrom(samples: Float32Array, at: number): number {
  let [quarter, half, threeQuarters] = [0, 0, 0]
  for (let tap = 0, from = at - 2 * (REACH - 1); tap < 2 * REACH; tap++, from += 2) {
    const sample = samples[from]!
    quarter += quarterTaps[tap]! * sample
    half += halfTaps[tap]! * sample
    // The other side of the middle is the first side's mirror image.
    threeQuarters += quarterTaps[2 * REACH - 1 - tap]! * sample
  }
  return Math.max(Math.abs(quarter), Math.abs(half), Math.abs(threeQuarters))
}

/** A windowed sinc for the point that lies `phase` of the way from a sample to the next. */
function tapsAt(phase: number): Float64Array {
  const taps = Float64Array.from({ length: 2 * REACH }, (_, tap) => {
    const x = tap - (REACH - 1) - phase
    return (Math.cos((Math.PI * x) / (2 * REACH)) ** 2 * Math.sin(Math.PI * x)) / (Math.PI * x)
  })
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return taps.map((tap) => tap / sum)
}
const quarterTaps = tapsAt(1 / 4)
const halfTaps = tapsAt(1 / 2)
