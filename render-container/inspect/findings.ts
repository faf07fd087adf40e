// What was seen of a video's picture, as findings. Pure.
import type { Finding } from '../../core/ports.ts'
import type { Timeline } from '../../core/timeline.ts'
import type { SeenWhole } from './seen.ts'
import { longestFaults, type LongFault } from './stillness.ts'

const LONGEST_BLACK_S = 0.1
const LONGEST_STILL_S = 0.5

export function pictureFindings(timeline: Timeline, seen: SeenWhole): Finding[] {
  const { fps, durationFrames, width, height } = timeline
  const { errors, size, isBt709 } = seen
  const frames = seen.ticks.length
  const uneven = unevenFrames(seen, fps)
  const { black, still } = longestFaults(timeline, seen.looks)
  return [
    { check: 'decodes', ok: errors === 0, measured: `${errors} errors`, wanted: 'no error' },
    {
      check: 'frames',
      ok: Math.abs(frames - durationFrames) <= 1,
      measured: `${frames}`,
      wanted: `${durationFrames} ± 1`,
    },
    {
      check: 'even frame times',
      ok: uneven === 0,
      measured: `${uneven} frames early or late`,
      wanted: `one every 1/${fps} s`,
    },
    { check: 'size', ok: size === `${width}x${height}`, measured: size, wanted: `${width}x${height}` },
    { check: 'colour tags', ok: isBt709, measured: isBt709 ? 'BT.709' : 'others', wanted: 'BT.709, limited' },
    faultFinding('black', black, LONGEST_BLACK_S, fps),
    faultFinding('still', still, LONGEST_STILL_S, fps),
  ]
}

/** More than one tick away from where its number puts it. */
function unevenFrames({ ticks, tickS }: SeenWhole, fps: number): number {
  const uneven = ticks.filter((shown, frame) => {
    const expected = Math.round(frame / (tickS * fps))
    return shown === undefined || Math.abs(shown - expected) > 1
  })
  return uneven.length
}

function faultFinding(check: string, { firstFrame, frames }: LongFault, mostS: number, fps: number): Finding {
  const seconds = frames / fps
  const at = frames > 0 ? ` at ${(firstFrame / fps).toFixed(2)} s` : ''
  return { check, ok: seconds <= mostS, measured: `${seconds.toFixed(2)} s${at}`, wanted: `at most ${mostS} s` }
}
