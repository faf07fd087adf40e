// The picture of a clip for any frame of the video.
import { AV_FRAME_FLAG_INTERLACED } from 'node-av/constants'
import { clipFilters, settleColours } from './clip-picture.ts'
import { openClipReader, type ClipPicture, type ClipReader } from './clip-reader.ts'
import { createConverter } from './convert.ts'
import { deinterlaced } from './deinterlace.ts'
import type { PreparedClip } from './prepared.ts'

export type OpenClip = {
  /**
   * YUV 4:2:0 planes of the frame's size, BT.709 limited range, for the scene's n-th frame on screen; good until the
   * next call. The same for the same n, whatever was asked for before. Cheapest in rising order.
   */
  planesAt: (frameOnScreen: number) => Uint8Array
  close: () => void
}

/** Throws InputError when the file is no clip any more; once one picture came out, damage never throws. */
export function openClip(clip: PreparedClip): OpenClip {
  const pictures = picturesOf(clip.path)
  const target = { widthPx: clip.widthPx, heightPx: clip.heightPx }
  const converter = createConverter((frame) => clipFilters(frame, pictures.stream(), clip, target))
  let drawn: { picture: ClipPicture; planes: Uint8Array } | undefined

  function draw({ before, picture, after }: Shown): Uint8Array {
    for (const each of [before, picture, after]) if (each) settleColours(each.frame)
    if (!isInterlaced(picture)) return converter.convert(picture.frame)
    const whole = deinterlaced(before?.frame, picture.frame, after?.frame)
    try {
      return converter.convert(whole)
    } finally {
      whole.free()
    }
  }
  /** A damaged header may give a picture a size or a format that no filter takes. */
  function drawOr(before: Uint8Array | undefined, shown: Shown): Uint8Array {
    try {
      return draw(shown)
    } catch (error) {
      if (!before) throw error
      return before
    }
  }
  return {
    planesAt: (frameOnScreen) => {
      const shown = pictures.at(clipMs(clip, frameOnScreen))
      if (drawn?.picture !== shown.picture) drawn = { picture: shown.picture, planes: drawOr(drawn?.planes, shown) }
      return drawn.planes
    },
    close: () => {
      converter.close()
      pictures.close()
    },
  }
}

/** See ClipMedia in core/timeline.ts. */
function clipMs({ fromMs, speed, loopMs, fps }: PreparedClip, frameOnScreen: number): number {
  const elapsedMs = (frameOnScreen * 1000 * speed) / fps
  return fromMs + (loopMs ? elapsedMs % loopMs : elapsedMs)
}

/** Files with times in whole milliseconds round them: a picture for 66.67 ms says 67. */
const TOLERANCE_MS = 1
/** To deinterlace a picture, the one before is needed. */
const INTERLACED_LEAD_MS = 200
/** How far before the wanted time to look for a picture to begin with; an index may be wrong, or a key picture damaged. */
const SEEK_BACK_MS = [0, 500, 2000, 10_000]

const isInterlaced = ({ frame }: ClipPicture) => frame.hasFlags(AV_FRAME_FLAG_INTERLACED)

type Shown = { before: ClipPicture | undefined; picture: ClipPicture; after: ClipPicture | undefined }

/** A window of three pictures that moves along the clip. */
function picturesOf(path: string) {
  let reader: ClipReader | undefined
  let shown: Shown | undefined
  let isFirst = false

  function release(): void {
    for (const picture of [shown?.before, shown?.picture, shown?.after]) picture?.frame.free()
    shown = undefined
  }
  function open(): ClipReader {
    reader?.close()
    reader = undefined
    return (reader = openClipReader(path))
  }
  function startOver(): Shown {
    const first = open().next()
    if (!first) throw new Error(`the clip ${path} has no picture that can be decoded`)
    isFirst = true
    return { before: undefined, picture: first, after: reader!.next() }
  }
  function startAt(ms: number): Shown {
    // What begins with the clip needs no seeking.
    if (!reader && ms <= SEEK_BACK_MS[1]!) return startOver()
    reader ??= open()
    for (const back of SEEK_BACK_MS.filter((each) => each < ms)) {
      const first = reader.seek(ms - back) ? reader.next() : undefined
      if (first && first.ms <= ms - (isInterlaced(first) ? INTERLACED_LEAD_MS : 0)) {
        isFirst = false
        return { before: undefined, picture: first, after: reader.next() }
      }
      first?.frame.free()
    }
    // Also where a file cannot be sought in.
    return startOver()
  }
  return {
    stream: () => reader!.stream,
    at: (wantedMs: number): Shown => {
      const ms = wantedMs + TOLERANCE_MS
      if (!shown || (ms < shown.picture.ms && !isFirst)) {
        release()
        shown = startAt(ms)
      }
      while (shown.after && shown.after.ms <= ms) {
        shown.before?.frame.free()
        shown = { before: shown.picture, picture: shown.after, after: reader!.next() }
        isFirst = false
      }
      return shown
    },
    close: () => {
      release()
      reader?.close()
      reader = undefined
    },
  }
}
