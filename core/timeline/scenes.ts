// What of a scene depends on the scenes beside it: how it moves, and which part of a clip it shows.
import { defaultFit } from '../editing.ts'
import type { Motion, SceneMedia, TimedWord, TimelineParts, TimelineScene } from '../timeline.ts'
import { textOf } from '../words.ts'
import { clipMedia } from './clips.ts'
import { cardMotion, motionsOf } from './motions.ts'
import type { Spanned } from './sequence.ts'

export function scenesOf(sequence: Spanned[], words: TimedWord[], parts: TimelineParts): TimelineScene[] {
  const motions = motionsIn(sequence, parts)
  return sequence.map(({ shows: _shows, ...scene }, index) => ({
    index,
    ...scene,
    text: textOf(words, scene.firstWord, scene.lastWord),
    media: mediaOf(sequence, index, parts.fps),
    motion: motions[index]!,
  }))
}

/** Cards choose last: with or without them, the scenes move the same. */
function motionsIn(sequence: Spanned[], { motion, seed }: TimelineParts): Motion[] {
  const firstScene = sequence.findIndex(({ role }) => role === 'scene')
  const narrated = sequence.filter(({ role }) => role === 'scene')
  const ofScenes = motionsOf(
    narrated.map(({ shows }) => shows),
    motion,
    seed,
  )
  const motions: (Motion | undefined)[] = sequence.map((_, index) => ofScenes[index - firstScene])
  for (const [index, { role, shows }] of sequence.entries()) {
    if (role === 'scene') continue
    const near = [index - 2, index - 1, index + 1, index + 2].flatMap((other) => motions[other] ?? [])
    motions[index] = cardMotion(shows, motion, near, seed)
  }
  return motions as Motion[]
}

function mediaOf(sequence: Spanned[], index: number, fps: number): SceneMedia {
  const { role, shows, firstFrame, lastFrame, transition } = sequence[index]!
  const isCard = role === 'title' || role === 'end'
  // A card fills the frame, whatever the scene does that it has its backdrop from.
  const fit = isCard ? 'cover' : (shows.fit ?? defaultFit)
  if (shows.kind === 'clip') {
    const after = sequence[index + 1]?.transition.frames ?? 0
    const onScreenFrames = lastFrame - firstFrame + 1 + (transition.frames + after) / 2
    return clipMedia({ ...shows, fit }, (onScreenFrames * 1000) / fps)
  }
  const { key, focus } = shows
  return { kind: 'picture', key, fit, ...(focus && { focus }), ...(isCard && { isBackdrop: true }) }
}
