// A source decoded once: its samples in a raw file, its loudness in memory. However long it is, no more than a block of
// it is held.
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { Demuxer, type DemuxerOptions } from 'node-av/api'
import { AV_NOPTS_VALUE } from 'node-av/constants'
import type { Stream } from 'node-av/lib'
import { InputError } from '../../core/errors.ts'
import { framesOf, turn } from '../graph.ts'
import { blocksIn } from './blocks.ts'
import { SAMPLE_RATE } from './chain.ts'
import { createMeter } from './loudness.ts'

export type Recording = {
  /** 32-bit floats, interleaved, 48 kHz. */
  path: string
  channels: 1 | 2
  samples: number
  /** K-weighted, by block, as it sounds in both ears. */
  powers: Float32Array
  /** Set when a stereo file has nothing in its other channel: this one is heard in both ears. */
  loneChannel: 0 | 1 | undefined
}
type RecordingTask = {
  graph: string
  channels: 1 | 2
  /** No more than this is decoded. */
  mostSamples: number
  path: string
}

/** Everything that can be decoded; `failure` says what ended it before its time. */
export async function record(task: RecordingTask): Promise<Recording & { failure: unknown }> {
  const { channels, mostSamples, path } = task
  const powers = new Float32Array(blocksIn(mostSamples))
  const meter = createMeter(channels, powers)
  const energies: [number, number] = [0, 0]
  const file = openSync(path, 'w')
  let samples = 0
  let blocks = 0
  let failure: unknown
  try {
    for await (const frame of framesOf(task.graph, 'abuffersink')) {
      const count = Math.min(frame.nbSamples, mostSamples - samples)
      const bytes = frame.data![0]!.subarray(0, count * channels * 4)
      const block = finite(new Float32Array(bytes.buffer, bytes.byteOffset, count * channels))
      for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
      blocks = meter(block)
      for (let at = 0; at < block.length; at += ENERGY_STEP) energies[at % 2]! += block[at]! ** 2
      samples += count
      if (samples >= mostSamples) break
      await turn()
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw error
    failure = error
  } finally {
    closeSync(file)
  }
  const loneChannel = channels === 2 ? loneOf(energies) : undefined
  const inBothEars = loneChannel === undefined ? 1 : 2
  const heard = powers.subarray(0, blocks).map((power) => power * inBothEars)
  return { path, channels, samples, powers: heard, loneChannel, failure }
}

/** Enough to tell a silent channel by; odd, so that it comes to both. */
const ENERGY_STEP = 17

/** A float file may hold anything. */
function finite(samples: Float32Array): Float32Array {
  for (let at = 0; at < samples.length; at++) if (!(Math.abs(samples[at]!) < 1e4)) samples[at] = 0
  return samples
}

/** 60 dB below the other, a channel has only its noise. */
function loneOf([left, right]: [number, number]): 0 | 1 | undefined {
  if (right < left * 1e-6) return 0
  return left < right * 1e-6 ? 1 : undefined
}

/** Less is a matter of how a format counts its padding. */
const MISSING_S = 0.25

/**
 * What to tell the user of a recording that should have been longer. Throws InputError when nothing was decoded.
 * `role` names the file: 'the music'.
 */
export function noticesOf({ samples, failure }: { samples: number; failure: unknown }, role: string, wantedS: number) {
  if (samples === 0)
    throw new InputError(`${role} cannot be decoded; save it again as MP3, M4A or WAV`, { cause: failure })
  const heardS = samples / SAMPLE_RATE
  return failure !== undefined || heardS < wantedS - MISSING_S
    ? [`${role} breaks off after ${heardS.toFixed(1)} s of its file (damaged or cut off); what came before is used`]
    : []
}

/** How long the container says that its sound track is; 0 where it does not say, Infinity where only that it goes on. */
export function declaredSeconds(path: string): number {
  const declared = readContainer(path, { skipStreamInfo: true }, (demuxer) => {
    // A raw MP3 or AAC stream has no length in its header, and what FFmpeg guesses from its start may be far off.
    if (['mp3', 'aac'].includes(demuxer.formatName)) return 0
    if (demuxer.formatName === 'wav') return isCutOff(path) ? Infinity : 0
    return secondsOf(demuxer.audio(), 'duration')
  })
  return declared ?? 0
}

/** Whether a RIFF file's header promises more than is there; programs that write to a pipe promise 2 GB and more. */
function isCutOff(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const header = Buffer.alloc(8)
    readSync(file, header)
    const promised = header.readUInt32LE(4) + 8
    return promised > fstatSync(file).size + 1 && promised < 2 ** 31 - 2 ** 16
  } finally {
    closeSync(file)
  }
}

/** `startS`: the time stamp of the clip's first picture. Undefined when the file cannot be opened at all. */
export function readClip(path: string): { hasSound: boolean; startS: number } | undefined {
  return readContainer(path, {}, (demuxer) => ({
    hasSound: demuxer.audio() !== undefined,
    startS: secondsOf(demuxer.video(), 'startTime') ?? 0,
  }))
}

function readContainer<Found>(
  path: string,
  options: DemuxerOptions,
  find: (demuxer: Demuxer) => Found,
): Found | undefined {
  try {
    using demuxer = Demuxer.openSync(path, options)
    return find(demuxer)
  } catch {
    return undefined
  }
}

function secondsOf(stream: Stream | undefined, what: 'duration' | 'startTime'): number | undefined {
  return stream && stream[what] !== AV_NOPTS_VALUE
    ? (Number(stream[what]) * stream.timeBase.num) / stream.timeBase.den
    : undefined
}

/** Interleaved samples of a source from `first` on, silence outside of it; good until the next call. */
export type Reader = (first: number, count: number) => Float32Array

export function openRecording({ path, channels, samples, loneChannel }: Recording): {
  read: Reader
  close: () => void
} {
  const file = openSync(path, 'r')
  let buffer = new Float32Array(0)
  const read: Reader = (first, count) => {
    if (buffer.length < count * channels) buffer = new Float32Array(count * channels)
    const block = buffer.subarray(0, count * channels).fill(0)
    const [from, to] = [Math.max(0, first), Math.min(samples, first + count)]
    if (to <= from) return block
    const part = block.subarray((from - first) * channels, (to - first) * channels)
    const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
    for (let got = 0; got < bytes.length;) {
      const more = readSync(file, bytes, got, bytes.length - got, from * channels * 4 + got)
      if (more === 0) throw new Error(`${path} has become shorter`)
      got += more
    }
    if (loneChannel !== undefined)
      for (let at = 0; at < block.length; at += 2) block[at + 1 - loneChannel] = block[at + loneChannel]!
    return block
  }
  return { read, close: () => closeSync(file) }
}
