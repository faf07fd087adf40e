// Camera and film: bloom, grain, blur with distance, zoom blur, scan lines, dust, blinds.
import { createCanvas } from '@napi-rs/canvas'
import { alpha, mix } from '../draw/colour.ts'
import { glow, shine, softly, vignette } from '../draw/light.ts'
import type { Stage } from '../stage.ts'
import type { Treatment } from './look.ts'
import type { Pass } from './pixels.ts'

export const corners =
  (strength: number, colour?: string): Treatment =>
  (stage) =>
    vignette(stage, strength, colour)

/** Film grain over the whole picture; `strength` 0.08 is subtle, 0.3 is fast film. */
export function grain(strength: number): Treatment {
  return ({ ctx, w, h, random }) => {
    const size = 256
    const tile = createCanvas(size, size)
    const tileCtx = tile.getContext('2d')
    const image = tileCtx.createImageData(size, size)
    for (let at = 0; at < image.data.length; at += 4) {
      const value = (random() + random()) * 127.5
      image.data[at] = image.data[at + 1] = image.data[at + 2] = value
      image.data[at + 3] = strength * 255
    }
    tileCtx.putImageData(image, 0, 0)
    ctx.save()
    ctx.globalCompositeOperation = 'overlay'
    ctx.fillStyle = ctx.createPattern(tile, 'repeat')!
    ctx.fillRect(0, 0, w, h)
    ctx.restore()
  }
}

/** Lights spill over their edges. `threshold` (0…1) is how bright a thing must be to spill. */
export function bloom(strength: number, threshold = 0.6, spread = 0.02): Treatment {
  return (stage) => {
    const { ctx, canvas, w, h, s } = stage
    const small = createCanvas(Math.ceil(w / 4), Math.ceil(h / 4))
    const bright = small.getContext('2d')
    bright.drawImage(canvas, 0, 0, small.width, small.height)
    const image = bright.getImageData(0, 0, small.width, small.height)
    const { data } = image
    for (let at = 0; at < data.length; at += 4) {
      const peak = Math.max(data[at]!, data[at + 1]!, data[at + 2]!) / 255
      const share = Math.max(0, (peak - threshold) / (1 - threshold))
      for (let channel = 0; channel < 3; channel++) data[at + channel] = data[at + channel]! * share
    }
    bright.putImageData(image, 0, 0)
    softly({ ctx, w, h }, s * spread, (layer) => layer.drawImage(small, 0, 0, w, h), {
      blend: 'screen',
      opacity: strength,
    })
  }
}

/** Blurs the place more the farther it is; the ground at the hero's foot stays sharp. `reach` is a share of the side. */
export function depthOfField(reach: number): Treatment {
  return ({ ctx, canvas, w, h, s, floor }) => {
    const half = createCanvas(Math.ceil(w / 2), Math.ceil(h / 2))
    const far = half.getContext('2d')
    far.filter = `blur(${(s * reach * 0.5).toFixed(1)}px)`
    far.drawImage(canvas, 0, 0, half.width, half.height)
    far.filter = 'none'
    far.globalCompositeOperation = 'destination-in'
    const mask = far.createLinearGradient(0, 0, 0, half.height)
    const foot = floor / h
    mask.addColorStop(0, '#000000')
    mask.addColorStop(Math.max(0, foot - 0.16), '#000000')
    mask.addColorStop(foot - 0.02, alpha('#000000', 0))
    mask.addColorStop(Math.min(1, foot + 0.06), alpha('#000000', 0))
    mask.addColorStop(1, '#000000')
    far.fillStyle = mask
    far.fillRect(0, 0, half.width, half.height)
    ctx.drawImage(half, 0, 0, w, h)
  }
}

/** Streaks away from the middle, and none at the middle itself. */
export function zoomBlur(strength: number): Treatment {
  return ({ ctx, canvas, w, h, s, floor }) => {
    const [cx, cy] = [w / 2, floor - s * 0.25]
    const half = createCanvas(Math.ceil(w / 2), Math.ceil(h / 2))
    const rush = half.getContext('2d')
    rush.scale(0.5, 0.5)
    const STEPS = 10
    for (let step = 0; step < STEPS; step++) {
      const zoom = 1 + strength * (step / STEPS)
      rush.globalAlpha = 1 / (step + 1)
      rush.drawImage(canvas, cx - cx * zoom, cy - cy * zoom, w * zoom, h * zoom)
    }
    rush.globalAlpha = 1
    rush.globalCompositeOperation = 'destination-in'
    const mask = rush.createRadialGradient(cx, cy, s * 0.3, cx, cy, s * 0.8)
    mask.addColorStop(0, alpha('#000000', 0))
    mask.addColorStop(1, '#000000')
    rush.fillStyle = mask
    rush.fillRect(0, 0, w, h)
    ctx.drawImage(half, 0, 0, w, h)
  }
}

/** Tilts the camera; the corners are filled by coming closer. */
export function tilted(degrees: number): Treatment {
  return ({ ctx, canvas, w, h, side }) => {
    const angle = (side * degrees * Math.PI) / 180
    const zoom = Math.cos(angle) + Math.abs(Math.sin(angle)) * (Math.max(w, h) / Math.min(w, h))
    const copy = createCanvas(w, h)
    copy.getContext('2d').drawImage(canvas, 0, 0)
    ctx.save()
    ctx.translate(w / 2, h / 2)
    ctx.rotate(angle)
    ctx.scale(zoom, zoom)
    ctx.drawImage(copy, -w / 2, -h / 2)
    ctx.restore()
  }
}

