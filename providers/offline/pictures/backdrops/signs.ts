// Places for what cannot be seen: money, data, journeys through time.
import { alpha, mix } from '../draw/colour.ts'
import { glow, shade, shine } from '../draw/light.ts'
import { curve, fractal } from '../draw/noise.ts'
import { skyline } from '../draw/buildings.ts'
import { clouds, disc, sky } from '../draw/sky.ts'
import { mirror } from '../draw/water.ts'
import type { Stage } from '../stage.ts'
import type { Backdrop } from './backdrop.ts'

/** A financial district before whose towers a price curve climbs or falls. */
export const market: Backdrop = {
  times: ['dusk', 'night', 'day', 'dawn'],
  setting: 'ground',
  stock: ['chart-increasing', 'coin', 'bank'],
  draw(stage) {
    const { h, s, horizon, palette } = stage
    sky(stage)
    disc(stage)
    clouds(stage, horizon * 0.2, horizon * 0.8, 6)
    skyline(stage, {
      y: horizon + s * 0.12,
      maxHeight: s * 0.4,
      colour: mix(palette.far, palette.sky[2], 0.35),
      lit: 0.16,
      scale: 0.9,
    })
    skyline(stage, {
      y: horizon + s * 0.13,
      maxHeight: s * 0.26,
      colour: mix(palette.far, palette.near, 0.5),
      lit: 0.26,
    })
    const top = horizon + s * 0.14
    candles(stage, top)
    shade(stage, top, h, [mix(palette.near, palette.far, 0.45), mix(palette.near, '#000000', 0.2)])
    mirror(stage, top, 0.3)
  },
}

function candles({ ctx, w, s, horizon, random, side }: Stage, bottom: number): void {
  const count = Math.round(w / (s * 0.055))
  const noise = curve(random)
  const level = (index: number) =>
    horizon - s * 0.12 - side * (index / count - 0.5) * s * 0.32 + fractal(noise, index * 0.4, 3) * s * 0.1
  for (let index = 0; index < count; index++) {
    const x = ((index + 0.5) / count) * w
    const [open, close] = [level(index), level(index + 1)]
    const colour = close < open ? '#3fd08a' : '#f2555a'
    ctx.fillStyle = alpha(colour, 0.85)
    ctx.fillRect(x - s * 0.002, Math.min(open, close) - s * 0.03, s * 0.004, Math.abs(open - close) + s * 0.06)
    ctx.fillRect(x - s * 0.016, Math.min(open, close), s * 0.032, Math.max(s * 0.012, Math.abs(open - close)))
  }
  ctx.strokeStyle = alpha('#ffffff', 0.8)
  ctx.lineWidth = s * 0.006
  ctx.lineJoin = 'round'
  ctx.beginPath()
  for (let index = 0; index <= count; index++) ctx.lineTo((index / count) * w, Math.min(bottom, level(index)))
  shine(ctx, () => {
    ctx.shadowColor = '#ffffff'
    ctx.shadowBlur = s * 0.02
    ctx.stroke()
  })
}

/** The inside of a machine: circuit traces running to a glowing chip, racks at the sides. */
export const circuit: Backdrop = {
  times: ['neon', 'night', 'space'],
  setting: 'ground',
  stock: ['robot', 'desktop-computer', 'gear'],
  draw(stage) {
    const { ctx, w, h, s, palette, floor, random } = stage
    const top = floor - s * 0.14
    shade(stage, 0, h, [
      palette.near,
      mix(palette.sky[1], palette.near, 0.35),
      mix(palette.sky[2], palette.near, 0.4),
      palette.near,
    ])
    shine(ctx, () => glow(ctx, w / 2, top * 0.6, s * 0.75, palette.accent, 0.4))
    traces(stage, top)
    racks(stage, top)
    shade(stage, top, h, [mix(palette.sky[1], palette.near, 0.2), palette.near])
    grid(stage, top)
    mirror(stage, top, 0.3)
    shine(ctx, () => {
      glow(ctx, w / 2, top, s * 0.6, palette.accent, 0.35)
      for (let bit = 0; bit < 40; bit++)
        glow(
          ctx,
          random() * w,
          random() * top,
          s * (0.004 + random() * 0.01),
          bit % 2 ? palette.light : palette.accent,
          0.9,
        )
    })
  },
}

