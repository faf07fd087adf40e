import { expect, test } from 'vitest'
import { createKernel, type Planes } from '../../../render-container/motion/kernel.ts'
import { between, viewRectangle, type Rectangle } from '../../../render-container/motion/view.ts'

const frame = { widthPx: 270, heightPx: 480 }

test('the kernel resamples all three planes as the plain formula does, to one level', () => {
  const picture = noise(346, 602)
  const rectangles: Rectangle[] = [
    { left: 0, top: 0, width: 338.6, height: 602 },
    { left: 31.37, top: 12.25, width: 270, height: 480 },
    { left: 75.9, top: 101.01, width: 214.3, height: 381 },
    { left: 0.5, top: 0.5, width: 20, height: 35.5 },
  ]
  const kernel = createKernel(frame.widthPx, frame.heightPx)
  const source = kernel.load(0, picture)
  for (const rectangle of rectangles) {
    kernel.draw(source, rectangle, 0)
    expect(largestDifference(kernel.frame(), reference(picture, rectangle))).toBeLessThanOrEqual(1)
  }
})

test('a picture of one colour keeps exactly this colour, wherever the view lies', () => {
  const picture = { widthPx: 300, heightPx: 500, bytes: new Uint8Array(225_000).fill(77) }
  const kernel = createKernel(frame.widthPx, frame.heightPx)
  const source = kernel.load(1, picture)
  kernel.draw(source, { left: 3.3, top: 7.7, width: 251.9, height: 447.8 }, 0)
  expect(new Set(kernel.frame())).toEqual(new Set([77]))
})

test('a blend is a linear mix of two frames', () => {
  const kernel = createKernel(16, 16)
  const whole = { left: 0, top: 0, width: 16, height: 16 }
  const flat = (level: number) => ({ widthPx: 16, heightPx: 16, bytes: new Uint8Array(384).fill(level) })
  kernel.draw(kernel.load(0, flat(40)), whole, 0)
  kernel.draw(kernel.load(1, flat(200)), whole, 1)
  kernel.blend(0.25)
  expect(new Set(kernel.frame())).toEqual(new Set([80]))
})

test('a slot can take a bigger picture after a smaller one without touching the other slot', () => {
  const kernel = createKernel(16, 16)
  const held = kernel.load(1, noise(32, 32))
  const whole = { left: 0, top: 0, width: 32 / 1.5, height: 32 / 1.5 }
  kernel.draw(held, whole, 0)
  const before = kernel.frame().slice()
  kernel.load(0, noise(16, 16))
  kernel.load(0, noise(1024, 2048))
  kernel.draw(held, whole, 0)
  expect(kernel.frame()).toEqual(before)
})

test.for([
  ['zooming in', { zoom: 1, x: 0.5, y: 0.5 }, { zoom: 1.15, x: 0.6, y: 0.4 }],
  ['panning', { zoom: 1.2, x: 1, y: 0.5 }, { zoom: 1.2, x: 0, y: 0.5 }],
  ['drifting slowly', { zoom: 1.1, x: 0.4, y: 0.4 }, { zoom: 1.1, x: 0.6, y: 0.5 }],
] as const)('%s, a dot keeps to its ideal path within 0.05 px RMS', ([, from, to]) => {
  const size = { widthPx: 300, heightPx: 534 }
  const dot = { x: 131.3, y: 288.8 }
  const kernel = createKernel(frame.widthPx, frame.heightPx)
  const source = kernel.load(0, withDot(size, dot))
  const frames = 60
  const squares = Array.from({ length: frames }, (_, number) => {
    const seen = between(viewRectangle(from, size, frame), viewRectangle(to, size, frame), number / (frames - 1))
    kernel.draw(source, seen, 0)
    const found = centroid(kernel.frame())
    const scale = frame.widthPx / seen.width
    return (found.x - (dot.x - seen.left) * scale) ** 2 + (found.y - (dot.y - seen.top) * scale) ** 2
  })
  expect(Math.sqrt(squares.reduce((sum, square) => sum + square) / frames)).toBeLessThanOrEqual(0.05)
})

test('a view that shows the picture at less than two thirds of its size is refused', () => {
  const kernel = createKernel(16, 16)
  const source = kernel.load(0, noise(32, 32))
  expect(() => kernel.draw(source, { left: 0, top: 0, width: 32, height: 32 }, 0)).toThrow(/scale it down first/)
})

function noise(widthPx: number, heightPx: number): Planes {
  let state = 1
  const bytes = Uint8Array.from({ length: (widthPx * heightPx * 3) / 2 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 24
  })
  return { widthPx, heightPx, bytes }
}

/** A soft bright dot on grey; positions are edges' coordinates: the first pixel's centre is at 0.5. */
function withDot({ widthPx, heightPx }: typeof frame, dot: { x: number; y: number }): Planes {
  const bytes = new Uint8Array((widthPx * heightPx * 3) / 2).fill(128)
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) {
      const distance = (x + 0.5 - dot.x) ** 2 + (y + 0.5 - dot.y) ** 2
      bytes[y * widthPx + x] = Math.round(50 + 180 * Math.exp(-distance / (2 * 2.5 ** 2)))
    }
  return { widthPx, heightPx, bytes }
}

function centroid(luma: Uint8Array): { x: number; y: number } {
  let [mass, sumX, sumY] = [0, 0, 0]
  for (let y = 0; y < frame.heightPx; y++)
    for (let x = 0; x < frame.widthPx; x++) {
      const weight = luma[y * frame.widthPx + x]! - 50
      if (weight < 3) continue
      mass += weight
      sumX += weight * (x + 0.5)
      sumY += weight * (y + 0.5)
    }
  return { x: sumX / mass, y: sumY / mass }
}

function largestDifference(a: Uint8Array, b: Uint8Array): number {
  let largest = 0
  for (const [index, level] of a.entries()) largest = Math.max(largest, Math.abs(level - b[index]!))
  return largest
}

/** What the kernel should do, in floating point, without a thought for speed. */
function reference({ widthPx, heightPx, bytes }: Planes, from: Rectangle): Uint8Array {
  const out: number[] = []
  let start = 0
  for (const part of [1, 2, 2]) {
    const [width, height] = [widthPx / part, heightPx / part]
    const plane = bytes.subarray(start, start + width * height)
    start += width * height
    const [stepX, stepY] = [from.width / frame.widthPx, from.height / frame.heightPx]
    // Chroma is sited on every second luma column (left) and between luma rows.
    const firstX = (from.left + stepX / 2 - 0.5) / part
    const firstY = from.top / part + stepY / 2 - 0.5
    const columns = positions(firstX, stepX, frame.widthPx / part, width)
    for (const row of positions(firstY, stepY, frame.heightPx / part, height))
      for (const column of columns) {
        let sum = 0
        for (const [y, weightY] of row)
          for (const [x, weightX] of column) sum += weightX * weightY * plane[y * width + x]!
        out.push(Math.max(0, Math.min(255, Math.round(sum))))
      }
  }
  return Uint8Array.from(out)
}

/** For each output place the four source places, kept inside the picture, with their Catmull-Rom weights. */
function positions(first: number, step: number, count: number, size: number): [place: number, weight: number][][] {
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * step
    return [-1, 0, 1, 2].map((tap) => {
      const place = Math.floor(at) + tap
      return [Math.max(0, Math.min(size - 1, place)), catmullRom(Math.abs(at - place))]
    })
  })
}

function catmullRom(x: number): number {
  if (x < 1) return 1.5 * x ** 3 - 2.5 * x ** 2 + 1
  return x < 2 ? -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2 : 0
}
