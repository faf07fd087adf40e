import { expect, test } from 'vitest'
import type { Motion, SceneMedia, Timeline } from '../../../core/timeline.ts'
import { addToCover, coverOf, type Cover } from '../../../render-container/inspect/cover.ts'
import { createWatch, joinLooks } from '../../../render-container/inspect/looks.ts'
import { longestFaults } from '../../../render-container/inspect/stillness.ts'
import { panLeft, timelineOf, zoomIn } from '../media.ts'

test('pictures that are black or dark themselves, and scenes too slow to be seen to move, are no fault', () => {
  const black = () => 16
  const night = (x: number, y: number) => (x % 16 === 0 && y % 16 === 0 ? 200 : 17)
  const card = (x: number, y: number) => (Math.hypot(x - 50, y - 80) < 30 ? 30 + ((x * 7 + y * 13) % 50) * 4 : 235)
  for (const level of [black, night, card]) {
    const slow: Motion = { ...zoomIn, to: { zoom: 1.001, x: 0.5, y: 0.5 } }
    const watch = watched(timelineOf([60, 60], { fade: 0, motions: [slow] }), () => level)
    expect([watch.black.frames, watch.still.frames]).toEqual([0, 0])
  }
})

test('a picture that turns black for a moment, in a crossfade too, and one that freezes are found where they do', () => {
  const timeline = timelineOf([60, 60], { motions: [panLeft] })
  const moving = (frame: number) => (x: number, y: number) => 100 + 90 * Math.sin((x + frame / 4) / 3) * Math.sin(y / 5)
  const good = watched(timeline, moving)
  expect([good.black.frames, good.still.frames]).toEqual([0, 0])
  for (const from of [20, 56]) {
    const watch = watched(timeline, (frame) => (frame >= from && frame < from + 8 ? () => 16 : moving(frame)))
    expect(watch.black).toEqual({ firstFrame: from, frames: 8 })
  }
  const watch = watched(timeline, (frame) => moving(frame >= 70 && frame < 100 ? 70 : frame))
  expect(watch.still).toEqual({ firstFrame: 70, frames: 30 })
})

const clip: SceneMedia = { kind: 'clip', key: 'clip', fit: 'cover', fromMs: 0, speed: 1 }
const wavesAt = (shift: number) => (x: number, y: number) => 100 + 90 * Math.sin((x + shift / 4) / 3) * Math.sin(y / 5)

test('a clip of the user may stand still or be black by itself; the scenes beside it may not', () => {
  const picture: SceneMedia = { kind: 'picture', key: 'picture', fit: 'cover' }
  const timeline = timelineOf([60, 60, 60], { motions: [panLeft], media: [clip, picture, clip] })
  const inClips = (frame: number) => (frame < 20 ? () => 16 : wavesAt(frame < 65 ? 65 : Math.min(frame, 115)))
  const meant = watched(timeline, inClips)
  expect([meant.black.frames, meant.still.frames]).toEqual([0, 0])
  const still = watched(timeline, (frame) => wavesAt(frame >= 70 && frame < 100 ? 70 : frame))
  expect(still.still).toEqual({ firstFrame: 70, frames: 30 })
  const black = watched(timeline, (frame) => (frame >= 80 && frame < 90 ? () => 16 : wavesAt(frame)))
  expect(black.black).toEqual({ firstFrame: 80, frames: 10 })
})

test('the black in the middle of a dip is meant, and no other', () => {
  const dips = (frame: number) => (frame >= 56 && frame < 64 ? () => 16 : wavesAt(frame))
  const crossfade = timelineOf([60, 60], { motions: [panLeft] })
  expect(watched(timelineOf([60, 60], { motions: [panLeft], transition: 'dip' }), dips).black.frames).toBe(0)
  expect(watched(crossfade, dips).black).toEqual({ firstFrame: 56, frames: 8 })
  const longer = (frame: number) => (frame >= 56 && frame < 74 ? () => 16 : wavesAt(frame))
  const dip = timelineOf([60, 60], { motions: [panLeft], transition: 'dip' })
  expect(watched(dip, longer).black).toEqual({ firstFrame: 66, frames: 8 })
})

