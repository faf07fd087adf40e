// The ground: ridges fading into the air, slopes, trees and grass.
import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Stage } from '../stage.ts'
import { alpha, mix } from './colour.ts'
import { mist } from './light.ts'
import { curve, fractal } from './noise.ts'

/** The height of an outline at `x`, both in pixels. */
export type Outline = (x: number) => number

/** The path of everything below an outline. */
export function below({ ctx, w, h }: Pick<Stage, 'ctx' | 'w' | 'h'>, outline: Outline): void {
  ctx.beginPath()
  ctx.moveTo(-10, h + 10)
  for (let x = -10; x <= w + 10; x += 4) ctx.lineTo(x, outline(x))
  ctx.lineTo(w + 10, h + 10)
  ctx.closePath()
}

type Ridges = {
  /** Heights of the farthest and the nearest ridge. */
  top: number
  bottom: number
  count: number
  rough?: number
  /** How much higher the two farthest ridges tower; 0 = no peaks. */
  peak?: number
  colours?: readonly [far: string, near: string]
  trees?: TreeKind
  density?: number
}
export type TreeKind = 'pine' | 'broadleaf'

/** Ridge behind ridge, darker as they come nearer, with haze between. */
export function ridges(
  stage: Stage,
  { top, bottom, count, rough = 1, peak = 0, colours, trees, density = 0.8 }: Ridges,
): void {
  const { ctx, w, s, random, palette, side } = stage
  const [far, near] = colours ?? [palette.far, palette.near]
  for (let index = 0; index < count; index++) {
    const t = count === 1 ? 1 : index / (count - 1)
    const peaked = peak > 0 && index < 2
    const base = top + (bottom - top) * t ** 1.15
    const reach = s * (0.055 + 0.055 * t) * rough * (peaked ? peak : 1)
    const frequency = ((1.6 + t * 1.2) / w) * (peaked ? 1.6 : 1) * Math.max(1, w / s / 1.2)
    const noise = curve(random)
    const offset = random() * 90
    const outline = (x: number) => {
      const value = fractal(noise, x * frequency + offset, peaked ? 6 : 4, peaked ? 0.52 : 0.42)
      return base - (peaked ? 1 - 2.8 * Math.abs(value) : value) * reach
    }
    const colour = mix(far, near, Math.min(1, t * 0.92 + 0.02))
    const fill = ctx.createLinearGradient(0, base - reach, 0, base + s * 0.22)
    fill.addColorStop(0, colour)
    fill.addColorStop(1, mix(colour, palette.sky[3], 0.34 * (1 - t) + 0.04))
    below(stage, outline)
    ctx.fillStyle = fill
    ctx.fill()
    if (peaked) shadedFlanks(stage, outline, { base, reach, colour, lean: -side, fade: 1 - t })
    if (trees && index >= count - 3) woods(stage, outline, { t, colour, kind: trees, density, noise, frequency })
    if (index < count - 1) mist(stage, base + s * 0.05, s * 0.06, palette.sky[3], 0.16 * (1 - t))
  }
}

function shadedFlanks(
  stage: Stage,
  outline: Outline,
  { base, reach, colour, lean, fade }: { base: number; reach: number; colour: string; lean: number; fade: number },
): void {
  const { ctx, w, h, s, palette, random } = stage
  const noise = curve(random)
  ctx.save()
  ctx.clip()
  ctx.fillStyle = alpha(mix(colour, palette.near, 0.22), 0.42)
  for (let step = 0; step < 2; step++) {
    const shift = -lean * reach * 0.1 * (step + 1)
    const drop = reach * (0.05 + 0.16 * step)
    below({ ctx, w, h: h * 2 }, (x) => outline(x + shift) + drop + noise(x * 0.05 + step * 9) * reach * 0.05)
    ctx.fill()
  }
  const haze = ctx.createLinearGradient(0, base, 0, base + s * 0.2)
  haze.addColorStop(0, alpha(palette.sky[3], 0))
  haze.addColorStop(1, alpha(palette.sky[3], 0.35 * fade))
  ctx.fillStyle = haze
  ctx.fillRect(0, base - reach, w, reach + s * 0.3)
  ctx.restore()
}

type Woods = {
  t: number
  colour: string
  kind: TreeKind
  density: number
  noise: (x: number) => number
  frequency: number
}

function woods(stage: Stage, outline: Outline, { t, colour, kind, density, noise, frequency }: Woods): void {
  const { ctx, w, s, random, palette, avoid } = stage
  if (avoid.has('trees')) return
  const size = s * (0.018 + 0.045 * t * t)
  for (let x = -10; x < w + 10; x += (size * (0.45 + random() * 1.3)) / density) {
    if (fractal(noise, x * frequency * 2 + 33, 3) < -0.12) continue
    const height = size * (0.6 + random() * 0.8)
    const leaves = mix(colour, palette.near, 0.35 + random() * 0.15)
    if (kind === 'pine') pine(ctx, x, outline(x) + height * 0.06, height * 1.5, leaves)
    else broadleaf(ctx, x, outline(x) + height * 0.06, height * 1.1, leaves, palette.light)
  }
}

