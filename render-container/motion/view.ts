// Which part of a picture a frame shows: pure geometry. A view at zoom 1 is the largest rectangle of the frame's
// shape that fits the picture; x and y say where it lies between the picture's edges (0 = left or top, 1 = right
// or bottom); zoom 2 is half as wide.
import type { Motion, View } from '../../core/timeline.ts'

/** In pixels of the picture; edges, not pixel centres. */
export type Rectangle = { left: number; top: number; width: number; height: number }
type Size = { widthPx: number; heightPx: number }

export function viewRectangle(view: View, picture: Size, frame: Size): Rectangle {
  const cover = Math.min(picture.widthPx / frame.widthPx, picture.heightPx / frame.heightPx)
  const width = (cover * frame.widthPx) / view.zoom
  const height = (cover * frame.heightPx) / view.zoom
  return {
    left: view.x * (picture.widthPx - width),
    top: view.y * (picture.heightPx - height),
    width,
    height,
  }
}

/** From one view to the other in a straight line; `progress` 0…1 is eased here. */
export function between(from: Rectangle, to: Rectangle, progress: number): Rectangle {
  const eased = ease(progress)
  const mix = (a: number, b: number) => a + (b - a) * eased
  return {
    left: mix(from.left, to.left),
    top: mix(from.top, to.top),
    width: mix(from.width, to.width),
    height: mix(from.height, to.height),
  }
}

/** Half sine in-out, half linear: soft at both ends, yet never slower than half its mean speed, so nothing freezes. */
function ease(progress: number): number {
  return 0.5 * progress + 0.25 * (1 - Math.cos(Math.PI * progress))
}

/** What to keep of a picture before the motion runs over it, and how far to scale it. */
type Working = {
  /** Whole pixels of the picture. */
  crop: Rectangle
  /** Size of the crop after scaling, even. */
  widthPx: number
  heightPx: number
  /** The motion's two ends in pixels of the scaled crop. */
  from: Rectangle
  to: Rectangle
}

/**
 * The part of the picture that the motion passes over, scaled so that a frame shows it at about its own size:
 * in the middle of the motion's zooms, where both sampling up and sampling down stay small. A small picture is
 * never scaled up here, the kernel does that, at sub-pixel precision.
 */
export function workingPicture(motion: Motion, picture: Size, frame: Size): Working {
  const from = viewRectangle(motion.from, picture, frame)
  const to = viewRectangle(motion.to, picture, frame)
  const crop = wholePixels(union(from, to), picture)
  const [narrow, wide] = [Math.min(from.width, to.width), Math.max(from.width, to.width)]
  // The kernel takes steps of up to 1.5 source pixels; 1.4 leaves room for rounding to whole sizes.
  const shown = Math.max(Math.sqrt(narrow * wide), wide / 1.4)
  const scale = Math.min(1, frame.widthPx / shown)
  const widthPx = even(crop.width * scale)
  const heightPx = even(crop.height * scale)
  const place = (rectangle: Rectangle): Rectangle => ({
    left: ((rectangle.left - crop.left) * widthPx) / crop.width,
    top: ((rectangle.top - crop.top) * heightPx) / crop.height,
    width: (rectangle.width * widthPx) / crop.width,
    height: (rectangle.height * heightPx) / crop.height,
  })
  return { crop, widthPx, heightPx, from: place(from), to: place(to) }
}

function union(a: Rectangle, b: Rectangle): Rectangle {
  const left = Math.min(a.left, b.left)
  const top = Math.min(a.top, b.top)
  return {
    left,
    top,
    width: Math.max(a.left + a.width, b.left + b.width) - left,
    height: Math.max(a.top + a.height, b.top + b.height) - top,
  }
}

/** With a margin of 8 px for the filters' taps, as far as the picture reaches. */
function wholePixels(part: Rectangle, picture: Size): Rectangle {
  const left = Math.max(0, Math.floor(part.left) - 8)
  const top = Math.max(0, Math.floor(part.top) - 8)
  return {
    left,
    top,
    width: Math.min(picture.widthPx, Math.ceil(part.left + part.width) + 8) - left,
    height: Math.min(picture.heightPx, Math.ceil(part.top + part.height) + 8) - top,
  }
}

const even = (px: number) => Math.max(2, 2 * Math.round(px / 2))
