// Where people gather: concert stage and stadium.
import { alpha, mix } from '../draw/colour.ts'
import { beam, glow, shade, shine } from '../draw/light.ts'
import { curve } from '../draw/noise.ts'
import { clouds, disc, sky } from '../draw/sky.ts'
import { boards } from '../draw/interior.ts'
import type { Stage } from '../stage.ts'
import type { Backdrop } from './backdrop.ts'

export const concert: Backdrop = {
  times: ['night', 'dusk', 'neon', 'ember'],
  setting: 'ground',
  stock: ['studio-microphone', 'guitar', 'musical-notes'],
  draw(stage) {
    const { ctx, w, h, s, palette, floor, random } = stage
    const top = floor - s * 0.12
    const velvet = mix(palette.far, palette.near, 0.55)
    shade(stage, 0, h, [palette.near, velvet, mix(palette.far, palette.sky[2], 0.45), palette.near])
    const hues = [palette.light, palette.accent, palette.sky[2], palette.sky[3], palette.accent]
    for (const [index, hue] of hues.entries())
      beam(ctx, {
        x: w * (0.08 + 0.21 * index),
        y: h * 0.05,
        length: top * 1.05,
        spread: s * 0.42,
        lean: (0.5 - (0.08 + 0.21 * index)) * w * 0.7 + (random() - 0.5) * s * 0.1,
        colour: hue,
        strength: 0.55,
      })
    shine(ctx, () => glow(ctx, w / 2, top, s * 0.6, palette.light, 0.55))
    rig(stage, hues)
    curtains(stage, mix(mix('#8f1d3a', palette.far, 0.35), palette.near, 0.25), top)
    boards(stage, top, mix(palette.accent, palette.near, 0.6))
    shine(ctx, () => glow(ctx, w / 2, floor, s * 0.5, palette.light, 0.35))
  },
  front(stage) {
    if (!stage.avoid.has('people')) crowd(stage)
  },
}

function rig({ ctx, w, h, s, palette }: Stage, hues: string[]): void {
  ctx.fillStyle = mix(palette.near, '#000000', 0.4)
  ctx.fillRect(0, h * 0.035, w, s * 0.012)
  for (const [index, hue] of hues.entries()) {
    const x = w * (0.08 + 0.21 * index)
    ctx.fillStyle = mix(palette.near, '#000000', 0.4)
    ctx.fillRect(x - s * 0.02, h * 0.03, s * 0.04, s * 0.045)
    shine(ctx, () => glow(ctx, x, h * 0.05, s * 0.07, hue, 1))
  }
}

function curtains({ ctx, w, s, palette }: Stage, cloth: string, top: number): void {
  for (const edge of [0, 1])
    for (let fold = 0; fold < 4; fold++) {
      const width = s * 0.045
      const x = edge ? w - width * (fold + 1) + s * 0.02 : width * fold - s * 0.02
      const round = ctx.createLinearGradient(x, 0, x + width, 0)
      round.addColorStop(0, mix(cloth, palette.near, 0.5))
      round.addColorStop(0.5, mix(cloth, palette.light, 0.12))
      round.addColorStop(1, mix(cloth, palette.near, 0.5))
      ctx.fillStyle = round
      ctx.fillRect(x, 0, width + 1, top + s * 0.02)
    }
}

/** Heads and raised hands at the very bottom, below the captions. */
function crowd({ ctx, w, h, s, palette, random }: Stage): void {
  ctx.fillStyle = mix(palette.near, '#000000', 0.35)
  for (let x = -s * 0.02; x < w; x += s * 0.062) {
    const y = h - s * (0.04 + random() * 0.05)
    ctx.beginPath()
    ctx.arc(x, y, s * 0.03, 0, 7)
    ctx.fill()
    ctx.beginPath()
    ctx.ellipse(x, h, s * 0.055, h - y, 0, Math.PI, 0)
    ctx.fill()
    if (random() < 0.35) {
      ctx.beginPath()
      ctx.roundRect(x + s * 0.025, y - s * 0.075, s * 0.016, s * 0.12, s * 0.008)
      ctx.fill()
    }
  }
}

