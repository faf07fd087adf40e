// How a picture of any shape fills a frame: FFmpeg filters as text, and the geometry they need. Pure.
import type { FitId } from '../../core/editing.ts'
import type { Point } from '../../core/timeline.ts'
import { viewRectangle, type Rectangle } from '../motion/view.ts'

export type Size = { widthPx: number; heightPx: number }

export type Fitting = {
  /** The upright picture as it is stored. */
  stored: Size
  /** As it is meant to be seen: differs from `stored` when its pixels are not square. */
  shown: Size
  /** Even. */
  target: Size
  fit: FitId
  /** What 'cover' keeps in view. */
  focus?: Point | undefined
  /** Where in the target all of the picture is shown when it is not to cover it: from `inset`. */
  inset: Rectangle
  isBackdrop?: boolean | undefined
  /** Of the scaler: how it interpolates. */
  scaler: 'lanczos' | 'bicubic'
}

/**
 * A chain of filters (no labels at its ends) that turns the stored picture into YUV 4:2:0 planes of the target's
 * size in BT.709 limited range. Chroma is sited left, as H.264 has it unless told otherwise.
 */
export function fitFilters(fitting: Fitting): string {
  if (fitting.isBackdrop) return blurred(fitting, BACKDROP)
  return chains[fitting.fit](fitting)
}

/**
 * The largest place for all of a picture that every one of `views` keeps wholly in sight. Whole even pixels; undefined
 * when less than half as wide and high as the smallest view would be left, as a wide pan does.
 */
export function inset(shown: Size, views: Rectangle[]): Rectangle | undefined {
  const left = Math.max(...views.map((view) => view.left))
  const top = Math.max(...views.map((view) => view.top))
  const right = Math.min(...views.map((view) => view.left + view.width))
  const bottom = Math.min(...views.map((view) => view.top + view.height))
  const centre = { x: (left + right) / 2, y: (top + bottom) / 2 }
  const room = Math.min(...views.map((view) => scaleInside(view, centre, shown)))
  const wholeRoom = Math.min(...views.map((view) => scaleInside(view, centreOf(view), shown)))
  if (room < wholeRoom / 2) return undefined
  const width = evenDown(shown.widthPx * room)
  const height = evenDown(shown.heightPx * room)
  return { left: evenNear(centre.x - width / 2), top: evenNear(centre.y - height / 2), width, height }
}

/** How much a picture may be scaled around `centre` until a corner of it leaves the view. */
function scaleInside(view: Rectangle, centre: Point, { widthPx, heightPx }: Size): number {
  const angle = ((view.rotateDeg ?? 0) * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const middle = centreOf(view)
  const [x, y] = [centre.x - middle.x, centre.y - middle.y]
  const across = view.width / 2 - Math.abs(x * cos + y * sin)
  const down = view.height / 2 - Math.abs(y * cos - x * sin)
  const reachAcross = (Math.abs(cos) * widthPx + Math.abs(sin) * heightPx) / 2
  const reachDown = (Math.abs(sin) * widthPx + Math.abs(cos) * heightPx) / 2
  return Math.min(across / reachAcross, down / reachDown)
}

const centreOf = ({ left, top, width, height }: Rectangle): Point => ({ x: left + width / 2, y: top + height / 2 })
const evenDown = (px: number) => Math.max(2, 2 * Math.floor(px / 2 + 1e-6))
const evenNear = (px: number) => Math.max(0, 2 * Math.round(px / 2))

const BT709 = 'out_color_matrix=bt709:out_range=tv:out_chroma_loc=left'

const chains = {
  cover: (fitting) => `${coverCrop(fitting)},${scaled(fitting, fitting.target)},format=yuv420p`,
  contain: (fitting) => {
    const { widthPx, heightPx } = fitting.target
    const { left, top, width, height } = fitting.inset
    const picture = `${scaled(fitting, { widthPx: width, heightPx: height })},format=yuv420p`
    return `${picture},pad=${widthPx}:${heightPx}:${left}:${top}:black`
  },
  blur: (fitting) => {
    const { left, top, width, height } = fitting.inset
    const picture = `${scaled(fitting, { widthPx: width, heightPx: height })},format=yuv420p`
    const behind = blurred(fitting, BEHIND)
    return `split[a][b];[a]${behind}[behind];[b]${picture}[picture];[behind][picture]overlay=${left}:${top}:format=yuv420`
  },
} satisfies Record<FitId, (fitting: Fitting) => string>

function scaled({ scaler }: Fitting, { widthPx, heightPx }: Size): string {
  // The exact ways, which the scaler leaves by itself for speed.
  const flags = `flags=${scaler}+accurate_rnd+full_chroma_int+full_chroma_inp`
  return `scale=${widthPx}:${heightPx}:${flags}:${BT709}`
}

/** The largest part of the target's shape. */
function coverCrop({ stored, shown, target, focus }: Fitting): string {
  const view = viewRectangle({ zoom: 1, ...(focus ?? { x: 0.5, y: 0.5 }) }, shown, target)
  const [across, down] = [stored.widthPx / shown.widthPx, stored.heightPx / shown.heightPx]
  const width = Math.min(stored.widthPx, Math.max(1, Math.round(view.width * across)))
  const height = Math.min(stored.heightPx, Math.max(1, Math.round(view.height * down)))
  const left = Math.min(stored.widthPx - width, Math.round(view.left * across))
  const top = Math.min(stored.heightPx - height, Math.round(view.top * down))
  return `crop=${width}:${height}:${left}:${top}:exact=1`
}

/** `sigma` of the blur in hundredths of the frame's short side; what of the brightness stays. */
type Blur = { sigma: number; brightness: number }
/** Still tells what the picture is of, yet no edge draws the eye. */
const BEHIND: Blur = { sigma: 4, brightness: 0.7 }
/** White text on it has a contrast of 4.5:1 (WCAG 2.2, 1.4.3) even where the picture is white. */
const BACKDROP: Blur = { sigma: 6, brightness: 0.45 }
const SMALL_SIDE_PX = 100

/**
 * Blurred where that is cheap, at a hundredth of the work, then scaled up. In 16 bits until the last step, which
 * then dithers: 8 bits of a smooth, dark picture show as steps.
 */
function blurred(fitting: Fitting, { sigma, brightness }: Blur): string {
  const { widthPx, heightPx } = fitting.target
  const scale = Math.min(1, SMALL_SIDE_PX / Math.min(widthPx, heightPx))
  const small = `scale=${Math.ceil(widthPx * scale)}:${Math.ceil(heightPx * scale)}:flags=area+accurate_rnd:${BT709}`
  const dark = `lutyuv=y=minval+(val-minval)*${brightness}:u=32768+(val-32768)*${brightness}:v=32768+(val-32768)*${brightness}`
  // One step leaves a trace of fine patterns, three are Gaussian to the eye.
  const blur = `gblur=sigma=${(sigma * SMALL_SIDE_PX) / 100}:steps=3`
  const large = `scale=${widthPx}:${heightPx}:flags=bicubic+accurate_rnd:${BT709}`
  return `${coverCrop(fitting)},${small},format=yuv444p16,${blur},${dark},${large},format=yuv420p`
}
