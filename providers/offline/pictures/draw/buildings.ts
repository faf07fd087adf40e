// Rows of buildings, as silhouettes with lit windows.
import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Stage } from '../stage.ts'
import { alpha, mix } from './colour.ts'
import { pickFrom } from './random.ts'

export const neonTubes = ['#ff4fa3', '#28e0e6', '#ffd166', '#9b5cff'] as const

type Skyline = {
  /** Where the row stands. */
  y: number
  maxHeight: number
  colour: string
  /** Share of windows that are lit. */
  lit?: number
  scale?: number
  /** Old town with gables instead of towers. */
  gables?: boolean
  neon?: boolean
}

export function skyline(
  stage: Stage,
  { y, maxHeight, colour, lit = 0.32, scale = 1, gables = false, neon = false }: Skyline,
): void {
  const { ctx, w, s, random, palette } = stage
  for (let x = -s * 0.03; x < w;) {
    const width = s * (0.05 + random() * 0.075) * scale
    const height = maxHeight * (0.35 + 0.65 * random() ** 1.3)
    const top = y - height
    const wall = ctx.createLinearGradient(x, 0, x + width, 0)
    wall.addColorStop(0, mix(colour, palette.light, 0.05))
    wall.addColorStop(0.55, colour)
    wall.addColorStop(1, mix(colour, '#000000', 0.2))
    ctx.fillStyle = wall
    ctx.beginPath()
    if (gables) gable(stage, x, top, width, height)
    else tower(stage, x, top, width, height)
    windows(stage, { x, top, bottom: y, width, lit, neon })
    if (neon && random() < 0.4)
      sign(stage, x + width * (random() < 0.5 ? 0.06 : 0.76), top + height * 0.2, width * 0.16, height * 0.3)
    x += width * (1 + random() * 0.12)
  }
}

function tower({ ctx, s, random }: Stage, x: number, top: number, width: number, height: number): void {
  const kind = random()
  ctx.rect(x, top, width, height + s * 0.5)
  if (kind < 0.2) ctx.rect(x + width * 0.2, top - width * 0.35, width * 0.6, width * 0.4)
  if (kind < 0.08) ctx.rect(x + width * 0.48, top - width * 1.1, width * 0.04, width * 0.8)
  ctx.fill()
}

function gable({ ctx, s, random }: Stage, x: number, top: number, width: number, height: number): void {
  ctx.moveTo(x, top + height + s * 0.5)
  ctx.lineTo(x, top)
  if (random() < 0.55) ctx.lineTo(x + width / 2, top - width * 0.45)
  else {
    ctx.lineTo(x + width * 0.18, top - width * 0.28)
    ctx.lineTo(x + width * 0.82, top - width * 0.28)
  }
  ctx.lineTo(x + width, top)
  ctx.lineTo(x + width, top + height + s * 0.5)
  ctx.fill()
  if (random() < 0.5) ctx.fillRect(x + width * 0.68, top - width * 0.42, width * 0.12, width * 0.4)
}

type Wall = { x: number; top: number; bottom: number; width: number; lit: number; neon: boolean }

function windows({ ctx, s, random, palette }: Stage, { x, top, bottom, width, lit, neon }: Wall): void {
  const columns = Math.max(2, Math.round(width / (s * 0.016)))
  const pitch = width / (columns + 0.6)
  for (let y = top + pitch; y < bottom; y += pitch * 1.45)
    for (let column = 0; column < columns; column++) {
      if (random() >= lit) continue
      ctx.fillStyle = alpha(
        neon && random() < 0.25 ? pickFrom(neonTubes, random) : palette.light,
        0.35 + 0.55 * random(),
      )
      ctx.fillRect(x + pitch * (0.45 + column), y, pitch * 0.55, pitch * 0.75)
    }
}

