// The last gain: the whole to its loudness, its peaks held under the ceiling. Worked out on levels, so that what comes
// out is known before anything is encoded.
import { BLOCKS_PER_SECOND, gained, linear, slopeLimited } from './blocks.ts'
import { integratedLufs } from './loudness.ts'

/** What the mix has, block by block: K-weighted power and true peak. */
export type Levels = { powers: Float32Array; peaks: Float32Array }

const PRECISION_LU = 0.02
const ROUNDS = 12
/** A mix that is nearly all peaks would be made ever louder and flatter. */
const MOST_LIMITING_DB = 15

/**
 * Gains on the blocks' edges with which the mix has `lufs` and no peak above `ceilingDb`. The limiter takes part of
 * what is asked for, so the rest is asked for again. `mixLufs` is what the mix has now.
 */
export function masterGains(levels: Levels, mixLufs: number, lufs: number, ceilingDb: number): Float32Array {
  let gainDb = lufs - mixLufs
  const mostDb = gainDb + MOST_LIMITING_DB
  let gains = limited(levels.peaks, gainDb, ceilingDb)
  for (let round = 0; round < ROUNDS; round++) {
    const missing = lufs - (integratedLufs(gained(levels.powers, gains)) ?? lufs)
    if (Math.abs(missing) <= PRECISION_LU || gainDb >= mostDb) break
    gainDb = Math.min(mostDb, gainDb + missing)
    gains = limited(levels.peaks, gainDb, ceilingDb)
  }
  return gains
}

/** For 6 dB. Going down takes as long as the ear takes to hear a click; going up so long that it is not heard as one. */
const ATTACK_S = 0.005
const RELEASE_S = 0.08

function limited(peaks: Float32Array, gainDb: number, ceilingDb: number): Float32Array {
  const [gain, ceiling] = [linear(gainDb), linear(ceilingDb)]
  const limits = new Float32Array(peaks.length + 1).fill(gain)
  for (let at = 0; at < peaks.length; at++) {
    const most = ceiling / Math.max(peaks[at]!, 1e-9)
    // Both edges of a block, and so all of the line between them.
    limits[at] = Math.min(limits[at]!, most)
    limits[at + 1] = Math.min(limits[at + 1]!, most)
  }
  const perBlock = (seconds: number) => linear(6 / (seconds * BLOCKS_PER_SECOND))
  return slopeLimited(limits, perBlock(ATTACK_S), perBlock(RELEASE_S))
}
