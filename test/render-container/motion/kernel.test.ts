import { expect, test } from 'vitest'
import { createKernel, type Filter, type Planes } from '../../../render-container/motion/kernel.ts'
import type { Rectangle } from '../../../render-container/motion/view.ts'

const frame = { widthPx: 270, heightPx: 480 }

test.for([
  ['detail', waves(346, 602), 2, 53],
  ['noise', noise(346, 602, { from: 64, to: 191 }), 2, 53],
  // What goes beyond black and white is cut off after each of the two passes, by the formula once.
  ['noise from black to white', noise(346, 602), 25, 47],
] as const)(
  'the kernel resamples all three planes of %s as the plain formula does',
  ([, picture, mostDifference, leastPsnr]) => {
    const rectangles: Rectangle[] = [
      { left: 0, top: 0, width: 338.6, height: 602 },
      { left: 31.37, top: 12.25, width: 270, height: 480 },
      { left: 75.9, top: 101.01, width: 214.3, height: 381 },
      { left: 0.5, top: 0.5, width: 20, height: 35.5 },
      // Beyond the picture's edges these go on.
      { left: -40, top: -50, width: 400, height: 711 },
    ]
    for (const rectangle of rectangles) {
      const drawn = draw(picture, rectangle)
      const wanted = reference(picture, rectangle)
      expect(largestDifference(drawn, wanted)).toBeLessThanOrEqual(mostDifference)
      expect(psnr(drawn, wanted)).toBeGreaterThan(leastPsnr)
    }
  },
)

test.for([-5.5, -0.02, 1.3])('a view turned by %d° is resampled as the plain formula does', (rotateDeg) => {
  const picture = waves(346, 602)
  const rectangles: Rectangle[] = [
    { left: 40.3, top: 31.7, width: 270, height: 480, rotateDeg },
    { left: 60, top: 101.01, width: 214.3, height: 381, rotateDeg },
    { left: -20, top: -10, width: 351, height: 624, rotateDeg },
  ]
  for (const rectangle of rectangles)
    expect(psnr(draw(picture, rectangle), reference(picture, rectangle))).toBeGreaterThan(50)
})

test.for([
  [2, 2],
  [14, 6],
  [18, 10],
  [66, 34],
  [1100, 4],
] as const)('a frame of %i x %i px is drawn to its last pixel and not beyond', ([widthPx, heightPx]) => {
  const picture = waves(64, 64)
  const kernel = createKernel(widthPx, heightPx)
  const source = kernel.load(0, picture)
  const reserved = kernel.reserve(64)
  for (const rotateDeg of [0, 1.2, 4]) {
    const seen = { left: 20, top: 20, width: Math.min(24, widthPx), height: Math.min(24, heightPx), rotateDeg }
    kernel.blacken(0)
    kernel.blacken(1)
    kernel.draw(source, seen, 1)
    kernel.copy(kernel.frame(1), 0)
    const alone = kernel.frame().slice()
    kernel.blacken(1)
    kernel.draw(source, seen, 0)
    expect(kernel.frame()).toEqual(alone)
    expect(new Set(kernel.frame(1))).toEqual(new Set([16, 128]))
    expect(new Set(new Uint8Array(kernel.memory.buffer, reserved, 64))).toEqual(new Set([0]))
    expect(largestDifference(alone, reference(picture, seen, { widthPx, heightPx }))).toBeLessThanOrEqual(2)
  }
})

test.for([0, 1.3, -5.5])('with the linear filter, a view turned by %d° is drawn as that formula does', (rotateDeg) => {
  const picture = waves(346, 602)
  const seen = { left: 60, top: 101.01, width: 214.3, height: 381, rotateDeg }
  expect(psnr(draw(picture, seen, 'linear'), reference(picture, seen, frame, linear))).toBeGreaterThan(50)
})