export function pine(ctx: SKRSContext2D, x: number, y: number, height: number, colour: string): void {
  ctx.fillStyle = colour
  for (let tier = 0; tier < 4; tier++) {
    const t = tier / 4
    const half = height * (0.12 + 0.2 * t)
    const tip = y - height + height * t * 0.85
    ctx.beginPath()
    ctx.moveTo(x, tip)
    ctx.lineTo(x + half, tip + height * 0.36)
    ctx.quadraticCurveTo(x, tip + height * 0.29, x - half, tip + height * 0.36)
    ctx.closePath()
    ctx.fill()
  }
  ctx.fillRect(x - height * 0.02, y - height * 0.1, height * 0.04, height * 0.14)
}

const CROWN = [
  [0, -0.72, 0.27],
  [-0.2, -0.56, 0.22],
  [0.2, -0.56, 0.22],
  [0, -0.5, 0.26],
] as const
const CROWN_LIGHT = [
  [-0.06, -0.8, 0.15],
  [-0.24, -0.62, 0.1],
] as const

function broadleaf(ctx: SKRSContext2D, x: number, y: number, height: number, colour: string, light: string): void {
  ctx.fillStyle = mix(colour, '#000000', 0.35)
  ctx.fillRect(x - height * 0.03, y - height * 0.45, height * 0.06, height * 0.47)
  const blobs = (shapes: readonly (readonly [number, number, number])[]) => {
    for (const [dx, dy, r] of shapes) {
      ctx.beginPath()
      ctx.arc(x + dx * height, y + dy * height, r * height, 0, 7)
      ctx.fill()
    }
  }
  ctx.fillStyle = colour
  blobs(CROWN)
  ctx.fillStyle = alpha(light, 0.28)
  blobs(CROWN_LIGHT)
}

export function palm({ ctx, random, avoid }: Stage, x: number, y: number, height: number, colour: string): void {
  if (avoid.has('trees')) return
  const topX = x + (random() - 0.5) * height * 0.35
  const topY = y - height
  ctx.strokeStyle = colour
  ctx.lineCap = 'round'
  ctx.lineWidth = height * 0.05
  ctx.beginPath()
  ctx.moveTo(x, y)
  ctx.quadraticCurveTo(x, y - height * 0.6, topX, topY)
  ctx.stroke()
  ctx.fillStyle = colour
  for (let leaf = 0; leaf < 9; leaf++) {
    const angle = -Math.PI * (leaf / 8) + (random() - 0.5) * 0.2
    const length = height * (0.38 + random() * 0.1)
    const [cos, sin] = [Math.cos(angle) * length, Math.sin(angle) * length]
    ctx.beginPath()
    ctx.moveTo(topX, topY)
    ctx.quadraticCurveTo(
      topX + cos * 0.55,
      topY + sin * 0.75 - height * 0.03,
      topX + cos,
      topY + sin * 0.55 + length * 0.34,
    )
    ctx.quadraticCurveTo(topX + cos * 0.45, topY + sin * 0.45 + height * 0.02, topX, topY)
    ctx.fill()
  }
}

/** A gentle slope at height `base`, filled from lit to dark. Gives its outline. */
export function slope(stage: Stage, base: number, colour: string, { swell = 0.03, lit = 0.36 } = {}): Outline {
  const { ctx, w, h, s, random, palette, dark } = stage
  const noise = curve(random)
  const offset = random() * 40
  const outline = (x: number) =>
    base - Math.sin((x / w) * 2.6 + offset) * s * swell - fractal(noise, (x * 1.2) / w, 2) * s * swell
  const fill = ctx.createLinearGradient(0, base - s * 0.06, 0, h)
  fill.addColorStop(0, mix(colour, palette.light, dark ? lit * 0.3 : lit))
  fill.addColorStop(0.4, mix(colour, palette.light, dark ? 0.03 : lit * 0.3))
  fill.addColorStop(1, mix(colour, '#000000', 0.45))
  below(stage, outline)
  ctx.fillStyle = fill
  ctx.fill()
  return outline
}

/** Blades of grass below an outline, with flowers among them by day. */
export function grass(stage: Stage, outline: Outline, base: number, colour: string, flowers = true): void {
  const { ctx, w, h, s, random, palette, dark, avoid } = stage
  const petals = [palette.accent, '#ffffff', '#ff8fa3']
  ctx.lineCap = 'round'
  for (let blade = 0; blade < 900; blade++) {
    const x = random() * w
    const t = random() ** 0.8
    const y = outline(x) + t * (h - base)
    const height = s * (0.006 + 0.022 * t)
    ctx.strokeStyle = alpha(random() < 0.5 ? mix(colour, palette.light, 0.35) : mix(colour, '#000000', 0.3), 0.35)
    ctx.lineWidth = s * (0.0016 + 0.0016 * t)
    ctx.beginPath()
    ctx.moveTo(x, y)
    ctx.quadraticCurveTo(x, y - height * 0.6, x + (random() - 0.5) * height * 0.8, y - height)
    ctx.stroke()
    if (flowers && !dark && !avoid.has('flowers') && random() < 0.06) {
      ctx.fillStyle = petals[Math.floor(random() * 3)]!
      ctx.beginPath()
      ctx.arc(x, y - height, s * (0.003 + 0.003 * t), 0, 7)
      ctx.fill()
    }
  }
}
