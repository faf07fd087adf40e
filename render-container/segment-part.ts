// One segment of a render: found among the parts, or rendered by a child.
import { writeFile } from 'node:fs/promises'
import { captionTrackOf } from '../core/captions.ts'
import type { OverlayTask } from './overlay/overlay.ts'
import { ownFaceOf } from './overlay/own-font.ts'
import type { Pace } from './pace.ts'
import type { PaintedScene } from './painter.ts'
import type { Part } from './parts.ts'
import { CrashError } from './pool.ts'
import type { Work } from './work.ts'
import type { SegmentTask } from './render-segment.ts'
import type { SceneOnScreen, Segment } from './segments.ts'
import type { ChosenEncoder } from './tasks.ts'

/** `notices` gets a line when something else had to be shown; the segment is not kept then. */
export async function makeSegmentPart(
  work: Work,
  segment: Segment,
  encoder: ChosenEncoder,
  pace: Pace,
  notices: string[],
): Promise<Part> {
  const { timeline } = work.composition
  const { firstFrame, frameCount } = segment
  const format = { widthPx: timeline.width, heightPx: timeline.height, fps: timeline.fps }
  const overlay = await overlayOf(work, segment)
  const ingredients = [
    'segment',
    encoder.settings,
    format,
    frameCount,
    await Promise.all(segment.scenes.map((scene) => seenIn(scene, segment, work))),
    overlay.ingredients,
  ]
  const part = await work.parts.file('mp4', ingredients, async (path) => {
    const scenes = await Promise.all(
      segment.scenes.map(async (scene) => ({ ...scene, prepared: await work.media.prepared(scene.index) })),
    )
    const assPath = overlay.task.track && `${path}.ass`
    if (assPath) await writeFile(assPath, overlay.task.track!.ass)
    const task = { format, encoder, firstFrame, frameCount, scenes, overlay: { ...overlay.task, assPath }, path }
    const isAsWanted = await renderOrReplace(work, task, pace, notices)
    return isAsWanted && scenes.every(({ index }) => !work.media.isReplaced(index)) ? undefined : false
  })
  if (!part.isNew) pace.found(frameCount)
  return part
}

/** A clip that its child dies of, twice, is replaced; gives false then. Anything else that a child dies of is an error. */
async function renderOrReplace(work: Work, task: SegmentTask, pace: Pace, notices: string[]): Promise<boolean> {
  const { firstFrame, frameCount, scenes } = task
  const doing = `frames ${firstFrame} to ${firstFrame + frameCount - 1}`
  // The longest first, so that short ones are left to fill the cores at the end.
  const options = { priority: frameCount, onFrames: pace.rendered }
  try {
    await work.pool.run('segment', task, doing, options)
    return true
  } catch (error) {
    const clips = scenes.filter(({ prepared }) => prepared.kind === 'clip')
    if (!(error instanceof CrashError) || clips.length === 0) throw error
    const replaced: PaintedScene[] = await Promise.all(
      scenes.map(async (scene) => (clips.includes(scene) ? { ...scene, prepared: await work.media.plain() } : scene)),
    )
    for (const { index } of clips)
      notices.push(
        `scene ${index + 1}: its clip cannot be decoded at frame ${firstFrame}; a plain background stands there`,
      )
    await work.pool.run('segment', { ...task, scenes: replaced }, doing, options)
    return false
  }
}

/** What a segment shows of a scene, told from the segment's first frame on and by the content of its media. */
async function seenIn(
  { media, motion, transition, firstFrame, lastFrame }: SceneOnScreen,
  segment: Segment,
  work: Work,
) {
  const { sha256 } = await work.sources(media.key)
  return {
    media: { ...media, key: sha256 },
    motion,
    transition,
    firstFrame: firstFrame - segment.firstFrame,
    lastFrame: lastFrame - segment.firstFrame,
  }
}

async function overlayOf({ composition, sources }: Work, { firstFrame, frameCount }: Segment) {
  const { timeline, fontsDir } = composition
  const { progressBar, durationFrames, logo, width, height, fps } = timeline
  const track = captionTrackOf(timeline, firstFrame, frameCount)
  const logoFile = logo && (await sources(logo.key))
  const ownFace = ownFaceOf(timeline)
  const task: OverlayTask = {
    track,
    assPath: undefined,
    fontsDir,
    logoPath: logoFile?.path,
    progressBar,
    durationFrames,
    format: { widthPx: width, heightPx: height, fps },
  }
  const ingredients = {
    captions: track && {
      ass: track.ass,
      start: firstFrame - track.baseFrame,
      changes: track.changes.map((frame) => frame - firstFrame),
    },
    logo: logoFile?.sha256,
    ...(ownFace && track && { ownFont: (await sources(ownFace.key)).sha256 }),
    progressBar: progressBar && { ...progressBar, firstFrame, durationFrames },
  }
  return { task, ingredients }
}
