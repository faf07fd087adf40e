// Words + scenes + pictures → frames. Pure. Every frame number comes from cumulative time, so errors never add up:
// a cut or a highlight is within half a frame of its word, at minute 0 and at minute 10.
import type { CaptionFontId, CaptionLookId, CaptionPosition, CaptionSize } from './catalog.ts'
import type { OwnFace } from './fonts/face.ts'
import type { FitId, MotionWish, TransitionId } from './editing.ts'
import type { CodecId, QualityId } from './output.ts'
import type { TimeSource, WordTime } from './ports.ts'
import type { ShownClip } from './timeline/clips.ts'
import type { ShownPicture } from './timeline/motions.ts'
import { frameAt, msAt, toMicrosecond } from './timeline/frames.ts'
import { scenesOf } from './timeline/scenes.ts'
import { sequenceOf } from './timeline/sequence.ts'
import { clipSoundsOf, whooshesAt } from './timeline/sounds.ts'
import type { Word } from './words.ts'

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

/** A place in a picture: 0…1 from its left and from its top. */
export type Point = { x: number; y: number }
/**
 * A part of the picture of the frame's shape. `zoom` 1 = the largest that fits, 2 = half as wide. Its centre is at
 * x, y (0…1 of the picture), but the picture's edges hold it: x 0 is as far left as it goes. Turned clockwise by
 * `rotateDeg` around its centre; its corners stay inside the picture when `zoom` leaves them room.
 */
export type View = { zoom: number; x: number; y: number; rotateDeg?: number }
export type Motion = {
  kind: 'zoom-in' | 'zoom-out' | 'pan-left' | 'pan-right' | 'pan-up' | 'pan-down' | 'drift' | 'rotate-zoom' | 'still'
  from: View
  to: View
}

/** What a scene shows, by its object key. `focus` is what matters in it and stays in view. */
export type PictureMedia = {
  kind: 'picture'
  key: string
  fit: FitId
  focus?: Point
  /** Blurred and darkened, for text to stand on. */
  isBackdrop?: true
}
/**
 * The clip's time in the scene's n-th frame on screen is `fromMs + (n * 1000 / fps) * speed`; with `loopMs`, that much
 * of the clip comes again and again. After its end its last picture stays.
 */
export type ClipMedia = {
  kind: 'clip'
  key: string
  fit: FitId
  focus?: Point
  fromMs: number
  speed: number
  loopMs?: number
}
export type SceneMedia = PictureMedia | ClipMedia

/** Text on a card: a large heading and a smaller line under it. */
export type Card = { heading: string; line?: string }

