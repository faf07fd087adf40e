// The timeline cut into segments that are rendered on their own and joined without encoding again. Pure: the same
// timeline gives the same segments on any machine, however many run at once.
import type { Motion, Timeline } from '../core/timeline.ts'

/**
 * The longest segment, in seconds. Each is one closed group of pictures, so this is also how far a player has to
 * decode to reach any moment: 120 frames at 4 s, which hardware decoders do several times faster than they play
 * (each scene begins with a new group anyway). Measured at 1080x1920 and
 * crf 20, groups of 2 s make files 24 % larger for photo-like pictures and 4 % for drawn ones; groups of 8 s make
 * them 12 % and 1 % smaller, but leave cores idle at the end.
 */
const LONGEST_SEGMENT_S = 4

/** A scene with its share of the crossfades around it. Frames are the timeline's, both ends included. */
export type SceneOnScreen = {
  index: number
  motion: Motion
  firstFrame: number
  lastFrame: number
  /** From `firstFrame` on, over how many frames it comes in over the scene before; 0 = a cut. */
  fadeInFrames: number
}

export type Segment = {
  index: number
  firstFrame: number
  frameCount: number
  /** The scenes seen in it, in order. */
  scenes: SceneOnScreen[]
}

/** Cuts at the ends of every crossfade (a scene's body and a transition never share a segment), then by length. */
export function planSegments(timeline: Timeline): Segment[] {
  const scenes = scenesOnScreen(timeline)
  const cuts = scenes.flatMap((scene) => [scene.firstFrame, scene.firstFrame + scene.fadeInFrames])
  const edges = [...new Set([...cuts, timeline.durationFrames])]
    .filter((frame) => frame <= timeline.durationFrames)
    .toSorted((a, b) => a - b)
  const longest = Math.max(1, Math.round(LONGEST_SEGMENT_S * timeline.fps))
  const starts = edges.slice(0, -1).flatMap((first, at) => evenPieces(first, edges[at + 1]!, longest))
  return starts.map((firstFrame, index) => {
    const end = starts[index + 1] ?? timeline.durationFrames
    const seen = scenes.filter((scene) => scene.firstFrame < end && scene.lastFrame >= firstFrame)
    return { index, firstFrame, frameCount: end - firstFrame, scenes: seen }
  })
}

export function scenesOnScreen(timeline: Timeline): SceneOnScreen[] {
  return timeline.scenes.map((scene, at) => {
    const next = timeline.scenes[at + 1]
    return {
      index: scene.index,
      motion: scene.motion,
      firstFrame: Math.max(0, scene.firstFrame - scene.transition.frames / 2),
      lastFrame: Math.min(timeline.durationFrames - 1, scene.lastFrame + (next?.transition.frames ?? 0) / 2),
      fadeInFrames: at === 0 ? 0 : scene.transition.frames,
    }
  })
}

/** One picture of a frame. `weight` is how much of it covers what is drawn before, 0…1. */
type Layer = { scene: SceneOnScreen; progress: number; weight: number }

/** What a frame shows, to be drawn in order: one layer, or two (or more) in a crossfade. */
export function layersAt(scenes: SceneOnScreen[], frame: number): Layer[] {
  return scenes
    .filter((scene) => scene.firstFrame <= frame && frame <= scene.lastFrame)
    .map((scene, at) => ({
      scene,
      progress: (frame - scene.firstFrame) / Math.max(1, scene.lastFrame - scene.firstFrame),
      weight: at === 0 ? 1 : fadeWeight(frame - scene.firstFrame, scene.fadeInFrames),
    }))
}

/** Even at the cut, which lies between the two middle frames; smooth at both ends (smoothstep). */
function fadeWeight(framesIn: number, fadeFrames: number): number {
  if (framesIn >= fadeFrames) return 1
  const part = (framesIn + 0.5) / fadeFrames
  return part * part * (3 - 2 * part)
}

/** The first frames of the pieces of [first, end), each `longest` frames at most and all about as long. */
function evenPieces(first: number, end: number, longest: number): number[] {
  const count = Math.ceil((end - first) / longest)
  return Array.from({ length: count }, (_, piece) => first + Math.round((piece * (end - first)) / count))
}
