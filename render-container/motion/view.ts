// Which part of a picture a frame shows: pure geometry. A view at zoom 1 is the largest rectangle of the frame's
// shape that fits the picture; zoom 2 is half as wide.
import type { Motion, View } from '../../core/timeline.ts'

/** In pixels of the picture; edges, not pixel centres. Turned clockwise around its own centre. */
export type Rectangle = { left: number; top: number; width: number; height: number; rotateDeg?: number }
type Size = { widthPx: number; heightPx: number }

/**
 * The view's centre is where `x` and `y` want it, as far as the picture's edges let it. A turned view that would
 * reach over the edges is zoomed in just enough.
 */
export function viewRectangle(view: View, picture: Size, frame: Size): Rectangle {
  const { rotateDeg = 0 } = view
  const box = boundingBox({ left: 0, top: 0, width: frame.widthPx, height: frame.heightPx, rotateDeg })
  const cover = Math.min(picture.widthPx / frame.widthPx, picture.heightPx / frame.heightPx)
  const scale = Math.min(cover / view.zoom, picture.widthPx / box.width, picture.heightPx / box.height)
  const centreX = held(view.x * picture.widthPx, (scale * box.width) / 2, picture.widthPx)
  const centreY = held(view.y * picture.heightPx, (scale * box.height) / 2, picture.heightPx)
  return around(centreX, centreY, scale * frame.widthPx, scale * frame.heightPx, rotateDeg)
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
    rotateDeg: mix(from.rotateDeg ?? 0, to.rotateDeg ?? 0),
  }
}

/** The middle of a rectangle, `zoom` times as large on screen. */
export function zoomed({ left, top, width, height, rotateDeg }: Rectangle, zoom: number): Rectangle {
  return around(left + width / 2, top + height / 2, width / zoom, height / zoom, rotateDeg)
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
 * The most pixels kept, against the frame's: a pan over all of a 16:9 picture in a 9:16 frame takes 3.2 times as many.
 * A wider panorama passes too fast for anyone to miss them.
 */
const MOST_FRAMES = 4

/**
 * The part of the picture that the motion passes over, scaled so that a frame shows it at about its own size:
 * in the middle of the motion's zooms, where both sampling up and sampling down stay small. A small picture is
 * never scaled up here, the kernel does that, at sub-pixel precision.
 */
export function workingPicture(motion: Motion, picture: Size, frame: Size): Working {
  const { from, to } = heldAllTheWay(
    viewRectangle(motion.from, picture, frame),
    viewRectangle(motion.to, picture, frame),
    picture,
  )
  const crop = wholePixels(pathOf(from, to).map(boundingBox).reduce(union), picture)
  const [narrow, wide] = [Math.min(from.width, to.width), Math.max(from.width, to.width)]
  // The kernel takes steps of up to 1.5 source pixels; 1.4 leaves room for rounding to whole sizes.
  const shown = Math.max(Math.sqrt(narrow * wide), wide / 1.4)
  const most = Math.sqrt((MOST_FRAMES * frame.widthPx * frame.heightPx) / (crop.width * crop.height))
  const scale = Math.min(1, frame.widthPx / shown, most, steepest(from, to) * (frame.widthPx / wide))
  const widthPx = even(crop.width * scale)
  const heightPx = even(crop.height * scale)
  const place = ({ left, top, width, height, rotateDeg }: Rectangle): Rectangle => ({
    left: ((left - crop.left) * widthPx) / crop.width,
    top: ((top - crop.top) * heightPx) / crop.height,
    width: (width * widthPx) / crop.width,
    height: (height * heightPx) / crop.height,
    rotateDeg,
  })
  return { crop, widthPx, heightPx, from: place(from), to: place(to) }
}

/** How many source pixels a frame's pixel may step at most: the kernel goes down less than a row in 7 columns. */
function steepest(from: Rectangle, to: Rectangle): number {
  const turn = Math.max(Math.abs(from.rotateDeg ?? 0), Math.abs(to.rotateDeg ?? 0))
  return 1 / (7.1 * Math.sin((turn * Math.PI) / 180))
}

/** While a view turns and grows at once, its corners can reach further out than at either end: then it is smaller. */
function heldAllTheWay(from: Rectangle, to: Rectangle, picture: Size): { from: Rectangle; to: Rectangle } {
  if (!from.rotateDeg && !to.rotateDeg) return { from, to }
  const room = pathOf(from, to).map((seen) => {
    const { width, height } = boundingBox(seen)
    const [x, y] = [seen.left + seen.width / 2, seen.top + seen.height / 2]
    return Math.min((2 * Math.min(x, picture.widthPx - x)) / width, (2 * Math.min(y, picture.heightPx - y)) / height)
  })
  const zoom = Math.max(1, 1 / Math.min(...room))
  return { from: zoomed(from, zoom), to: zoomed(to, zoom) }
}

const pathOf = (from: Rectangle, to: Rectangle) => Array.from({ length: 33 }, (_, step) => between(from, to, step / 32))

function boundingBox({ left, top, width, height, rotateDeg = 0 }: Rectangle): Rectangle {
  const angle = (rotateDeg * Math.PI) / 180
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))]
  return around(left + width / 2, top + height / 2, width * cos + height * sin, width * sin + height * cos)
}

function around(x: number, y: number, width: number, height: number, rotateDeg = 0): Rectangle {
  return { left: x - width / 2, top: y - height / 2, width, height, rotateDeg }
}

/** A place that keeps `half` from both ends of `length`, which is at least twice as long. */
function held(place: number, half: number, length: number): number {
  return Math.max(half, Math.min(length - half, place))
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
