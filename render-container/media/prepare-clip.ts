// Whether a clip can be shown, and what of it cannot: looked through once, before its segments are rendered.
import { InputError } from '../../core/errors.ts'
import type { ClipMedia } from '../../core/timeline.ts'
import { clipEndMs, openClipReader, type ClipReader } from './clip-reader.ts'
import { turn } from '../graph.ts'
import type { MediaTask, PreparedClip } from './prepared.ts'

/** Throws InputError when there is no picture at all. */
export async function prepareClip(
  { path, scene, frame, framesOnScreen }: MediaTask,
  { kind, fit, focus, fromMs, speed, loopMs }: ClipMedia,
): Promise<{ prepared: PreparedClip; notices: string[] }> {
  const shownMs = framesOnScreen === undefined ? LOOKED_THROUGH_MS : (framesOnScreen * 1000 * speed) / frame.fps
  const notices = await lookThrough(path, fromMs, fromMs + Math.min(shownMs, loopMs ?? Infinity))
  return {
    prepared: { kind, path, fit, focus, fromMs, speed, loopMs, ...frame },
    notices: notices.map((notice) => `scene ${scene + 1}: the clip ${notice}`),
  }
}

const LOOKED_THROUGH_MS = 20_000
/** More than this must be missing at the end: the tracks of a file seldom end together. */
const MISSING_MS = 1000
/** Then the event loop gets a turn, in which a child notices that its parent has gone. */
const PICTURES_PER_TURN = 16

async function lookThrough(path: string, fromMs: number, untilMs: number): Promise<string[]> {
  const notices: string[] = []
  let reader = openClipReader(path, { isHasty: true })
  try {
    let picture = fromMs > 0 && reader.seek(fromMs) ? reader.next() : undefined
    if (!picture || picture.ms > fromMs) {
      picture?.frame.free()
      reader.close()
      reader = openClipReader(path, { isHasty: true })
      picture = reader.next()
    }
    if (!picture) throw new InputError(`the clip ${path} has no picture that can be decoded; save it again as H.264`)
    for (let count = 1; ; count++) {
      picture.frame.free()
      if (picture.ms >= untilMs) return notices
      const lastMs: number = picture.ms
      if (count % PICTURES_PER_TURN === 0) await turn()
      picture = reader.next()
      if (!picture) return [...notices, ...brokenOff(reader, lastMs)]
      if (picture.isAfterDamage && picture.ms > fromMs)
        notices.push(`is damaged at ${seconds(lastMs)}; the picture before stays until ${seconds(picture.ms)}`)
    }
  } finally {
    reader.close()
  }
}

function brokenOff(reader: ClipReader, lastMs: number): string[] {
  const endMs = clipEndMs(reader)
  const isShort = endMs !== undefined && endMs - lastMs > MISSING_MS
  if (!isShort && !reader.isDamagedAfter()) return []
  const whole = isShort ? ` of ${seconds(endMs)}` : ''
  return [`breaks off at ${seconds(lastMs)}${whole}; its last picture stays`]
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
