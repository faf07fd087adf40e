// How one scene gives way to the next: pure, by the frame's number alone. Each transition starts and ends gently, so
// that it goes on from the frames before it and into those after it.
import type { TransitionId } from '../core/editing.ts'
import type { SceneOnScreen } from './segments.ts'

/** How a layer comes over what is drawn before it, 0…1 of it. */
type Join =
  | { kind: 'blend'; weight: number }
  /** It pushes what was there out to the left; `part` of the way. */
  | { kind: 'push'; part: number }
  /** It is uncovered from the left; `part` of the way. */
  | { kind: 'wipe'; part: number }

/** One scene of a frame. */
export type Layer<Scene = SceneOnScreen> = {
  scene: Scene
  /** How far its motion has come, 0…1. */
  progress: number
  /** How much larger it is than its motion has it. */
  zoom: number
  /** 1 = as it is, 0 = black. */
  light: number
  /** None for the first of a frame. */
  join?: Join
}

/** What a frame shows, to be drawn in order. */
export function layersAt<Scene extends SceneOnScreen>(scenes: Scene[], frame: number): Layer<Scene>[] {
  let layers: Layer<Scene>[] = []
  for (const scene of scenes) {
    if (frame < scene.firstFrame || frame > scene.lastFrame) continue
    const { kind, frames } = scene.transition
    const framesIn = frame - scene.firstFrame
    const progress = framesIn / Math.max(1, scene.lastFrame - scene.firstFrame)
    const above = { scene, progress, zoom: 1, light: 1 }
    const isComing = layers.length > 0 && framesIn < frames
    layers = isComing ? transitions[kind](layers, above, framesIn, frames) : [above]
  }
  return layers
}

/** The share of the frame's width over which a wipe goes from the scene before to the next. */
const WIPE_EDGE = 1 / 8

/** How much of the coming scene is seen at a place, 0…1 from the left, when a wipe is `part` of the way through. */
export function wipeWeight(part: number, across: number): number {
  const edge = part * (1 + WIPE_EDGE) - WIPE_EDGE / 2
  return smooth((edge - across) / WIPE_EDGE + 0.5)
}

/** Zooms of the scene before at its end, and of the next at its beginning. */
const ZOOM_OUT_OF = 1.5
const ZOOM_INTO = 1.25

type Transition = <Scene>(
  below: Layer<Scene>[],
  above: Layer<Scene>,
  framesIn: number,
  frames: number,
) => Layer<Scene>[]

const transitions: Record<TransitionId, Transition> = {
  cut: (_below, above) => [above],
  crossfade: (below, above, framesIn, frames) => {
    const weight = smooth(partAt(framesIn, frames))
    return [...below, { ...above, join: { kind: 'blend', weight } }]
  },
  slide: (below, above, framesIn, frames) => {
    const part = smooth(partAt(framesIn, frames))
    return [...below, { ...above, join: { kind: 'push', part } }]
  },
  wipe: (below, above, framesIn, frames) => {
    const part = smooth(partAt(framesIn, frames))
    return [...below, { ...above, join: { kind: 'wipe', part } }]
  },
  zoom: (below, above, framesIn, frames) => {
    const part = partAt(framesIn, frames)
    const before = below.map((layer) => ({ ...layer, zoom: layer.zoom * (1 + (ZOOM_OUT_OF - 1) * part ** 2) }))
    const next = { ...above, zoom: 1 + (ZOOM_INTO - 1) * (1 - part) ** 2 }
    const weight = smooth((part - 0.3) / 0.4)
    if (weight === 0) return before
    return weight === 1 ? [next] : [...before, { ...next, join: { kind: 'blend', weight } }]
  },
  // Both frames at the cut are black.
  dip: (below, above, framesIn, frames) => {
    const half = frames / 2
    if (framesIn >= half) return [{ ...above, light: 1 - smooth((frames - framesIn) / half) }]
    return below.map((layer) => ({ ...layer, light: 1 - smooth((framesIn + 1) / half) }))
  },
}

/** Even at the cut, which lies between the two middle frames. */
const partAt = (framesIn: number, frames: number) => (framesIn + 0.5) / frames

/** Smoothstep: 0 up to 0, 1 from 1 on, and level at both. */
function smooth(part: number): number {
  const inside = Math.max(0, Math.min(1, part))
  return inside * inside * (3 - 2 * inside)
}