export const stadium: Backdrop = {
  times: ['dusk', 'day', 'night', 'golden'],
  setting: 'ground',
  stock: ['trophy', 'soccer-ball', 'running-shoe'],
  draw(stage) {
    const { ctx, w, h, s, palette, horizon, dark } = stage
    sky(stage)
    disc(stage)
    clouds(stage, horizon * 0.2, horizon * 0.7, 7)
    const turf = mix('#3f9a44', palette.near, dark ? 0.5 : 0.22)
    const top = horizon + s * 0.1
    stands(stage, top)
    for (const x of [0.1, 0.9]) floodlight(stage, w * x, horizon - s * 0.34, top)
    shade(stage, top, h, [mix(turf, palette.light, 0.22), turf, mix(turf, '#000000', 0.5)])
    for (let stripe = -8; stripe < 8; stripe += 2) {
      ctx.fillStyle = alpha(mix(turf, palette.light, 0.5), 0.16)
      ctx.beginPath()
      ctx.moveTo(w / 2 + stripe * w * 0.06, top)
      ctx.lineTo(w / 2 + (stripe + 1) * w * 0.06, top)
      ctx.lineTo(w / 2 + (stripe + 1) * w * 0.24, h)
      ctx.lineTo(w / 2 + stripe * w * 0.24, h)
      ctx.fill()
    }
    ctx.strokeStyle = alpha('#ffffff', 0.6)
    ctx.lineWidth = s * 0.006
    ctx.beginPath()
    ctx.ellipse(w / 2, top + (h - top) * 0.42, s * 0.5, (h - top) * 0.22, 0, 0, 7)
    ctx.moveTo(0, top + s * 0.05)
    ctx.lineTo(w, top + s * 0.05)
    ctx.stroke()
  },
}

function stands({ ctx, w, s, palette, random }: Stage, bottom: number): void {
  const noise = curve(random)
  for (let tier = 0; tier < 2; tier++) {
    const [high, low] = [bottom - s * (0.26 - tier * 0.13), bottom - s * (0.13 - tier * 0.13)]
    const rise = (x: number) => -((x / w - 0.5) ** 2) * s * 0.3
    ctx.fillStyle = mix(palette.far, palette.near, 0.45 + tier * 0.25)
    ctx.beginPath()
    for (let x = 0; x <= w; x += 8) ctx.lineTo(x, high + rise(x))
    for (let x = w; x >= 0; x -= 8) ctx.lineTo(x, low + 2)
    ctx.fill()
    const shirts = ['#e85d5d', '#f2c14e', '#5db7de', '#ffffff', palette.accent, palette.near]
    for (let x = 0; x < w; x += s * 0.013)
      for (let row = 0; row < 6; row++) {
        const y = high + rise(x) + s * 0.02 + row * s * 0.02
        if (y > low - s * 0.008) break
        ctx.fillStyle = alpha(mix(shirts[Math.floor(random() * 6)]!, palette.near, 0.3), 0.75)
        ctx.beginPath()
        ctx.arc(x + noise(row * 7 + x) * s * 0.004, y, s * 0.0048, 0, 7)
        ctx.fill()
      }
  }
}

function floodlight({ ctx, s, palette }: Stage, x: number, y: number, bottom: number): void {
  ctx.fillStyle = mix(palette.near, palette.far, 0.3)
  ctx.fillRect(x - s * 0.006, y, s * 0.012, bottom - y)
  ctx.fillRect(x - s * 0.06, y - s * 0.05, s * 0.12, s * 0.07)
  shine(ctx, () => glow(ctx, x, y - s * 0.015, s * 0.3, '#fff6da', 0.75))
  ctx.fillStyle = '#fffbe8'
  for (let bulb = 0; bulb < 6; bulb++) {
    ctx.beginPath()
    ctx.arc(x - s * 0.04 + (bulb % 3) * s * 0.04, y - s * 0.03 + Math.floor(bulb / 3) * s * 0.03, s * 0.013, 0, 7)
    ctx.fill()
  }
}
