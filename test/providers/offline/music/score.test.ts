import { beforeAll, describe, expect, test } from 'vitest'
import { moodMusic } from '../../../../providers/offline/music/moods.ts'
import { score } from '../../../../providers/offline/music/score.ts'

const sampleRate = 48_000
const moods = Object.keys(moodMusic)
const never = new AbortController().signal
const play = async (mood: string, durationMs: number, seed = 1) =>
  Buffer.from((await score({ mood, durationMs, seed }, never)).made)

/** Both sides of a WAV file as numbers from -1 to 1. */
function sidesOf(wav: Buffer): [left: Float64Array, right: Float64Array] {
  const left = new Float64Array((wav.length - 44) / 4)
  const right = new Float64Array(left.length)
  for (let i = 0; i < left.length; i++) {
    left[i] = wav.readInt16LE(44 + 4 * i) / 32_768
    right[i] = wav.readInt16LE(46 + 4 * i) / 32_768
  }
  return [left, right]
}

const decibels = (amplitude: number) => 20 * Math.log10(amplitude)

function rms(samples: Float64Array): number {
  let sum = 0
  for (const x of samples) sum += x * x
  return Math.sqrt(sum / samples.length)
}

function peakOf(samples: Float64Array): number {
  let peak = 0
  for (const x of samples) peak = Math.max(peak, Math.abs(x))
  return peak
}

/** Integrated loudness as ITU-R BS.1770 has it, gates included. */
function lufsOf(sides: Float64Array[]): number {
  const weighted = sides.map((side) =>
    filter(
      filter(side, [1.53512485958697, -2.69169618940638, 1.19839281085285], [-1.69065929318241, 0.73248077421585]),
      [1, -2, 1],
      [-1.99004745483398, 0.99007225036621],
    ),
  )
  const blocks: number[] = []
  const [block, hop] = [0.4 * sampleRate, 0.1 * sampleRate]
  for (let from = 0; from + block <= weighted[0]!.length; from += hop)
    blocks.push(weighted.reduce((sum, side) => sum + rms(side.subarray(from, from + block)) ** 2, 0))
  const mean = (powers: number[]) => powers.reduce((sum, power) => sum + power, 0) / powers.length
  const lufs = (power: number) => -0.691 + 10 * Math.log10(power)
  const audible = blocks.filter((power) => lufs(power) > -70)
  const gate = lufs(mean(audible)) - 10
  return lufs(mean(audible.filter((power) => lufs(power) > gate)))
}

function filter(samples: Float64Array, [b0, b1, b2]: Three, [a1, a2]: [number, number]): Float64Array {
  const out = new Float64Array(samples.length)
  let [x1, x2, y1, y2] = [0, 0, 0, 0]
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i]!
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
    ;[x2, x1, y2, y1] = [x1, x, y1, y]
    out[i] = y
  }
  return out
}
type Three = [number, number, number]

/** The power between two frequencies in dB of the whole, by Butterworth filters of the fourth order. */
function bandDecibels(fromHz: number, toHz: number, samples: Float64Array): number {
  let band = samples
  for (const [hz, sign] of [
    [fromHz, -1],
    [toHz, 1],
  ] as const)
    for (const q of [0.541, 1.307]) {
      const angle = (2 * Math.PI * hz) / sampleRate
      const alpha = Math.sin(angle) / (2 * q)
      const side = (1 - sign * Math.cos(angle)) / 2
      const by = 1 + alpha
      const b: Three = [side / by, (sign * 2 * side) / by, side / by]
      band = filter(band, b, [(-2 * Math.cos(angle)) / by, (1 - alpha) / by])
    }
  return decibels(rms(band) / rms(samples))
}

