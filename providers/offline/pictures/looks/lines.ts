// Drawn lines: outlines found in the picture, and hatching.
import { channels } from '../draw/colour.ts'
import { noiseField } from '../draw/noise.ts'
import { blurred, luminance, type Pass, type Pixels } from './pixels.ts'

const FIELD = 512

type Ink = {
  colour: string
  /** Line width as a share of the shorter side. */
  width: number
  /** Brightness step (0…255) at which a line begins to show, and at which it is black. */
  from: number
  full: number
  opacity?: number
  /** How much the line breaks and swells, 0…1. */
  loose?: number
}

/**
 * Inks the edges of brightness and of colour as they are before `passes`, over what these make of the picture: so
 * the steps that flat colouring leaves in a sky get no outline.
 */
export function outlined({ colour, width, from, full, opacity = 1, loose = 0 }: Ink, ...passes: Pass[]): Pass {
  const [red, green, blue] = channels(colour)
  return (pixels) => {
    const { data, w, h, s, random } = pixels
    const strength = edges(pixels, Math.max(1, Math.round((width * s) / 2)))
    for (const pass of passes) pass(pixels)
    const field = noiseField(FIELD, 32, random)
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++) {
        const index = y * w + x
        const edge = strength[index]!
        if (edge <= from) continue
        const gap = loose * field[(y & (FIELD - 1)) * FIELD + (x & (FIELD - 1))]!
        const ink = Math.min(1, (edge - from) / (full - from)) * opacity * (1 - gap)
        const at = index * 4
        data[at] = data[at]! + (red - data[at]!) * ink
        data[at + 1] = data[at + 1]! + (green - data[at + 1]!) * ink
        data[at + 2] = data[at + 2]! + (blue - data[at + 2]!) * ink
      }
  }
}

/** How much brightness or colour changes around each pixel, 0…255; `reach` is half the line's width. */
function edges(pixels: Pixels, reach: number): Uint8Array {
  const { data, w, h } = pixels
  const light = blurred(luminance(pixels), w, h, 1)
  const out = new Uint8Array(w * h)
  for (let y = reach; y < h - reach; y++)
    for (let x = reach; x < w - reach; x++) {
      const index = y * w + x
      const [left, right, up, down] = [index - reach, index + reach, index - reach * w, index + reach * w]
      const byLight = Math.abs(light[left]! - light[right]!) + Math.abs(light[up]! - light[down]!)
      const byRed = Math.abs(data[left * 4]! - data[right * 4]!) + Math.abs(data[up * 4]! - data[down * 4]!)
      const byBlue =
        Math.abs(data[left * 4 + 2]! - data[right * 4 + 2]!) + Math.abs(data[up * 4 + 2]! - data[down * 4 + 2]!)
      out[index] = Math.min(255, byLight + (byRed + byBlue) * 0.3)
    }
  return out
}

type Hatching = {
  paper: string
  pencil: string
  /** Distance of the strokes as a share of the shorter side. */
  pitch: number
  /** Brightness (0…1) below which each direction of strokes sets in. */
  tones: readonly number[]
  /** How dark the strokes get. */
  pressure: number
}

/** Redraws the picture in strokes: lines where it changes, hatching where it is dark, paper elsewhere. */
export function hatched({ paper, pencil, pitch, tones, pressure }: Hatching): Pass {
  const [sheet, lead] = [channels(paper), channels(pencil)]
  const ANGLES = [0.78, -0.62, 0.12, 1.4]
  return (pixels) => {
    const { data, w, h, s, random } = pixels
    const light = luminance(pixels)
    const around = blurred(light, w, h, Math.max(2, Math.round(s * 0.006)))
    const smooth = blurred(light, w, h, 2)
    const wide = blurred(light, w, h, Math.round(s * 0.16))
    const contour = edges(pixels, Math.max(1, Math.round(s * 0.0012)))
    const [warp, tooth] = [noiseField(FIELD, 64, random), noiseField(FIELD, 2, random)]
    const turns = tones.map(
      (_, layer) => [Math.cos(ANGLES[layer]!) / (pitch * s), Math.sin(ANGLES[layer]!) / (pitch * s)] as const,
    )
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++) {
        const index = y * w + x
        const cell = (y & (FIELD - 1)) * FIELD + (x & (FIELD - 1))
        // A pencil draws how things differ from what is around them; skies and walls stay paper.
        const value = 0.66 + ((smooth[index]! - wide[index]!) * 0.95 + (smooth[index]! - 150) * 0.34) / 255
        const bend = warp[cell]!
        let mark = Math.max(0, (around[index]! - light[index]! - 3) / 42) + Math.max(0, (contour[index]! - 14) / 90)
        for (let layer = 0; layer < tones.length; layer++) {
          const need = (tones[layer]! - value) * 3.2
          if (need <= 0) continue
          const phase = x * turns[layer]![0] + y * turns[layer]![1] + bend * 1.6
          const wave = Math.abs((phase - Math.floor(phase)) * 2 - 1)
          const stroke = Math.max(0, 1 - wave / (0.34 + 0.5 * Math.min(1, need)))
          mark += Math.min(1, need + 0.25) * stroke * pressure * (0.55 + 0.7 * bend)
        }
        mark += Math.max(0, 0.6 - value) * 0.4
        const grip = 0.62 + 0.75 * tooth[cell]!
        const ink = Math.min(0.94, mark * grip)
        const at = index * 4
        const shade = 1 - tooth[cell]! * 0.05
        for (let channel = 0; channel < 3; channel++)
          data[at + channel] = sheet[channel]! * shade * (1 - ink) + lead[channel]! * ink
      }
  }
}
