// A version of a video after its first: what is kept of the version before, and what is to be different. The stages
// look at it before they make anything, so that only what changed is made, bought and rendered.
import type { SceneRequest } from './request/scenes.ts'

/** Keys of everything that a version was assembled from. `assemble` leaves it among the video's events. */
export type Assembled = {
  scriptKey: string
  planKey: string
  narrationKey: string
  musicKey: string | null
  mood: string | null
  pictureKeys: string[]
  timelineKey: string
}
/** Type of the event that carries it. */
export const assembledEvent = 'assembled'

/** `redo`: the same prompt, another picture; counts up each time. A new `text` alone keeps the scene's picture. */
export type SceneChange = Partial<Omit<SceneRequest, 'text'>> & { text?: string; redo?: number }

export type Edition = {
  /** 2 for the first change of a video; a variant is a video of its own and begins at 1. */
  number: number
  base: Assembled
  /** By the scene's index, from 0. */
  scenes: Record<string, SceneChange>
  /** BCP 47: all scenes' texts are translated into it before they are said. */
  translateTo?: string
  /** Said by another voice, or in another language: nothing of the base's sound is kept. */
  otherVoice?: true
  /** The request asks for other music than the base has. */
  otherMusic?: true
  /** ISO 8601: when it was asked for, or changed last before it was made. What went otherwise since then is told. */
  askedAt: string
}
