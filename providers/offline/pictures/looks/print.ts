// Printing: halftone dots, flat inks, black-and-white with one spot colour.
import { channels } from '../draw/colour.ts'
import { blurred, luminance, type Pass } from './pixels.ts'

/** Reduces brightness to `count` steps and keeps the hue. */
export function posterised(count: number, softness = 0): Pass {
  const table = Float32Array.from({ length: 256 }, (_, value) => {
    const place = (value / 255) * count
    const step = Math.floor(place)
    const part = place - step
    const eased = softness > 0 ? step + Math.max(0, Math.min(1, (part - 0.5) / softness + 0.5)) : Math.round(place)
    return value === 0 ? 1 : ((eased / count) * 255) / value
  })
  return ({ data }) => {
    for (let at = 0; at < data.length; at += 4) {
      const grey = (data[at]! * 54 + data[at + 1]! * 183 + data[at + 2]! * 19) >> 8
      const gain = table[grey]!
      data[at] = data[at]! * gain
      data[at + 1] = data[at + 1]! * gain
      data[at + 2] = data[at + 2]! * gain
    }
  }
}

type Dots = {
  /** Distance of the dots as a share of the shorter side. */ pitch: number
  angle: number
  strength: number
}

/** Darkens with dots that grow as the picture gets darker: the shading of a printed comic. */
export function dotted({ pitch, angle, strength }: Dots): Pass {
  return (pixels) => {
    const { data, w, h, s } = pixels
    const light = blurred(luminance(pixels), w, h, Math.max(1, Math.round((s * pitch) / 3)))
    const screen = dotScreen(s * pitch, angle)
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++) {
        const index = y * w + x
        const value = light[index]! / 255
        // No dots in highlights; in deep shadow they have grown together.
        const cover = value > 0.86 ? 0 : (0.86 - value) * 0.85
        if (screen(x, y) > cover) continue
        const at = index * 4
        data[at] = data[at]! * (1 - strength)
        data[at + 1] = data[at + 1]! * (1 - strength)
        data[at + 2] = data[at + 2]! * (1 - strength * 0.85)
      }
  }
}

type SpotInk = {
  spot: string
  /** Brightness (0…1) below which all is black, above which all is paper. */ black: number
  white: number
  pitch: number
}

/** Pure black and white with dots between, and red things in the spot colour. */
export function spotInked({ spot, black, white, pitch }: SpotInk): Pass {
  const [red, green, blue] = channels(spot)
  return (pixels) => {
    const { data, w, h, s } = pixels
    const fine = blurred(luminance(pixels), w, h, 1)
    const coarse = blurred(fine, w, h, Math.round(s * 0.012))
    const screen = dotScreen(s * pitch, 0.78)
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++) {
        const index = y * w + x
        const at = index * 4
        const redness = data[at]! - Math.max(data[at + 1]!, data[at + 2]!)
        // A little local contrast keeps shapes apart that stand on their like.
        const value = (fine[index]! + (fine[index]! - coarse[index]!) * 0.9) / 255
        const cover = (white - value) / (white - black)
        const paper = cover <= 0 || (cover < 1 && screen(x, y) > cover)
        const inRed = redness > 82
        data[at] = inRed ? (value < black * 0.5 ? 14 : red) : paper ? 246 : 14
        data[at + 1] = inRed ? (value < black * 0.5 ? 12 : green) : paper ? 243 : 12
        data[at + 2] = inRed ? (value < black * 0.5 ? 16 : blue) : paper ? 236 : 16
      }
  }
}

/** A value of 0…1 that is lowest at the centres of a slanted grid, so that `screen < cover` inks that share. */
function dotScreen(pitchPx: number, angle: number): (x: number, y: number) => number {
  const size = 64
  const table = new Float32Array(size * size)
  const order = Array.from({ length: size * size }, (_, index) => index)
  const distance = (index: number) => Math.hypot((index % size) / size - 0.5, Math.floor(index / size) / size - 0.5)
  for (const [rank, index] of order.toSorted((a, b) => distance(a) - distance(b)).entries())
    table[index] = rank / order.length
  const [cos, sin] = [(Math.cos(angle) / pitchPx) * size, (Math.sin(angle) / pitchPx) * size]
  return (x, y) => table[(((x * cos - y * sin) | 0) & (size - 1)) + (((x * sin + y * cos) | 0) & (size - 1)) * size]!
}
