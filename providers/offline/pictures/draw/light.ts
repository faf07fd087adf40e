// Soft things: glows, mist, blurred layers, vignettes.
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import type { Stage } from '../stage.ts'
import { alpha } from './colour.ts'

/** A round glow that fades to nothing at radius `r`. */
export function glow(ctx: SKRSContext2D, x: number, y: number, r: number, colour: string, strength = 1): void {
  const fade = ctx.createRadialGradient(x, y, 0, x, y, r)
  fade.addColorStop(0, alpha(colour, strength))
  fade.addColorStop(0.35, alpha(colour, strength * 0.38))
  fade.addColorStop(1, alpha(colour, 0))
  ctx.fillStyle = fade
  ctx.fillRect(x - r, y - r, 2 * r, 2 * r)
}

/** Adds light without ever darkening. */
export function shine(ctx: SKRSContext2D, draw: () => void): void {
  ctx.save()
  ctx.globalCompositeOperation = 'screen'
  draw()
  ctx.restore()
}

/** A band of haze around the height `y`, `reach` pixels up and down. */
export function mist({ ctx, w }: Stage, y: number, reach: number, colour: string, strength: number): void {
  const band = ctx.createLinearGradient(0, y - reach, 0, y + reach)
  band.addColorStop(0, alpha(colour, 0))
  band.addColorStop(0.5, alpha(colour, strength))
  band.addColorStop(1, alpha(colour, 0))
  ctx.fillStyle = band
  ctx.fillRect(0, y - reach, w, 2 * reach)
}

/** Light pouring down from (x, y), `length` long and `spread` wide at its end. */
export function beam(ctx: SKRSContext2D, { x, y, length, spread, lean = 0, colour, strength }: Beam): void {
  shine(ctx, () => {
    const fade = ctx.createLinearGradient(x, y, x + lean, y + length)
    fade.addColorStop(0, alpha(colour, strength))
    fade.addColorStop(1, alpha(colour, 0))
    ctx.fillStyle = fade
    ctx.beginPath()
    ctx.moveTo(x - spread * 0.07, y)
    ctx.lineTo(x + lean - spread / 2, y + length)
    ctx.lineTo(x + lean + spread / 2, y + length)
    ctx.lineTo(x + spread * 0.07, y)
    ctx.fill()
  })
}
type Beam = {
  x: number
  y: number
  length: number
  spread: number
  lean?: number
  colour: string
  strength: number
}

// A quarter of the pixels each way: a blur hides the difference and costs a sixteenth.
const SOFT_SCALE = 0.25

/** Draws in picture coordinates on a layer that is then blurred and laid over the picture. */
export function softly(
  { ctx, w, h }: Pick<Stage, 'ctx' | 'w' | 'h'>,
  blurPx: number,
  draw: (layer: SKRSContext2D) => void,
  {
    opacity = 1,
    blend = 'source-over' as const,
  }: { opacity?: number; blend?: 'source-over' | 'screen' | 'multiply' } = {},
): void {
  const sharp = createCanvas(Math.ceil(w * SOFT_SCALE), Math.ceil(h * SOFT_SCALE))
  const layer = sharp.getContext('2d')
  layer.scale(SOFT_SCALE, SOFT_SCALE)
  draw(layer)
  const blurred = createCanvas(sharp.width, sharp.height)
  const soft = blurred.getContext('2d')
  soft.filter = `blur(${(blurPx * SOFT_SCALE).toFixed(2)}px)`
  soft.drawImage(sharp, 0, 0)
  ctx.save()
  ctx.globalAlpha = opacity
  ctx.globalCompositeOperation = blend
  ctx.drawImage(blurred, 0, 0, w, h)
  ctx.restore()
}

/** Darkens towards the corners. */
export function vignette({ ctx, w, h, s }: Stage, strength: number, colour = '#080414'): void {
  const fade = ctx.createRadialGradient(w / 2, h * 0.46, s * 0.35, w / 2, h * 0.5, Math.hypot(w, h) * 0.62)
  fade.addColorStop(0, alpha(colour, 0))
  fade.addColorStop(1, alpha(colour, strength))
  ctx.fillStyle = fade
  ctx.fillRect(0, 0, w, h)
}

/** A vertical gradient over the whole width between two heights, first colour on top. */
export function shade({ ctx, w }: Stage, top: number, bottom: number, colours: string[]): void {
  const fade = ctx.createLinearGradient(0, top, 0, bottom)
  for (const [index, colour] of colours.entries()) fade.addColorStop(index / (colours.length - 1), colour)
  ctx.fillStyle = fade
  ctx.fillRect(0, top, w, bottom - top)
}
