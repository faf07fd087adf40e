// What every drawing function is handed: the canvas, its size, the light and the seeded chance.
import type { Canvas, SKRSContext2D } from '@napi-rs/canvas'
import type { Random } from './draw/random.ts'
import type { Palette } from './light/palette.ts'

export type Stage = {
  canvas: Canvas
  ctx: SKRSContext2D
  /** Width, height and the shorter side in pixels; sizes are written as shares of `s`. */
  w: number
  h: number
  s: number
  random: Random
  palette: Palette
  /** Stars out, windows lit. */
  dark: boolean
  /** Signs and tubes glow. */
  neon: boolean
  /** Where ground and sky meet, in pixels from the top. */
  horizon: number
  /** Where the hero stands: above the captions, which sit at 70–78 % of the height (82 % in wide pictures). */
  floor: number
  /** The sun's or moon's centre and radius in pixels. */
  sun: { x: number; y: number; r: number }
  /** Which half the sun stands in. */
  side: -1 | 1
  /** Higher than wide. */
  tall: boolean
  /** Where the hero stands, in pixels from the left. */
  heroX: number
  clouds: CloudKind
  /** Things the user does not want to see ('birds', 'trees' …), in English. */
  avoid: ReadonlySet<string>
}
export type CloudKind = 'soft' | 'cumulus' | 'lozenges' | 'none'

type Shape = { w: number; h: number; random: Random }

/** The parts of the stage that its shape and seed decide. */
export function lay({ w, h, random }: Shape) {
  const s = Math.min(w, h)
  const tall = h > w * 1.15
  const wide = w > h * 1.15
  const side: -1 | 1 = random() < 0.5 ? -1 : 1
  const horizon = h * ((tall ? 0.47 : 0.54) + random() * 0.05)
  const floor = h * (tall ? 0.665 : wide ? 0.765 : 0.7)
  const r = s * between(tall ? 0.12 : 0.1, tall ? 0.27 : 0.24, random)
  const sun = {
    x: w * (0.5 + side * between(tall ? 0.03 : 0.1, tall ? 0.2 : 0.26, random)),
    y: horizon - r * between(0.45, 1.5, random),
    r,
  }
  return { w, h, s, tall, side, horizon, floor, sun, heroX: w * 0.5 }
}

const between = (low: number, high: number, random: Random): number => low + (high - low) * random()
