// What follows what, how, and from which frame to which.
import { cardMs } from '../estimate.ts'
import type { Card, ClipFile, SceneParts, TimelineParts, TimelineScene } from '../timeline.ts'
import { frameAt, framesIn } from './frames.ts'
import { transitionInto } from './transitions.ts'

/** A scene but for how it moves and which part of a clip it shows: that depends on the scenes beside it. */
export type Spanned = Omit<TimelineScene, 'index' | 'text' | 'media' | 'motion'> & Pick<SceneParts, 'shows'>
type Lasting = Omit<Spanned, 'firstFrame' | 'lastFrame' | 'transition'> & { frames: number }

/** Everything that is seen, in order; every frame once. */
export function sequenceOf(parts: TimelineParts): Spanned[] {
  const { intro, titleCard, endCard, outro, scenes, words, transition, fps } = parts
  const before = { firstWord: 0, lastWord: -1 }
  const after = { firstWord: words.length, lastWord: words.length - 1 }
  const lasting: Lasting[] = [
    ...(intro ? [ownClip('intro', intro, before, fps)] : []),
    ...(titleCard === undefined ? [] : [card('title', titleCard, scenes, before, parts)]),
    ...narrated(parts),
    ...(endCard === undefined ? [] : [card('end', endCard, scenes.toReversed(), after, parts)]),
    ...(outro ? [ownClip('outro', outro, after, fps)] : []),
  ]
  const into = lasting.map((scene, index) => transitionInto(lasting[index - 1], scene, transition, fps))
  let next = 0
  return lasting.map(({ frames, ...scene }, index) => {
    const firstFrame = next
    next += frames - framesElsewhere(scene.role, into[index]!, into[index + 1])
    return { ...scene, firstFrame, lastFrame: next - 1, transition: into[index]! }
  })
}

/** Of an intro's or outro's clip, what is seen while the scene next to it still is, or is already. */
function framesElsewhere(
  role: Spanned['role'],
  into: Spanned['transition'],
  after: Spanned['transition'] | undefined,
): number {
  if (role === 'intro') return (after?.frames ?? 0) / 2
  return role === 'outro' ? into.frames / 2 : 0
}

type Words = Pick<Spanned, 'firstWord' | 'lastWord'>

function ownClip(role: 'intro' | 'outro', { key, durationMs }: ClipFile, words: Words, fps: number): Lasting {
  // Made for another format, it is not to lose what stands at its edges.
  const shows = { kind: 'clip', key, durationMs, play: 'trim', fit: 'blur' } as const
  return { role, ...words, prompt: '', shows, frames: Math.max(1, frameAt(durationMs, fps)) }
}

/** The backdrop is the nearest scene's picture; a clip only where there is no picture at all. */
function card(
  role: 'title' | 'end',
  heading: string,
  nearestFirst: SceneParts[],
  words: Words,
  { fps, language }: TimelineParts,
): Lasting {
  const { shows } = nearestFirst.find((scene) => scene.shows.kind === 'picture') ?? nearestFirst[0]!
  const text: Card = { heading }
  return {
    role,
    ...words,
    prompt: '',
    shows,
    card: text,
    frames: frameAt(cardMs(role === 'title' ? 'titleCard' : 'endCard', heading, language), fps),
  }
}

/** A scene begins with its first word, the first one with the narration. */
function narrated({ scenes, words, durationMs, fps }: TimelineParts): Lasting[] {
  const frames = Math.max(scenes.length, framesIn(durationMs, fps))
  const cuts: number[] = []
  for (const [index, scene] of scenes.entries()) {
    const wanted = index === 0 ? 0 : words[scene.firstWord]!.firstFrame
    // Each scene has a frame, even where a voice gives two words the same time.
    cuts.push(Math.min(frames - (scenes.length - index), Math.max(wanted, (cuts.at(-1) ?? -1) + 1)))
  }
  return scenes.map((scene, index) => ({
    role: 'scene',
    ...scene,
    frames: (cuts[index + 1] ?? frames) - cuts[index]!,
  }))
}