function sign({ ctx, s, random }: Stage, x: number, y: number, width: number, height: number): void {
  const tube = pickFrom(neonTubes, random)
  ctx.save()
  ctx.shadowColor = tube
  ctx.shadowBlur = s * 0.03
  ctx.strokeStyle = tube
  ctx.lineWidth = s * 0.0035
  ctx.strokeRect(x, y, width, height)
  ctx.restore()
  ctx.fillStyle = alpha(tube, 0.35)
  ctx.fillRect(x, y, width, height)
  ctx.fillStyle = alpha('#ffffff', 0.9)
  for (let bar = 0; bar < 4; bar++)
    ctx.fillRect(x + width * 0.3, y + height * (0.1 + 0.22 * bar), width * 0.4, height * 0.1)
}

/** An eastern town: flat roofs, domes and minarets. */
export function domes(stage: Stage, y: number, colour: string): void {
  const { ctx, w, s, random, palette } = stage
  for (let x = -s * 0.05; x < w;) {
    const width = s * (0.045 + random() * 0.07)
    const height = s * (0.05 + random() * 0.09)
    const kind = random()
    ctx.fillStyle = colour
    ctx.fillRect(x, y - height, width, height + s * 0.2)
    if (kind < 0.3) dome(ctx, x, y - height, width)
    else if (kind < 0.48) minaret(ctx, x + width * 0.4, y, width * 0.22, height)
    else if (kind < 0.6)
      for (let tooth = 0; tooth < 3; tooth++)
        ctx.fillRect(x + (width * tooth) / 3, y - height - s * 0.008, width * 0.18, s * 0.009)
    for (let window = 0; window < 6; window++) {
      if (random() >= 0.33) continue
      ctx.fillStyle = alpha(palette.light, 0.75)
      const wx = x + width * (0.16 + 0.28 * (window % 3))
      const wy = y - height * 0.82 + height * 0.36 * Math.floor(window / 3)
      ctx.beginPath()
      ctx.arc(wx + width * 0.05, wy, width * 0.05, Math.PI, 0)
      ctx.fillRect(wx, wy, width * 0.1, height * 0.14)
      ctx.fill()
    }
    x += width * (0.9 + random() * 0.25)
  }
}

function dome(ctx: SKRSContext2D, x: number, y: number, width: number): void {
  ctx.beginPath()
  ctx.moveTo(x, y)
  ctx.bezierCurveTo(
    x - width * 0.06,
    y - width * 0.5,
    x + width * 0.38,
    y - width * 0.55,
    x + width * 0.5,
    y - width * 0.92,
  )
  ctx.bezierCurveTo(x + width * 0.62, y - width * 0.55, x + width * 1.06, y - width * 0.5, x + width, y)
  ctx.fill()
}

function minaret(ctx: SKRSContext2D, x: number, y: number, width: number, height: number): void {
  ctx.fillRect(x, y - height * 2.3, width, height * 1.4)
  ctx.fillRect(x - width * 0.3, y - height * 2, width * 1.6, height * 0.06)
  ctx.beginPath()
  ctx.moveTo(x - width * 0.2, y - height * 2.3)
  ctx.lineTo(x + width / 2, y - height * 2.75)
  ctx.lineTo(x + width * 1.2, y - height * 2.3)
  ctx.fill()
}

/** Rows of lit windows and a door are enough for a small house. */
export function house({ ctx, palette, random }: Stage, x: number, y: number, width: number, colour: string): void {
  const height = width * (0.7 + random() * 0.3)
  ctx.fillStyle = colour
  ctx.fillRect(x, y - height, width, height)
  ctx.fillStyle = mix(colour, palette.accent, 0.35)
  ctx.beginPath()
  ctx.moveTo(x - width * 0.12, y - height)
  ctx.lineTo(x + width / 2, y - height - width * 0.55)
  ctx.lineTo(x + width * 1.12, y - height)
  ctx.fill()
  ctx.fillStyle = alpha(palette.light, 0.85)
  ctx.fillRect(x + width * 0.18, y - height * 0.75, width * 0.2, height * 0.22)
  ctx.fillRect(x + width * 0.62, y - height * 0.75, width * 0.2, height * 0.22)
  ctx.fillStyle = mix(colour, '#000000', 0.4)
  ctx.fillRect(x + width * 0.4, y - height * 0.42, width * 0.2, height * 0.42)
}
