// How far a render is, how fast, and how long it will take.
import type { ComposeProgress } from '../core/ports.ts'

/** Before that, what is known of the speed is how long everything took to begin. */
const FORETOLD = { afterMs: 2000, share: 0.02 }
/** Long enough to even out segments of different difficulty, short enough to follow a machine that gets busy. */
const WINDOW_MS = 8000

export type Pace = {
  /** Frames that were rendered before: done, but no measure of how fast this machine is. */
  found: (frames: number) => void
  /** Negative when a crash has undone some. */
  rendered: (frames: number) => void
  /** What is still rendered was given up and is not told of. */
  end: () => void
}

export function paceOf(framesTotal: number, onProgress: (progress: ComposeProgress) => void): Pace {
  const startedMs = performance.now()
  const marks = [{ atMs: startedMs, rendered: 0 }]
  let framesDone = 0
  let rendered = 0
  let isOver = false

  function tell(): void {
    if (isOver) return
    const framesPerSecond = speed()
    const framesLeft = framesTotal - framesDone
    onProgress({
      framesDone,
      framesTotal,
      framesPerSecond,
      secondsLeft: secondsLeft(framesLeft, framesPerSecond),
    })
  }
  function secondsLeft(framesLeft: number, framesPerSecond: number | undefined): number | undefined {
    if (framesLeft === 0) return 0
    const isForetold = performance.now() - startedMs >= FORETOLD.afterMs && rendered >= framesTotal * FORETOLD.share
    return framesPerSecond === undefined || !isForetold ? undefined : framesLeft / framesPerSecond
  }
  function speed(): number | undefined {
    const nowMs = performance.now()
    marks.push({ atMs: nowMs, rendered })
    while (marks.length > 2 && marks[1]!.atMs < nowMs - WINDOW_MS) marks.shift()
    const first = marks[0]!
    const frames = rendered - first.rendered
    return frames > 0 && nowMs > first.atMs ? (frames * 1000) / (nowMs - first.atMs) : undefined
  }
  return {
    found: (frames) => {
      framesDone += frames
      tell()
    },
    rendered: (frames) => {
      framesDone += frames
      rendered += frames
      tell()
    },
    end: () => {
      isOver = true
    },
  }
}
