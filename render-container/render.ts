// The way of one render: sources → prepared media → segments, beside them the sound and the poster → joined.
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../core/errors.ts'
import type { Composer, ComposeReport, Composition } from '../core/ports.ts'
import type { TimelineScene } from '../core/timeline.ts'
import { makeHls } from './hls-parts.ts'
import type { PreparedMedia } from './media/prepared.ts'
import { paceOf, type Pace } from './pace.ts'
import { partsOf, type Part, sourcesOf } from './parts.ts'
import type { MadeFile } from './place.ts'
import { CrashError, type Pool } from './pool.ts'
import { sceneMediaOf } from './scene-media.ts'
import { makeSegmentPart } from './segment-part.ts'
import { scenesOnScreen, type Segment } from './segments.ts'
import { makeSoundPart, soundSamplesOf } from './sound-part.ts'
import type { ChosenEncoder } from './tasks.ts'
import { FIRST, type Work } from './work.ts'

/** How far into the first scene the poster is taken: nothing comes in any more or goes yet. */
const POSTER_AT = 0.4

export async function render(
  composition: Composition,
  segments: Segment[],
  pool: Pool,
  onProgress: Parameters<Composer>[1],
): Promise<{ made: MadeFile[]; report: ComposeReport }> {
  const [parts, sources] = [partsOf(composition), sourcesOf(composition)]
  const work: Work = { composition, pool, parts, sources, media: sceneMediaOf(composition, pool, parts, sources) }
  const notices: string[] = []
  const newPace = () => paceOf(composition.timeline.durationFrames, onProgress)

  // All at once, so that the first failure of any ends the wait.
  const [{ encoder, made }, sound, poster] = await Promise.all([
    makeSegments(work, segments, newPace, notices),
    makeSoundPart(work),
    makePoster(work),
  ])
  const video = await joinAll(work, segments, made, sound.path)
  const hls = await makeHls(work, segments, made, sound.path)
  return {
    made: [poster, ...hls, video],
    report: {
      encoder: encoder.name,
      encoderReason: encoder.reason,
      integratedLufs: sound.integratedLufs,
      segmentsRendered: made.filter(({ isNew }) => isNew).length,
      segmentsTotal: made.length,
      notices: [...new Set([...(await work.media.notices()), ...notices, ...sound.notices])],
      files: {
        video: 'video.mp4',
        poster: 'poster.jpg',
        ...(hls.length > 0 ? { hls: hls.map(({ name }) => name) } : {}),
      },
    },
  }
}

/** All segments by one encoder, or their headers would differ. One that fails on the way gives the whole work to x264 and its like. */
async function makeSegments(work: Work, segments: Segment[], newPace: () => Pace, notices: string[]) {
  const encoder = await chooseEncoder(work, undefined)
  const pace = newPace()
  try {
    return { encoder, made: await makeAll(work, segments, encoder, pace, notices) }
  } catch (error) {
    pace.end()
    if (!encoder.isHardware || error instanceof InputError) throw error
    const software = await chooseEncoder(work, `${encoder.name} failed: ${(error as Error).message}`)
    return { encoder: software, made: await makeAll(work, segments, software, newPace(), notices) }
  }
}

function chooseEncoder({ composition, pool }: Work, hardwareFailure: string | undefined): Promise<ChosenEncoder> {
  const { output, width, height, fps } = composition.timeline
  const format = { widthPx: width, heightPx: height, fps }
  const wanted = { codec: output.codec, quality: output.quality, format, hardwareFailure }
  return pool.run('encoder', wanted, 'the probe for an encoder', { priority: FIRST })
}

function makeAll(work: Work, segments: Segment[], encoder: ChosenEncoder, pace: Pace, notices: string[]) {
  return Promise.all(segments.map((segment) => makeSegmentPart(work, segment, encoder, pace, notices)))
}

async function makePoster({ composition, pool, parts, sources, media }: Work): Promise<MadeFile> {
  const { timeline, scratchDir } = composition
  const index = Math.max(
    0,
    timeline.scenes.findIndex(({ role }) => role === 'scene'),
  )
  const scene = scenesOnScreen(timeline)[index]!
  const { firstFrame, lastFrame } = timeline.scenes[index] as TimelineScene
  const frame = Math.round(firstFrame + POSTER_AT * (lastFrame - firstFrame))
  const format = { widthPx: timeline.width, heightPx: timeline.height, fps: timeline.fps }
  const { sha256 } = await sources(scene.media.key)
  const shown = { ...scene.media, key: sha256, motion: scene.motion, frame: frame - scene.firstFrame }
  const length = scene.lastFrame - scene.firstFrame
  const part = await parts.file('jpg', ['poster', format, shown, length, timeline.title], async (path) => {
    const draw = (prepared: PreparedMedia) =>
      pool.run('poster', { format, scene: { ...scene, prepared }, frame, title: timeline.title, path }, 'the poster')
    try {
      await draw(await media.prepared(index))
      return media.isReplaced(index) ? false : undefined
    } catch (error) {
      if (!(error instanceof CrashError)) throw error
      await draw(await media.plain())
      return false
    }
  })
  const path = join(scratchDir, 'poster.jpg')
  await copyFile(part.path, path)
  return { path, name: 'poster.jpg' }
}

async function joinAll({ composition, pool }: Work, segments: Segment[], made: Part[], soundPath: string) {
  const { timeline, scratchDir } = composition
  const { fps, title, language, output } = timeline
  const path = join(scratchDir, 'video.mp4')
  const task = {
    segments: segments.map(({ firstFrame, frameCount }, at) => ({ path: made[at]!.path, firstFrame, frameCount })),
    soundPath,
    soundSamples: soundSamplesOf(timeline),
    fps,
    title,
    language,
    codec: output.codec,
    path,
  }
  await pool.run('join', task, 'joining the segments')
  return { path, name: 'video.mp4' }
}
