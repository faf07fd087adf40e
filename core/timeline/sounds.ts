// What is heard besides narration and music.
import type { ClipFile, TimedWord, Timeline, TimelineParts, TimelineScene } from '../timeline.ts'
import { msAt, toMicrosecond } from './frames.ts'

/** In step with the clips' pictures for as long as these are seen, but never while a word is said. */
export function clipSoundsOf(
  scenes: TimelineScene[],
  words: TimedWord[],
  { intro, outro, fps }: TimelineParts,
): Timeline['clipSounds'] {
  const speechMs = { start: words[0]?.startMs ?? Infinity, end: words.at(-1)?.endMs ?? 0 }
  const last = scenes.at(-1)!
  const outroMs = msAt(last.firstFrame - last.transition.frames / 2, fps)
  const heardFromMs = Math.max(outroMs, speechMs.end)
  return [
    ...soundOf(intro, 0, 0, speechMs.start),
    ...soundOf(outro, outroMs, heardFromMs, msAt(last.lastFrame + 1, fps)),
  ]
}

/** The clip's first sample would be heard at `zeroMs`. */
function soundOf(
  clip: ClipFile | undefined,
  zeroMs: number,
  startMs: number,
  latestMs: number,
): Timeline['clipSounds'] {
  const endMs = Math.min(zeroMs + (clip?.durationMs ?? 0), latestMs)
  return clip?.hasSound && endMs > startMs
    ? [{ key: clip.key, fromMs: toMicrosecond(startMs - zeroMs), startMs, durationMs: toMicrosecond(endMs - startMs) }]
    : []
}

/** Closer together they would be noise. */
const shortestPauseMs = 1500

/** One where a narrated scene follows another. */
export function whooshesAt(scenes: TimelineScene[], fps: number): Timeline['effects'] {
  const effects: Timeline['effects'] = []
  for (const [index, scene] of scenes.entries()) {
    const atMs = msAt(scene.firstFrame, fps)
    const isBetween = scene.role === 'scene' && scenes[index - 1]?.role === 'scene'
    if (isBetween && atMs - (effects.at(-1)?.atMs ?? -Infinity) >= shortestPauseMs)
      effects.push({ kind: 'whoosh', atMs })
  }
  return effects
}
