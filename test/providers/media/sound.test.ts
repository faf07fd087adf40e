import { describe, expect, test } from 'vitest'
import { decodeMusic } from '../../../providers/media/music.ts'
import { wavOf } from '../../../core/wav.ts'
import { decodeSound } from '../../../providers/media/sound.ts'
import { randomOf } from '../../../core/random.ts'
import { mp3File } from '../../loopback/mp3.ts'
import { mp3Of, speechFor, tonesIn } from '../../loopback/speech.ts'
import { waveFile, type WaveOptions } from './wave-file.ts'

const { sound } = speechFor('Coffee was found by a goat herder, they say.')
const mp3 = mp3Of(sound)
const tones = tonesIn(sound)

const reasonOf = async (bytes: Uint8Array, rawRateHz?: number) =>
  decodeSound(bytes, { rawRateHz }).then(
    ({ samples }) => `${samples.length} samples`,
    (error: unknown) => (error as Error).message,
  )

/** How far the tones of a file are from where they were, at most. */
async function worstOffMs(bytes: Uint8Array): Promise<number> {
  const heard = tonesIn(await decodeSound(bytes))
  if (heard.length !== tones.length) return Infinity
  return Math.max(...heard.map(({ startMs }, index) => Math.abs(startMs - tones[index]!.startMs)))
}

describe('MP3', () => {
  test('the encoder’s delay is left out: every tone is where it was', async () => {
    const decoded = await decodeSound(mp3)
    expect(decoded.sampleRateHz).toBe(44_100)
    expect(decoded.samples.length / 44_100).toBeCloseTo(sound.samples.length / sound.sampleRateHz, 3)
    expect(await worstOffMs(mp3)).toBeLessThan(1)
  })

  test('so it is without the frame that notes the delay', async () => {
    expect(await worstOffMs(withoutNotes(mp3))).toBeLessThan(1)
  })

  test('tags before and behind are no sound', async () => {
    const tag = Buffer.from(`TAG${'x'.repeat(125)}`)
    const id3 = Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 1, 0]), Buffer.alloc(128, 0xff)])
    expect(await worstOffMs(Buffer.concat([id3, mp3, tag, Buffer.alloc(50)]))).toBeLessThan(1)
  })

  test('what follows when all that the notes promise is there does no harm', async () => {
    expect(await worstOffMs(Buffer.concat([mp3, Buffer.from('anything at all')]))).toBeLessThan(1)
    expect(await worstOffMs(Buffer.concat([mp3, mp3.subarray(-417, -100)]))).toBeLessThan(1)
  })

  test('two files one behind the other are both heard', async () => {
    const both = await decodeSound(Buffer.concat([mp3, mp3]))
    expect(both.samples.length / 44_100).toBeGreaterThan((2 * sound.samples.length) / 24_000)
  })

  test('stereo is mixed', async () => {
    const channel = Float32Array.from(sound.samples, (sample) => sample / 32_768)
    const silent = new Float32Array(channel.length)
    const one = await decodeSound(mp3File([channel, silent], sound.sampleRateHz))
    const peak = one.samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    const wanted = sound.samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) / 2
    expect(Math.abs(peak - wanted)).toBeLessThan(wanted * 0.15)
  })

  test('cut off anywhere, it is said to break off', async () => {
    for (let cut = 1; cut < 60; cut++) {
      const length = Math.floor((mp3.length * cut) / 60)
      expect(await reasonOf(mp3.subarray(0, length)), `${length} bytes`).toMatch(/^it breaks off/)
    }
  })

  test('cut off within a frame, so is one without notes', async () => {
    const plain = withoutNotes(mp3)
    for (const share of [0.2, 0.5, 0.9]) {
      expect(await reasonOf(plain.subarray(0, Math.floor(plain.length * share) | 1))).toMatch(/^it breaks off after \d/)
    }
    expect(await reasonOf(plain.subarray(0, -2))).toMatch(/^it breaks off after \d/)
  })

  test('garbage, zeros or missing bytes in the middle are damage', async () => {
    const middle = mp3.length >> 1
    const random = randomOf(1)
    const garbage = Buffer.from(mp3)
    for (let at = middle; at < middle + 1000; at++) garbage[at] = random() * 256
    expect(await reasonOf(garbage)).toMatch(/^it is damaged after \d/)
    expect(await reasonOf(Buffer.from(mp3).fill(0, middle, middle + 1000))).toMatch(/^it is damaged after \d/)
    const shorter = Buffer.concat([mp3.subarray(0, middle), mp3.subarray(middle + 77)])
    expect(await reasonOf(shorter)).toMatch(/^it is damaged after \d/)
    const page = Buffer.concat([mp3.subarray(0, middle), Buffer.from('<html>502 Bad Gateway</html>')])
    expect(await reasonOf(page)).toMatch(/^it (is damaged|breaks off) after \d/)
  })

  test('bits that are flipped never hang it', async () => {
    const random = randomOf(2)
    for (let round = 0; round < 25; round++) {
      const bytes = Buffer.from(mp3)
      for (let flip = 0; flip < 20; flip++) bytes[Math.floor(random() * bytes.length)]! ^= 1 << Math.floor(random() * 8)
      expect(await reasonOf(bytes)).toMatch(/samples$|^it /)
    }
  })

  test('decoding leaves the event loop free', async () => {
    const long = mp3File([new Float32Array(44_100 * 20).map((_, index) => 0.3 * Math.sin(index / 20))], 44_100)
    let [turns, isDone] = [0, false]
    const count = () => {
      turns++
      if (!isDone) setImmediate(count)
    }
    setImmediate(count)
    await decodeSound(long)
    isDone = true
    expect(turns).toBeGreaterThan(15)
  })
})

