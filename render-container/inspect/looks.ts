// What is kept of the frames that are looked at: how much of each is lit, and how far the picture has moved. Pure: luma
// planes in, numbers out; stretches of a video can be looked at apart and put together.
import { isCovered, type Cover } from './cover.ts'

type Luma = { luma: Uint8Array; stride: number; widthPx: number; heightPx: number }
type Samples = { widthPx: number; heightPx: number; levels: Uint8Array }

/** One entry for each frame looked at. */
export type Looks = {
  /** 0…1; NaN where all is covered, which is neither black nor lit. */
  litParts: number[]
  /** Since `apart` frames before, in samples; Infinity where that cannot be said. */
  motions: number[]
}
/** With what its first and last frames showed, to be compared with those of its neighbours. Plain data. */
export type LooksOfStretch = Looks & { first: Samples[]; last: Samples[] }

/** Frames looked at a second, at least: enough for the stretches of 0.1 s and more that are faults (picture.ts). */
const LOOKS_A_SECOND = 15
/** Every n-th pixel both ways, so that about so many remain across. */
export const SAMPLES_ACROSS = 180
/** Above black: 16 of limited range is none at all. */
const LIT_LEVEL = 20
/** Frames this far apart are compared. */
const COMPARED_S = 0.5
/** Levels from sample to sample; a picture smoother than this along an axis hides motion along it. */
const LEAST_DETAIL = 0.1

/** Every how many frames one is looked at, and how many lie between two that are compared. */
export function paceOf(fps: number): { every: number; apart: number } {
  const every = Math.max(1, Math.floor(fps / LOOKS_A_SECOND))
  return { every, apart: every * Math.max(1, Math.round((COMPARED_S * fps) / every)) }
}

/**
 * Looks at a stretch that begins with the video's frame `firstFrame`: `next` takes every frame, in order, as a function
 * that gives its luma.
 */
export function createWatch(stretch: { fps: number; firstFrame: number; cover: Cover }) {
  const { every, apart } = paceOf(stretch.fps)
  const compared = apart / every
  const gridFor = gridsOf(stretch.cover)
  const looks: LooksOfStretch = { litParts: [], motions: [], first: [], last: [] }
  let frame = stretch.firstFrame

  return {
    next: (picture: () => Luma): void => {
      if (frame++ % every > 0) return
      const luma = picture()
      const grid = gridFor(luma)
      const now = { widthPx: luma.widthPx, heightPx: luma.heightPx, levels: sample(luma, grid) }
      const before = looks.last.length === compared ? looks.last.shift() : undefined
      looks.litParts.push(litPart(now.levels, grid))
      looks.motions.push(before ? motionBetween(before, now, grid) : Infinity)
      if (looks.first.length < compared) looks.first.push(now)
      looks.last.push(now)
    },
    looks: (): LooksOfStretch => looks,
  }
}

/** As if the stretches had been looked at as one. */
export function joinLooks(stretches: LooksOfStretch[], { fps, cover }: { fps: number; cover: Cover }): Looks {
  const { every, apart } = paceOf(fps)
  const compared = apart / every
  const gridFor = gridsOf(cover)
  let before: Samples[] = []
  const motions = stretches.flatMap((stretch) => {
    const found = stretch.motions.map((motion, at) => {
      const earlier = at < compared ? before.at(at - compared) : undefined
      return earlier ? motionBetween(earlier, stretch.first[at]!, gridFor(stretch.first[at]!)) : motion
    })
    before = [...before, ...stretch.last].slice(-compared)
    return found
  })
  return { litParts: stretches.flatMap(({ litParts }) => litParts), motions }
}

/** Where samples are taken, and which of them (by index) count: they and their neighbours are not covered. */
type Grid = { every: number; across: number; down: number; counted: Uint32Array }
type Size = { widthPx: number; heightPx: number }

/** Of one video, nearly always the same. */
function gridsOf(cover: Cover): (size: Size) => Grid {
  let last: { size: Size; grid: Grid } | undefined
  return (size) => {
    if (last?.size.widthPx !== size.widthPx || last.size.heightPx !== size.heightPx)
      last = { size: { widthPx: size.widthPx, heightPx: size.heightPx }, grid: gridOf(size, cover) }
    return last.grid
  }
}

function gridOf({ widthPx, heightPx }: Size, cover: Cover): Grid {
  const every = Math.max(1, Math.round(widthPx / SAMPLES_ACROSS))
  const [across, down] = [Math.ceil(widthPx / every), Math.ceil(heightPx / every)]
  const isFree = (x: number, y: number) => !isCovered(cover, (x * every) / widthPx, (y * every) / heightPx)
  const counted: number[] = []
  for (let y = 1; y < down; y++)
    for (let x = 1; x < across; x++)
      if (isFree(x, y) && isFree(x - 1, y) && isFree(x, y - 1)) counted.push(y * across + x)
  return { every, across, down, counted: Uint32Array.from(counted) }
}

function sample({ luma, stride, widthPx, heightPx }: Luma, { every, across, down }: Grid): Uint8Array {
  const levels = new Uint8Array(across * down)
  let at = 0
  for (let y = 0; y < heightPx; y += every) {
    const end = y * stride + widthPx
    for (let from = y * stride; from < end; from += every) levels[at++] = luma[from]!
  }
  return levels
}

function litPart(levels: Uint8Array, { counted }: Grid): number {
  let lit = 0
  // By index, as below: V8 takes ten times as long to step through a typed array's iterator.
  for (let at = 0; at < counted.length; at++) if (levels[counted[at]!]! > LIT_LEVEL) lit++
  return lit / counted.length
}

/** How much the levels changed, measured in how much they change from one sample to the next: motion in samples. */
function motionBetween(before: Samples, now: Samples, { across, counted }: Grid): number {
  if (before.widthPx !== now.widthPx || before.heightPx !== now.heightPx) return Infinity
  const { levels } = now
  let changed = 0
  let acrossDetail = 0
  let downDetail = 0
  for (let index = 0; index < counted.length; index++) {
    const at = counted[index]!
    const level = levels[at]!
    changed += Math.abs(level - before.levels[at]!)
    acrossDetail += Math.abs(level - levels[at - 1]!)
    downDetail += Math.abs(level - levels[at - across]!)
  }
  const isSmooth = Math.min(acrossDetail, downDetail) <= LEAST_DETAIL * counted.length
  return isSmooth ? Infinity : changed / (acrossDetail + downDetail)
}
