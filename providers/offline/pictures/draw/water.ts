// Water: open sea with a path of light, ripples, and wet ground that mirrors what stands above it.
import { createCanvas } from '@napi-rs/canvas'
import type { Stage } from '../stage.ts'
import { alpha, mix } from './colour.ts'
import { shade } from './light.ts'
import { curve, fractal } from './noise.ts'
import { below } from './terrain.ts'

/** Open water from `top` to the bottom of the picture, glittering under the sun. */
export function sea(stage: Stage, top: number): void {
  const { ctx, w, h, s, random, palette, sun } = stage
  const surface = [
    mix(palette.sky[3], palette.far, 0.45),
    mix(palette.far, palette.sky[1], 0.55),
    mix(palette.near, palette.sky[0], 0.3),
    mix(palette.near, palette.sky[0], 0.45),
  ]
  shade(stage, top, h, surface)
  for (let glint = 0; glint < 420; glint++) {
    const t = random() ** 1.8
    const width = s * (0.01 + 0.1 * t) * (0.4 + random())
    const spread = s * (0.04 + 0.28 * t)
    const x = random() < 0.6 ? sun.x + (random() + random() + random() - 1.5) * spread : random() * w
    const lit = Math.max(0, 1 - Math.abs(x - sun.x) / (spread * 1.6))
    ctx.fillStyle =
      lit > 0.05
        ? alpha(palette.sun, 0.08 + 0.5 * lit * random())
        : alpha(random() < 0.5 ? palette.sky[3] : palette.near, 0.05 + 0.1 * random())
    ctx.beginPath()
    ctx.ellipse(x, top + t * (h - top), width, Math.max(0.8, s * (0.0012 + 0.0035 * t)), 0, 0, 7)
    ctx.fill()
  }
  swells(stage, top)
}

function swells(stage: Stage, top: number): void {
  const { ctx, w, h, s, random, palette } = stage
  for (let swell = 1; swell <= 4; swell++) {
    const t = swell / 4
    const noise = curve(random)
    const y = top + (h - top) * (0.3 + 0.62 * t * t)
    const offset = random() * 50
    const crest = (x: number) =>
      y + fractal(noise, (x * 4) / w + offset, 3) * s * 0.012 * (1 + t) + Math.sin((x / w) * 9 + offset) * s * 0.006
    below(stage, crest)
    ctx.fillStyle = alpha(mix(palette.near, palette.sky[1], 0.35), 0.2)
    ctx.fill()
    ctx.strokeStyle = alpha(palette.sky[3], 0.2)
    ctx.lineWidth = s * 0.0025
    ctx.beginPath()
    for (let x = 0; x <= w; x += 4) ctx.lineTo(x, crest(x))
    ctx.stroke()
  }
}

/** Small waves around a waterline, drawn over a hull. */
export function ripples({ ctx, s, random, palette }: Stage, x: number, y: number, width: number): void {
  for (let ripple = 0; ripple < 40; ripple++) {
    ctx.fillStyle = alpha(ripple % 2 ? palette.sky[3] : mix(palette.near, palette.sky[1], 0.4), 0.22)
    ctx.beginPath()
    ctx.ellipse(
      x + (random() - 0.5) * width * 1.5,
      y + (random() - 0.3) * s * 0.03,
      s * (0.02 + 0.05 * random()),
      s * 0.0025,
      0,
      0,
      7,
    )
    ctx.fill()
  }
}

/** Mirrors everything above `top` into what lies below it, rippled and blurred. */
export function mirror({ ctx, canvas, w, h, s, random }: Stage, top: number, opacity: number): void {
  // Half size each way: the blur hides it.
  const [halfW, halfH] = [Math.ceil(w / 2), Math.ceil((h - top) / 2)]
  const copy = createCanvas(halfW, halfH)
  const flipped = copy.getContext('2d')
  flipped.scale(1, -1)
  flipped.filter = `blur(${(s * 0.003).toFixed(2)}px)`
  flipped.drawImage(canvas, 0, top - (h - top), w, h - top, 0, -halfH, halfW, halfH)
  ctx.save()
  ctx.globalAlpha = opacity
  const STEP = 4
  for (let y = 0; y < h - top; y += STEP) {
    const sway = Math.sin(y * 0.06 + y * y * 0.0004) * s * 0.006 * (y / (h - top) + 0.15) + (random() - 0.5) * 1.5
    ctx.drawImage(copy, 0, y / 2, halfW, STEP / 2, sway, top + y, w, STEP)
  }
  ctx.restore()
}
