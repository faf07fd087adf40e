// Paint and paper: brushed areas, watercolour edges, paper grain, splashes.
import { channels } from '../draw/colour.ts'
import { noiseField, smoke } from '../draw/noise.ts'
import { softly } from '../draw/light.ts'
import type { Treatment } from './look.ts'
import type { Pass } from './pixels.ts'

const FIELD = 512

/**
 * Brush strokes: each pixel takes the mean of the calmest of the four squares beside it (Kuwahara's filter), which
 * flattens texture and keeps edges. Worked out at half size; `radius` is in pixels there.
 */
export function brushed(radius: number): Pass {
  return ({ data, w, h }) => {
    const [hw, hh] = [w >> 1, h >> 1]
    const stride = hw + 1
    const sums = [0, 1, 2, 3].map(() => new Float64Array(stride * (hh + 1))) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ]
    for (let y = 0; y < hh; y++) {
      let [red, green, blue, square] = [0, 0, 0, 0]
      for (let x = 0; x < hw; x++) {
        const at = (y * 2 * w + x * 2) * 4
        const light = data[at]! + 2 * data[at + 1]! + data[at + 2]!
        red += data[at]!
        green += data[at + 1]!
        blue += data[at + 2]!
        square += light * light
        const above = y * stride + x + 1
        const index = above + stride
        sums[0][index] = sums[0][above]! + red
        sums[1][index] = sums[1][above]! + green
        sums[2][index] = sums[2][above]! + blue
        sums[3][index] = sums[3][above]! + square
      }
    }
    const out = new Uint8Array(hw * hh * 3)
    const area = (radius + 1) ** 2
    for (let y = 0; y < hh; y++)
      for (let x = 0; x < hw; x++) {
        let least = Infinity
        const index = (y * hw + x) * 3
        for (let quarter = 0; quarter < 4; quarter++) {
          const x0 = Math.max(0, Math.min(hw - radius - 1, x - (quarter & 1 ? radius : 0)))
          const y0 = Math.max(0, Math.min(hh - radius - 1, y - (quarter & 2 ? radius : 0)))
          const [a, b] = [y0 * stride + x0, y0 * stride + x0 + radius + 1]
          const [c, d] = [a + (radius + 1) * stride, b + (radius + 1) * stride]
          const red = sums[0][d]! - sums[0][b]! - sums[0][c]! + sums[0][a]!
          const green = sums[1][d]! - sums[1][b]! - sums[1][c]! + sums[1][a]!
          const blue = sums[2][d]! - sums[2][b]! - sums[2][c]! + sums[2][a]!
          const mean = (red + 2 * green + blue) / area
          const spread = (sums[3][d]! - sums[3][b]! - sums[3][c]! + sums[3][a]!) / area - mean * mean
          if (spread >= least) continue
          least = spread
          out[index] = red / area
          out[index + 1] = green / area
          out[index + 2] = blue / area
        }
      }
    enlarge(out, hw, hh, data, w, h)
  }
}

/** Doubles a picture, blending between neighbours. */
function enlarge(small: Uint8Array, sw: number, sh: number, data: Uint8ClampedArray, w: number, h: number): void {
  for (let y = 0; y < h; y++) {
    const y0 = Math.min(sh - 1, y >> 1)
    const y1 = Math.min(sh - 1, y0 + (y & 1))
    for (let x = 0; x < w; x++) {
      const x0 = Math.min(sw - 1, x >> 1)
      const x1 = Math.min(sw - 1, x0 + (x & 1))
      const [a, b, c, d] = [(y0 * sw + x0) * 3, (y0 * sw + x1) * 3, (y1 * sw + x0) * 3, (y1 * sw + x1) * 3]
      const at = (y * w + x) * 4
      data[at] = (small[a]! + small[b]! + small[c]! + small[d]!) >> 2
      data[at + 1] = (small[a + 1]! + small[b + 1]! + small[c + 1]! + small[d + 1]!) >> 2
      data[at + 2] = (small[a + 2]! + small[b + 2]! + small[c + 2]! + small[d + 2]!) >> 2
    }
  }
}

