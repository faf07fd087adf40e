// Many segments in a row through one pool, damaged media among them: nothing may leak, hang or fail in a wrong way.
import { readdirSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../../../core/errors.ts'
import type { SceneMedia } from '../../../core/timeline.ts'
import { CrashError, poolSize, withPool, type Pool } from '../../../render-container/pool.ts'
import type { SegmentTask } from '../../../render-container/render-segment.ts'
import { memoryOf, treeOf, type Memory } from '../processes.ts'
import { fontsDir } from './composition.ts'
import { makeDamaged, type SoakFile } from './damaged.ts'

export type SoakInput = { segments: number; photo: string; folder: string }
/** What came of a file, how often; `said` is the first error of its kind. */
export type Outcome = { file: string; isDamaged: boolean; outcome: string; times: number; said: string }
/** `openFiles`: of all processes together. */
export type Level = Memory & { segments: number; openFiles: number }
export type Soaked = { outcomes: Outcome[]; levels: Level[]; slowestMs: number; wrong: string[] }

const FORMAT = { widthPx: 270, heightPx: 480, fps: 30 }
const FRAMES = 20
/** Each takes well under a second: this is a hang. */
const PATIENCE_MS = 60_000

export async function soak({ segments, photo, folder }: SoakInput, say: (line: string) => void): Promise<Soaked> {
  await mkdir(folder, { recursive: true })
  return withPool(
    poolSize({ width: FORMAT.widthPx, height: FORMAT.heightPx }),
    new AbortController().signal,
    async (pool) => {
      const render = await rendererIn(pool, folder)
      const good = await render(0, { name: 'photo', path: photo, kind: 'picture', isDamaged: false }, 'clip.mp4')
      if (good.outcome !== 'rendered') throw new Error(`the first segment: ${good.said}`)
      const files = await makeDamaged(folder, photo, join(folder, 'clip.mp4'))
      const outcomes = new Map<string, Outcome>()
      const levels: Level[] = []
      let [next, slowestMs] = [1, 0]
      const lane = async () => {
        for (let number = next++; number <= segments; number = next++) {
          const file = files[number % files.length]!
          const startedAt = performance.now()
          const { outcome, said } = await render(number, file, `segment-${number}.mp4`)
          slowestMs = Math.max(slowestMs, performance.now() - startedAt)
          const key = `${file.name} ${outcome}`
          const known = outcomes.get(key) ?? { file: file.name, isDamaged: file.isDamaged, outcome, times: 0, said }
          outcomes.set(key, { ...known, times: known.times + 1 })
          if (number % Math.ceil(segments / 10) === 0) {
            levels.push(levelAfter(number))
            say(`${number} of ${segments} segments`)
          }
        }
      }
      await Promise.all([lane(), lane()])
      const found = [...outcomes.values()].toSorted((a, b) => a.file.localeCompare(b.file))
      return {
        outcomes: found,
        levels,
        slowestMs,
        wrong: [...found.flatMap((outcome) => wrongIn(outcome)), ...leaksIn(levels)],
      }
    },
  )
}

async function rendererIn(pool: Pool, folder: string) {
  const encoder = await pool.run('encoder', { codec: 'h264', quality: 'draft', format: FORMAT }, 'the probe')
  return async (number: number, file: SoakFile, name: string): Promise<{ outcome: string; said: string }> => {
    const planesPath = join(folder, `planes-${number}.yuv`)
    try {
      return await within(PATIENCE_MS, renderOne(pool, encoder, file, planesPath, join(folder, name)))
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      if (error instanceof CrashError) return { outcome: 'crashed its child', said }
      return { outcome: error instanceof InputError ? 'refused' : 'failed', said }
    } finally {
      await rm(planesPath, { force: true })
      if (number > 0) await rm(join(folder, name), { force: true })
    }
  }
}

async function renderOne(
  pool: Pool,
  encoder: SegmentTask['encoder'],
  { path, kind }: SoakFile,
  planesPath: string,
  segmentPath: string,
) {
  const motion = { kind: 'zoom-in', from: { zoom: 1, x: 0.5, y: 0.5 }, to: { zoom: 1.1, x: 0.5, y: 0.5 } } as const
  const media: SceneMedia =
    kind === 'picture'
      ? { kind, key: 'media', fit: 'cover' }
      : { kind, key: 'media', fit: 'cover', fromMs: 0, speed: 1 }
  const task = { path, scene: 0, media, motion, frame: FORMAT, planesPath }
  const { prepared, notices } = await pool.run('media', task, 'the media')
  const transition = { kind: 'cut', frames: 0 } as const
  const scene = { index: 0, motion, media, firstFrame: 0, lastFrame: FRAMES - 1, transition, prepared }
  const nothing = { track: undefined, assPath: undefined, logoPath: undefined, progressBar: undefined }
  const overlay = { ...nothing, fontsDir, durationFrames: FRAMES, format: FORMAT }
  const segment = {
    format: FORMAT,
    encoder,
    firstFrame: 0,
    frameCount: FRAMES,
    scenes: [scene],
    overlay,
    path: segmentPath,
  }
  await pool.run('segment', segment, 'the segment')
  return { outcome: notices.length > 0 ? 'rendered with a notice' : 'rendered', said: notices[0] ?? '' }
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`still not done after ${ms / 1000} s`)), ms)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

function levelAfter(segments: number): Level {
  const openFiles = treeOf(process.pid).reduce((sum, pid) => sum + openFilesOf(pid), 0)
  return { segments, openFiles, ...(memoryOf(process.pid) ?? { pssMb: 0, largestRssMb: 0, processes: 0 }) }
}

function openFilesOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length
  } catch {
    return 0
  }
}

/** A sound file must be rendered; a damaged one is rendered as far as it goes, or refused in words. Nothing else. */
function wrongIn({ file, isDamaged, outcome, said }: Outcome): string[] {
  const allowed = isDamaged ? ['rendered', 'rendered with a notice', 'refused'] : ['rendered']
  return allowed.includes(outcome) ? [] : [`${file} ${outcome}: ${said}`]
}

/** Everything is loaded and every slot has been used by then. */
const SETTLED_AFTER = 0.3

/** What still rises when everything is loaded will rise for ever. */
function leaksIn(levels: Level[]): string[] {
  const settled = levels[Math.floor(levels.length * SETTLED_AFTER)]
  const last = levels.at(-1)
  if (!settled || !last) return []
  const segments = last.segments - settled.segments
  const files = last.openFiles - settled.openFiles
  const megabytes = last.pssMb - settled.pssMb
  return [
    ...(files > Math.max(3, segments / 50) ? [`${files} more files open after ${segments} more segments`] : []),
    ...(megabytes > settled.pssMb * 0.2 ? [`${Math.round(megabytes)} MB more after ${segments} more segments`] : []),
  ]
}
