// Passes over every pixel. Several run between one read and one write of the canvas, which costs about 20 ms each
// way at 1216×2160.
import type { Palette } from '../light/palette.ts'
import { channels } from '../draw/colour.ts'
import type { Stage } from '../stage.ts'
import type { Treatment } from './look.ts'

/** Red, green, blue, opacity; four bytes a pixel. */
export type Pixels = {
  data: Uint8ClampedArray
  w: number
  h: number
  s: number
  palette: Palette
  random: () => number
}
export type Pass = (pixels: Pixels) => void

export function onPixels(...passes: Pass[]): Treatment {
  return ({ ctx, w, h, s, palette, random }: Stage) => {
    const image = ctx.getImageData(0, 0, w, h)
    const pixels: Pixels = { data: image.data, w, h, s, palette, random }
    for (const pass of passes) pass(pixels)
    ctx.putImageData(image, 0, 0)
  }
}

/** Brightness 0…255 of every pixel (Rec. 709 weights on display values: fast, and near enough for drawing). */
export function luminance({ data, w, h }: Pixels): Uint8Array {
  const map = new Uint8Array(w * h)
  for (let index = 0, at = 0; index < map.length; index++, at += 4)
    map[index] = (data[at]! * 54 + data[at + 1]! * 183 + data[at + 2]! * 19) >> 8
  return map
}

/** The mean over a square of `2 * radius + 1` pixels, by running sums. */
export function blurred(map: Uint8Array, w: number, h: number, radius: number): Uint8Array {
  const half = new Uint8Array(map.length)
  const out = new Uint8Array(map.length)
  const span = 2 * radius + 1
  for (let y = 0; y < h; y++) {
    const row = y * w
    let sum = map[row]! * radius
    for (let x = 0; x < radius; x++) sum += map[row + Math.min(w - 1, x)]!
    for (let x = 0; x < w; x++) {
      sum += map[row + Math.min(w - 1, x + radius)]!
      half[row + x] = sum / span
      sum -= map[row + Math.max(0, x - radius)]!
    }
  }
  // Row by row with a sum for each column, because memory is read along rows.
  const sums = new Uint32Array(w)
  for (let x = 0; x < w; x++) sums[x] = half[x]! * radius
  for (let y = 0; y < radius; y++) for (let x = 0; x < w; x++) sums[x]! += half[Math.min(h - 1, y) * w + x]!
  for (let y = 0; y < h; y++) {
    const [enter, leave] = [Math.min(h - 1, y + radius) * w, Math.max(0, y - radius) * w]
    for (let x = 0; x < w; x++) {
      sums[x]! += half[enter + x]!
      out[y * w + x] = sums[x]! / span
      sums[x]! -= half[leave + x]!
    }
  }
  return out
}

/** Runs every channel through a curve of 0…1. */
export function curveOf(shape: (value: number) => number): Pass {
  const table = Uint8ClampedArray.from({ length: 256 }, (_, value) => shape(value / 255) * 255)
  return ({ data }) => {
    for (let at = 0; at < data.length; at += 4) {
      data[at] = table[data[at]!]!
      data[at + 1] = table[data[at + 1]!]!
      data[at + 2] = table[data[at + 2]!]!
    }
  }
}

/** An S-shaped contrast; `strength` 0 changes nothing. */
export const contrast = (strength: number): Pass =>
  curveOf((value) => value + strength * (value * value * (3 - 2 * value) - value))

/** Multiplies the distance from grey. */
export function saturation(gain: number): Pass {
  return ({ data }) => {
    for (let at = 0; at < data.length; at += 4) {
      const grey = (data[at]! * 54 + data[at + 1]! * 183 + data[at + 2]! * 19) >> 8
      data[at] = grey + (data[at]! - grey) * gain
      data[at + 1] = grey + (data[at + 1]! - grey) * gain
      data[at + 2] = grey + (data[at + 2]! - grey) * gain
    }
  }
}

/** Colours by brightness alone, from the first (dark) to the last (bright), evenly spaced. */
export function toned(...colours: string[]): Pass {
  const table = ramp(colours)
  return ({ data }) => {
    for (let at = 0; at < data.length; at += 4) {
      const grey = ((data[at]! * 54 + data[at + 1]! * 183 + data[at + 2]! * 19) >> 8) * 3
      data[at] = table[grey]!
      data[at + 1] = table[grey + 1]!
      data[at + 2] = table[grey + 2]!
    }
  }
}

/** Adds one colour to the shadows and another to the lights, as film grading does. */
export function splitTone(shadow: string, light: string, strength: number): Pass {
  const [dark, bright] = [channels(shadow), channels(light)]
  return ({ data }) => {
    for (let at = 0; at < data.length; at += 4) {
      const grey = ((data[at]! * 54 + data[at + 1]! * 183 + data[at + 2]! * 19) >> 8) / 255
      for (let channel = 0; channel < 3; channel++) {
        const tint = (dark[channel]! - 128) * (1 - grey) + (bright[channel]! - 128) * grey
        data[at + channel] = data[at + channel]! + tint * strength
      }
    }
  }
}

function ramp(colours: string[]): Uint8Array {
  const stops = colours.map(channels)
  const table = new Uint8Array(256 * 3)
  for (let value = 0; value < 256; value++) {
    const place = (value / 255) * (stops.length - 1)
    const index = Math.min(stops.length - 2, Math.floor(place))
    for (let channel = 0; channel < 3; channel++)
      table[value * 3 + channel] =
        stops[index]![channel]! + (stops[index + 1]![channel]! - stops[index]![channel]!) * (place - index)
  }
  return table
}
