// Abstraction: the place broken up into a few flat, geometric fields.
import { mix, rgbToLab, toLab, channels } from '../draw/colour.ts'
import type { Random } from '../draw/random.ts'
import type { Stage } from '../stage.ts'
import type { Treatment } from './look.ts'
import type { Pass, Pixels } from './pixels.ts'

type Cut = (x: number, y: number) => boolean

/** Cuts the picture by circles, arcs and lines; each field takes the mean colour of what it covers. */
export const fields: Pass = ({ data, w, h, s, random, palette }) => {
  const cuts = cutsOf(w, h, s, random)
  const count = 1 << cuts.length
  const ids = new Uint16Array(w * h)
  const sums = new Float64Array(count * 4)
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      let id = 0
      for (let cut = 0; cut < cuts.length; cut++) if (cuts[cut]!(x, y)) id |= 1 << cut
      ids[y * w + x] = id
      const at = (y * w + x) * 4
      sums[id * 4] = sums[id * 4]! + data[at]!
      sums[id * 4 + 1] = sums[id * 4 + 1]! + data[at + 1]!
      sums[id * 4 + 2] = sums[id * 4 + 2]! + data[at + 2]!
      sums[id * 4 + 3] = sums[id * 4 + 3]! + 1
    }
  const paints = boldPaints(palette)
  const painted = new Uint8Array(count * 3)
  for (let id = 0; id < count; id++) {
    const pixels = Math.max(1, sums[id * 4 + 3]!)
    const mean = [sums[id * 4]! / pixels, sums[id * 4 + 1]! / pixels, sums[id * 4 + 2]! / pixels] as const
    const paint = nearest(paints, ...mean)
    // Mostly the paint, a little of what was there: neighbours of one paint stay apart.
    for (let channel = 0; channel < 3; channel++)
      painted[id * 3 + channel] = paint[channel]! * 0.74 + mean[channel]! * 0.26
  }
  for (let index = 0; index < ids.length; index++) {
    const from = ids[index]! * 3
    data[index * 4] = painted[from]!
    data[index * 4 + 1] = painted[from + 1]!
    data[index * 4 + 2] = painted[from + 2]!
  }
}

function cutsOf(w: number, h: number, s: number, random: Random): Cut[] {
  const circle =
    (cx: number, cy: number, r: number): Cut =>
    (x, y) =>
      (x - cx) ** 2 + (y - cy) ** 2 < r * r
  const line = (px: number, py: number, angle: number): Cut => {
    const [nx, ny] = [-Math.sin(angle), Math.cos(angle)]
    return (x, y) => (x - px) * nx + (y - py) * ny > 0
  }
  const [cx, cy] = [w / 2 + (random() - 0.5) * s * 0.3, h * 0.4]
  return [
    circle(cx, cy, s * 0.3),
    circle(cx, cy, s * 0.46),
    circle(w * random(), h * random() * 0.8, s * (0.2 + random() * 0.25)),
    circle(w * random(), h * (0.6 + random() * 0.4), s * (0.25 + random() * 0.3)),
    line(w * 0.5, h * 0.62, (random() - 0.5) * 0.5),
    line(w * 0.5, h * 0.84, (random() - 0.5) * 0.4),
    line(w * (0.3 + random() * 0.4), h * 0.4, Math.PI * (0.25 + random() * 0.1)),
    line(w * (0.3 + random() * 0.4), h * 0.5, -Math.PI * (0.25 + random() * 0.1)),
    line(w * (0.15 + random() * 0.7), 0, Math.PI / 2 + (random() - 0.5) * 0.2),
  ]
}

/** A limited, bold set of paints, leaning a little towards the picture's own light. */
function boldPaints({ accent, sky }: Pixels['palette']): [number, number, number][] {
  const base = ['#14213d', '#1f4e79', '#2a9d8f', '#e9c46a', '#f4a261', '#e63946', '#f1faee', '#8d5a97']
  return [...base.map((paint) => mix(paint, sky[1], 0.12)), mix(accent, '#ffffff', 0.1)].map(channels)
}

function nearest(
  paints: [number, number, number][],
  red: number,
  green: number,
  blue: number,
): [number, number, number] {
  const wanted = rgbToLab(red, green, blue)
  const distance = (paint: [number, number, number]) => {
    const lab = rgbToLab(...paint)
    return (lab[0] - wanted[0]) ** 2 + 2.2 * ((lab[1] - wanted[1]) ** 2 + (lab[2] - wanted[2]) ** 2)
  }
  return paints.reduce((best, paint) => (distance(paint) < distance(best) ? paint : best))
}

/** Circles and bars drawn on top, as a composer of flat shapes would. */
export const shapes: Treatment = ({ ctx, w, h, s, random, palette }: Stage) => {
  const bright = toLab(palette.sky[2])[0] > 0.6
  const ink = bright ? '#14213d' : '#f1faee'
  ctx.lineWidth = s * 0.006
  ctx.strokeStyle = ink
  ctx.globalAlpha = 0.85
  ctx.beginPath()
  ctx.arc(w * (0.2 + random() * 0.6), h * 0.2, s * (0.08 + random() * 0.1), 0, 7)
  ctx.stroke()
  for (let bar = 0; bar < 5; bar++) ctx.strokeRect(w * 0.08, h * (0.1 + bar * 0.012), s * (0.12 + random() * 0.08), 0.1)
  ctx.fillStyle = '#e63946'
  ctx.beginPath()
  ctx.arc(w * (random() < 0.5 ? 0.16 : 0.84), h * (0.26 + random() * 0.1), s * 0.05, 0, 7)
  ctx.fill()
  ctx.fillStyle = ink
  for (let dot = 0; dot < 16; dot++) {
    ctx.beginPath()
    ctx.arc(w * 0.78 + (dot % 4) * s * 0.035, h * 0.9 + Math.floor(dot / 4) * s * 0.035, s * 0.006, 0, 7)
    ctx.fill()
  }
  ctx.globalAlpha = 1
}
