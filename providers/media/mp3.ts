// MP3 by minimp3, as WebAssembly. What the encoder put before and behind the sound is left out where the file notes it;
// where it does not, we leave out what LAME puts before it, so that the first sample is the sound's first.
import { setImmediate } from 'node:timers/promises'
import { framesIn, framesInARow, mp3FramesOf, type Mp3Frames } from './mp3-frames.ts'
import type { Recording } from './recording.ts'

/** Whether a file begins like an MP3, with so many frames in a row. */
export function isMp3(file: Buffer, frames: number): boolean {
  return framesInARow(file, frames) >= frames
}

/** Throws an Error with a short reason. */
export function openMp3(file: Buffer): Recording {
  const found = mp3FramesOf(file)
  if (!found || found.frames < 1) throw new Error('it is neither an MP3 nor a WAV file')
  return { sampleRateHz: found.sampleRateHz, channels: 2, blocks: () => cut(blocksOf(file, found), soundOf(found)) }
}

const lameDelaySamples = 576
/** Of any decoder; the encoder's, which a file notes, does not include it. */
const decoderDelaySamples = 529

type Span = { from: number; to: number }

/** What of the decoded samples is sound. */
function soundOf({ samplesPerFrame, frames, statedFrames = frames, added }: Mp3Frames): Span {
  const samples = Math.min(frames, statedFrames) * samplesPerFrame
  // Files put one behind the other: the first one's notes would cut off all others.
  const isOne = frames <= statedFrames + 1
  if (!isOne || !added || added.before + added.behind >= samples)
    return { from: lameDelaySamples + decoderDelaySamples, to: Infinity }
  return { from: added.before + decoderDelaySamples, to: samples - added.behind + decoderDelaySamples }
}

async function* cut(blocks: AsyncGenerator<Float32Array[]>, { from, to }: Span): AsyncGenerator<Float32Array[]> {
  let first = 0
  for await (const block of blocks) {
    const behind = first + block[0]!.length
    const [start, end] = [Math.max(from, first) - first, Math.min(to, behind) - first]
    if (start < end) yield block.map((channel) => channel.subarray(start, end))
    first = behind
  }
}

/** A second each: some 10 ms of work. */
async function* blocksOf(file: Buffer, found: Mp3Frames): AsyncGenerator<Float32Array[]> {
  const { createFrameDecoder } = await import('./minimp3/decoder.ts')
  const { decode, sides } = createFrameDecoder()
  const { sampleRateHz, samplesPerFrame } = found
  const blockSamples = Math.floor(sampleRateHz / samplesPerFrame) * samplesPerFrame
  let block = sides.map(() => new Float32Array(blockSamples))
  let filled = 0
  let samples = 0
  for (const frame of framesIn(file, found)) {
    const count = decode(frame)
    if (count < 0) throw new Error(`it is damaged after ${(samples / sampleRateHz).toFixed(1)} s`)
    // A frame that lacks the ones before it is silent, so that what follows is where it was.
    if (count > 0) for (const [index, side] of sides.entries()) block[index]!.set(side.subarray(0, count), filled)
    filled += samplesPerFrame
    samples += samplesPerFrame
    if (filled < blockSamples) continue
    yield block
    block = sides.map(() => new Float32Array(blockSamples))
    filled = 0
    await setImmediate()
  }
  if (filled) yield block.map((channel) => channel.subarray(0, filled))
}
