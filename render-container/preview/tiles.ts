// Which frames a storyboard shows, and when each stands for the video. Pure.
import type { Timeline } from '../../core/timeline.ts'
import type { Segment } from '../segments.ts'

/** Shows `frame`, a key frame, for the frames from `firstFrame` to before `endFrame`. */
export type Tile = { frame: number; firstFrame: number; endFrame: number }

/** With key frames at most four seconds apart, this gives one each two to four seconds. */
const SHORTEST_S = 1.5
const MOST_TILES = 100

/**
 * Tiles cover the video without a gap. Only key frames: they alone are decoded without anything else. Of several that
 * fall into one tile, it shows the one that stands longest: not the half second of a transition, but the scene after it.
 */
export function chooseTiles(
  segments: Segment[],
  { durationFrames, fps }: Pick<Timeline, 'durationFrames' | 'fps'>,
): Tile[] {
  const shortest = Math.max(SHORTEST_S * fps, durationFrames / MOST_TILES)
  const groups: Segment[][] = []
  let frames = Infinity
  for (const segment of segments) {
    // What is left at the end is too short for a tile of its own.
    if (frames >= shortest && (groups.length === 0 || durationFrames - segment.firstFrame >= shortest)) {
      groups.push([])
      frames = 0
    }
    groups.at(-1)!.push(segment)
    frames += segment.frameCount
  }
  return groups.map((group, at) => ({
    frame: group.reduce((best, segment) => (segment.frameCount > best.frameCount ? segment : best)).firstFrame,
    firstFrame: group[0]!.firstFrame,
    endFrame: groups[at + 1]?.[0]!.firstFrame ?? durationFrames,
  }))
}
