// Cuts a video into groups of pictures that can be decoded apart from each other, and joins those into stretches that are
// looked at side by side.
import { createHash } from 'node:crypto'
import { AV_NOPTS_VALUE } from 'node-av/constants'
import { withTrack } from './track.ts'

/** Of the video's pictures in the order of decoding. */
export type Stretch = { firstFrame: number; frames: number }
/** `sha256`: of all that is decoded. `cost`: in bytes, or what takes as long as so many. */
export type Group = Stretch & { sha256: string; cost: number }
/** One coded picture. `ticks`: when it is shown; undefined when the file does not say. */
export type CodedPicture = { isKey: boolean; ticks: number | undefined; bytes: number; sha256: string }
export type GroupsTask = { videoPath: string }

/** A picture takes time however few bytes it has; counted as so many more, about the mean of ours at 1080x1920. */
const BYTES_PER_PICTURE = 12_000

export function findGroups({ videoPath }: GroupsTask): Promise<Group[]> {
  return withTrack(videoPath, async ({ stream, packets }) => {
    const pictures: CodedPicture[] = []
    for await (const { isKeyframe, pts, size, data } of packets())
      pictures.push({
        isKey: isKeyframe,
        ticks: pts === AV_NOPTS_VALUE ? undefined : Number(pts),
        bytes: size,
        sha256: sha256Of(data ?? ''),
      })
    return groupsOf(pictures, sha256Of(stream.codecpar.extradata ?? ''))
  })
}

/** `header`: hash of what the decoder is told beforehand. */
export function groupsOf(pictures: CodedPicture[], header: string): Group[] {
  return closedStarts(pictures).map((firstFrame, at, starts) => {
    const own = pictures.slice(firstFrame, starts[at + 1])
    return {
      firstFrame,
      frames: own.length,
      sha256: sha256Of(JSON.stringify([header, own.map(({ ticks, sha256 }) => [ticks, sha256])])),
      cost: own.reduce((sum, { bytes }) => sum + BYTES_PER_PICTURE + bytes, 0),
    }
  })
}

/** Of groups that follow one another: at most `most` (1 or more), about as costly as each other. */
export function stretchesOf(groups: Group[], most: number): Stretch[] {
  const share = groups.reduce((sum, { cost }) => sum + cost, 0) / most
  const stretches: Stretch[] = []
  let [filled, costBefore] = [-1, 0]
  for (const { firstFrame, frames, cost } of groups) {
    const turnOf = Math.floor((costBefore + cost / 2) / share)
    if (turnOf > filled) stretches.push({ firstFrame, frames: 0 })
    stretches.at(-1)!.frames += frames
    filled = turnOf
    costBefore += cost
  }
  return stretches
}

function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
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