describe.each(moods)('%s music', (mood) => {
  const durationMs = 10_337
  let wav: Buffer
  let sides: [Float64Array, Float64Array]
  beforeAll(async () => {
    wav = await play(mood, durationMs)
    sides = sidesOf(wav)
  })

  test('is a WAV file, 16 bit, stereo, 48 kHz, as long as was asked for to the sample', () => {
    expect(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ')
    expect([20, 22, 32, 34].map((at) => wav.readUInt16LE(at))).toEqual([1, 2, 4, 16])
    expect([24, 28].map((at) => wav.readUInt32LE(at))).toEqual([sampleRate, sampleRate * 4])
    expect([wav.readUInt32LE(4), wav.readUInt32LE(40)]).toEqual([wav.length - 8, wav.length - 44])
    expect(sides.map((side) => side.length)).toEqual([durationMs * 48, durationMs * 48])
  })

  test('lies between -20 and -18 LUFS with peaks below -3 dBFS', () => {
    expect(lufsOf(sides)).toBeGreaterThan(-20)
    expect(lufsOf(sides)).toBeLessThan(-18)
    for (const side of sides) expect(decibels(peakOf(side))).toBeLessThan(-3)
  })

  test('is balanced between left and right, wide, and without an offset', () => {
    const [left, right] = sides
    expect(Math.abs(decibels(rms(left)) - decibels(rms(right)))).toBeLessThan(1.5)
    let [difference, sum] = [0, 0]
    for (let i = 0; i < left.length; i++) {
      difference += (left[i]! - right[i]!) ** 2
      sum += left[i]!
    }
    expect(decibels(Math.sqrt(difference / left.length))).toBeGreaterThan(-40)
    expect(Math.abs(sum / left.length)).toBeLessThan(0.0005)
  })

  test('moves: its loudness rises and falls, and it is never silent', () => {
    const window = sampleRate / 5
    const levels: number[] = []
    for (let from = 0; from + window <= sides[0].length; from += window)
      levels.push(decibels(rms(sides[0].subarray(from, from + window))))
    const sorted = levels.toSorted((a, b) => a - b)
    expect(sorted.at(-1)! - sorted[0]!).toBeGreaterThan(5)
    expect(sorted[0]).toBeGreaterThan(-45)
  })

  test('loops without a seam: the end runs on into the beginning as smoothly as the rest, and rings on', () => {
    for (const side of sides) {
      const at = (i: number) => side[(i + side.length) % side.length]!
      let [largestStep, largestBend] = [0, 0]
      for (let i = 2; i < side.length - 1; i++) {
        largestStep = Math.max(largestStep, Math.abs(side[i]! - side[i - 1]!))
        largestBend = Math.max(largestBend, Math.abs(side[i + 1]! - 2 * side[i]! + side[i - 1]!))
      }
      expect(Math.abs(at(0) - at(-1))).toBeLessThan(largestStep / 2)
      for (const i of [-1, 0]) expect(Math.abs(at(i + 1) - 2 * at(i) + at(i - 1))).toBeLessThan(largestBend / 2)
      expect(decibels(rms(side.subarray(0, 2400)))).toBeGreaterThan(-50)
    }
  })

  test('is full in the middle, and leaves 1 to 4 kHz, where consonants are told apart, to the voice', () => {
    expect(bandDecibels(150, 800, sides[0])).toBeGreaterThan(-6)
    expect(bandDecibels(1000, 4000, sides[0])).toBeLessThan(-14)
    expect(bandDecibels(1000, 4000, sides[0])).toBeGreaterThan(-35)
  })
})

describe('music', () => {
  test('is the same bytes for the same brief, and other bytes for another seed or mood', async () => {
    const first = await play('warm', 3000, 3)
    expect(first.equals(await play('warm', 3000, 3))).toBe(true)
    expect(first.equals(await play('warm', 3000, 4))).toBe(false)
    expect(first.equals(await play('epic', 3000, 3))).toBe(false)
  })

  test.each([1, 20, 333, 1000, 2345.678])('of %f ms is exactly that long and sounds', async (durationMs) => {
    const [left] = sidesOf(await play('uplifting', durationMs))
    expect(left).toHaveLength(Math.round(durationMs * 48))
    expect(peakOf(left)).toBeGreaterThan(0.01)
    expect(decibels(peakOf(left))).toBeLessThan(-3)
  })

  test('longer than a loop repeats it whole, to the sample', async () => {
    const pcm = (await play('playful', 100_003)).subarray(44)
    const half = pcm.length / 2
    expect(pcm).toHaveLength(100_003 * 48 * 4)
    expect(pcm.subarray(0, half).equals(pcm.subarray(half))).toBe(true)
  })

  test('costs nothing and says what made it', async () => {
    const { charges } = await score({ mood: 'calm', durationMs: 1500, seed: 1 }, never)
    expect(charges).toEqual([{ provider: 'embedded', model: 'synth-1', unit: 'seconds', units: 1.5, costMicroUsd: 0 }])
  })

  test.each(['auto', 'none', 'toString', ''])('of the mood “%s” is refused with the moods there are', async (mood) => {
    await expect(play(mood, 1000)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('warm'),
    })
  })

  test.each([0, -5, Number.NaN])('of %f ms is refused', async (durationMs) => {
    await expect(play('warm', durationMs)).rejects.toMatchObject({ name: 'InputError' })
  })

  test('stops soon after it is no longer wanted', async () => {
    const started = Date.now()
    const stopped = score({ mood: 'epic', durationMs: 95_000, seed: 1 }, AbortSignal.timeout(50))
    await expect(stopped).rejects.toMatchObject({ name: 'TimeoutError' })
    expect(Date.now() - started).toBeLessThan(1000)
    await expect(score({ mood: 'epic', durationMs: 95_000, seed: 1 }, AbortSignal.abort())).rejects.toThrow('aborted')
  })
})
