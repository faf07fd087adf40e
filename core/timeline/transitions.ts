// How scenes follow each other, and for how long.
import type { TransitionId } from '../editing.ts'
import type { TimelineScene } from '../timeline.ts'

/** 0.4 s reads as one movement; a dip needs time to be dark in between. */
const seconds: Record<TransitionId, number> = { cut: 0, crossfade: 0.4, slide: 0.4, zoom: 0.4, wipe: 0.4, dip: 0.6 }

/** What is not narrated comes and goes softly, but a film of cuts or dips stays one. */
const aroundCards: Record<TransitionId, TransitionId> = {
  cut: 'cut',
  dip: 'dip',
  crossfade: 'crossfade',
  slide: 'crossfade',
  zoom: 'crossfade',
  wipe: 'crossfade',
}

type Lasting = { role: TimelineScene['role']; frames: number }

/** Half of a transition lies in each scene, so a scene must be as long as the halves of the two that it takes part in. */
export function transitionInto(
  before: Lasting | undefined,
  scene: Lasting,
  wanted: TransitionId,
  fps: number,
): TimelineScene['transition'] {
  if (!before) return { kind: 'cut', frames: 0 }
  const kind = before.role === 'scene' && scene.role === 'scene' ? wanted : aroundCards[wanted]
  const shortest = Math.min(before.frames, scene.frames)
  const frames = 2 * Math.min(Math.round((seconds[kind] * fps) / 2), Math.floor(shortest / 2))
  return frames === 0 ? { kind: 'cut', frames: 0 } : { kind, frames }
}
