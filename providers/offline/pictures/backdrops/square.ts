// The square of an old town on market day: gabled houses, a spire, stalls under striped awnings.
import { skyline } from '../draw/buildings.ts'
import { alpha, mix } from '../draw/colour.ts'
import { glow, mist, shade, shine } from '../draw/light.ts'
import { clouds, disc, sky } from '../draw/sky.ts'
import type { Stage } from '../stage.ts'
import type { Backdrop } from './backdrop.ts'

export const town: Backdrop = {
  times: ['golden', 'day', 'dusk', 'dawn', 'night'],
  setting: 'ground',
  stock: ['fountain', 'basket', 'bread'],
  draw(stage) {
    const { s, horizon, palette, side, avoid, dark } = stage
    sky(stage)
    disc(stage)
    clouds(stage, horizon * 0.2, horizon * 0.85, 7)
    const top = horizon + s * 0.13
    if (!avoid.has('buildings')) {
      const far = mix(palette.far, palette.sky[2], 0.3)
      spire(stage, 0.5 - side * 0.2, horizon + s * 0.06, s * 0.42, mix(far, palette.far, 0.4))
      skyline(stage, { y: horizon + s * 0.06, maxHeight: s * 0.2, colour: far, lit: dark ? 0.3 : 0.1, gables: true })
      mist(stage, horizon + s * 0.05, s * 0.09, palette.sky[3], 0.4)
      for (const edge of [-1, 1] as const) for (const row of [2, 1, 0]) facade(stage, edge, row, top)
    }
    cobbles(stage, top)
    for (const edge of [-1, 1] as const) stall(stage, edge, top + s * 0.07)
    bunting(stage, horizon - s * 0.36)
  },
}

function spire({ ctx, w, s, palette }: Stage, at: number, foot: number, height: number, colour: string): void {
  const [x, width] = [w * at, s * 0.075]
  ctx.fillStyle = colour
  ctx.fillRect(x - width / 2, foot - height * 0.62, width, height * 0.7)
  ctx.beginPath()
  ctx.moveTo(x - width * 0.62, foot - height * 0.62)
  ctx.lineTo(x, foot - height)
  ctx.lineTo(x + width * 0.62, foot - height * 0.62)
  ctx.fill()
  ctx.fillStyle = alpha(palette.light, 0.8)
  ctx.beginPath()
  ctx.arc(x, foot - height * 0.52, width * 0.2, 0, 7)
  ctx.fill()
}

/** Houses along both sides, each nearer the viewer one larger; row 0 is the nearest. */
function facade(stage: Stage, edge: -1 | 1, row: number, top: number): void {
  const { ctx, w, s, palette, random, dark } = stage
  const width = s * (0.23 - 0.045 * row)
  const height = s * (0.66 - 0.15 * row) * (0.92 + random() * 0.16)
  const inner = w * 0.5 + edge * (w * 0.5 - s * (0.13 + 0.12 * row))
  const x = edge < 0 ? inner - width : inner
  const foot = top + s * (0.05 - 0.02 * row)
  const plaster = PLASTER[Math.floor(random() * PLASTER.length)]!
  const paint = mix(mix(plaster, palette.far, 0.3 + 0.12 * row), palette.near, dark ? 0.6 : 0.22)
  const eaves = foot - height * 0.78
  ctx.fillStyle = paint
  ctx.fillRect(x, eaves, width, foot - eaves)
  ctx.beginPath()
  ctx.moveTo(x - width * 0.05, eaves + 1)
  ctx.lineTo(x + width / 2, foot - height)
  ctx.lineTo(x + width * 1.05, eaves + 1)
  ctx.fill()
  // Roof tiles along the gable, and beams: enough to say 'timbered house'.
  ctx.strokeStyle = mix(mix('#7a3b28', palette.near, dark ? 0.6 : 0.3), palette.far, 0.14 * row)
  ctx.lineWidth = s * 0.018
  ctx.lineJoin = 'round'
  ctx.beginPath()
  ctx.moveTo(x - width * 0.09, eaves + s * 0.012)
  ctx.lineTo(x + width / 2, foot - height)
  ctx.lineTo(x + width * 1.09, eaves + s * 0.012)
  ctx.stroke()
  const beam = mix(paint, '#2c1a14', 0.45)
  ctx.fillStyle = beam
  for (let storey = 0; storey < 3; storey++) ctx.fillRect(x, eaves + (foot - eaves) * 0.32 * storey, width, s * 0.008)
  for (const post of [0, 0.48, 0.96]) ctx.fillRect(x + width * post, eaves, s * 0.008, foot - eaves)
  panes(stage, { x, width, top: eaves, bottom: foot, beam })
}

const PLASTER = ['#e9cf9f', '#d99a6c', '#c97f62', '#b9c4a0', '#e6dcc4', '#a9b7c4']

type Wall = { x: number; width: number; top: number; bottom: number; beam: string }

