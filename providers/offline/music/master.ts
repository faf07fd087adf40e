// The last touch on a loop: room for a voice in the spectrum, one loudness for all moods, 16 bits.
import { pcm16Of, wavFile } from '../../../core/wav.ts'
import { sampleRate } from './loop.ts'
import type { Stereo } from './loop.ts'

/** Integrated loudness before the mix lowers it under the voice. */
const targetLufs = -19
const peakLimit = 10 ** (-3.5 / 20)

/** Filters and levels the loop in place; its peak stays below -3 dBFS. */
export function master(loop: Stereo): void {
  for (const side of [loop.left, loop.right]) for (const filter of [rumble, voiceDip]) filterLoop(side, filter)
  const gain = Math.min(10 ** ((targetLufs - loudnessOf(loop)) / 20), peakLimit / peakOf(loop))
  for (const side of [loop.left, loop.right]) for (let i = 0; i < side.length; i++) side[i]! *= gain
}

/** Plays the loop over and over until there are so many samples of it: a WAV file, PCM, 16 bit, stereo, 48 kHz. */
export function wavOf({ left, right }: Stereo, samples: number): Uint8Array {
  const once = new Int16Array(left.length * 2)
  for (const [side, channel] of [left, right].entries()) {
    for (const [i, sample] of pcm16Of(channel).entries()) once[2 * i + side] = sample
  }
  const all = new Int16Array(samples * 2)
  for (let at = 0; at < all.length; at += once.length) all.set(once.subarray(0, all.length - at), at)
  return wavFile(all, { sampleRateHz: sampleRate, channels: 2 })
}

/** A second-order section, normalised: b0, b1, b2, a1, a2. */
type Section = readonly [number, number, number, number, number]

/** High-pass at 35 Hz (Q 0.7). */
const rumble = highPass(35, 0.7)
/** 5 dB less around 2.2 kHz, where consonants are told apart. */
const voiceDip = peaking(2200, 0.6, -5)
// K-weighting at 48 kHz: ITU-R BS.1770-5, tables 1 and 2.
const kShelf: Section = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585]
const kHighPass: Section = [1, -2, 1, -1.99004745483398, 0.99007225036621]

/** BS.1770 without its gate, which makes no difference to music that never stops. */
function loudnessOf({ left, right }: Stereo): number {
  let power = 0
  for (const side of [left, right]) {
    const weighted = side.slice()
    for (const section of [kShelf, kHighPass]) filterLoop(weighted, section)
    let sum = 0
    for (const sample of weighted) sum += sample * sample
    power += sum / weighted.length
  }
  return -0.691 + 10 * Math.log10(power)
}

function peakOf({ left, right }: Stereo): number {
  let peak = 0
  for (const side of [left, right]) for (const sample of side) peak = Math.max(peak, Math.abs(sample))
  return peak
}

/** Filters in place as if the loop had been playing for ever. */
function filterLoop(samples: Float32Array, [b0, b1, b2, a1, a2]: Section) {
  const source = samples.slice()
  // Half a second is 80 times the slowest filter's memory.
  const lead = sampleRate / 2
  let [x1, x2, y1, y2] = [0, 0, 0, 0]
  for (let i = -lead; i < source.length; i++) {
    const x = source[i < 0 ? (source.length - (-i % source.length)) % source.length : i]!
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
    x2 = x1
    x1 = x
    y2 = y1
    y1 = y
    if (i >= 0) samples[i] = y
  }
}

// Robert Bristow-Johnson's audio EQ cookbook: https://www.w3.org/TR/audio-eq-cookbook/
function highPass(hz: number, q: number): Section {
  const { cos, alpha } = angleOf(hz, q)
  const half = (1 + cos) / 2
  return normalised([half, -2 * half, half], [1 + alpha, -2 * cos, 1 - alpha])
}

function peaking(hz: number, q: number, gainDb: number): Section {
  const { cos, alpha } = angleOf(hz, q)
  const a = 10 ** (gainDb / 40)
  return normalised([1 + alpha * a, -2 * cos, 1 - alpha * a], [1 + alpha / a, -2 * cos, 1 - alpha / a])
}

function angleOf(hz: number, q: number) {
  const angle = (2 * Math.PI * hz) / sampleRate
  return { cos: Math.cos(angle), alpha: Math.sin(angle) / (2 * q) }
}

function normalised(b: [number, number, number], a: [number, number, number]): Section {
  return [b[0] / a[0], b[1] / a[0], b[2] / a[0], a[1] / a[0], a[2] / a[0]]
}
