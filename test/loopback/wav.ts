import type { Sound } from '../../core/ports.ts'

/** Of a WAV file as the product sends it: PCM, mono, 16 bits. Undefined for anything else. */
export function soundInWav(file: unknown): Sound | undefined {
  if (!Buffer.isBuffer(file) || file.toString('latin1', 0, 4) !== 'RIFF') return undefined
  const data = file.indexOf('data')
  if (data < 0 || file.readUInt16LE(20) !== 1 || file.readUInt16LE(22) !== 1 || file.readUInt16LE(34) !== 16)
    return undefined
  const bytes = Uint8Array.from(file.subarray(data + 8, data + 8 + file.readUInt32LE(data + 4)))
  return { sampleRateHz: file.readUInt32LE(24), samples: new Int16Array(bytes.buffer, 0, bytes.length >> 1) }
}
