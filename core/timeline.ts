// types come first; assemble() below
import type { TimeSource } from './ports.ts'

export type TimedWord = {
  index: number
  text: string
  spaceBefore: boolean
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
  captions: { look: string } | undefined
  watermark: string | undefined
}
