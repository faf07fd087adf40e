// Which sizes a video has in HLS. Pure: the process that plans a render reads this without FFmpeg.
const SHORTER_SIDES_PX = [720, 480, 360]

type Size = { widthPx: number; heightPx: number }

/** What is made besides the video's own size: the usual smaller ones, of the same shape. Even pixels. */
export function smallerSizes({ widthPx, heightPx }: Size): (Size & { name: string })[] {
  const shortPx = Math.min(widthPx, heightPx)
  const even = (px: number, side: number) => 2 * Math.round((px * side) / shortPx / 2)
  return SHORTER_SIDES_PX.filter((side) => side < shortPx).map((side) => ({
    name: `${side}p`,
    widthPx: even(widthPx, side),
    heightPx: even(heightPx, side),
  }))
}
