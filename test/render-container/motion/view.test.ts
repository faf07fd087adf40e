import { expect, test } from 'vitest'
import type { Motion } from '../../../core/timeline.ts'
import { between, viewRectangle, workingPicture, type Rectangle } from '../../../render-container/motion/view.ts'
import { panLeft, stillMotion, zoomIn } from '../media.ts'

const frame = { widthPx: 1080, heightPx: 1920 }

test('zoom 1 shows the largest part of the picture that has the frame shape', () => {
  const { left, top, width, height } = viewRectangle(
    { zoom: 1, x: 0.5, y: 0.5 },
    { widthPx: 1000, heightPx: 1000 },
    frame,
  )
  for (const [measured, wanted] of [
    [left, 218.75],
    [top, 0],
    [width, 562.5],
    [height, 1000],
  ] as const)
    expect(measured).toBeCloseTo(wanted)
})

test('a view has its centre where it is wanted, as far as the edges of the picture let it', () => {
  const picture = { widthPx: 2000, heightPx: 1920 }
  expect(viewRectangle({ zoom: 2, x: 0.5, y: 0.6 }, picture, frame)).toMatchObject({ left: 730, top: 672 })
  expect(viewRectangle({ zoom: 2, x: 0, y: 0.1 }, picture, frame)).toMatchObject({ left: 0, top: 0 })
  expect(viewRectangle({ zoom: 2, x: 1, y: 0.9 }, picture, frame)).toMatchObject({ left: 1460, top: 960 })
})

test.for([
  [1080, 1920],
  [4000, 3000],
  [12000, 300],
  [3, 2],
] as const)('a turned view of %i x %i px is only zoomed in as far as its corners need', ([widthPx, heightPx]) => {
  const picture = { widthPx, heightPx }
  for (const rotateDeg of [-4, 3]) {
    const seen = viewRectangle({ zoom: 1, x: 0.1, y: 0.9, rotateDeg }, picture, frame)
    const { width, height } = extentOf(seen)
    expect(outside(seen, picture)).toBeLessThan(1e-9 * widthPx)
    expect(Math.max(width / widthPx, height / heightPx)).toBeCloseTo(1)
    expect(seen.width / seen.height).toBeCloseTo(frame.widthPx / frame.heightPx)
  }
  const close = viewRectangle({ zoom: 1.5, x: 0.5, y: 0.5, rotateDeg: 3 }, picture, frame)
  expect(close.width).toBeCloseTo(viewRectangle({ zoom: 1.5, x: 0.5, y: 0.5 }, picture, frame).width)
})

test('a motion starts and ends gently but never stands still', () => {
  const from = { left: 0, top: 0, width: 100, height: 100 }
  const to = { left: 100, top: 0, width: 100, height: 100 }
  const path = Array.from({ length: 101 }, (_, step) => between(from, to, step / 100).left)
  const speeds = path.slice(1).map((left, step) => left - path[step]!)
  expect(path.at(0)).toBe(0)
  expect(path.at(-1)).toBeCloseTo(100)
  expect(Math.min(...speeds)).toBeGreaterThan(0.5)
  expect(Math.max(...speeds)).toBeLessThan(1.3)
  expect(speeds[0]).toBeLessThan(speeds[50]!)
})

test('a large picture is scaled to about the frame and keeps only what the motion passes over', () => {
  const working = workingPicture(zoomIn, { widthPx: 8000, heightPx: 6000 }, frame)
  expect(working.from.width / frame.widthPx).toBeCloseTo(Math.sqrt(1.15), 2)
  expect(working.widthPx).toBeLessThan(1200)
  expect(working.heightPx).toBeLessThan(2100)
})

test('a small picture keeps its size, and its pixels their place', () => {
  const working = workingPicture(stillMotion, { widthPx: 540, heightPx: 960 }, frame)
  expect(working).toMatchObject({ widthPx: 540, heightPx: 960, from: { left: 0, top: 0, width: 540, height: 960 } })
})

const formats = [
  frame,
  { widthPx: 3840, heightPx: 2160 },
  { widthPx: 2160, heightPx: 3840 },
  { widthPx: 720, heightPx: 720 },
]
const turning: Motion = {
  kind: 'rotate-zoom',
  from: { zoom: 1.2, x: 0.1, y: 0.5, rotateDeg: -3 },
  to: { zoom: 1, x: 0.6, y: 0.4, rotateDeg: 2 },
}

test.for([
  [1, 1],
  [3, 2],
  [5, 3],
  [12000, 300],
  [300, 12000],
  [299, 4001],
  [9000, 9000],
] as const)('a picture of %i x %i px gives even planes that hold the whole motion', ([widthPx, heightPx]) => {
  for (const motion of [zoomIn, panLeft, turning])
    for (const format of formats) {
      const working = workingPicture(motion, { widthPx, heightPx }, format)
      expect([working.widthPx % 2, working.heightPx % 2]).toEqual([0, 0])
      expect(working.widthPx * working.heightPx).toBeLessThan(4.1 * format.widthPx * format.heightPx)
      for (let step = 0; step <= 50; step++) {
        const seen = between(working.from, working.to, step / 50)
        expect(outside(inPicture(seen, working), { widthPx, heightPx })).toBeLessThan(0.001 * widthPx)
        expect(seen.width / format.widthPx).toBeLessThanOrEqual(1.45)
      }
    }
})

test('a view that is turned a lot is taken from a picture small enough for the kernel', () => {
  const working = workingPicture(
    {
      kind: 'rotate-zoom',
      from: { zoom: 1.5, x: 0.5, y: 0.5, rotateDeg: 0 },
      to: { zoom: 1.5, x: 0.5, y: 0.5, rotateDeg: 20 },
    },
    { widthPx: 4000, heightPx: 4000 },
    frame,
  )
  const step = working.to.width / frame.widthPx
  expect(7 * step * Math.sin((20 * Math.PI) / 180)).toBeLessThan(1)
})

/** Where a rectangle of the working picture lies in the picture itself. */
function inPicture(seen: Rectangle, { crop, widthPx, heightPx }: ReturnType<typeof workingPicture>): Rectangle {
  return {
    left: crop.left + (seen.left * crop.width) / widthPx,
    top: crop.top + (seen.top * crop.height) / heightPx,
    width: (seen.width * crop.width) / widthPx,
    height: (seen.height * crop.height) / heightPx,
    rotateDeg: seen.rotateDeg ?? 0,
  }
}

/** How far the corner that lies furthest out is from the picture; 0 when all are inside. */
function outside(seen: Rectangle, picture: { widthPx: number; heightPx: number }): number {
  const { left, top, width, height } = extentOf(seen)
  return Math.max(0, -left, -top, left + width - picture.widthPx, top + height - picture.heightPx)
}

function extentOf({ left, top, width, height, rotateDeg = 0 }: Rectangle): Rectangle {
  const angle = (rotateDeg * Math.PI) / 180
  const corners = [
    [-1, -1],
    [-1, 1],
    [1, -1],
    [1, 1],
  ].map(([right, down]) => ({
    x: left + width / 2 + (right! * width * Math.cos(angle) - down! * height * Math.sin(angle)) / 2,
    y: top + height / 2 + (right! * width * Math.sin(angle) + down! * height * Math.cos(angle)) / 2,
  }))
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { left: x, top: y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}
