// Music as services send it, in the one form that the mix takes: stereo, 48 kHz, 16 bits.
import { setImmediate } from 'node:timers/promises'
import { openRecording } from './recording.ts'
import { resampler } from './resample.ts'
import { joined, refuseSilence } from './sound.ts'
import { pcm16Of, wavFile } from '../../core/wav.ts'

const sampleRateHz = 48_000

/**
 * MP3 or WAV, of any rate and number of channels, as a WAV file: PCM, stereo, 48 kHz, 16 bits. Mono is on both sides;
 * of more than two channels the first two are kept. Throws an Error whose message is a short reason.
 */
export async function decodeMusic(bytes: Uint8Array): Promise<Uint8Array> {
  const recording = openRecording(bytes)
  const sides = [0, 1].map(() => resampler(recording.sampleRateHz, sampleRateHz))
  const parts: Int16Array[] = []
  for await (const block of recording.blocks()) {
    parts.push(interleaved(sides.map(({ push }, side) => push(block[side] ?? block[0]!))))
    await setImmediate()
  }
  parts.push(interleaved(sides.map(({ end }) => end())))
  const samples = joined(parts)
  refuseSilence(samples, sampleRateHz * 2)
  return wavFile(samples, { sampleRateHz, channels: 2 })
}

function interleaved(sides: Float32Array[]): Int16Array {
  const [left, right] = sides.map(pcm16Of)
  const both = new Int16Array(left!.length * 2)
  for (let i = 0; i < left!.length; i++) {
    both[2 * i] = left![i]!
    both[2 * i + 1] = right![i]!
  }
  return both
}
