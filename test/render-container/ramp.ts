// Segments of a video in which every frame is a little brighter than the one before: a pan over a ramp, so that a
// frame that is repeated, dropped or out of order shows.
import { writeFile } from 'node:fs/promises'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { CodecId, QualityId } from '../../core/output.ts'
import type { Pool } from '../../render-container/pool.ts'
import { fontsDir, stillMotion } from './media.ts'

export type Ramp = { codec: CodecId; quality?: QualityId; widthPx?: number; heightPx?: number; fps?: number }

/** The counts are each segment's frames. */
export async function rampSegments(run: Pool['run'], folder: string, counts: number[], ramp: Ramp) {
  const { codec, quality = 'standard', widthPx = 320, heightPx = 192, fps = 30 } = ramp
  const format = { widthPx, heightPx, fps }
  const planesPath = join(folder, 'ramp.yuv')
  const picture = { widthPx: 4 * widthPx, heightPx }
  await writeFile(planesPath, rampPlanes(picture))
  const total = counts.reduce((sum, count) => sum + count, 0)
  const encoder = await run('encoder', { codec, quality, format, hardwareFailure: 'not for this test' }, 'the encoder')
  const at = (left: number) => ({ left, top: 0, width: widthPx, height: heightPx })
  // On screen long before and after, so that it moves at all times.
  const scene = {
    index: 0,
    motion: stillMotion,
    media: { kind: 'picture', key: 'ramp', fit: 'cover' },
    firstFrame: -total,
    lastFrame: 2 * total,
    transition: { kind: 'cut', frames: 0 },
    prepared: { kind: 'picture', planesPath, ...picture, from: at(0), to: at(3 * widthPx) },
  } as const
  const overlay = {
    track: undefined,
    assPath: undefined,
    fontsDir,
    logoPath: undefined,
    progressBar: undefined,
    durationFrames: total,
    format,
  }
  let firstFrame = 0
  const segments = []
  for (const [index, frameCount] of counts.entries()) {
    const path = join(folder, `${codec}-${quality}-${widthPx}-${fps}-${index}.mp4`)
    await run(
      'segment',
      { format, encoder, firstFrame, frameCount, scenes: [scene], overlay, path },
      `segment ${index}`,
    )
    segments.push({ path, firstFrame, frameCount })
    firstFrame += frameCount
  }
  const soundSamples = Math.round((total * 48_000) / fps)
  const soundPath = join(folder, 'sound.m4a')
  const sound = { narration: undefined, musicPath: undefined, clipSounds: [], effects: [] }
  await run('sound', { ...sound, samples: soundSamples, path: soundPath }, 'the sound')
  return { segments, soundPath, soundSamples, fps, codec, title: 'Ramp', language: 'en' }
}

/** Rough, so that encoders see it move: to them a smooth ramp is a still one that gets brighter. */
function rampPlanes({ widthPx, heightPx }: { widthPx: number; heightPx: number }): Uint8Array {
  const planes = new Uint8Array((widthPx * heightPx * 3) / 2).fill(128)
  const rough = (x: number, y: number) =>
    24 * (Math.abs(Math.sin((x >> 2) * 12.9898 + (y >> 2) * 78.233) * 43758.5453) % 1)
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) planes[y * widthPx + x] = 20 + (x * 190) / widthPx + rough(x, y)
  return planes
}

/** What a player gets to see and hear of a file or a playlist. */
export type Watched = {
  widthPx: number
  heightPx: number
  frames: { atS: number; mean: number }[]
  /** When the first sample is heard; undefined without sound. */
  soundStartS: number | undefined
  soundSamples: number
}

/** In a process of its own: FFmpeg must not run in a test runner's threads. */
export async function watch(path: string): Promise<Watched> {
  const script = fileURLToPath(new URL('watch.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script, path], { maxBuffer: 50e6 })
  return JSON.parse(stdout) as Watched
}

/** In order, once each, every one at its time. */
export function isEveryFrameOnce({ frames }: Watched, count: number, fps: number): boolean {
  return (
    frames.length === count &&
    frames.every(({ atS, mean }, at) => Math.abs(atS - at / fps) < 1e-4 && (at === 0 || mean > frames[at - 1]!.mean))
  )
}