export type TimelineScene = {
  index: number
  /** 'scene' is narrated; the others stand before and after the narration. */
  role: 'intro' | 'title' | 'scene' | 'end' | 'outro'
  text: string
  /** The words said while it is on screen; `lastWord` is `firstWord - 1` where none are. */
  firstWord: number
  lastWord: number
  media: SceneMedia
  prompt: string
  card?: Card
  motion: Motion
  /** The scene's own frames, both included. Scenes cover all frames once. The cut lies before `firstFrame`. */
  firstFrame: number
  lastFrame: number
  /**
   * How the scene comes in, and over how many frames: the transition is centred on the cut, so it shows this
   * scene from `firstFrame - frames/2` (even) and is whole at `firstFrame + frames/2`. A cut has 0, and so has the
   * first scene.
   */
  transition: { kind: TransitionId; frames: number }
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

/** How captions look and where they stand; what is absent is as the look has it. Colours are '#rrggbb'. */
export type CaptionOptions = {
  look: Exclude<CaptionLookId, 'none'>
  position?: CaptionPosition
  size?: CaptionSize
  colour?: string
  /** Of the word being said, and of emphasised words. */
  accent?: string
  outlineColour?: string
  /** One of ours, or the user's own. */
  font?: CaptionFontId | OwnFace
  isUpperCase?: boolean
  /** Words of the script by index that stay in the accent colour, or one near it, while their caption is shown. */
  emphasised?: number[]
}

export type Timeline = {
  version: 2
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
  /** `startMs`: where in the video the narration's file starts; words' times are the video's. */
  narration: { key: string; startMs: number; durationMs: number } | undefined
  music: { key: string; mood: string } | undefined
  /** The own sound of intro and outro clips, and when it is heard; music and narration are silent meanwhile. */
  clipSounds: { key: string; fromMs: number; startMs: number; durationMs: number }[]
  /** A short sound at each of these times, its loudest moment there. */
  effects: { kind: 'whoosh'; atMs: number }[]
  captions: CaptionOptions | undefined
  watermark: string | undefined
  /** A picture in the upper right corner of every frame, by its object key. */
  logo: { key: string } | undefined
  progressBar: { edge: 'top' | 'bottom'; colour: string } | undefined
  output: { codec: CodecId; quality: QualityId; hls: boolean }
}

export function timedWords(words: Word[], times: WordTime[], timeFrom: TimeSource, fps: number): TimedWord[] {
  if (words.length !== times.length) throw new RangeError(`${words.length} words but ${times.length} times`)
  return words.map(({ index, text, spaceBefore, sentence }, i) => {
    const { startMs, endMs } = times[i]!
    return { index, text, spaceBefore, sentence, startMs, endMs, firstFrame: frameAt(startMs, fps), timeFrom }
  })
}

/** `durationMs` is the whole clip's. */
export type ClipFile = { key: string; durationMs: number; hasSound: boolean }
export type SceneParts = { firstWord: number; lastWord: number; prompt: string; shows: ShownPicture | ShownClip }
/** Times and frames of words and cues are the narration's. Scenes cover every word once, in order. */
export type TimelineParts = Omit<
  Timeline,
  'version' | 'durationFrames' | 'scenes' | 'narration' | 'clipSounds' | 'effects'
> & {
  /** The narration's, lead-in and tail included. */
  durationMs: number
  narration: { key: string } | undefined
  scenes: SceneParts[]
  seed: number
  transition: TransitionId
  motion: MotionWish
  soundEffects: boolean
  intro?: ClipFile | undefined
  titleCard?: string
  endCard?: string
  outro?: ClipFile | undefined
}

/** Intro, title card, narrated scenes, end card, outro: everything with the frames in which it is seen and heard. */
export function timelineOf(parts: TimelineParts): Timeline {
  const { title, language, width, height, fps, music, captions, watermark, logo, progressBar, output } = parts
  const sequence = sequenceOf(parts)
  const openingFrames = sequence.find(({ role }) => role === 'scene')!.firstFrame
  const durationFrames = sequence.at(-1)!.lastFrame + 1
  const openingMs = msAt(openingFrames, fps)
  const words = parts.words.map((word) => shifted(word, openingMs, openingFrames))
  const scenes = scenesOf(sequence, words, parts)
  return {
    version: 2,
    title,
    language,
    width,
    height,
    fps,
    durationFrames,
    durationMs: msAt(durationFrames, fps),
    scenes,
    words,
    cues: parts.cues.map((cue) => ({
      ...shifted(cue, openingMs, openingFrames),
      lastFrame: cue.lastFrame + openingFrames,
    })),
    narration: parts.narration && { ...parts.narration, startMs: openingMs, durationMs: parts.durationMs },
    music,
    clipSounds: clipSoundsOf(scenes, words, parts),
    effects: parts.soundEffects ? whooshesAt(scenes, fps) : [],
    captions,
    watermark,
    logo,
    progressBar,
    output,
  }
}

function shifted<Timed extends { startMs: number; endMs: number; firstFrame: number }>(
  timed: Timed,
  byMs: number,
  byFrames: number,
): Timed {
  return {
    ...timed,
    startMs: toMicrosecond(timed.startMs + byMs),
    endMs: toMicrosecond(timed.endMs + byMs),
    firstFrame: timed.firstFrame + byFrames,
  }
}
