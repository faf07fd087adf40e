// The progress bar: a dark track along an edge, filled from the left up to how much of the video is over.
import type { Timeline } from '../../core/timeline.ts'
import type { VideoFormat } from '../encoder.ts'
import type { Blender, FrameMemory, Patch } from './blender.ts'
import { yuvOf, yuvOfHex } from './colour.ts'

/** Of the frame's height; an even number of pixels, and so many at least. */
const HEIGHT = 0.007
const LEAST_HEIGHT_PX = 4
const TRACK = { colour: yuvOf(0, 0, 0), opacity: 0.35 }

export function createProgressBar(
  bar: NonNullable<Timeline['progressBar']>,
  durationFrames: number,
  format: VideoFormat,
  kernel: FrameMemory,
  blender: Blender,
) {
  const { widthPx, heightPx } = format
  const height = barHeightPx(format)
  const fill = yuvOfHex(bar.colour)
  const planes = [1, 2, 2].map((by) => ({
    stride: 0,
    left: 0,
    top: bar.edge === 'top' ? 0 : (heightPx - height) / by,
    width: widthPx / by,
    height: height / by,
  }))
  // One row of colour and one of what shows through for each plane: all rows of the bar look the same.
  const address = kernel.reserve(planes.reduce((bytes, { width }) => bytes + 2 * width, 0))
  let end = address
  const patch = planes.map((plane) => {
    const rows = { colour: end, through: end + plane.width }
    end += 2 * plane.width
    return { ...plane, ...rows }
  }) as Patch

  return (frame: number): void => {
    const part = (frame + 1) / durationFrames
    for (const [index, { colour, through, width }] of patch.entries()) {
      const memory = kernel.memory.buffer
      const filled = part * width
      drawRow(new Uint8Array(memory, colour, width), filled, fill[index]!, TRACK.colour[index]! * TRACK.opacity)
      drawRow(new Uint8Array(memory, through, width), filled, 0, 255 * (1 - TRACK.opacity))
    }
    blender.blend(patch)
  }
}

/** Even, of a frame of even height. */
export function barHeightPx({ heightPx }: Pick<VideoFormat, 'heightPx'>): number {
  return Math.min(heightPx, Math.max(LEAST_HEIGHT_PX, 2 * Math.round((HEIGHT * heightPx) / 2)))
}

/** The pixel in which the fill ends has some of both. */
function drawRow(row: Uint8Array, filled: number, before: number, behind: number): void {
  const whole = Math.floor(filled)
  row.fill(Math.round(before), 0, whole)
  row.fill(Math.round(behind), whole)
  if (whole < row.length) row[whole] = Math.round(behind + (filled - whole) * (before - behind))
}
