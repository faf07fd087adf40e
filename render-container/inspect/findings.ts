// What was seen of a video's stretches, as findings about the whole. Pure.
import type { Finding } from '../../core/ports.ts'
import type { Timeline } from '../../core/timeline.ts'
import type { Cover } from './cover.ts'
import { joinLooks } from './looks.ts'
import type { Seen } from './picture.ts'
import { longestFaults, type LongFault } from './stillness.ts'

const LONGEST_BLACK_S = 0.1
const LONGEST_STILL_S = 0.5

/** `stretches`: all of the video, in order. */
export function pictureFindings(timeline: Timeline, cover: Cover, stretches: Seen[]): Finding[] {
  const { fps, durationFrames, width, height } = timeline
  const frames = stretches.reduce((sum, { ticks }) => sum + ticks.length, 0)
  const errors = stretches.reduce((sum, stretch) => sum + stretch.errors, 0)
  const uneven = unevenFrames(stretches, fps)
  const size = stretches.at(-1)?.size ?? ''
  const isBt709 = stretches.every((stretch) => stretch.isBt709)
  const { black, still } = longestFaults(
    timeline,
    joinLooks(
      stretches.map(({ looks }) => looks),
      { fps, cover },
    ),
  )
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
function unevenFrames(stretches: Seen[], fps: number): number {
  let frame = 0
  let uneven = 0
  for (const { ticks, tickS } of stretches)
    for (const shown of ticks) {
      const expected = Math.round(frame++ / (tickS * fps))
      if (shown === undefined || Math.abs(shown - expected) > 1) uneven++
    }
  return uneven
}

function faultFinding(check: string, { firstFrame, frames }: LongFault, mostS: number, fps: number): Finding {
  const seconds = frames / fps
  const at = frames > 0 ? ` at ${(firstFrame / fps).toFixed(2)} s` : ''
  return { check, ok: seconds <= mostS, measured: `${seconds.toFixed(2)} s${at}`, wanted: `at most ${mostS} s` }
}
