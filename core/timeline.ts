// Words + scenes + pictures → frames. Pure. Every frame number comes from cumulative time, so errors never add up:
// a cut or a highlight is within half a frame of its word, at minute 0 and at minute 10.
import type { CaptionLookId } from './catalog.ts'
import type { TimeSource, WordTime } from './ports.ts'
import { randomOf } from './random.ts'
import type { Word } from './words.ts'
import { textOf } from './words.ts'

export type TimedWord = {
  index: number
  text: string
  spaceBefore: boolean
  /** Which sentence of the script it belongs to, from 0. */
  sentence: number
  startMs: number
  endMs: number
  /** First frame in which the word is highlighted; the last is the frame before the next word's first. */
  firstFrame: number
  timeFrom: TimeSource
}

/** A rectangle of the picture in fractions of its cover-fitted area: `zoom` 1 = all of it; centre x, y in 0…1. */
export type View = { zoom: number; x: number; y: number }
export type Motion = {
  kind: 'zoom-in' | 'zoom-out' | 'pan-left' | 'pan-right' | 'pan-up' | 'pan-down' | 'still'
  from: View
  to: View
}

export type TimelineScene = {
  index: number
  text: string
  firstWord: number
  lastWord: number
  /** The object key of the scene's picture. */
  picture: string
  prompt: string
  motion: Motion
  /** The scene's own frames, both included. Scenes cover all frames once. The cut lies before `firstFrame`. */
  firstFrame: number
  lastFrame: number
  /**
   * How the scene comes in, and over how many frames: the crossfade is centred on the cut, so it shows this
   * scene from `firstFrame - frames/2` (even) and is whole at `firstFrame + frames/2`. The first scene has 'cut', 0.
   */
  transition: { kind: 'cut' | 'crossfade'; frames: number }
}

export type CueLine = { firstWord: number; lastWord: number }
export type Cue = {
  index: number
  text: string
  startMs: number
  endMs: number
  firstFrame: number
  lastFrame: number
  firstWord: number
  lastWord: number
  lines: CueLine[]
}

export type Timeline = {
  version: 1
  title: string
  language: string
  width: number
  height: number
  fps: number
  durationFrames: number
  durationMs: number
  scenes: TimelineScene[]
  words: TimedWord[]
  cues: Cue[]
  narration: { key: string; durationMs: number } | undefined
  music: { key: string; mood: string } | undefined
  captions: { look: CaptionLookId } | undefined
  watermark: string | undefined
}

export function timedWords(words: Word[], times: WordTime[], timeFrom: TimeSource, fps: number): TimedWord[] {
  if (words.length !== times.length) throw new RangeError(`${words.length} words but ${times.length} times`)
  return words.map(({ index, text, spaceBefore, sentence }, i) => {
    const { startMs, endMs } = times[i]!
    return { index, text, spaceBefore, sentence, startMs, endMs, firstFrame: frameAt(startMs, fps), timeFrom }
  })
}

export function frameAt(ms: number, fps: number): number {
  return Math.round((ms * fps) / 1000)
}

/** Half a second at 30 fps is the longest that a crossfade may take; 0.4 s reads as one movement. */
const crossfadeSeconds = 0.4

export type SceneParts = { firstWord: number; lastWord: number; prompt: string; picture: string }
export type TimelineParts = Omit<Timeline, 'version' | 'durationFrames' | 'scenes'> & {
  scenes: SceneParts[]
  seed: number
}

/** Scenes must cover every word once, in order. `durationMs` is the narration's, lead-in and tail included. */
export function timelineOf({ seed, scenes, ...parts }: TimelineParts): Timeline {
  const durationFrames = Math.max(1, Math.ceil((parts.durationMs * parts.fps) / 1000))
  const cuts = scenes.map((scene, i) => (i === 0 ? 0 : parts.words[scene.firstWord]!.firstFrame))
  const motions = motionsOf(scenes.length, seed)
  const whole = scenes.map((scene, index) => ({
    index,
    text: textOf(parts.words, scene.firstWord, scene.lastWord),
    ...scene,
    motion: motions[index]!,
    firstFrame: cuts[index]!,
    lastFrame: (cuts[index + 1] ?? durationFrames) - 1,
  }))
  return {
    version: 1,
    ...parts,
    durationFrames,
    durationMs: Math.round((durationFrames * 1_000_000) / parts.fps) / 1000,
    scenes: whole.map((scene, i) => ({ ...scene, transition: transitionInto(whole[i - 1], scene, parts.fps) })),
  }
}

type Span = { firstFrame: number; lastFrame: number }

/** Half of a crossfade lies in each scene, so a scene must be as long as the halves of the two that it takes part in. */
function transitionInto(before: Span | undefined, scene: Span, fps: number): TimelineScene['transition'] {
  if (!before) return { kind: 'cut', frames: 0 }
  const shortest = Math.min(lengthOf(before), lengthOf(scene))
  const frames = 2 * Math.min(Math.round((crossfadeSeconds * fps) / 2), Math.floor(shortest / 2))
  return frames < 2 ? { kind: 'cut', frames: 0 } : { kind: 'crossfade', frames }
}

function lengthOf({ firstFrame, lastFrame }: Span): number {
  return lastFrame - firstFrame + 1
}

/** Zoom stays at or under 1.12: pictures are drawn 1.125 times as large as the frame (stages/illustrate.ts). */
const motions = {
  'zoom-in': { from: { zoom: 1, x: 0.5, y: 0.5 }, to: { zoom: 1.12, x: 0.5, y: 0.45 } },
  'zoom-out': { from: { zoom: 1.12, x: 0.5, y: 0.45 }, to: { zoom: 1, x: 0.5, y: 0.5 } },
  'pan-left': { from: { zoom: 1.1, x: 1, y: 0.5 }, to: { zoom: 1.1, x: 0, y: 0.5 } },
  'pan-right': { from: { zoom: 1.1, x: 0, y: 0.5 }, to: { zoom: 1.1, x: 1, y: 0.5 } },
  'pan-up': { from: { zoom: 1.08, x: 0.5, y: 1 }, to: { zoom: 1.08, x: 0.5, y: 0 } },
  'pan-down': { from: { zoom: 1.08, x: 0.5, y: 0 }, to: { zoom: 1.08, x: 0.5, y: 1 } },
} as const satisfies Partial<Record<Motion['kind'], { from: View; to: View }>>

/** By seed, and never what one of the two scenes before had. */
function motionsOf(count: number, seed: number): Motion[] {
  const random = randomOf(seed)
  const kinds = Object.keys(motions) as (keyof typeof motions)[]
  const chosen: Motion[] = []
  for (let i = 0; i < count; i++) {
    const before = chosen.slice(-2).map(({ kind }) => kind)
    const others = kinds.filter((kind) => !before.includes(kind))
    const kind = others[Math.floor(random() * others.length)]!
    chosen.push({ kind, ...motions[kind] })
  }
  return chosen
}
