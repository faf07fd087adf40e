// WAV files of the kinds that others write.
import type { Sound } from '../../../core/ports.ts'

export type WaveOptions = {
  /** 1: whole numbers, 3: floating point. */
  format: number
  bits: number
  /** All of them the same. */
  channels?: number
  isExtensible?: boolean
  /** What the header says, if not the truth. */
  dataLength?: number
  /** The name of another chunk. */
  before?: string
  behind?: string
}

export function waveFile({ sampleRateHz, samples }: Sound, options: WaveOptions): Buffer {
  const { format, bits, channels = 1, isExtensible = false, before, behind } = options
  const data = Buffer.alloc((samples.length * channels * bits) / 8)
  for (const [index, sample] of samples.entries()) {
    for (let channel = 0; channel < channels; channel++) {
      write(data, ((index * channels + channel) * bits) / 8, sample / 32_768, options)
    }
  }
  const fmt = Buffer.alloc(isExtensible ? 40 : 16)
  fmt.writeUInt16LE(isExtensible ? 0xfffe : format, 0)
  fmt.writeUInt16LE(channels, 2)
  fmt.writeUInt32LE(sampleRateHz, 4)
  fmt.writeUInt32LE((sampleRateHz * channels * bits) / 8, 8)
  fmt.writeUInt16LE((channels * bits) / 8, 12)
  fmt.writeUInt16LE(bits, 14)
  if (isExtensible) {
    fmt.writeUInt16LE(22, 16)
    fmt.writeUInt16LE(bits, 18)
    fmt.writeUInt16LE(format, 24)
  }
  const chunks = [
    chunk('fmt ', fmt),
    before ? chunk(before, Buffer.from('odd')) : Buffer.alloc(0),
    chunk('data', data, options.dataLength),
    behind ? chunk(behind, Buffer.from('something')) : Buffer.alloc(0),
  ]
  return Buffer.concat([chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...chunks]))])
}

function write(data: Buffer, at: number, value: number, { format, bits }: WaveOptions): void {
  if (format === 3) {
    if (bits === 64) data.writeDoubleLE(value, at)
    else data.writeFloatLE(value, at)
  } else if (bits === 8) data[at] = Math.round(value * 128) + 128
  else data.writeIntLE(Math.round(value * 2 ** (bits - 1)), at, bits / 8)
}

function chunk(name: string, body: Buffer, length = body.length): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 0, 'latin1')
  head.writeUInt32LE(length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}
