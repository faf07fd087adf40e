// Where in a picture the samples of a frame lie, as the kernel takes it: pure geometry.
import type { Rectangle } from './view.ts'

/** Sample (u, v) of a plane of the frame lies at (x0 + u·xU + v·xV, y0 + u·yU + v·yV) in the plane of the picture. */
type Places = { x0: number; xU: number; xV: number; y0: number; yU: number; yV: number }

/**
 * In samples of the picture's plane, 0 = the centre of the first. Chroma samples sit on every second luma column and
 * between the rows (H.264's default). The turn is one of the frame, whose pixels are square; a picture that was
 * scaled to whole pixels may be a little wider or narrower than it was.
 */
export function placesOf(from: Rectangle, frame: { widthPx: number; heightPx: number }, isChroma: boolean): Places {
  const angle = ((from.rotateDeg ?? 0) * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const stepX = from.width / frame.widthPx
  const stepY = from.height / frame.heightPx
  // The plane's first sample from the frame's centre, in luma pixels.
  const right = 0.5 - frame.widthPx / 2
  const down = (isChroma ? 1 : 0.5) - frame.heightPx / 2
  const lumaX = from.left + from.width / 2 + stepX * (right * cos - down * sin)
  const lumaY = from.top + from.height / 2 + stepY * (right * sin + down * cos)
  return {
    x0: isChroma ? (lumaX - 0.5) / 2 : lumaX - 0.5,
    y0: isChroma ? lumaY / 2 - 0.5 : lumaY - 0.5,
    xU: stepX * cos,
    xV: -stepX * sin,
    yU: stepY * sin,
    yV: stepY * cos,
  }
}

/**
 * The same places, reached first across, then down: column u of the picture's row y is sampled at x0 + u·xU + y·xY,
 * and of these columns the row y0 + u·yU + v·yV is taken.
 */
export function inTwoPasses({ x0, xU, xV, y0, yU, yV }: Places) {
  const xY = xV / yV
  return { x0: x0 - xY * y0, xU: xU - xY * yU, xY, y0, yU, yV }
}