test('what is laid over a picture hides neither that it stands still nor that it is black', () => {
  const timeline: Timeline = {
    ...timelineOf([120], { motions: [panLeft] }),
    progressBar: { edge: 'top', colour: '#ffffff' },
  }
  const cover = coverOf({ ...timeline, logo: { key: 'logo' } })
  for (let x = 0.1; x < 0.9; x += 0.01) for (let y = 0.4; y < 0.6; y += 0.01) addToCover(cover, x, y)
  // Words that change all the time in the middle, a logo that shines and a bar that grows.
  const laidOver = (below: (x: number, y: number) => number, frame: number) => (x: number, y: number) => {
    if (y < 2) return x < frame ? 235 : 16
    if (x > 75 && x < 93 && y > 15 && y < 24) return 235
    return x >= 10 && x < 90 && y >= 64 && y < 96 ? 20 + ((x * 37 + y * 91 + frame * 53) % 200) : below(x, y)
  }
  const frozen = (frame: number) => laidOver(wavesAt(frame >= 40 && frame < 80 ? 40 : frame), frame)
  expect(watched(timeline, frozen, cover).still).toEqual({ firstFrame: 40, frames: 40 })
  const black = (frame: number) => laidOver(frame >= 40 && frame < 50 ? () => 16 : wavesAt(frame), frame)
  expect(watched(timeline, black, cover).black).toEqual({ firstFrame: 40, frames: 10 })
  // Words that stand still over a sky without detail say nothing about the picture.
  const sky = (frame: number) => laidOver((_x, y) => 100 + y / 8, frame - frame)
  expect(watched(timeline, sky, cover).still.frames).toBe(0)
})

test('turning is motion, and faults are found at 24 and at 60 frames a second', () => {
  const turn: Motion = {
    kind: 'rotate-zoom',
    from: { zoom: 1.1, x: 0.5, y: 0.5, rotateDeg: -2 },
    to: { zoom: 1.1, x: 0.5, y: 0.5, rotateDeg: 2 },
  }
  for (const fps of [24, 60]) {
    const timeline = timelineOf([4 * fps], { motions: [turn], fps })
    const [from, end] = [fps, 2 * fps]
    const { still } = watched(timeline, (frame) => wavesAt(frame >= from && frame < end ? from : frame))
    expect(Math.abs(still.firstFrame - from)).toBeLessThanOrEqual(4)
    expect(Math.abs(still.frames - fps)).toBeLessThanOrEqual(8)
    const black = (frame: number) => (frame >= from && frame < from + 0.2 * fps ? () => 16 : wavesAt(frame))
    expect(Math.abs(watched(timeline, black).black.frames - 0.2 * fps)).toBeLessThanOrEqual(4)
  }
})

test('motion that a draft leaves out, or that a picture with blurred surroundings hardly shows, is no fault', () => {
  // As the encoder leaves it: some pictures with a trace of motion, and one that is frozen.
  const traces = (frame: number) => wavesAt(frame * 0.0001)
  const frozen = () => wavesAt(0)
  const gentle: Motion = { ...zoomIn, to: { zoom: 1.048, x: 0.5, y: 0.5 } }
  const of = (quality: 'draft' | 'standard', fit: 'cover' | 'blur', seconds: number, level = traces) => {
    const media: SceneMedia[] = [{ kind: 'picture', key: 'picture', fit }]
    const made = timelineOf([seconds * 24], { width: 1280, height: 720, fps: 24, fade: 0, motions: [gentle], media })
    return watched({ ...made, output: { ...made.output, quality } }, level).still.frames
  }
  expect(of('draft', 'cover', 4)).toBeGreaterThan(80)
  expect(of('draft', 'cover', 8)).toBe(0)
  expect(of('standard', 'cover', 8, frozen)).toBeGreaterThan(160)
  expect(of('draft', 'blur', 4)).toBe(0)
  expect(of('standard', 'blur', 8, frozen)).toBeGreaterThan(160)
  expect(of('standard', 'blur', 16, frozen)).toBe(0)
})

/** Frames of 100x160, the level of each pixel by its place; the same however the video is cut into stretches. */
function watched(timeline: Timeline, picture: (frame: number) => (x: number, y: number) => number, cover?: Cover) {
  const lumas = Array.from({ length: timeline.durationFrames }, (_, frame) => lumaOf(picture(frame)))
  const [whole, ...cut] = [[], [61], [3, 21, 22, 26, 60, 80, 100]].map((cuts) =>
    watchedInStretches(timeline, lumas, { cuts, cover: cover ?? coverOf(timeline) }),
  )
  for (const found of cut) expect(found).toEqual(whole)
  return whole!
}

function lumaOf(level: (x: number, y: number) => number) {
  const [widthPx, heightPx] = [100, 160]
  const luma = new Uint8Array(widthPx * heightPx)
  for (let y = 0; y < heightPx; y++) for (let x = 0; x < widthPx; x++) luma[y * widthPx + x] = level(x, y)
  return { luma, stride: widthPx, widthPx, heightPx }
}

function watchedInStretches(
  timeline: Timeline,
  lumas: ReturnType<typeof lumaOf>[],
  { cuts, cover }: { cuts: number[]; cover: Cover },
) {
  const { fps } = timeline
  const stretches = [0, ...cuts].map((firstFrame, at) => {
    const watch = createWatch({ fps, firstFrame, cover })
    for (const luma of lumas.slice(firstFrame, cuts[at])) watch.next(() => luma)
    return watch.looks()
  })
  return longestFaults(timeline, joinLooks(stretches, { fps, cover }))
}