test.for([-8.1, 1.2, 8.1])('the widest frame, turned by %d°, is drawn as the plain formula does', (rotateDeg) => {
  const [widthPx, heightPx] = [4096, 32]
  const picture = waves(4140, 660)
  const kernel = createKernel(widthPx, heightPx)
  const seen = { left: 22, top: 300, width: widthPx, height: heightPx, rotateDeg }
  kernel.draw(kernel.load(0, picture), seen, 0)
  expect(psnr(kernel.frame(), reference(picture, seen, { widthPx, heightPx }))).toBeGreaterThan(50)
})

test('a picture of one colour keeps exactly this colour, wherever the view lies', () => {
  const picture = { widthPx: 300, heightPx: 500, bytes: new Uint8Array(225_000).fill(77) }
  const kernel = createKernel(frame.widthPx, frame.heightPx)
  const source = kernel.load(1, picture)
  for (const rotateDeg of [0, 3.3]) {
    kernel.draw(source, { left: 3.3, top: 7.7, width: 251.9, height: 447.8, rotateDeg }, 0)
    expect(new Set(kernel.frame())).toEqual(new Set([77]))
  }
})

test('a blend is a linear mix of two frames', () => {
  const kernel = withLevels(40, 200)
  kernel.blend(0.25)
  expect(new Set(kernel.frame())).toEqual(new Set([80]))
})

test('a blend can differ from column to column, and chroma lies under its luma', () => {
  const kernel = withLevels(40, 200)
  kernel.blend((across) => (across > 0.5 ? 1 : 0))
  const row = (start: number, width: number) => [...kernel.frame().subarray(start, start + width)]
  expect(row(0, 16)).toEqual([...Array<number>(8).fill(40), ...Array<number>(8).fill(200)])
  expect(row(256, 8)).toEqual([40, 40, 40, 40, 200, 200, 200, 200])
})

test('a blend is linear to the level for every weight and in every column of a frame of odd shape', () => {
  const kernel = createKernel(38, 4)
  const below = Uint8Array.from({ length: 228 }, (_, at) => (at * 37) % 256)
  const above = Uint8Array.from({ length: 228 }, (_, at) => 255 - ((at * 91) % 256))
  for (const weight of [0, 0.001, 0.3, 0.5, 0.77, 1]) {
    kernel.copy(below, 0)
    kernel.copy(above, 1)
    kernel.blend(weight)
    const wanted = below.map((level, at) => Math.round(level + (above[at]! - level) * weight))
    expect(largestDifference(kernel.frame(), wanted)).toBeLessThanOrEqual(Number.isInteger(weight) ? 0 : 1)
  }
})