/** Wires that run straight and turn by 45 degrees, ending in dots. */
function traces({ ctx, w, s, random, palette }: Stage, bottom: number): void {
  ctx.lineJoin = 'round'
  for (let trace = 0; trace < 46; trace++) {
    const colour = trace % 3 ? palette.accent : palette.light
    let [x, y] = [w * (0.5 + (random() - 0.5) * 0.3), bottom * (0.55 + (random() - 0.5) * 0.3)]
    let heading = Math.floor(random() * 8)
    ctx.strokeStyle = alpha(colour, 0.2 + random() * 0.4)
    ctx.lineWidth = s * (0.002 + random() * 0.003)
    ctx.beginPath()
    ctx.moveTo(x, y)
    for (let leg = 0; leg < 4; leg++) {
      const length = s * (0.05 + random() * 0.22)
      x += Math.cos((heading * Math.PI) / 4) * length
      y = Math.min(bottom, y + Math.sin((heading * Math.PI) / 4) * length)
      heading += random() < 0.5 ? 1 : -1
      ctx.lineTo(x, y)
    }
    ctx.stroke()
    ctx.fillStyle = colour
    ctx.beginPath()
    ctx.arc(x, y, s * 0.007, 0, 7)
    ctx.fill()
    shine(ctx, () => glow(ctx, x, y, s * 0.03, colour, 0.6))
  }
}

function racks({ ctx, w, s, random, palette }: Stage, bottom: number): void {
  for (const x of [0, w - s * 0.17]) {
    ctx.fillStyle = mix(palette.near, palette.far, 0.25)
    ctx.fillRect(x, s * 0.08, s * 0.17, bottom - s * 0.08)
    for (let y = s * 0.11; y < bottom - s * 0.03; y += s * 0.04) {
      ctx.fillStyle = mix(palette.near, palette.far, 0.5)
      ctx.fillRect(x + s * 0.012, y, s * 0.146, s * 0.03)
      for (let lamp = 0; lamp < 6; lamp++) {
        if (random() < 0.4) continue
        ctx.fillStyle = random() < 0.5 ? palette.accent : palette.light
        ctx.fillRect(x + s * (0.025 + lamp * 0.021), y + s * 0.011, s * 0.01, s * 0.008)
      }
    }
  }
}

function grid({ ctx, w, h, s, palette }: Stage, top: number): void {
  ctx.strokeStyle = alpha(palette.accent, 0.35)
  ctx.lineWidth = s * 0.003
  ctx.beginPath()
  for (let line = -16; line <= 16; line++) {
    ctx.moveTo(w / 2 + line * w * 0.05, top)
    ctx.lineTo(w / 2 + line * w * 0.3, h)
  }
  for (let row = 0; row < 10; row++) {
    const y = top + (h - top) * (row / 10) ** 1.9
    ctx.moveTo(0, y)
    ctx.lineTo(w, y)
  }
  ctx.stroke()
}

/** An old map: contour lines, a coast, a dotted route. */
export const map: Backdrop = {
  times: ['sepia'],
  setting: 'paper',
  stock: ['compass', 'scroll', 'world-map'],
  draw(stage) {
    const { ctx, w, h, s } = stage
    const paper = ctx.createRadialGradient(w / 2, h * 0.45, s * 0.1, w / 2, h / 2, Math.max(w, h) * 0.68)
    paper.addColorStop(0, '#f6e7c4')
    paper.addColorStop(0.7, '#dcbc86')
    paper.addColorStop(1, '#8f6536')
    ctx.fillStyle = paper
    ctx.fillRect(0, 0, w, h)
    contours(stage)
    route(stage)
    rose(stage, w * (stage.side > 0 ? 0.2 : 0.8), h * (stage.tall ? 0.15 : 0.24), s * 0.11)
  },
}

const INK = '#5a3a1c'

