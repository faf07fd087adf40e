// Rooms: walls, windows onto the sky, shelves, lamps and table tops.
import { createCanvas } from '@napi-rs/canvas'
import type { Stage } from '../stage.ts'
import { skyline } from './buildings.ts'
import { alpha, mix } from './colour.ts'
import { beam, glow, shade, shine } from './light.ts'
import { curve } from './noise.ts'
import { clouds, disc, sky } from './sky.ts'

export function wall(stage: Stage, colour: string, { panels = true, bottom = stage.h } = {}): void {
  const { ctx, w, s, palette } = stage
  shade(stage, 0, stage.h, [mix(colour, '#000000', 0.35), colour, mix(colour, palette.near, 0.5)])
  if (!panels) return
  ctx.fillStyle = alpha(palette.light, 0.05)
  for (let x = s * 0.035; x < w; x += s * 0.07) ctx.fillRect(x, 0, s * 0.003, bottom)
}

type Opening = { x: number; y: number; width: number; height: number; arched?: boolean; view?: 'town' | 'sky' }

/** A window with the sky outside, glowing into the room. */
export function windowOn(stage: Stage, { x, y, width, height, arched = true, view = 'town' }: Opening): void {
  const { ctx, s, palette } = stage
  const rise = arched ? width * 0.38 : 0
  const outline = () => {
    ctx.beginPath()
    ctx.moveTo(x, y + height)
    ctx.lineTo(x, y + rise)
    if (arched) ctx.bezierCurveTo(x, y - width * 0.05, x + width, y - width * 0.05, x + width, y + rise)
    else ctx.lineTo(x + width, y)
    ctx.lineTo(x + width, y + height)
    ctx.closePath()
  }
  shine(ctx, () => glow(ctx, x + width / 2, y + height / 2, Math.max(width, height) * 0.95, palette.light, 0.4))
  ctx.save()
  outline()
  ctx.clip()
  outside(stage, { x, y, width, height }, view)
  ctx.restore()
  ctx.strokeStyle = mix(palette.near, palette.accent, 0.28)
  ctx.lineWidth = s * 0.018
  outline()
  ctx.stroke()
  ctx.lineWidth = s * 0.009
  ctx.beginPath()
  ctx.moveTo(x + width / 2, y + rise * 0.2)
  ctx.lineTo(x + width / 2, y + height)
  ctx.moveTo(x, y + height * 0.5)
  ctx.lineTo(x + width, y + height * 0.5)
  ctx.stroke()
}

function outside(stage: Stage, { x, y, width, height }: Omit<Opening, 'view'>, view: 'town' | 'sky'): void {
  const canvas = createCanvas(Math.ceil(width), Math.ceil(height))
  const { s, palette, side } = stage
  const pane: Stage = {
    ...stage,
    canvas,
    ctx: canvas.getContext('2d'),
    w: width,
    h: height,
    s: s * 0.8,
    horizon: height,
    sun: { x: width * (0.5 + side * 0.16), y: height * 0.45, r: s * 0.11 },
  }
  sky(pane, height)
  disc(pane)
  clouds(pane, 0, height * 0.6, 6)
  if (view === 'town') {
    skyline(pane, {
      y: height * 1.02,
      maxHeight: s * 0.2,
      colour: mix(palette.far, palette.near, 0.3),
      gables: true,
      lit: 0.25,
    })
    skyline(pane, {
      y: height * 1.06,
      maxHeight: s * 0.13,
      colour: mix(palette.far, palette.near, 0.6),
      gables: true,
      lit: 0.3,
    })
  }
  stage.ctx.drawImage(canvas, x, y)
}

