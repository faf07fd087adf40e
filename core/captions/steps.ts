// What a line goes through, in frames: before its first word, each of its words, after its last one; and while
// something moves, every frame by itself.
import type { Look } from './paint.ts'
import type { PlacedLine, PlacedWord } from './placement.ts'

/**
 * Nothing changes from `firstFrame` up to the frame before `endFrame`. `progress` is how far the spoken word has
 * come in what the look does with it, 0…1, and stays 1.
 */
export type Step = {
  spoken: PlacedWord | undefined
  said: PlacedWord[]
  progress: number
  firstFrame: number
  endFrame: number
}

export function stepsOf(line: PlacedLine, look: Look, fps: number): Step[] {
  return statesOf(line).flatMap((state) => {
    const { spoken, firstFrame, endFrame } = state
    const progressAt = (frame: number) => (spoken ? (progress[look]?.({ frame, spoken, line, fps }) ?? 1) : 1)
    const steps: Step[] = []
    let frame = firstFrame
    for (; frame < endFrame - 1 && progressAt(frame) < 1; frame++) {
      steps.push({ ...state, progress: progressAt(frame), firstFrame: frame, endFrame: frame + 1 })
    }
    return [...steps, { ...state, progress: progressAt(frame), firstFrame: frame }]
  })
}

type State = Omit<Step, 'progress'>

function statesOf({ words, firstFrame, endFrame }: PlacedLine): State[] {
  const before = { spoken: undefined, said: [], firstFrame, endFrame: words[0]!.firstFrame }
  const spoken = words.map((word, i) => ({
    spoken: word,
    said: words.slice(0, i),
    firstFrame: word.firstFrame,
    endFrame: word.endFrame,
  }))
  const after = { spoken: undefined, said: words, firstFrame: words.at(-1)!.endFrame, endFrame }
  return [before, ...spoken, after].filter((state) => state.endFrame > state.firstFrame)
}

/** A word pops in this time. */
const popMs = 80

type Moment = { frame: number; spoken: PlacedWord; line: PlacedLine; fps: number }

const popped = (frames: number, fps: number) => Math.min(1, (frames * 1000) / fps / popMs)

const progress: Partial<Record<Look, (moment: Moment) => number>> = {
  pop: ({ frame, spoken, fps }) => popped(frame - spoken.firstFrame, fps),
  /** A word comes in with its particles. */
  single: ({ frame, line, fps }) => popped(frame - line.firstFrame, fps),
  /** Some of a word is filled on its first frame, and all of it on the last of its sound. */
  karaoke: ({ frame, spoken, fps }) => {
    const soundEnd = Math.round((spoken.endMs * fps) / 1000 - tieBreak)
    const soundFrames = Math.max(1, Math.min(soundEnd, spoken.endFrame) - spoken.firstFrame)
    return Math.min(1, (frame - spoken.firstFrame + 1) / soundFrames)
  },
}

/** Times are whole milliseconds, so halves of a frame are frequent; they go the same way whatever was added to them. */
const tieBreak = 1e-6