/** Pigment that pools and runs thin, lightened towards the paper. `thin` 0…1 is how much paper shows through. */
export function washed(paper: string, thin: number, mottle: number): Pass {
  const sheet = channels(paper)
  return ({ data, w, h, random }) => {
    const field = smoke(FIELD, random)
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++) {
        const cell = (y & (FIELD - 1)) * FIELD + (x & (FIELD - 1))
        const pool = thin + mottle * (field[cell]! - 0.5) * 2.6
        const share = pool < 0 ? 0 : pool > 0.9 ? 0.9 : pool
        const at = (y * w + x) * 4
        for (let channel = 0; channel < 3; channel++)
          data[at + channel] = data[at + channel]! + (sheet[channel]! - data[at + channel]!) * share
      }
  }
}

/** The tooth of the paper, darkening by up to `strength` (0…1). */
export function paperGrain(strength: number): Pass {
  return ({ data, w, h, random }) => {
    const [rough, fine] = [noiseField(FIELD, 8, random), noiseField(FIELD, 2, random)]
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++) {
        const cell = (y & (FIELD - 1)) * FIELD + (x & (FIELD - 1))
        const gain = 1 - strength * (rough[cell]! * 0.6 + fine[cell]! * 0.4)
        const at = (y * w + x) * 4
        data[at] = data[at]! * gain
        data[at + 1] = data[at + 1]! * gain
        data[at + 2] = data[at + 2]! * gain
      }
  }
}

/** Leaves the sheet bare towards its edges, in a ragged line. `margin` is a share of the shorter side. */
export function unfinishedEdge(paper: string, margin: number): Pass {
  const sheet = channels(paper)
  return ({ data, w, h, s, random }) => {
    const [field, fine] = [smoke(FIELD, random), noiseField(FIELD, 4, random)]
    const width = margin * s
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++) {
        const near = Math.min(x, y, w - 1 - x, h - 1 - y)
        if (near > width * 2.6) continue
        const cell = (y & (FIELD - 1)) * FIELD + (x & (FIELD - 1))
        const edge = near / width - (field[cell]! - 0.2) * 2.4 - fine[cell]! * 0.3
        const share = 1 - Math.max(0, Math.min(1, edge * 3))
        if (share === 0) continue
        const at = (y * w + x) * 4
        for (let channel = 0; channel < 3; channel++)
          data[at + channel] = data[at + channel]! + (sheet[channel]! - data[at + channel]!) * share
      }
  }
}

/** Drops of ink flung from the brush. */
export function splashes(colour: string, count: number): Treatment {
  return (stage) => {
    const { ctx, w, h, s, random } = stage
    ctx.fillStyle = colour
    for (let splash = 0; splash < count; splash++) {
      const [x, y] = [random() < 0.5 ? random() * w * 0.24 : w - random() * w * 0.24, random() * h]
      for (let drop = 0; drop < 9; drop++) {
        const away = random() ** 2 * s * 0.07
        const angle = random() * 7
        ctx.globalAlpha = 0.25 + random() * 0.5
        ctx.beginPath()
        ctx.arc(x + Math.cos(angle) * away, y + Math.sin(angle) * away, s * (0.001 + random() ** 4 * 0.009), 0, 7)
        ctx.fill()
      }
    }
    ctx.globalAlpha = 1
  }
}

/** A broad, soft light over the middle of the sheet, so that washes look wet. */
export const openLight: Treatment = (stage) => {
  const { w, s, floor } = stage
  softly(
    stage,
    s * 0.05,
    (layer) => {
      layer.fillStyle = '#ffffff'
      layer.beginPath()
      layer.ellipse(w / 2, floor - s * 0.5, s * 0.45, s * 0.4, 0, 0, 7)
      layer.fill()
    },
    { opacity: 0.28 },
  )
}
