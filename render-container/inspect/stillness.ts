// Watches a video go by for black and for standing still. Pure: luma planes in, the longest stretches out.
import type { Timeline } from '../../core/timeline.ts'
import { viewRectangle } from '../motion/view.ts'
import { scenesOnScreen, type SceneOnScreen } from '../segments.ts'

type Luma = { luma: Uint8Array; stride: number; widthPx: number; heightPx: number }
export type Stretch = { firstFrame: number; frames: number }

/** Every second frame is looked at: enough for the stretches of 0.1 s and more that are faults (picture.ts). */
const LOOK_EVERY_FRAMES = 2
/** Every n-th pixel both ways, so that about so many remain across. */
const SAMPLES_ACROSS = 180
/** Above black: 16 of limited range is none at all. */
const LIT_LEVEL = 20
/** A frame with less of it lit shows nothing. */
const BLACK_PART = 0.02
/** A picture with less than this lit (night, space, black itself) cannot be told from a fault; captions light less. */
const LEAST_LIT_PART = 0.1
/** Frames this far apart are compared. */
const COMPARED_S = 0.5
/** Estimated motion in samples, below which a picture stands still; in slow scenes, this part of what they must move. */
const STILL_SAMPLES = 0.015
const STILL_PART = 0.1
/** In samples: slower motion than that cannot be told from none. */
const LEAST_MOTION = 0.02
/** The slowest that motion/view.ts eases to, against the mean. */
const SLOWEST = 0.5
/** Levels from sample to sample; a picture smoother than this along an axis hides motion along it. */
const LEAST_DETAIL = 0.1

/**
 * `next` takes every frame, in order, as a function that gives its luma. Black counts where the scene's picture
 * shows something at another time, still where the scene's motion and detail would show.
 */
export function createStillnessWatch(timeline: Timeline) {
  const scenes = scenesOnScreen(timeline)
  const apart = LOOK_EVERY_FRAMES * Math.max(1, Math.round((COMPARED_S * timeline.fps) / LOOK_EVERY_FRAMES))
  const stillBelow = scenes.map((scene) => stillThreshold(scene, timeline, apart))
  const recent: Uint8Array[] = []
  const lit: number[] = []
  const still: boolean[] = []
  let frame = 0

  return {
    next: (picture: () => Luma): void => {
      if (frame++ % LOOK_EVERY_FRAMES > 0) return
      const now = sample(picture())
      lit.push(now.litPart)
      const before = recent.length === apart / LOOK_EVERY_FRAMES ? recent.shift() : undefined
      const below = Math.min(...onScreen(scenes, frame - 1).map((at) => stillBelow[at]!))
      still.push(before !== undefined && Number.isFinite(below) && motionBetween(before, now) < below)
      recent.push(now.samples)
    },
    longest: (): { black: Stretch; still: Stretch } => {
      const { firstFrame, frames } = longestOf(still)
      // A match means that the whole time between was still, not this one frame.
      const whole = frames === 0 ? 0 : Math.min(frames + apart, frame)
      return {
        black: longestOf(blackOf(lit, scenes)),
        still: { firstFrame: Math.max(0, firstFrame - apart), frames: whole },
      }
    },
  }
}

/** Indices of the scenes seen in a frame: two in a crossfade. */
function onScreen(scenes: SceneOnScreen[], frame: number): number[] {
  return scenes.flatMap(({ firstFrame, lastFrame }, at) => (firstFrame <= frame && frame <= lastFrame ? [at] : []))
}

/** 0 where nothing is expected to move. Of pictures of another shape than the frame, pans move more than this. */
function stillThreshold({ motion, firstFrame, lastFrame }: SceneOnScreen, timeline: Timeline, apart: number): number {
  const frame = { widthPx: SAMPLES_ACROSS, heightPx: (SAMPLES_ACROSS * timeline.height) / timeline.width }
  const [from, to] = [motion.from, motion.to].map((view) => viewRectangle(view, frame, frame)) as [Box, Box]
  const places = [0, 0.25, 0.5, 0.75, 1]
  const moved = places.reduce(
    (sum, place) =>
      sum +
      Math.abs(to.left - from.left + place * (to.width - from.width)) +
      Math.abs(to.top - from.top + place * (to.height - from.height)),
    0,
  )
  const slowest = (SLOWEST * (moved / places.length / 2) * apart) / Math.max(1, lastFrame - firstFrame)
  return slowest < LEAST_MOTION ? 0 : Math.min(STILL_SAMPLES, STILL_PART * slowest)
}
type Box = ReturnType<typeof viewRectangle>

/** One entry for each frame looked at. */
function blackOf(lit: number[], scenes: SceneOnScreen[]): boolean[] {
  const seen = lit.map((_, at) => onScreen(scenes, at * LOOK_EVERY_FRAMES))
  // By its frames outside crossfades, in which the neighbours shine through.
  const shows = scenes.map((_, scene) =>
    lit.some((part, at) => part >= LEAST_LIT_PART && seen[at]!.length === 1 && seen[at]![0] === scene),
  )
  return lit.map((part, at) => part <= BLACK_PART && seen[at]!.length > 0 && seen[at]!.every((scene) => shows[scene]))
}

function longestOf(looks: boolean[]): Stretch {
  let longest: Stretch = { firstFrame: 0, frames: 0 }
  let current = 0
  for (const [at, goesOn] of looks.entries()) {
    current = goesOn ? current + 1 : 0
    const frames = current * LOOK_EVERY_FRAMES
    if (frames > longest.frames) longest = { firstFrame: (at + 1) * LOOK_EVERY_FRAMES - frames, frames }
  }
  return longest
}

type Sampled = { samples: Uint8Array; across: number; litPart: number }

function sample({ luma, stride, widthPx, heightPx }: Luma): Sampled {
  const every = Math.max(1, Math.round(widthPx / SAMPLES_ACROSS))
  const across = Math.ceil(widthPx / every)
  const samples = new Uint8Array(across * Math.ceil(heightPx / every))
  let at = 0
  let lit = 0
  for (let y = 0; y < heightPx; y += every) {
    const end = y * stride + widthPx
    for (let from = y * stride; from < end; from += every) {
      const level = luma[from]!
      samples[at++] = level
      if (level > LIT_LEVEL) lit++
    }
  }
  return { samples, across, litPart: lit / samples.length }
}

/** How much the levels changed, measured in how much they change from one sample to the next: motion in samples. */
function motionBetween(before: Uint8Array, { samples, across }: Sampled): number {
  if (before.length !== samples.length) return Infinity
  let changed = 0
  let acrossDetail = 0
  let downDetail = 0
  for (let at = across; at < samples.length; at++) {
    const level = samples[at]!
    changed += Math.abs(level - before[at]!)
    acrossDetail += Math.abs(level - samples[at - 1]!)
    downDetail += Math.abs(level - samples[at - across]!)
  }
  const isSmooth = Math.min(acrossDetail, downDetail) < LEAST_DETAIL * samples.length
  return isSmooth ? Infinity : changed / (acrossDetail + downDetail)
}
