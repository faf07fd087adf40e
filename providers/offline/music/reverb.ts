// A room around a loop: a feedback delay network (Jot, Chaigne 1991) of eight lines with a Householder matrix.
import { sampleRate } from './loop.ts'
import type { Stereo } from './loop.ts'

/** Primes between 28 and 62 ms, so that no two lines' echoes fall together. */
const lineLengths = [1361, 1571, 1787, 1999, 2221, 2437, 2687, 2969]

/** Adds `level` of the reverb of `wet` to `dry`. `seconds` is the time to -60 dB; `brightHz` where it begins to dull. */
export function addReverb(
  dry: Stereo,
  wet: Stereo,
  { seconds, level, brightHz }: { seconds: number; level: number; brightHz: number },
): void {
  const length = dry.left.length
  const lines = lineLengths.map((size) => new Float32Array(size))
  const gains = lineLengths.map((size) => 10 ** ((-3 * size) / (seconds * sampleRate)))
  const positions = new Int32Array(lines.length)
  const dulled = new Float64Array(lines.length)
  const out = new Float64Array(lines.length)
  const follow = 1 - Math.exp((-2 * Math.PI * brightHz) / sampleRate)
  // The room has heard the loop before: what has died to -90 dB at its start does not matter.
  const lead = Math.ceil(1.5 * seconds * sampleRate)
  for (let i = -lead; i < length; i++) {
    const at = i < 0 ? (length - (-i % length)) % length : i
    let sum = 0
    for (let line = 0; line < lines.length; line++) sum += out[line] = lines[line]![positions[line]!]!
    const [left, right, shared] = [wet.left[at]!, wet.right[at]!, sum / 4]
    let [heardLeft, heardRight] = [0, 0]
    for (let line = 0; line < lines.length; line++) {
      const isLeft = line % 2 === 0
      dulled[line]! += follow * (out[line]! - shared - dulled[line]!)
      lines[line]![positions[line]!] = (isLeft ? left : right) * 0.5 + dulled[line]! * gains[line]!
      if (++positions[line]! === lineLengths[line]) positions[line] = 0
      if (isLeft) heardLeft += out[line]!
      else heardRight += out[line]!
    }
    if (i < 0) continue
    dry.left[at]! += heardLeft * level
    dry.right[at]! += heardRight * level
  }
}
