// Samples as they are: WAV files of any depth, and bare 16-bit samples.
import { setImmediate } from 'node:timers/promises'
import type { Recording } from './recording.ts'

type Layout = { sampleRateHz: number; channels: number; bytesPerSample: number; read: Reader }
/** One sample in −1…1. */
type Reader = (file: Buffer, at: number) => number

const pcm = 1
const float = 3
const extensible = 0xfffe
const readers: Record<string, Reader> = {
  [`${pcm}/8`]: (file, at) => (file[at]! - 128) / 128,
  [`${pcm}/16`]: (file, at) => file.readInt16LE(at) / 32_768,
  [`${pcm}/24`]: (file, at) => file.readIntLE(at, 3) / 8_388_608,
  [`${pcm}/32`]: (file, at) => file.readInt32LE(at) / 2_147_483_648,
  [`${float}/32`]: (file, at) => file.readFloatLE(at),
  [`${float}/64`]: (file, at) => file.readDoubleLE(at),
}
/** Who writes while the sound is still being made puts one of these where the length belongs: 0, 2³¹ or 2³² less a bit. */
const isStreamedLength = (length: number) => length === 0 || length >= 0x7fff_f000

/** https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html */
export function openWav(file: Buffer): Recording {
  if (file.toString('latin1', 8, 12) !== 'WAVE') throw new Error('it is a RIFF file, but no WAV file')
  let layout: Layout | undefined
  let at = 12
  while (at + 8 <= file.length) {
    const name = file.toString('latin1', at, at + 4)
    const length = file.readUInt32LE(at + 4)
    if (name === 'data') return openData(file, at + 8, length, layout)
    if (name === 'fmt ') layout = layoutOf(file.subarray(at + 8, at + 8 + length))
    at += 8 + length + (length % 2)
  }
  throw new Error('it breaks off before its first sample')
}

/** Mono, 16 bits, little-endian. */
export function openRaw(file: Buffer, sampleRateHz: number): Recording {
  if (file.length % 2) throw new Error('it breaks off within a sample')
  return { sampleRateHz, channels: 1, blocks: () => blocksOf(file, { ...layoutOfRaw, sampleRateHz }) }
}

const layoutOfRaw = { channels: 1, bytesPerSample: 2, read: readers[`${pcm}/16`]! }

function layoutOf(fmt: Buffer): Layout {
  if (fmt.length < 16) throw new Error('it is a WAV file whose format is cut off')
  const stated = fmt.readUInt16LE(0)
  const format = stated === extensible && fmt.length >= 26 ? fmt.readUInt16LE(24) : stated
  const [channels, sampleRateHz, bits] = [fmt.readUInt16LE(2), fmt.readUInt32LE(4), fmt.readUInt16LE(14)]
  const read = readers[`${format}/${bits}`]
  if (!read) throw new Error(`it is a WAV file of an unknown kind (format ${format}, ${bits} bits)`)
  if (channels < 1 || channels > 16) throw new Error(`it is a WAV file with ${channels} channels`)
  if (sampleRateHz < 4000 || sampleRateHz > 384_000) throw new Error(`it is a WAV file of ${sampleRateHz} Hz`)
  return { sampleRateHz, channels, bytesPerSample: bits / 8, read }
}

function openData(file: Buffer, from: number, length: number, layout: Layout | undefined): Recording {
  if (!layout) throw new Error('it is a WAV file without a format')
  const { sampleRateHz, channels, bytesPerSample } = layout
  const there = file.length - from
  const blockBytes = channels * bytesPerSample
  const isStreamed = isStreamedLength(length)
  if (!isStreamed && there < length) {
    const seconds = there / blockBytes / sampleRateHz
    throw new Error(
      `it breaks off after ${seconds.toFixed(1)} s of ${(length / blockBytes / sampleRateHz).toFixed(1)} s`,
    )
  }
  const data = file.subarray(from, isStreamed ? file.length : from + length)
  if (data.length % blockBytes) throw new Error('it breaks off within a sample')
  return { sampleRateHz, channels, blocks: () => blocksOf(data, layout) }
}

const blockSeconds = 0.5

async function* blocksOf(data: Buffer, { sampleRateHz, channels, bytesPerSample, read }: Layout) {
  const samples = data.length / (channels * bytesPerSample)
  const step = Math.round(sampleRateHz * blockSeconds)
  for (let from = 0; from < samples; from += step) {
    const length = Math.min(step, samples - from)
    yield Array.from({ length: channels }, (_, channel) => {
      const block = new Float32Array(length)
      for (let i = 0; i < length; i++) block[i] = read(data, ((from + i) * channels + channel) * bytesPerSample)
      return block
    })
    // Others want the event loop too.
    await setImmediate()
  }
}