describe('WAV', () => {
  const kinds: WaveOptions[] = [
    { format: 1, bits: 8 },
    { format: 1, bits: 16 },
    { format: 1, bits: 24 },
    { format: 1, bits: 32 },
    { format: 3, bits: 32 },
    { format: 3, bits: 64 },
    { format: 1, bits: 16, channels: 2 },
    { format: 1, bits: 24, channels: 6 },
    { format: 1, bits: 16, isExtensible: true },
    { format: 3, bits: 32, isExtensible: true, channels: 2 },
    { format: 1, bits: 16, dataLength: 0 },
    { format: 1, bits: 16, dataLength: 0xffff_ffff },
    { format: 1, bits: 16, dataLength: 0x7fff_ffff },
    { format: 1, bits: 16, before: 'LIST' },
    { format: 1, bits: 16, behind: 'LIST' },
  ]
  test.each(kinds)('%o', async (kind) => {
    const decoded = await decodeSound(waveFile(sound, kind))
    expect(decoded.sampleRateHz).toBe(sound.sampleRateHz)
    expect(decoded.samples).toHaveLength(sound.samples.length)
    const off = kind.bits === 8 ? 150 : 1
    expect(decoded.samples.every((sample, index) => Math.abs(sample - sound.samples[index]!) <= off)).toBe(true)
  })

  test('what is written is read again, to the bit', async () => {
    expect((await decodeSound(wavOf(sound))).samples).toEqual(sound.samples)
    const extremes = {
      sampleRateHz: 8000,
      samples: new Int16Array(400).map((_, i) => [-32_768, 32_767, 0, -1][i % 4]!),
    }
    expect((await decodeSound(wavOf(extremes))).samples).toEqual(extremes.samples)
  })

  test('cut off, it is said to break off', async () => {
    const file = wavOf(sound)
    for (const length of [12, 20, 40, 44, 45, 1000, file.length - 1])
      expect(await reasonOf(file.subarray(0, length)), `${length} bytes`).toMatch(
        /^it breaks off|^it is a WAV file whose/,
      )
    expect(await reasonOf(waveFile(sound, { format: 1, bits: 16, dataLength: 0 }).subarray(0, -1))).toMatch(
      /^it breaks off/,
    )
  })

  test.each([
    [{ format: 6, bits: 8 }, 'unknown kind'],
    [{ format: 1, bits: 16, channels: 0 }, '0 channels'],
  ] satisfies [WaveOptions, string][])('%o is refused', async (kind, reason) => {
    expect(await reasonOf(waveFile(sound, kind))).toContain(reason)
  })
})

describe('bare samples', () => {
  const raw = new Uint8Array(sound.samples.buffer)

  test('are read when their rate is given, whatever they begin with', async () => {
    expect((await decodeSound(raw, { rawRateHz: 24_000 })).samples).toEqual(sound.samples)
    for (const start of ['<h', '{"', 'ID', '\xff\xfb', 'Og']) {
      const bytes = Buffer.from(raw)
      bytes.write(start, 0, 'latin1')
      expect(await reasonOf(bytes, 24_000), start).toBe(`${sound.samples.length} samples`)
    }
  })

  test('a file is read as a file all the same', async () => {
    expect((await decodeSound(wavOf(sound), { rawRateHz: 16_000 })).sampleRateHz).toBe(24_000)
    expect((await decodeSound(mp3, { rawRateHz: 16_000 })).sampleRateHz).toBe(44_100)
    expect(await reasonOf(Buffer.from('{"error": {"code": 500}}'), 24_000)).toContain('JSON')
    expect(await reasonOf(raw.subarray(0, -1), 24_000)).toMatch(/^it breaks off/)
  })

  test('are nothing when it is not', async () => {
    expect(await reasonOf(raw)).toBe('it is neither an MP3 nor a WAV file')
  })
})

