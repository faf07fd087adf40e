// Pictures, sounds and timelines for the renderer's tests, made here so that what must come out is known.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import type { TransitionId } from '../../core/editing.ts'
import type { Motion, SceneMedia, Timeline, TimelineScene } from '../../core/timeline.ts'
import { withPool, type Pool } from '../../render-container/pool.ts'

export const fontsDir = fileURLToPath(new URL('../../assets/fonts', import.meta.url))

export async function temporaryFolder(): Promise<string> {
  // With what a filter graph would stumble over if it were not escaped.
  const folder = await mkdtemp(join(tmpdir(), "render it's [a], b;c:"))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Runs tasks in one child for all tests of a file: to start one takes longer than most of what it then does. */
export function sharedChild(): Pool['run'] {
  const isOver = Promise.withResolvers<void>()
  const started = Promise.withResolvers<Pool>()
  let ended: Promise<void>
  beforeAll(async () => {
    ended = withPool(1, new AbortController().signal, (pool) => {
      started.resolve(pool)
      return isOver.promise
    })
    await started.promise
  })
  afterAll(async () => {
    isOver.resolve()
    await ended
  })
  return async (...task) => (await started.promise).run(...task)
}

export async function writePicture(
  path: string,
  [width, height]: [number, number],
  draw: (context: SKRSContext2D) => void,
): Promise<string> {
  const canvas = createCanvas(width, height)
  draw(canvas.getContext('2d'))
  await writeFile(path, path.endsWith('.png') ? canvas.toBuffer('image/png') : canvas.toBuffer('image/jpeg', 95))
  return path
}

/** Lively enough that any motion shows: a field of dots in many colours, the same for the same seed. */
export function dots(seed: number) {
  return (context: SKRSContext2D) => {
    const { width, height } = context.canvas
    context.fillStyle = `hsl(${seed * 67} 50% 45%)`
    context.fillRect(0, 0, width, height)
    for (let dot = 0; dot < 150; dot++) {
      const random = (salt: number) => Math.abs(Math.sin((dot + 1) * 12.9898 * salt + seed) * 43758.5453) % 1
      context.fillStyle = `hsl(${random(3) * 360} 70% ${20 + random(7) * 60}%)`
      context.beginPath()
      context.arc(random(1) * width, random(2) * height, (0.01 + random(5) * 0.05) * width, 0, 7)
      context.fill()
    }
  }
}

/** 16 bits; `sampleAt` gives -1…1 for a time in seconds and a channel. */
export async function writeWav(
  path: string,
  { rate, channels, seconds }: { rate: number; channels: number; seconds: number },
  sampleAt: (timeS: number, channel: number) => number,
): Promise<string> {
  const count = Math.round(rate * seconds)
  const bytes = Buffer.alloc(44 + count * channels * 2)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(channels, 22)
  bytes.writeUInt32LE(rate, 24)
  bytes.writeUInt32LE(rate * channels * 2, 28)
  bytes.writeUInt16LE(channels * 2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(count * channels * 2, 40)
  for (let index = 0; index < count * channels; index++) {
    const level = sampleAt(Math.floor(index / channels) / rate, index % channels)
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, level)) * 32767), 44 + index * 2)
  }
  await writeFile(path, bytes)
  return path
}

/** Something like speech in level and rhythm: bursts of harmonics at 4 a second, with a pause each 3 s. */
export function babble(timeS: number): number {
  if (timeS % 3 > 2.5) return 0
  const syllable = Math.sin(Math.PI * ((timeS * 4) % 1))
  const pitch = 120 + 20 * Math.sin(timeS)
  const voice = [1, 2, 3, 5, 9, 17].reduce((sum, n) => sum + Math.sin(2 * Math.PI * pitch * n * timeS + n) / n, 0)
  return 0.2 * syllable * voice
}

export const chord = (timeS: number, channel: number) =>
  0.12 * [220, 277, 330].reduce((sum, hz) => sum + Math.sin(2 * Math.PI * hz * timeS + channel), 0)

export const zoomIn: Motion = { kind: 'zoom-in', from: { zoom: 1, x: 0.5, y: 0.5 }, to: { zoom: 1.15, x: 0.5, y: 0.5 } }
export const panLeft: Motion = {
  kind: 'pan-left',
  from: { zoom: 1.15, x: 1, y: 0.5 },
  to: { zoom: 1.15, x: 0, y: 0.5 },
}
export const stillMotion: Motion = { kind: 'still', from: { zoom: 1, x: 0.5, y: 0.5 }, to: { zoom: 1, x: 0.5, y: 0.5 } }

type TimelineOptions = {
  width?: number
  height?: number
  fps?: number
  /** The length of every transition in frames; 0 = a cut. */
  fade?: number
  transition?: TransitionId
  /** One for each scene, from the first again when there are more scenes. */
  motions?: Motion[]
  media?: SceneMedia[]
}

/** Scenes of these lengths in frames, each with a transition of `fade` frames before it but the first. */
export function timelineOf(sceneFrames: number[], options: TimelineOptions = {}): Timeline {
  const { width = 270, height = 480, fps = 30, fade = 10, transition = 'crossfade' } = options
  const { motions = [zoomIn, panLeft], media = [] } = options
  let firstFrame = 0
  const scenes = sceneFrames.map((frames, index): TimelineScene => {
    const isCut = index === 0 || fade === 0 || transition === 'cut'
    const scene: TimelineScene = {
      index,
      role: 'scene',
      text: '',
      firstWord: index,
      lastWord: index,
      media: media[index % media.length] ?? { kind: 'picture', key: `picture-${index}`, fit: 'cover' },
      prompt: '',
      motion: motions[index % motions.length]!,
      firstFrame,
      lastFrame: firstFrame + frames - 1,
      transition: isCut ? { kind: 'cut', frames: 0 } : { kind: transition, frames: fade },
    }
    firstFrame += frames
    return scene
  })
  return {
    version: 2,
    title: 'Dots & <dashes>',
    language: 'en',
    width,
    height,
    fps,
    durationFrames: firstFrame,
    durationMs: (1000 * firstFrame) / fps,
    scenes,
    words: [],
    cues: [],
    narration: undefined,
    music: undefined,
    clipSounds: [],
    effects: [],
    captions: undefined,
    watermark: undefined,
    logo: undefined,
    progressBar: undefined,
    output: { codec: 'h264', quality: 'standard', hls: false },
  }
}

/** The sound track as one channel of 48 kHz samples, as a player would play it. */
export async function decodeSound(path: string): Promise<Float32Array> {
  const bytes = await decode('sound', path)
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
}

/** Every frame as YUV 4:2:0 planes. */
export async function decodeFrames(path: string, { width, height }: Timeline): Promise<Uint8Array[]> {
  const bytes = await decode('frames', path)
  const size = (width * height * 3) / 2
  return Array.from({ length: bytes.length / size }, (_, frame) => bytes.subarray(frame * size, (frame + 1) * size))
}

/** In a process of its own: FFmpeg must not run in a test runner's threads. */
async function decode(what: 'sound' | 'frames', path: string): Promise<Buffer> {
  const script = fileURLToPath(new URL('decode.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script, what, path], {
    encoding: 'buffer',
    maxBuffer: 500e6,
  })
  return stdout
}
