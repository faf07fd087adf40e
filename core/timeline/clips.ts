// Which part of a clip a scene shows, and how fast.
import { type ClipPlayId, defaultFit, type FitId } from '../editing.ts'
import type { ClipMedia, Point } from '../timeline.ts'

/** A clip that a scene is to show, before it is known for how long. `durationMs` is the whole file's. */
export type ShownClip = {
  kind: 'clip'
  key: string
  durationMs: number
  fromMs?: number
  play?: ClipPlayId
  fit?: FitId
  focus?: Point
}

/** `onScreenMs`: how long it is seen, transitions included. */
export function clipMedia(
  { key, durationMs, fromMs = 0, play = 'auto', fit = defaultFit, focus }: ShownClip,
  onScreenMs: number,
): ClipMedia {
  const leftMs = Math.max(1, durationMs - fromMs)
  return { kind: 'clip', key, fit, ...(focus && { focus }), fromMs, ...ways[play](leftMs, onScreenMs) }
}

type Way = { speed: number; loopMs?: number }

const trim = (): Way => ({ speed: 1 })
/** Rounded down, so that the clip is never over before the scene is. */
const slow = (leftMs: number, onScreenMs: number): Way => ({
  speed: Math.min(1, Math.max(1e-6, Math.floor((leftMs / onScreenMs) * 1e6) / 1e6)),
})
const loop = (leftMs: number, onScreenMs: number): Way =>
  leftMs < onScreenMs ? { speed: 1, loopMs: leftMs } : { speed: 1 }
/** Slower than half its own speed a clip looks broken; coming again, it does not. */
const slowestAuto = 0.5

const ways: Record<ClipPlayId, (leftMs: number, onScreenMs: number) => Way> = {
  trim,
  slow,
  loop,
  auto: (leftMs, onScreenMs) => (leftMs < onScreenMs * slowestAuto ? loop : slow)(leftMs, onScreenMs),
}
