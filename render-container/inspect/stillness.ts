// Watches frame after frame for black and for standing still. Pure: luma planes in, the longest stretches out.
import type { Timeline } from '../../core/timeline.ts'

type Luma = { luma: Uint8Array; stride: number; widthPx: number; heightPx: number }
export type Stretch = { firstFrame: number; frames: number }

/** Every n-th pixel both ways, so that about so many remain across. */
const SAMPLES_ACROSS = 180
/** A frame is black when nearly all of it is at the bottom of the scale (16 of limited range). */
const BLACK_LEVEL = 20
const BLACK_PART = 0.98
/** Frames this far apart are compared. */
const COMPARED_S = 0.5
/** Estimated motion in samples, below which a picture stands still: a 60 s zoom of 10 % still moves by more. */
const STILL_SAMPLES = 0.015
/** Levels from sample to sample; a picture smoother than this along an axis hides motion along it. */
const LEAST_DETAIL = 0.1

/** Scenes whose motion is 'still' may stand still, and so may a picture without detail: neither is counted. */
export function createStillnessWatch(timeline: Timeline) {
  const compared = Math.max(1, Math.round(COMPARED_S * timeline.fps))
  const mayStand = framesThatMayStand(timeline)
  const recent: Uint8Array[] = []
  let frame = 0
  const black = createLongest()
  const still = createLongest()

  return {
    next: (picture: Luma): void => {
      const { samples, across } = sample(picture)
      black.next(frame, isBlack(samples))
      const before = recent.length === compared ? recent.shift() : undefined
      const stands = before !== undefined && !mayStand[frame] && isStill(before, samples, across)
      // A match means that the whole time between was still, not this one frame.
      still.next(frame, stands)
      recent.push(samples)
      frame++
    },
    longest: () => {
      const { firstFrame, frames } = still.longest()
      const whole = frames === 0 ? 0 : frames + compared
      return { black: black.longest(), still: { firstFrame: Math.max(0, firstFrame - compared), frames: whole } }
    },
  }
}

function framesThatMayStand(timeline: Timeline): boolean[] {
  const may: boolean[] = Array(timeline.durationFrames).fill(false)
  for (const { motion, firstFrame, lastFrame } of timeline.scenes) {
    const { from, to } = motion
    if (from.zoom === to.zoom && from.x === to.x && from.y === to.y) may.fill(true, firstFrame, lastFrame + 1)
  }
  return may
}

function createLongest() {
  let current = 0
  let longest: Stretch = { firstFrame: 0, frames: 0 }
  return {
    next: (frame: number, goesOn: boolean) => {
      current = goesOn ? current + 1 : 0
      if (current > longest.frames) longest = { firstFrame: frame - current + 1, frames: current }
    },
    longest: () => longest,
  }
}

function sample({ luma, stride, widthPx, heightPx }: Luma): { samples: Uint8Array; across: number } {
  const every = Math.max(1, Math.round(widthPx / SAMPLES_ACROSS))
  const across = Math.ceil(widthPx / every)
  const samples = new Uint8Array(across * Math.ceil(heightPx / every))
  let at = 0
  for (let y = 0; y < heightPx; y += every)
    for (let x = 0; x < widthPx; x += every) samples[at++] = luma[y * stride + x]!
  return { samples, across }
}

function isBlack(samples: Uint8Array): boolean {
  let dark = 0
  for (const level of samples) if (level <= BLACK_LEVEL) dark++
  return dark >= BLACK_PART * samples.length
}

/** How much the levels changed, measured in how much they change from one sample to the next: motion in samples. */
function isStill(before: Uint8Array, now: Uint8Array, across: number): boolean {
  let changed = 0
  let acrossDetail = 0
  let downDetail = 0
  for (let at = across; at < now.length; at++) {
    const level = now[at]!
    changed += Math.abs(level - before[at]!)
    acrossDetail += Math.abs(level - now[at - 1]!)
    downDetail += Math.abs(level - now[at - across]!)
  }
  if (Math.min(acrossDetail, downDetail) < LEAST_DETAIL * now.length) return false
  return changed < STILL_SAMPLES * (acrossDetail + downDetail)
}
