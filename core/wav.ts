// Sound as it is kept: WAV files, PCM of 16 bits.
import type { Sound } from './ports.ts'

/** A canonical WAV file (RIFF, 44 bytes of header), mono. */
export function wavOf({ sampleRateHz, samples }: Sound): Uint8Array {
  return wavFile(samples, { sampleRateHz, channels: 1 })
}

/** The sound of a file that `wavOf` wrote. Copied, because a Buffer may lie anywhere in a larger one. */
export function soundOf(wav: Uint8Array): Sound {
  const sampleRateHz = new DataView(wav.buffer, wav.byteOffset).getUint32(24, true)
  return { sampleRateHz, samples: new Int16Array(new Uint8Array(wav.subarray(headerBytes)).buffer) }
}

const headerBytes = 44
const bytesPerSample = 2

/** A WAV file: PCM, 16 bits. With two channels, `samples` alternate: left, right, left … */
export function wavFile(samples: Int16Array, { sampleRateHz, channels }: { sampleRateHz: number; channels: 1 | 2 }) {
  const file = new Uint8Array(headerBytes + samples.length * bytesPerSample)
  const view = new DataView(file.buffer)
  const ascii = (at: number, text: string) => file.set(new TextEncoder().encode(text), at)
  ascii(0, 'RIFF')
  view.setUint32(4, file.length - 8, true)
  ascii(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, sampleRateHz, true)
  view.setUint32(28, sampleRateHz * channels * bytesPerSample, true)
  view.setUint16(32, channels * bytesPerSample, true)
  view.setUint16(34, bytesPerSample * 8, true)
  ascii(36, 'data')
  view.setUint32(40, samples.length * bytesPerSample, true)
  for (let i = 0; i < samples.length; i++) view.setInt16(headerBytes + i * bytesPerSample, samples[i]!, true)
  return file
}

/** Samples in −1…1 as 16 bits; what lies outside is clipped. Samples that came from 16 bits are the same again. */
export function pcm16Of(samples: Float32Array): Int16Array {
  const whole = new Int16Array(samples.length)
  for (let i = 0; i < samples.length; i++) {
    whole[i] = Math.max(-32_768, Math.min(32_767, Math.round(samples[i]! * 32_768)))
  }
  return whole
}
