// Loudness by EBU R 128 (ITU-R BS.1770-4), from the power of each block, so that what a gain will do to it can be told
// without listening again.
import { BLOCK, BLOCKS_PER_SECOND } from './blocks.ts'

/** Undefined when nothing is loud enough to count (-70 LUFS). */
export type Lufs = number | undefined

const ABSOLUTE_GATE = 10 ** ((-70 + 0.691) / 10)
const RELATIVE_GATE = 0.1 // -10 LU
const HOP = BLOCKS_PER_SECOND / 10
const WINDOW_HOPS = 4

export const lufsOf = (power: number) => -0.691 + 10 * Math.log10(power)

/** Integrated, in windows of 0.4 s; of anything shorter, all of it as one window. */
export function integratedLufs(powers: Float32Array): Lufs {
  const loud = momentaryPowers(powers).filter((power) => power > ABSOLUTE_GATE)
  const gate = mean(loud) * RELATIVE_GATE
  const counted = loud.filter((power) => power > gate)
  return counted.length === 0 ? undefined : lufsOf(mean(counted))
}

/** The power of each window of 0.4 s, one each 0.1 s. */
export function momentaryPowers(powers: Float32Array): Float64Array {
  const hops = new Float64Array(Math.floor(powers.length / HOP))
  for (let at = 0; at < hops.length; at++) hops[at] = mean(powers.subarray(at * HOP, (at + 1) * HOP))
  if (hops.length < WINDOW_HOPS) return powers.length === 0 ? hops.subarray(0, 0) : Float64Array.of(mean(powers))
  return Float64Array.from({ length: hops.length - WINDOW_HOPS + 1 }, (_, at) =>
    mean(hops.subarray(at, at + WINDOW_HOPS)),
  )
}

function mean(values: Float32Array | Float64Array): number {
  let sum = 0
  for (let at = 0; at < values.length; at++) sum += values[at]!
  return values.length === 0 ? 0 : sum / values.length
}

/**
 * A meter for interleaved samples that come in pieces: each call sets the K-weighted power of its blocks in `powers`
 * (that of both ears: one channel counts twice) and gives how many are set by now. Only the last piece may end within
 * a block, which then counts as filled up with silence.
 */
export function createMeter(channels: 1 | 2, powers: Float32Array): (samples: Float32Array) => number {
  const state = new Float64Array(8)
  let blocks = 0
  return (samples) => {
    weigh(samples, { channels, state, powers, blocks })
    return (blocks += Math.ceil(samples.length / channels / BLOCK))
  }
}

type Weighing = { channels: number; state: Float64Array; powers: Float32Array; blocks: number }
type State = [number, number, number, number, number, number, number, number]

/**
 * The two filters of BS.1770's K-weighting at 48 kHz (its tables 1 and 2), as transposed direct forms. Both ears in one
 * loop: each sample waits for the one before it, and a processor does the other ear meanwhile.
 */
function weigh(samples: Float32Array, { channels, state, powers, blocks }: Weighing): void {
  let [s1, s2, r1, r2, S1, S2, R1, R2] = state as unknown as State
  const right = channels - 1
  for (let from = 0, block = blocks; from < samples.length; from += BLOCK * channels, block++) {
    const to = Math.min(from + BLOCK * channels, samples.length)
    let energy = 0
    for (let at = from; at < to; at += channels) {
      const x = samples[at]!
      const y = 1.53512485958697 * x + s1
      s1 = -2.69169618940638 * x + 1.69065929318241 * y + s2
      s2 = 1.19839281085285 * x - 0.73248077421585 * y
      const z = y + r1
      r1 = -2 * y + 1.99004745483398 * z + r2
      r2 = y - 0.99007225036621 * z
      const X = samples[at + right]!
      const Y = 1.53512485958697 * X + S1
      S1 = -2.69169618940638 * X + 1.69065929318241 * Y + S2
      S2 = 1.19839281085285 * X - 0.73248077421585 * Y
      const Z = Y + R1
      R1 = -2 * Y + 1.99004745483398 * Z + R2
      R2 = Y - 0.99007225036621 * Z
      energy += z * z + Z * Z
    }
    powers[block] = energy / BLOCK
  }
  // A filter that rings on in silence would come to numbers too small for the processor to be fast with.
  state.set([s1, s2, r1, r2, S1, S2, R1, R2].map((value) => (Math.abs(value) < 1e-20 ? 0 : value)))
}
