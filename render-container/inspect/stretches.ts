// Cuts a video into stretches that can be decoded apart from each other, to be looked at side by side.
import { AV_NOPTS_VALUE } from 'node-av/constants'
import { withTrack } from './track.ts'

/** Of the video's pictures in the order of decoding. */
export type Stretch = { firstFrame: number; frames: number }
/** One coded picture. `ticks`: when it is shown; undefined when the file does not say. */
export type CodedPicture = { isKey: boolean; ticks: number | undefined; bytes: number }
export type StretchesTask = { videoPath: string; most: number }

/** A picture takes time however few bytes it has; counted as so many more, about the mean of ours at 1080x1920. */
const BYTES_PER_PICTURE = 12_000

export function findStretches({ videoPath, most }: StretchesTask): Promise<Stretch[]> {
  return withTrack(videoPath, async ({ packets }) => {
    const pictures: CodedPicture[] = []
    for await (const { isKeyframe, pts, size } of packets())
      pictures.push({ isKey: isKeyframe, ticks: pts === AV_NOPTS_VALUE ? undefined : Number(pts), bytes: size })
    return stretchesOf(pictures, most)
  })
}

/** At most `most` (1 or more), about as costly as each other, as far as there are closed groups of pictures. */
export function stretchesOf(pictures: CodedPicture[], most: number): Stretch[] {
  const costTo = [0]
  for (const { bytes } of pictures) costTo.push(costTo.at(-1)! + BYTES_PER_PICTURE + bytes)
  const starts = closedStarts(pictures)
  const share = costTo.at(-1)! / most
  const stretches: Stretch[] = []
  let filled = -1
  for (const [at, firstFrame] of starts.entries()) {
    const end = starts[at + 1] ?? pictures.length
    const turnOf = Math.floor((costTo[firstFrame]! + costTo[end]!) / 2 / share)
    if (turnOf > filled) stretches.push({ firstFrame, frames: 0 })
    stretches.at(-1)!.frames += end - firstFrame
    filled = turnOf
  }
  return stretches
}

/** The first picture, and key pictures that are shown after all before them and before all after them. */
function closedStarts(pictures: CodedPicture[]): number[] {
  const shown = pictures.map(({ ticks }) => ticks ?? -Infinity)
  const earliestFrom = [...shown]
  for (let at = shown.length - 2; at >= 0; at--) earliestFrom[at] = Math.min(shown[at]!, earliestFrom[at + 1]!)
  let latestBefore = -Infinity
  return pictures.flatMap(({ isKey }, at) => {
    const isClosed = isKey && latestBefore < shown[at]! && shown[at] === earliestFrom[at]
    latestBefore = Math.max(latestBefore, shown[at]!)
    return isClosed || at === 0 ? [at] : []
  })
}
