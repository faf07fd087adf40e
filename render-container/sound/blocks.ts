// The grid on which levels are measured and gains are set: 32 samples, 2/3 ms. Gains lie on the edges between blocks
// and go from one to the next in a straight line, so none of them clicks; there is one more edge than blocks.

export const BLOCK = 32
export const BLOCKS_PER_SECOND = 1500

export const blocksIn = (samples: number) => Math.ceil(samples / BLOCK)
export const decibels = (gain: number) => 20 * Math.log10(gain)
export const linear = (db: number) => 10 ** (db / 20)

/** Each block's power after the gains on its edges. */
export function gained(powers: Float32Array, gains: Float32Array): Float32Array {
  return powers.map((power, at) => power * ((gains[at]! + gains[at + 1]!) / 2) ** 2)
}

/**
 * The highest curve that stays at or under `limits` everywhere and, edge by edge, falls by no more than the factor
 * `fall` and rises by no more than `rise`: it goes down ahead of time. In place.
 */
export function slopeLimited(limits: Float32Array, fall: number, rise: number): Float32Array {
  for (let at = limits.length - 2; at >= 0; at--) limits[at] = Math.min(limits[at]!, limits[at + 1]! * fall)
  for (let at = 1; at < limits.length; at++) limits[at] = Math.min(limits[at]!, limits[at - 1]! * rise)
  return limits
}

/** The mean of the `2 * reach + 1` values around each, fewer at the ends. */
export function smoothed(values: Float32Array, reach: number): Float32Array {
  const sums = new Float64Array(values.length + 1)
  for (let at = 0; at < values.length; at++) sums[at + 1] = sums[at]! + values[at]!
  return values.map((_, at) => {
    const [from, to] = [Math.max(0, at - reach), Math.min(values.length, at + reach + 1)]
    return (sums[to]! - sums[from]!) / (to - from)
  })
}