test.each([
  ['', 'it is empty'],
  ['<!DOCTYPE html><html><body>502</body></html>', 'an HTML page'],
  ['\n  <html>', 'an HTML page'],
  ['<?xml version="1.0"?><Error/>', 'an XML text'],
  ['{"detail":{"status":"quota_exceeded"}}', 'a JSON text'],
  ['[{"error":1}]', 'a JSON text'],
  ['upstream connect error', 'a text'],
  ['OggS\0\x02\0\0', 'an Ogg file'],
  ['fLaC\0\0\0\x22', 'a FLAC file'],
  ['\0\0\0\x20ftypM4A ', 'an MP4 file'],
  ['\x1a\x45\xdf\xa3\x01\0', 'a WebM file'],
  ['\xff\xf1\x50\x80\x02\x1f', 'an AAC file'],
  ['\x89PNG\r\n\x1a\n\0', 'a picture'],
  ['\x01\x02\x03\x04\x05\x06', 'neither an MP3 nor a WAV file'],
])('%j: %s', async (text, reason) => {
  expect(await reasonOf(Buffer.from(text, 'latin1'))).toContain(reason)
})

test('silence and next to nothing are refused', async () => {
  const silence = { sampleRateHz: 24_000, samples: new Int16Array(24_000).fill(20) }
  expect(await reasonOf(wavOf(silence))).toBe('it is silent')
  expect(await reasonOf(mp3Of(silence))).toBe('it is silent')
  expect(await reasonOf(wavOf({ ...silence, samples: new Int16Array(0) }))).toBe('it is empty')
  expect(await reasonOf(wavOf({ ...silence, samples: new Int16Array(100).fill(9000) }))).toContain('shorter than')
})

describe('music', () => {
  const tone = (hz: number, rateHz: number) =>
    Float32Array.from({ length: rateHz * 2 }, (_, index) => 0.5 * Math.sin((2 * Math.PI * hz * index) / rateHz))
  const sidesOf = (file: Uint8Array) => {
    const samples = new Int16Array(file.buffer, 44)
    return [0, 1].map((side) => samples.filter((_, index) => index % 2 === side))
  }
  const errorOf = (samples: Int16Array, hz: number) => {
    let worst = 0
    for (let index = 2000; index < samples.length - 4000; index++) {
      const wanted = 16_384 * Math.sin((2 * Math.PI * hz * index) / 48_000)
      worst = Math.max(worst, Math.abs(samples[index]! - wanted))
    }
    return worst
  }

  test.each([22_050, 44_100, 48_000, 96_000])('WAV of %i Hz', async (rateHz) => {
    const samples = Int16Array.from(tone(1000, rateHz), (sample) => sample * 32_768)
    const [left, right] = sidesOf(await decodeMusic(wavOf({ sampleRateHz: rateHz, samples })))
    expect(left).toHaveLength(96_000)
    expect(errorOf(left!, 1000)).toBeLessThan(4)
    expect(right).toEqual(left)
  })

  test('MP3, stereo, 44.1 kHz: each side where it was', async () => {
    const [left, right] = sidesOf(await decodeMusic(mp3File([tone(500, 44_100), tone(2000, 44_100)], 44_100)))
    expect(Math.abs(left!.length - 96_000)).toBeLessThan(5)
    // A quarter of a sample.
    expect(errorOf(left!, 500)).toBeLessThan(1200)
    expect(errorOf(right!, 2000)).toBeLessThan(1200)
  })

  test('is refused as speech is', async () => {
    await expect(decodeMusic(Buffer.from('<html>'))).rejects.toThrow('HTML')
    await expect(decodeMusic(mp3.subarray(0, 5000))).rejects.toThrow('breaks off')
  })
})

/** Without ID3 and the frame 'Info': how MP3 is streamed. */
function withoutNotes(file: Buffer): Buffer {
  const info = file.indexOf('Info')
  const first = file.lastIndexOf(0xff, info)
  const next = file.indexOf(file.subarray(first, first + 2), info)
  return file.subarray(next)
}
