import { describe, expect, test } from 'vitest'
import { createFrameDecoder } from '../../../providers/media/minimp3/decoder.ts'
import { framesIn, mp3FramesOf } from '../../../providers/media/mp3-frames.ts'
import { openMp3 } from '../../../providers/media/mp3.ts'
import { mp3File } from '../../loopback/mp3.ts'

const rateHz = 44_100
const length = rateHz * 2 + 123
const wave = (hz: number) =>
  Float32Array.from({ length }, (_, index) => 0.4 * Math.sin((2 * Math.PI * hz * index) / rateHz))
const waves = [wave(1300), wave(2100)]
/** A codec changes a wave a little; one sample beside it, it is twice this off. */
const lossy = 0.035
const file = mp3File(waves, rateHz)
const framesOf = (bytes: Buffer) => [...framesIn(bytes, mp3FramesOf(bytes)!)]

async function sidesOf(bytes: Buffer): Promise<Float32Array[]> {
  const { blocks } = openMp3(bytes)
  const sides: number[][] = [[], []]
  for await (const block of blocks()) {
    for (const [index, side] of sides.entries()) for (const sample of block[index]!) side.push(sample)
  }
  return sides.map((side) => Float32Array.from(side))
}

/** How far apart two are at most, but for the first and last samples, where a codec rings. */
function worstOff(got: Float32Array, wanted: Float32Array): number {
  let worst = 0
  for (let at = 2000; at < Math.min(got.length, wanted.length) - 2000; at++)
    worst = Math.max(worst, Math.abs(got[at]! - wanted[at]!))
  return worst
}

describe('what the encoder added is left out to the sample', () => {
  test.each([1, 2])('%i channels', async (channels) => {
    const sides = await sidesOf(mp3File(waves.slice(0, channels), rateHz))
    for (const [index, side] of sides.entries()) {
      expect(side).toHaveLength(length)
      expect(worstOff(side, waves[channels === 1 ? 0 : index]!)).toBeLessThan(lossy)
    }
  })

  test('where the notes do not say how much, what LAME adds before the sound', async () => {
    const nameAt = file.indexOf('Info') + 120
    const [left] = await sidesOf(Buffer.from(file).fill(0, nameAt, nameAt + 24))
    expect(worstOff(left!, waves[0]!)).toBeLessThan(lossy)
  })

  test('and where they say more than there is', async () => {
    const short = mp3File([waves[0]!.subarray(0, 3000)], rateHz)
    short.writeUIntBE(0xffffff, short.indexOf('Info') + 120 + 21, 3)
    expect((await sidesOf(short))[0]).toHaveLength(framesOf(short).length * 1152 - 1105)
  })
})

/** MPEG 1, 2 and 2.5; the bytes of a frame's head behind the sync. */
test.each([
  [[0xfb, 0x90, 0xc0], 44_100, 1152, 417],
  [[0xfb, 0x90, 0x00], 44_100, 1152, 417],
  [[0xfb, 0xe8, 0x00], 32_000, 1152, 1440],
  [[0xf3, 0x80, 0xc0], 22_050, 576, 208],
  [[0xf3, 0x14, 0xc0], 24_000, 576, 24],
  [[0xe3, 0x80, 0x00], 11_025, 576, 417],
  [[0xe3, 0xe8, 0xc0], 8000, 576, 1440],
])('silence: %o is %i Hz', async (head, sampleRateHz, samples, bytes) => {
  const frame = Buffer.alloc(bytes)
  frame.set([0xff, ...head])
  const silence = Buffer.concat(Array.from({ length: 100 }, () => frame))
  expect(openMp3(silence).sampleRateHz).toBe(sampleRateHz)
  for await (const [left] of openMp3(silence).blocks()) expect(left!.length).toBeLessThanOrEqual(sampleRateHz)
  for (const side of await sidesOf(silence)) {
    expect(side).toHaveLength(100 * samples - 1105)
    expect(side.every((sample) => sample === 0)).toBe(true)
  }
})

describe('frames', () => {
  test('that lie before the first one are missed only by the next few', async () => {
    const [whole] = await sidesOf(Buffer.concat(framesOf(file)))
    for (const missing of [1, 10, 40]) {
      const [rest] = await sidesOf(Buffer.concat(framesOf(file).slice(missing)))
      expect(rest).toHaveLength(whole!.length - missing * 1152)
      expect(worstOff(rest!.subarray(5 * 1152), whole!.subarray((missing + 5) * 1152))).toBeLessThan(1e-4)
    }
  })

  test('of which only the head is whole are damage', async () => {
    const bytes = Buffer.from(file)
    framesOf(bytes)[39]!.fill(0xff, 4, 36)
    await expect(sidesOf(bytes)).rejects.toThrow(/^it is damaged after 1\.0 s$/)
  })

  test('that are none', () => {
    const { decode } = createFrameDecoder()
    for (const bytes of [0, 1, 4, 30, 417, 1441, 1442, 100_000])
      expect(decode(new Uint8Array(bytes).fill(0x55)), `${bytes} bytes`).toBe(-1)
    expect(decode(framesOf(file)[0]!)).toBe(1152)
    expect(decode(framesOf(file)[1]!.subarray(0, -1))).toBe(-1)
  })

  test('of two files are decoded apart', async () => {
    const [one, other] = [openMp3(file).blocks(), openMp3(file).blocks()]
    await one.next()
    const first = await other.next()
    const second = await one.next()
    expect(second.value).toEqual((await other.next()).value)
    expect(first.value).not.toEqual(second.value)
  })
})
