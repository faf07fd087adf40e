// Speech as services send it, in the one form that everything here works with.
import type { Sound } from '../../core/ports.ts'
import { pcm16Of } from '../../core/wav.ts'
import { openRecording } from './recording.ts'

/**
 * MP3, WAV of any depth or, when `rawRateHz` says their rate, bare 16-bit samples: as mono, 16 bits, at its own rate.
 * Throws an Error whose message is a short reason: 'it is an HTML page', 'it breaks off after 1.2 s', 'it is silent'.
 */
export async function decodeSound(bytes: Uint8Array, options: { rawRateHz?: number } = {}): Promise<Sound> {
  const { sampleRateHz, blocks } = openRecording(bytes, options.rawRateHz)
  const parts: Int16Array[] = []
  for await (const block of blocks()) parts.push(pcm16Of(mixed(block)))
  const samples = joined(parts)
  refuseSilence(samples, sampleRateHz)
  return { sampleRateHz, samples }
}

/** Under −60 dBFS. */
const silentPeak = 32_768 / 1000
/** Shorter than any word. */
const shortestMs = 20

/** `channels` of them alternate in `samples`. Throws an Error with the reason. */
export function refuseSilence(samples: Int16Array, sampleRateHz: number): void {
  if (!samples.length) throw new Error('it is empty')
  if (samples.length < (sampleRateHz * shortestMs) / 1000) throw new Error(`it is shorter than ${shortestMs} ms`)
  if (!samples.some((sample) => Math.abs(sample) > silentPeak)) throw new Error('it is silent')
}

export function joined(parts: Int16Array[]): Int16Array {
  const whole = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The mean of all channels; a value that is no number counts as silence. */
function mixed(channels: Float32Array[]): Float32Array {
  const mix = new Float32Array(channels[0]?.length ?? 0)
  for (const channel of channels) {
    for (let i = 0; i < mix.length; i++) mix[i]! += (Number.isFinite(channel[i]) ? channel[i]! : 0) / channels.length
  }
  return mix
}
