// A timeline with its pictures and sounds becomes a video and a poster. This process plans, counts and keeps the
// children; FFmpeg runs in them (pool.ts).
import { copyFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Composer, ComposeReport, Composition } from '../core/ports.ts'
import { plainly } from './failure.ts'
import type { PaintedScene } from './painter.ts'
import type { PreparedPicture } from './pictures.ts'
import { poolSize, withPool, type Pool } from './pool.ts'
import { planSegments, scenesOnScreen, type Segment } from './segments.ts'
import { SAMPLE_RATE } from './sound/chain.ts'

/** How far into the first scene the poster is taken: nothing fades any more or yet. */
const POSTER_AT = 0.4

/**
 * H.264 and AAC in MP4: exactly `timeline.durationFrames` frames, -14 LUFS, the same bytes for the same composition
 * on the same machine. Throws InputError for a picture that cannot be used (naming the scene), TransientError when
 * the disk is full or a child crashed twice, and the signal's reason when aborted; then nothing has been put at
 * `videoPath`.
 */
export const compose: Composer = async (composition, onProgress, signal) => {
  const segments = planSegments(composition.timeline)
  const size = Math.min(poolSize(), segments.length + 1)
  try {
    const { made, report } = await withPool(size, signal, (pool) => render(composition, segments, pool, onProgress))
    await place(made.poster, composition.posterPath)
    // The video last: where it is, all is there.
    await place(made.video, composition.videoPath).catch(async (error: unknown) => {
      await rm(composition.posterPath, { force: true })
      throw error
    })
    return report
  } catch (error) {
    throw plainly(error)
  }
}

type Rendered = { made: { video: string; poster: string }; report: ComposeReport }

async function render(
  composition: Composition,
  segments: Segment[],
  pool: Pool,
  onProgress: Parameters<Composer>[1],
): Promise<Rendered> {
  const { timeline, scratchDir } = composition
  const scratch = (name: string) => join(scratchDir, name)
  const assPath = scratch('captions.ass')
  if (composition.captionsAss !== undefined) await writeFile(assPath, composition.captionsAss)
  const captions = composition.captionsAss === undefined ? undefined : { assPath, fontsDir: composition.fontsDir }

  let framesDone = 0
  const onFrames = (frames: number) => {
    framesDone += frames
    onProgress({ framesDone, framesTotal: timeline.durationFrames })
  }

  // The sound first: it takes longest, and nothing but the end waits for it.
  const soundSamples = Math.round((timeline.durationFrames * SAMPLE_RATE) / timeline.fps)
  const { narrationPath, musicPath } = composition
  const soundPath = scratch('sound.mp4')
  const sound = pool.run('sound', { narrationPath, musicPath, samples: soundSamples, path: soundPath }, 'the sound')
  const pictures = preparePictures(composition, pool)
  const encoder = pool.run('encoder', {}, 'the probe for an encoder')
  const format = { widthPx: timeline.width, heightPx: timeline.height, fps: timeline.fps }
  const painted = async (segment: Pick<Segment, 'scenes'>): Promise<PaintedScene[]> =>
    Promise.all(segment.scenes.map(async (scene) => ({ ...scene, picture: await pictures[scene.index]! })))

  // The longest first, so that short ones are left to fill the cores at the end.
  const longestFirst = segments.toSorted((a, b) => b.frameCount - a.frameCount)
  const parts = longestFirst.map(async (segment) => {
    const { firstFrame, frameCount } = segment
    const path = scratch(`segment-${segment.index}.mp4`)
    const task = { format, firstFrame, frameCount, scenes: await painted(segment), captions, path }
    await pool.run('segment', task, `frames ${firstFrame} to ${firstFrame + frameCount - 1}`, onFrames)
    return { path, firstFrame, frameCount }
  })
  const poster = makePoster(composition, painted, pool, scratch('poster.jpg'))

  // All at once, so that the first failure of any ends the wait.
  const [joined, { integratedLufs }, chosen] = await Promise.all([Promise.all(parts), sound, encoder, poster])
  const { fps, title, language } = timeline
  const video = scratch('video.mp4')
  const inOrder = joined.toSorted((a, b) => a.firstFrame - b.firstFrame)
  const whole = { segments: inOrder, soundPath, soundSamples, fps, title, language, path: video }
  await pool.run('join', whole, 'joining the segments')
  return { made: { video, poster: await poster }, report: { ...chosen, integratedLufs } }
}

function preparePictures({ timeline, picturePaths, scratchDir }: Composition, pool: Pool): Promise<PreparedPicture>[] {
  const frame = { widthPx: timeline.width, heightPx: timeline.height }
  return timeline.scenes.map(async ({ motion }, scene) => {
    const path = picturePaths[scene]
    if (path === undefined) throw new Error(`scene ${scene + 1} of ${timeline.scenes.length} has no picture`)
    const planesPath = join(scratchDir, `picture-${scene}.yuv`)
    return pool.run('picture', { path, scene, motion, frame, planesPath }, `scene ${scene + 1}'s picture`)
  })
}

async function makePoster(
  { timeline }: Composition,
  painted: (segment: Pick<Segment, 'scenes'>) => Promise<PaintedScene[]>,
  pool: Pool,
  path: string,
): Promise<string> {
  const { width, height, fps, title } = timeline
  const first = timeline.scenes[0]!
  const [scene] = await painted({ scenes: scenesOnScreen(timeline).slice(0, 1) })
  const frame = Math.round(first.firstFrame + POSTER_AT * (first.lastFrame - first.firstFrame))
  const task = { format: { widthPx: width, heightPx: height, fps }, scene: scene!, frame, title, path }
  await pool.run('poster', task, 'the poster')
  return path
}

/** All or nothing: a reader sees no file or the whole one, also when the scratch folder is on another disk. */
async function place(made: string, path: string): Promise<void> {
  try {
    await rename(made, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error
    const beside = `${path}.part`
    try {
      await copyFile(made, beside)
      await rename(beside, path)
    } catch (cause) {
      await rm(beside, { force: true })
      throw cause
    }
  }
}