function contours({ ctx, w, h, s, random }: Stage): void {
  const [first, second, third] = [curve(random), curve(random), curve(random)]
  const land = (x: number, y: number) =>
    fractal(first, (x * 2.2) / s + fractal(second, (y * 1.8) / s, 3) * 1.4, 4) +
    fractal(third, (y * 2) / s + fractal(first, (x * 1.6) / s, 3), 4)
  const step = Math.max(6, Math.round(s / 150))
  const columns = Math.ceil(w / step) + 1
  const rows = Math.ceil(h / step) + 1
  const heights = Float32Array.from({ length: columns * rows }, (_, index) =>
    land((index % columns) * step, Math.floor(index / columns) * step),
  )
  for (let line = -6; line <= 8; line++) {
    const level = line * 0.085
    ctx.strokeStyle = alpha(INK, line === 0 ? 0.85 : line < 0 ? 0.22 : 0.36)
    ctx.lineWidth = s * (line === 0 ? 0.0042 : 0.0018)
    ctx.beginPath()
    for (let row = 0; row < rows - 1; row++)
      for (let column = 0; column < columns - 1; column++) {
        const at = row * columns + column
        const [a, b, c, d] = [
          heights[at]! - level,
          heights[at + 1]! - level,
          heights[at + columns]! - level,
          heights[at + columns + 1]! - level,
        ]
        const [x, y] = [column * step, row * step]
        const cuts: [number, number][] = []
        if (a * b < 0) cuts.push([x + (step * a) / (a - b), y])
        if (b * d < 0) cuts.push([x + step, y + (step * b) / (b - d)])
        if (c * d < 0) cuts.push([x + (step * c) / (c - d), y + step])
        if (a * c < 0) cuts.push([x, y + (step * a) / (a - c)])
        if (cuts.length < 2) continue
        ctx.moveTo(...cuts[0]!)
        ctx.lineTo(...cuts[1]!)
      }
    ctx.stroke()
  }
}

function route({ ctx, w, h, s, side }: Stage): void {
  const at = (x: number) => w * (side > 0 ? x : 1 - x)
  ctx.save()
  ctx.setLineDash([s * 0.02, s * 0.016])
  ctx.strokeStyle = '#b23a2a'
  ctx.lineWidth = s * 0.008
  ctx.lineCap = 'round'
  ctx.beginPath()
  ctx.moveTo(at(0.12), h * 0.3)
  ctx.bezierCurveTo(at(0.5), h * 0.08, at(0.3), h * 0.5, at(0.55), h * 0.5)
  ctx.bezierCurveTo(at(0.95), h * 0.5, at(0.6), h * 0.8, at(0.86), h * 0.87)
  ctx.stroke()
  ctx.setLineDash([])
  ctx.lineWidth = s * 0.012
  for (const [x, y] of [
    [at(0.12), h * 0.3],
    [at(0.86), h * 0.87],
  ] as const) {
    ctx.beginPath()
    ctx.moveTo(x - s * 0.02, y - s * 0.02)
    ctx.lineTo(x + s * 0.02, y + s * 0.02)
    ctx.moveTo(x + s * 0.02, y - s * 0.02)
    ctx.lineTo(x - s * 0.02, y + s * 0.02)
    ctx.stroke()
  }
  ctx.restore()
}

/** A compass rose. */
function rose({ ctx, s }: Stage, x: number, y: number, r: number): void {
  for (let point = 0; point < 8; point++) {
    const angle = (point * Math.PI) / 4
    const reach = point % 2 ? r * 0.6 : r
    for (const edge of [-1, 1]) {
      ctx.fillStyle = alpha(edge > 0 ? INK : '#c8a468', 0.75)
      ctx.beginPath()
      ctx.moveTo(x, y)
      ctx.lineTo(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach)
      ctx.lineTo(x + Math.cos(angle + edge * 0.39) * r * 0.26, y + Math.sin(angle + edge * 0.39) * r * 0.26)
      ctx.fill()
    }
  }
  ctx.strokeStyle = alpha(INK, 0.6)
  ctx.lineWidth = s * 0.003
  ctx.beginPath()
  ctx.arc(x, y, r * 0.72, 0, 7)
  ctx.stroke()
}
