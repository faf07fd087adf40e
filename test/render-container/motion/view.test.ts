import { expect, test } from 'vitest'
import { between, viewRectangle, workingPicture } from '../../../render-container/motion/view.ts'
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

test('x and y run from the first edge of the picture to the last', () => {
  const picture = { widthPx: 2000, heightPx: 1920 }
  expect(viewRectangle({ zoom: 2, x: 0, y: 0 }, picture, frame)).toMatchObject({ left: 0, top: 0 })
  expect(viewRectangle({ zoom: 2, x: 1, y: 1 }, picture, frame)).toMatchObject({ left: 1460, top: 960 })
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

test.for([
  [1, 1],
  [12000, 300],
  [299, 4001],
  [5, 3],
] as const)('a picture of %i x %i px gives even planes that hold the whole motion', ([widthPx, heightPx]) => {
  for (const motion of [zoomIn, panLeft]) {
    const working = workingPicture(motion, { widthPx, heightPx }, frame)
    expect([working.widthPx % 2, working.heightPx % 2]).toEqual([0, 0])
    for (const end of [working.from, working.to]) {
      expect(end.left).toBeGreaterThanOrEqual(-1e-9)
      expect(end.left + end.width).toBeLessThanOrEqual(working.widthPx + 1e-6)
      expect(end.top + end.height).toBeLessThanOrEqual(working.heightPx + 1e-6)
      expect(end.width / frame.widthPx).toBeLessThanOrEqual(1.5)
    }
  }
})