/** Dust in the light, large and out of focus, and sparks. */
export function dust(count: number, sparks = 0): Treatment {
  return (stage) => {
    const { ctx, w, h, s, random, palette } = stage
    softly(
      stage,
      s * 0.004,
      (layer) => {
        for (let mote = 0; mote < count; mote++) {
          layer.fillStyle = alpha(palette.light, 0.1 + random() * 0.3)
          layer.beginPath()
          layer.arc(random() * w, random() * h, s * (0.003 + random() ** 4 * 0.024), 0, 7)
          layer.fill()
        }
      },
      { blend: 'screen' },
    )
    shine(ctx, () => {
      for (let spark = 0; spark < sparks; spark++)
        glow(ctx, random() * w, h * (0.25 + random() * 0.6), s * (0.003 + random() ** 2 * 0.012), '#ffb45a', 0.9)
    })
  }
}

/** The sun's reflections inside a lens, in a row through the middle of the picture. */
export function lensFlare(strength: number): Treatment {
  return ({ ctx, w, h, s, sun, palette }) => {
    shine(ctx, () => {
      glow(ctx, sun.x, sun.y, s * 0.6, palette.light, strength * 0.5)
      for (const [along, size, share] of [
        [0.35, 0.05, 0.22],
        [0.62, 0.025, 0.3],
        [1.3, 0.08, 0.16],
        [1.6, 0.04, 0.24],
      ] as const) {
        const [x, y] = [sun.x + (w / 2 - sun.x) * along * 2, sun.y + (h / 2 - sun.y) * along]
        ctx.fillStyle = alpha(mix(palette.light, palette.accent, along / 2), strength * share)
        ctx.beginPath()
        ctx.arc(x, y, s * size, 0, 7)
        ctx.fill()
      }
      const streak = ctx.createLinearGradient(0, 0, w, 0)
      streak.addColorStop(0, alpha(palette.light, 0))
      streak.addColorStop(Math.max(0.05, Math.min(0.95, sun.x / w)), alpha(palette.light, strength * 0.6))
      streak.addColorStop(1, alpha(palette.light, 0))
      ctx.fillStyle = streak
      ctx.fillRect(0, sun.y - s * 0.003, w, s * 0.006)
    })
  }
}

/** Light through a venetian blind, falling across the picture from the upper corner on the sun's side. */
export const blinds: Treatment = (stage) => {
  const { w, h, s, side } = stage
  const slant = side * 0.34
  const bars = (paint: (y: number, thick: number) => void) => {
    for (let y = -w * 0.4; y < h + w * 0.4; y += s * 0.12) paint(y, s * 0.05)
  }
  const across = (layer: Stage['ctx'], y: number, thick: number) => {
    layer.beginPath()
    layer.moveTo(0, y)
    layer.lineTo(w, y - w * slant)
    layer.lineTo(w, y + thick - w * slant)
    layer.lineTo(0, y + thick)
    layer.fill()
  }
  softly(
    stage,
    s * 0.007,
    (layer) => {
      layer.fillStyle = '#000000'
      bars((y, thick) => across(layer, y, thick))
    },
    { opacity: 0.26 },
  )
  softly(
    stage,
    s * 0.006,
    (layer) => {
      layer.fillStyle = '#ffffff'
      bars((y, thick) => across(layer, y + thick * 1.05, thick * 0.8))
    },
    { opacity: 0.13, blend: 'screen' },
  )
}

/** A few scratches and specks, as on an old print. */
export const wear: Treatment = ({ ctx, w, h, s, random }) => {
  for (let scratch = 0; scratch < 5; scratch++) {
    ctx.fillStyle = alpha('#ffffff', 0.12 + random() * 0.12)
    ctx.fillRect(random() * w, random() * h * 0.5, Math.max(1, s * 0.0012), h * (0.1 + random() * 0.4))
  }
  for (let speck = 0; speck < 26; speck++) {
    ctx.fillStyle = alpha(speck % 2 ? '#ffffff' : '#000000', 0.35)
    ctx.beginPath()
    ctx.ellipse(random() * w, random() * h, s * random() * 0.003, s * random() * 0.003, random() * 3, 0, 7)
    ctx.fill()
  }
}

/** Dark lines of a tube screen, and red and blue drawn apart by a share of the side. */
export function tube(pitchShare: number, apart: number): Pass {
  return ({ data, w, h, s }) => {
    const pitch = Math.max(3, Math.round(s * pitchShare))
    const shift = Math.max(1, Math.round(s * apart)) * 4
    for (let y = 0; y < h; y++) {
      const dim = y % pitch < pitch * 0.45 ? 0.8 : 1
      const row = y * w * 4
      const end = row + w * 4
      // Left to right for blue (taken from the right), right to left for red: no copy is needed.
      for (let at = row; at < end - shift; at += 4) data[at + 2] = data[at + 2 + shift]!
      for (let at = end - 4; at >= row + shift; at -= 4) data[at] = data[at - shift]!
      if (dim < 1)
        for (let at = row; at < end; at += 4) {
          data[at] = data[at]! * dim
          data[at + 1] = data[at + 1]! * dim
          data[at + 2] = data[at + 2]! * dim
        }
    }
  }
}

/** Slanting rain. */
export const rain: Treatment = ({ ctx, w, h, s, random, palette }) => {
  ctx.lineWidth = Math.max(1, s * 0.0016)
  for (let drop = 0; drop < 170; drop++) {
    const [x, y, length] = [random() * w * 1.1, random() * h, s * (0.02 + random() * 0.07)]
    ctx.strokeStyle = alpha(mix('#ffffff', palette.light, random()), 0.1 + random() * 0.22)
    ctx.beginPath()
    ctx.moveTo(x, y)
    ctx.lineTo(x - length * 0.22, y + length)
    ctx.stroke()
  }
}
