// Finds the longest stretches of a video that are black or stand still. Pure: from what was seen of its frames.
import type { QualityId } from '../../core/output.ts'
import type { Timeline } from '../../core/timeline.ts'
import { type Rectangle, viewRectangle } from '../motion/view.ts'
import { scenesOnScreen, type SceneOnScreen } from '../segments.ts'
import { paceOf, SAMPLES_ACROSS, type Looks } from './looks.ts'

export type LongFault = { firstFrame: number; frames: number }

/** A frame with less of it lit shows nothing. */
const BLACK_PART = 0.02
/** A picture with less than this lit (night, space, black itself) cannot be told from a fault. */
const LEAST_LIT_PART = 0.1
/** Estimated motion in samples, below which a picture stands still; in slow scenes, this part of what they must move. */
const STILL_SAMPLES = 0.015
const STILL_PART = 0.1
/**
 * In samples: slower motion than that cannot be told from none. A draft's coarse quantiser skips what moves less: at
 * 720p, x264 kept a third and more of a motion of 0.09 at its slowest, and of one of 0.05 a twentieth, for 0.6 s.
 */
const LEAST_MOTION: Record<QualityId, number> = { draft: 0.08, standard: 0.02, high: 0.02 }
/**
 * How much of one side of the frame a picture covers at least that is not to be cut: 9:16 in 16:9. How it is shaped
 * nobody has noted; around it is a blur that moves without anybody seeing it.
 */
const LEAST_COVERED = 81 / 256
/** The slowest that motion/view.ts eases to, against the mean. */
const SLOWEST = 0.5

/**
 * Black counts where the scene's picture shows something at another time, still where the scene's motion and detail
 * would show; neither in a user's own clip, which may be black or stand still by itself.
 */
export function longestFaults(
  timeline: Timeline,
  { litParts, motions }: Looks,
): { black: LongFault; still: LongFault } {
  const scenes = scenesOnScreen(timeline)
  const { every, apart } = paceOf(timeline.fps)
  const stillBelow = scenes.map((scene) => stillThreshold(scene, timeline, apart))
  const isStill = motions.map((motion, at) => {
    const seen = onScreen(scenes, at * every)
    return seen.length > 0 && seen.every((scene) => motion < stillBelow[scene]!)
  })
  const { firstFrame, frames } = longestOf(isStill, every)
  // A match means that the whole time between was still, not this one frame.
  const whole = { firstFrame: firstFrame - apart, frames: Math.min(frames + apart, timeline.durationFrames) }
  return {
    black: longestOf(blackOf(litParts, scenes, every), every),
    still: frames === 0 ? { firstFrame, frames } : whole,
  }
}

/** Indices of the scenes seen in a frame: two in a transition. */
function onScreen(scenes: SceneOnScreen[], frame: number): number[] {
  return scenes.flatMap(({ firstFrame, lastFrame }, at) => (firstFrame <= frame && frame <= lastFrame ? [at] : []))
}

/** 0 where nothing is expected to move. Of pictures of another shape than the frame, pans move more than this. */
function stillThreshold(scene: SceneOnScreen, timeline: Timeline, apart: number): number {
  const { media, motion, firstFrame, lastFrame } = scene
  // What is left of a blurred, darkened picture's motion may be less than the encoder keeps of it.
  if (media.kind === 'clip' || media.isBackdrop) return 0
  const frame = { widthPx: SAMPLES_ACROSS, heightPx: (SAMPLES_ACROSS * timeline.height) / timeline.width }
  const [from, to] = [motion.from, motion.to].map((view) => viewRectangle(view, frame, frame)) as [Rectangle, Rectangle]
  const covered =
    media.fit === 'cover'
      ? [[1, 1]]
      : [
          [LEAST_COVERED, 1],
          [1, LEAST_COVERED],
        ]
  const mean = Math.min(...covered.map(([across, down]) => meanMotion(from, to, across!, down!)))
  const slowest = (SLOWEST * mean * apart) / Math.max(1, lastFrame - firstFrame)
  return slowest < LEAST_MOTION[timeline.output.quality] ? 0 : Math.min(STILL_SAMPLES, STILL_PART * slowest)
}

/** Of what the middle of the frame shows, `across` by `down` of it: how far it goes along both axes, halved. */
function meanMotion(from: Rectangle, to: Rectangle, across: number, down: number): number {
  const steps = [-0.5, -0.25, 0, 0.25, 0.5]
  const moved = steps.flatMap((x) =>
    steps.map((y) => {
      const [start, end] = [from, to].map((view) => placeIn(view, 0.5 + x * across, 0.5 + y * down))
      return (Math.abs(end!.x - start!.x) + Math.abs(end!.y - start!.y)) / 2
    }),
  )
  return moved.reduce((sum, distance) => sum + distance, 0) / moved.length
}

/** What a place of the frame (0…1) shows of the picture. */
function placeIn({ left, top, width, height, rotateDeg = 0 }: Rectangle, across: number, down: number) {
  const [x, y] = [(across - 0.5) * width, (down - 0.5) * height]
  const angle = (rotateDeg * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return { x: left + width / 2 + x * cos - y * sin, y: top + height / 2 + x * sin + y * cos }
}

/** One entry for each frame looked at. */
function blackOf(lit: number[], scenes: SceneOnScreen[], every: number): boolean[] {
  const seen = lit.map((_, at) => onScreen(scenes, at * every))
  // By its frames outside transitions, in which the neighbours are seen too.
  const shows = scenes.map(
    ({ media }, scene) =>
      media.kind === 'picture' &&
      lit.some((part, at) => part >= LEAST_LIT_PART && seen[at]!.length === 1 && seen[at]![0] === scene),
  )
  return lit.map(
    (part, at) =>
      part <= BLACK_PART &&
      seen[at]!.length > 0 &&
      seen[at]!.every((scene) => shows[scene] && !isInDip(scenes[scene]!, at * every)),
  )
}

/** The black in the middle of a dip is meant. */
function isInDip({ transition, firstFrame }: SceneOnScreen, frame: number): boolean {
  return transition.kind === 'dip' && frame < firstFrame + transition.frames
}

function longestOf(looks: boolean[], every: number): LongFault {
  let longest: LongFault = { firstFrame: 0, frames: 0 }
  let current = 0
  for (const [at, goesOn] of looks.entries()) {
    current = goesOn ? current + 1 : 0
    const frames = current * every
    if (frames > longest.frames) longest = { firstFrame: (at + 1) * every - frames, frames }
  }
  return longest
}
