// Value noise, the raw material of ridges, paper and smoke.
import type { Random } from './random.ts'

/** A smooth curve of chance in -1…1, with a feature about every 1 of `x`. */
export type Curve = (x: number) => number

export function curve(random: Random): Curve {
  const size = 512
  const knots = Float32Array.from({ length: size }, () => random() * 2 - 1)
  return (x) => {
    const left = Math.floor(x)
    const part = x - left
    const eased = part * part * (3 - 2 * part)
    const from = knots[((left % size) + size) % size]!
    const to = knots[(((left + 1) % size) + size) % size]!
    return from + (to - from) * eased
  }
}

/** Adds up `octaves` of a curve, each twice as fine; `gain` is how much of the one before each keeps. */
export function fractal(noise: Curve, x: number, octaves = 5, gain = 0.5): number {
  let sum = 0
  let weight = 1
  let frequency = 1
  let total = 0
  for (let octave = 0; octave < octaves; octave++) {
    sum += weight * noise(x * frequency + octave * 17.3)
    total += weight
    weight *= gain
    frequency *= 2.03
  }
  return sum / total
}

/** A square, seamless field of smooth noise in 0…1, read as `field[y * size + x]`; `size` is a multiple of `cell`. */
export function noiseField(size: number, cell: number, random: Random): Float32Array {
  const cells = size / cell
  const knots = Float32Array.from({ length: cells * cells }, () => random())
  const field = new Float32Array(size * size)
  for (let y = 0; y < size; y++) {
    const row = Math.floor(y / cell)
    const v = ease((y % cell) / cell)
    const below = ((row + 1) % cells) * cells
    for (let x = 0; x < size; x++) {
      const column = Math.floor(x / cell)
      const right = (column + 1) % cells
      const u = ease((x % cell) / cell)
      const top = knots[row * cells + column]! * (1 - u) + knots[row * cells + right]! * u
      const bottom = knots[below + column]! * (1 - u) + knots[below + right]! * u
      field[y * size + x] = top * (1 - v) + bottom * v
    }
  }
  return field
}

/** Like smoke: fields of ever smaller cells added up, still seamless; 0…1 around 0.5. */
export function smoke(size: number, random: Random): Float32Array {
  const layers = [128, 64, 32, 16, 8, 4].map((cell) => noiseField(size, cell, random))
  const weights = [0.3, 0.24, 0.18, 0.13, 0.09, 0.06]
  return Float32Array.from({ length: size * size }, (_, index) =>
    layers.reduce((sum, layer, octave) => sum + layer[index]! * weights[octave]!, 0),
  )
}

const ease = (part: number): number => part * part * (3 - 2 * part)
