import { expect, test } from 'vitest'
import { createKernel, type Filter, type Planes } from '../../../render-container/motion/kernel.ts'
import { between, viewRectangle, type Rectangle } from '../../../render-container/motion/view.ts'

type Size = { widthPx: number; heightPx: number }

const motions = [
  ['zooming in', { zoom: 1, x: 0.5, y: 0.5 }, { zoom: 1.15, x: 0.6, y: 0.4 }],
  ['panning', { zoom: 1.2, x: 1, y: 0.5 }, { zoom: 1.2, x: 0, y: 0.5 }],
  ['drifting slowly', { zoom: 1.1, x: 0.4, y: 0.4 }, { zoom: 1.1, x: 0.6, y: 0.5 }],
  ['turning and zooming', { zoom: 1.1, x: 0.5, y: 0.5, rotateDeg: -2 }, { zoom: 1.3, x: 0.5, y: 0.5, rotateDeg: 2 }],
] as const
const formats = [
  ['9:16', 270, 480],
  ['16:9', 480, 270],
  ['1:1', 300, 300],
] as const

const filters: Filter[] = ['cubic', 'linear']
const cases = motions.flatMap(([name, from, to]) =>
  formats.flatMap((format) => filters.map((filter) => [name, ...format, filter, from, to] as const)),
)

test.for(cases)(
  '%s in %s (%i x %i px, %s), a dot keeps to its ideal path within 0.02 px RMS',
  ([, , widthPx, heightPx, filter, from, to]) => {
    const format = { widthPx, heightPx }
    const size = { widthPx: Math.round(widthPx * 0.555) * 2, heightPx: Math.round(heightPx * 0.56) * 2 }
    const dot = { x: size.widthPx * 0.437, y: size.heightPx * 0.541 }
    const kernel = createKernel(widthPx, heightPx, filter)
    const source = kernel.load(0, withDot(size, dot))
    const frames = 40
    const squares = Array.from({ length: frames }, (_, number) => {
      const seen = between(viewRectangle(from, size, format), viewRectangle(to, size, format), number / (frames - 1))
      kernel.draw(source, seen, 0)
      const found = centroid(kernel.frame(), format)
      const ideal = placeOnScreen(dot, seen, format)
      return (found.x - ideal.x) ** 2 + (found.y - ideal.y) ** 2
    })
    expect(Math.sqrt(squares.reduce((sum, square) => sum + square) / frames)).toBeLessThanOrEqual(0.02)
  },
)

/** A soft bright dot on grey; positions are edges' coordinates: the first pixel's centre is at 0.5. */
function withDot({ widthPx, heightPx }: Size, dot: { x: number; y: number }): Planes {
  const bytes = new Uint8Array((widthPx * heightPx * 3) / 2).fill(128)
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) {
      const distance = (x + 0.5 - dot.x) ** 2 + (y + 0.5 - dot.y) ** 2
      bytes[y * widthPx + x] = Math.round(50 + 180 * Math.exp(-distance / (2 * 2.5 ** 2)))
    }
  return { widthPx, heightPx, bytes }
}

function placeOnScreen(dot: { x: number; y: number }, seen: Rectangle, format: Size): { x: number; y: number } {
  const scale = format.widthPx / seen.width
  const angle = (-(seen.rotateDeg ?? 0) * Math.PI) / 180
  const right = dot.x - seen.left - seen.width / 2
  const down = dot.y - seen.top - seen.height / 2
  return {
    x: format.widthPx / 2 + scale * (right * Math.cos(angle) - down * Math.sin(angle)),
    y: format.heightPx / 2 + scale * (right * Math.sin(angle) + down * Math.cos(angle)),
  }
}

function centroid(luma: Uint8Array, { widthPx, heightPx }: Size): { x: number; y: number } {
  let [mass, sumX, sumY] = [0, 0, 0]
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) {
      const weight = luma[y * widthPx + x]! - 50
      if (weight < 3) continue
      mass += weight
      sumX += weight * (x + 0.5)
      sumY += weight * (y + 0.5)
    }
  return { x: sumX / mass, y: sumY / mass }
}