/** A board on the wall with books and jars on it. */
export function shelf({ ctx, s, random, palette }: Stage, x: number, y: number, width: number, jars = 0.35): void {
  ctx.fillStyle = mix(palette.accent, palette.near, 0.62)
  ctx.fillRect(x, y, width, s * 0.012)
  ctx.fillStyle = alpha(palette.light, 0.3)
  ctx.fillRect(x, y, width, s * 0.002)
  const dyes = [palette.accent, palette.far, palette.light, palette.sky[1], '#8a3d32', '#3f6f6a']
  for (let bx = x + s * 0.008; bx < x + width - s * 0.04;) {
    const thick = s * (0.012 + random() * 0.02)
    const tall = s * (0.04 + random() * 0.055)
    ctx.fillStyle = mix(dyes[Math.floor(random() * dyes.length)]!, palette.near, 0.34 + random() * 0.25)
    if (random() >= jars) {
      ctx.fillRect(bx, y - tall, thick, tall)
      ctx.fillStyle = alpha(palette.light, 0.25)
      ctx.fillRect(bx + thick * 0.2, y - tall * 0.85, thick * 0.6, tall * 0.06)
    } else {
      ctx.beginPath()
      ctx.roundRect(bx, y - tall * 0.7, thick * 1.4, tall * 0.7, thick * 0.3)
      ctx.fill()
      ctx.fillRect(bx + thick * 0.45, y - tall * 0.95, thick * 0.5, tall * 0.3)
      bx += thick * 0.4
    }
    bx += thick * 1.15 + (random() < 0.12 ? s * 0.03 : 0)
  }
}

/** A pendant lamp on its cord, with its cone of light. */
export function lamp({ ctx, s, palette }: Stage, x: number, y: number): void {
  const size = s * 0.6
  ctx.fillStyle = mix(palette.near, '#000000', 0.3)
  ctx.fillRect(x - s * 0.002, 0, s * 0.004, y)
  beam(ctx, { x, y: y + size * 0.03, length: size * 0.85, spread: size * 0.75, colour: palette.light, strength: 0.42 })
  shine(ctx, () => glow(ctx, x, y + size * 0.03, size * 0.18, palette.light, 0.9))
  ctx.fillStyle = mix(palette.near, palette.accent, 0.25)
  ctx.beginPath()
  ctx.moveTo(x - size * 0.055, y + size * 0.03)
  ctx.quadraticCurveTo(x - size * 0.045, y - size * 0.03, x, y - size * 0.035)
  ctx.quadraticCurveTo(x + size * 0.045, y - size * 0.03, x + size * 0.055, y + size * 0.03)
  ctx.fill()
  ctx.fillStyle = '#fff6dc'
  ctx.beginPath()
  ctx.arc(x, y + size * 0.03, size * 0.014, 0, 7)
  ctx.fill()
}

/** A wooden table top (or floor boards) from `top` down, with its grain. */
export function boards(stage: Stage, top: number, colour?: string): void {
  const { ctx, w, h, s, random, palette } = stage
  const wood = colour ?? mix(palette.accent, palette.near, 0.55)
  shade(stage, top, h, [mix(wood, palette.light, 0.28), wood, mix(wood, '#000000', 0.28), mix(wood, '#000000', 0.55)])
  ctx.save()
  ctx.globalAlpha = 0.16
  ctx.strokeStyle = '#1a0c08'
  for (let line = 1; line < 26; line++) {
    const y = top + (h - top) * (line / 26) ** 1.6
    const noise = curve(random)
    ctx.lineWidth = s * (0.001 + 0.003 * random())
    ctx.beginPath()
    for (let x = 0; x <= w + 14; x += 14) ctx.lineTo(x, y + noise(x * 0.004) * s * 0.008)
    ctx.stroke()
  }
  ctx.restore()
  ctx.fillStyle = alpha(palette.light, 0.35)
  ctx.fillRect(0, top, w, s * 0.004)
}

/** Floor tiles in one-point perspective from `top` down. */
export function tiles(stage: Stage, top: number, light: string, dark: string): void {
  const { ctx, w, h, s } = stage
  shade(stage, top, h, [light, mix(light, dark, 0.6), dark])
  ctx.strokeStyle = alpha(mix(dark, '#000000', 0.3), 0.35)
  ctx.lineWidth = s * 0.002
  ctx.beginPath()
  for (let line = -14; line <= 14; line++) {
    ctx.moveTo(w / 2 + line * w * 0.06, top)
    ctx.lineTo(w / 2 + line * w * 0.3, h)
  }
  for (let row = 1; row < 9; row++) {
    const y = top + (h - top) * (row / 9) ** 1.8
    ctx.moveTo(0, y)
    ctx.lineTo(w, y)
  }
  ctx.stroke()
}