function panes({ ctx, s, palette, random, dark }: Stage, { x, width, top, bottom, beam }: Wall): void {
  const storey = (bottom - top) * 0.32
  const unlit = mix(palette.far, palette.near, 0.5)
  for (let floor = 0; floor < 3; floor++)
    for (const share of [0.14, 0.62]) {
      const lit = random() < (dark ? 0.75 : 0.35)
      const [left, high] = [x + width * share, top + storey * (floor + 0.26)]
      ctx.fillStyle = beam
      ctx.fillRect(left - s * 0.004, high - s * 0.004, width * 0.24 + s * 0.008, storey * 0.5 + s * 0.008)
      ctx.fillStyle = lit ? alpha(palette.light, 0.92) : unlit
      ctx.fillRect(left, high, width * 0.24, storey * 0.5)
      ctx.fillStyle = beam
      ctx.fillRect(left + width * 0.11, high, s * 0.004, storey * 0.5)
      if (lit && dark)
        shine(ctx, () => glow(ctx, left + width * 0.12, high + storey * 0.25, s * 0.09, palette.light, 0.3))
    }
}

/** Paving in courses that widen towards the viewer. */
function cobbles(stage: Stage, top: number): void {
  const { ctx, w, h, s, palette, random, dark } = stage
  const stone = mix(mix('#9a8a78', palette.far, 0.35), palette.near, dark ? 0.55 : 0.25)
  shade(stage, top, h, [mix(stone, palette.light, 0.25), stone, mix(stone, palette.near, 0.75)])
  for (let course = 0; course < 22; course++) {
    const [from, to] = [course, course + 1].map((line) => top + (h - top) * (line / 22) ** 1.7) as [number, number]
    const width = s * (0.02 + 0.1 * (course / 22))
    for (let x = -random() * width; x < w; x += width * (0.9 + random() * 0.3)) {
      ctx.fillStyle = alpha(random() < 0.5 ? palette.near : palette.light, 0.05 + random() * 0.08)
      ctx.beginPath()
      ctx.roundRect(x, from, width * 0.9, (to - from) * 0.88, (to - from) * 0.35)
      ctx.fill()
    }
  }
}

/** A stall at the edge of the square, its goods in crates. */
function stall({ ctx, w, s, palette, random, dark }: Stage, edge: -1 | 1, foot: number): void {
  const width = s * 0.3
  const x =
    edge < 0 ? w * 0.5 - Math.max(s * 0.36, w * 0.38) - width / 2 : w * 0.5 + Math.max(s * 0.36, w * 0.38) - width / 2
  const roof = foot - s * 0.2
  const shadow = (colour: string) => mix(mix(colour, palette.far, 0.2), palette.near, dark ? 0.5 : 0.15)
  ctx.fillStyle = shadow('#4a2d1d')
  for (const post of [0.06, 0.92]) ctx.fillRect(x + width * post, roof, s * 0.01, foot - roof)
  ctx.fillRect(x, foot - s * 0.075, width, s * 0.075)
  const fruits = ['#d8432f', '#e9a23b', '#7fa83c', '#e9d27a', '#8e4a86']
  for (let crate = 0; crate < 3; crate++)
    for (let piece = 0; piece < 9; piece++) {
      ctx.fillStyle = shadow(fruits[(crate * 2 + (edge > 0 ? 1 : 0)) % fruits.length]!)
      ctx.beginPath()
      ctx.arc(
        x + width * (0.07 + 0.33 * crate) + (piece % 5) * s * 0.017,
        foot - s * (0.08 + 0.013 * Math.floor(piece / 5) + random() * 0.003),
        s * 0.012,
        0,
        7,
      )
      ctx.fill()
    }
  const cloth = edge < 0 ? '#c23b35' : '#2f7d8c'
  const stripes = 8
  for (let stripe = 0; stripe < stripes; stripe++) {
    ctx.fillStyle = shadow(stripe % 2 ? '#f4ead6' : cloth)
    const [left, right] = [x + (width * stripe) / stripes, x + (width * (stripe + 1)) / stripes]
    ctx.beginPath()
    ctx.moveTo(left + (x + width / 2 - left) * 0.18, roof - s * 0.055)
    ctx.lineTo(right + (x + width / 2 - right) * 0.18, roof - s * 0.055)
    ctx.lineTo(right, roof + s * 0.02)
    ctx.arc((left + right) / 2, roof + s * 0.02, (right - left) / 2, 0, Math.PI)
    ctx.fill()
  }
}

/** Little flags across the square. */
function bunting({ ctx, w, s, palette, dark }: Stage, y: number): void {
  const hues = ['#c23b35', '#f4ead6', '#2f7d8c', '#e9b44c']
  for (const [from, to, sag] of [
    [-0.02, 0.56, 0.1],
    [0.46, 1.02, 0.13],
  ] as const) {
    const at = (t: number): [number, number] => [w * (from + (to - from) * t), y + Math.sin(t * Math.PI) * s * sag]
    ctx.strokeStyle = alpha(palette.near, 0.5)
    ctx.lineWidth = s * 0.0025
    ctx.beginPath()
    for (let t = 0; t <= 1.001; t += 0.05) ctx.lineTo(...at(t))
    ctx.stroke()
    for (let flag = 1; flag < 12; flag++) {
      const [x, top] = at(flag / 12)
      ctx.fillStyle = alpha(mix(hues[flag % hues.length]!, palette.near, dark ? 0.5 : 0.18), 0.92)
      ctx.beginPath()
      ctx.moveTo(x - s * 0.013, top)
      ctx.lineTo(x + s * 0.013, top)
      ctx.lineTo(x, top + s * 0.034)
      ctx.fill()
    }
  }
}
