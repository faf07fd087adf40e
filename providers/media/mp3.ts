// MP3 by mpg123, as WebAssembly. It leaves out the encoder's delay where the file notes it; where it does not, we leave
// out what LAME has, so that the first sample is the sound's first.
import { setImmediate } from 'node:timers/promises'
import { framesInARow, mp3FramesOf } from './mp3-frames.ts'
import type { Recording } from './recording.ts'

/** Whether a file begins like an MP3, with so many frames in a row. */
export function isMp3(file: Buffer, frames: number): boolean {
  return framesInARow(file, frames) >= frames
}

/** Throws an Error with a short reason. */
export function openMp3(file: Buffer): Recording {
  const found = mp3FramesOf(file)
  if (!found || found.frames < 1) throw new Error('it is neither an MP3 nor a WAV file')
  const { sampleRateHz, firstByte, endByte, frames, statedFrames, saysDelay } = found
  // Files put one behind the other: the first one's notes would cut off all others.
  const isOne = statedFrames === undefined || frames <= statedFrames + 1
  const skipped = isOne && saysDelay ? 0 : lameDelaySamples
  const blocks = () => blocksOf(file.subarray(firstByte, endByte), isOne)
  return { sampleRateHz, channels: 2, blocks: () => (skipped ? without(skipped, blocks()) : blocks()) }
}

/** 576 of the encoder, 529 of any decoder: 25 ms at 44.1 kHz. */
const lameDelaySamples = 1105

async function* without(count: number, blocks: AsyncGenerator<Float32Array[]>): AsyncGenerator<Float32Array[]> {
  let left = count
  for await (const block of blocks) {
    const length = block[0]!.length
    if (left < length) yield block.map((channel) => channel.subarray(left))
    left = Math.max(0, left - length)
  }
}

/** A second of speech, a third of a second of music: some 10 ms of work. */
const stepBytes = 16_384

async function* blocksOf(frames: Buffer, enableGapless: boolean): AsyncGenerator<Float32Array[]> {
  const { MPEGDecoder } = await import('mpg123-decoder')
  const decoder = new MPEGDecoder({ enableGapless })
  await decoder.ready
  try {
    let samples = 0
    for (let at = 0; at < frames.length; at += stepBytes) {
      const { channelData, samplesDecoded, sampleRate, errors } = decoder.decode(frames.subarray(at, at + stepBytes))
      if (errors.length) throw new Error(`it is damaged after ${(samples / (sampleRate || 44_100)).toFixed(1)} s`)
      samples += samplesDecoded
      if (samplesDecoded) yield channelData
      await setImmediate()
    }
  } finally {
    decoder.free()
  }
}