test('a push moves whole even pixels, chroma with luma', () => {
  const kernel = withLevels(40, 200)
  kernel.push(0.3)
  const row = (start: number, width: number) => [...kernel.frame().subarray(start, start + width)]
  expect(row(240, 16)).toEqual([...Array<number>(12).fill(40), ...Array<number>(4).fill(200)])
  expect(row(320, 8)).toEqual([40, 40, 40, 40, 40, 40, 200, 200])
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

test('a view that shows the picture at less than two thirds of its size is refused', () => {
  const kernel = createKernel(16, 16)
  const source = kernel.load(0, noise(32, 32))
  expect(() => kernel.draw(source, { left: 0, top: 0, width: 32, height: 32 }, 0)).toThrow(/scale it down first/)
})

test('a view that is turned further than the kernel can is refused', () => {
  const kernel = createKernel(16, 16)
  const source = kernel.load(0, noise(32, 32))
  const turned = { left: 8, top: 8, width: 16, height: 16, rotateDeg: 12 }
  expect(() => kernel.draw(source, turned, 0)).toThrow(/turned too far/)
})

test('planes that are cut off are refused', () => {
  const { bytes, ...size } = noise(32, 32)
  expect(() => createKernel(16, 16).load(0, { ...size, bytes: bytes.subarray(1) })).toThrow(
    /1535 bytes instead of 1536/,
  )
})

function draw(picture: Planes, from: Rectangle, filter?: Filter): Uint8Array {
  const kernel = createKernel(frame.widthPx, frame.heightPx, filter)
  kernel.draw(kernel.load(0, picture), from, 0)
  return kernel.frame()
}

/** 16x16, of one level in each frame. */
function withLevels(below: number, above: number) {
  const kernel = createKernel(16, 16)
  kernel.copy(new Uint8Array(384).fill(below), 0)
  kernel.copy(new Uint8Array(384).fill(above), 1)
  return kernel
}

function noise(widthPx: number, heightPx: number, { from, to } = { from: 0, to: 255 }): Planes {
  let state = 1
  const bytes = Uint8Array.from({ length: (widthPx * heightPx * 3) / 2 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return from + Math.floor(((state >>> 24) * (to - from)) / 255)
  })
  return { widthPx, heightPx, bytes }
}

/** Waves of 6 px and more, as fine as a photo's detail. */
function waves(widthPx: number, heightPx: number): Planes {
  const bytes: number[] = []
  for (const part of [1, 2, 2])
    for (let y = 0; y < heightPx / part; y++)
      for (let x = 0; x < widthPx / part; x++)
        bytes.push(Math.round(128 + 60 * Math.sin(x + 0.3 * y) + 40 * Math.sin(0.9 * y - 0.2 * x + bytes.length / 1e6)))
  return { widthPx, heightPx, bytes: Uint8Array.from(bytes) }
}

function largestDifference(a: Uint8Array, b: Uint8Array): number {
  let largest = 0
  for (const [index, level] of a.entries()) largest = Math.max(largest, Math.abs(level - b[index]!))
  return largest
}

function psnr(a: Uint8Array, b: Uint8Array): number {
  let squares = 0
  for (const [index, level] of a.entries()) squares += (level - b[index]!) ** 2
  return 10 * Math.log10((255 ** 2 * a.length) / squares)
}

/** What the kernel should do: 4x4 taps in floating point, without a thought for speed. */
function reference(
  { widthPx, heightPx, bytes }: Planes,
  from: Rectangle,
  onto = frame,
  weigh = catmullRom,
): Uint8Array {
  const out: number[] = []
  const angle = ((from.rotateDeg ?? 0) * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [stepX, stepY] = [from.width / onto.widthPx, from.height / onto.heightPx]
  let start = 0
  for (const part of [1, 2, 2]) {
    const [width, height] = [widthPx / part, heightPx / part]
    const plane = bytes.subarray(start, start + width * height)
    start += width * height
    for (let v = 0; v < onto.heightPx / part; v++)
      for (let u = 0; u < onto.widthPx / part; u++) {
        // Chroma is sited on every second luma column (left) and between luma rows.
        const right = part * u + 0.5 - onto.widthPx / 2
        const down = part * (v + 0.5) - onto.heightPx / 2
        const x = (from.left + from.width / 2 + stepX * (right * cos - down * sin) - 0.5) / part
        const y = (from.top + from.height / 2 + stepY * (right * sin + down * cos)) / part - 0.5
        let sum = 0
        const across = taps(x, width, weigh)
        for (const [row, weight] of taps(y, height, weigh))
          for (const [column, weightAcross] of across) sum += weight * weightAcross * plane[row * width + column]!
        out.push(inside(Math.round(sum), 256))
      }
  }
  return Uint8Array.from(out)
}

/** The four samples around a place, kept inside the picture, with their weights. */
function taps(place: number, size: number, weigh: (x: number) => number): [sample: number, weight: number][] {
  const first = Math.floor(place) - 1
  return [first, first + 1, first + 2, first + 3].map((tap) => [inside(tap, size), weigh(Math.abs(place - tap))])
}

const inside = (place: number, size: number) => Math.max(0, Math.min(size - 1, place))

const linear = (x: number) => Math.max(0, 1 - x)

function catmullRom(x: number): number {
  if (x < 1) return 1.5 * x ** 3 - 2.5 * x ** 2 + 1
  return x < 2 ? -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2 : 0
}
