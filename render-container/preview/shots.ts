// Which moments of a video its preview shows. Pure.
import type { Timeline } from '../../core/timeline.ts'
import type { Segment } from '../segments.ts'

/** Frames of the video, the first one a key frame. */
export type Shot = { firstFrame: number; frameCount: number }

const SHOTS = 4
const SHOT_S = 1

/**
 * Up to four, a second each, from scenes spread over the video: narrated ones where there are any, from the middle of
 * each (where motion and captions are under way), and not from transitions. A video with fewer scenes gives several
 * from one; a short one gives what it has.
 */
export function chooseShots(segments: Segment[], { scenes, fps }: Pick<Timeline, 'scenes' | 'fps'>): Shot[] {
  const longestFrames = Math.round(SHOT_S * fps)
  const narrated = new Set(scenes.filter(({ role }) => role === 'scene').map(({ index }) => index))
  const rank = ({ scenes: seen, frameCount }: Segment) =>
    Number(seen.length > 1) * 4 + Number(!narrated.has(seen[0]!.index)) * 2 + Number(frameCount < longestFrames)
  const best = Math.min(...segments.map(rank))
  const good = segments.filter((segment) => rank(segment) === best)
  const middles = [...Map.groupBy(good, ({ scenes: seen }) => seen[0]!.index).values()].map(
    (ofScene) => ofScene[Math.floor(ofScene.length / 2)]!,
  )
  return spread(middles.length >= SHOTS ? middles : good, SHOTS).map(({ firstFrame, frameCount }) => ({
    firstFrame,
    frameCount: Math.min(frameCount, longestFrames),
  }))
}

/** `count` of them at even distances, the first always among them. */
function spread<Item>(items: Item[], count: number): Item[] {
  if (items.length <= count) return items
  return Array.from({ length: count }, (_, at) => items[Math.floor((at * items.length) / count)]!)
}
