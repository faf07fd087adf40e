// Tracks with gains → the mix, any stretch of it, whenever it is asked for.
import { BLOCK } from './blocks.ts'
import type { Reader } from './recording.ts'

export type Track = {
  read: Reader
  channels: 1 | 2
  /** Where in the video it starts, and how long it is, in samples. */
  start: number
  samples: number
  /** On the edges of its own blocks; undefined = as it is. */
  gains: Float32Array | undefined
}

/** Interleaved stereo, from a sample on; good until it is asked for again. */
export function createMix(tracks: Track[]): Reader {
  let buffer = new Float32Array(0)
  return (first, count) => {
    if (buffer.length < 2 * count) buffer = new Float32Array(2 * count)
    const mix = buffer.subarray(0, 2 * count).fill(0)
    for (const track of tracks) {
      const from = Math.max(first, track.start)
      const to = Math.min(first + count, track.start + track.samples)
      if (from < to) add(mix.subarray(2 * (from - first), 2 * (to - first)), track, from - track.start)
    }
    return mix
  }
}

function add(mix: Float32Array, { read, channels, gains }: Track, first: number): void {
  const count = mix.length / 2
  const samples = read(first, count)
  const right = channels - 1
  for (let at = 0; at < count;) {
    const block = Math.floor((first + at) / BLOCK)
    const to = Math.min(count, (block + 1) * BLOCK - first)
    const gain = gains ? gains[block]! : 1
    const slope = gains ? (gains[block + 1]! - gain) / BLOCK : 0
    const offset = first - block * BLOCK
    for (; at < to; at++) {
      const now = gain + slope * (at + offset)
      mix[2 * at]! += now * samples[channels * at]!
      mix[2 * at + 1]! += now * samples[channels * at + right]!
    }
  }
}
