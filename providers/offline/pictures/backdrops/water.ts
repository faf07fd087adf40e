// On the sea and under it.
import { alpha, mix } from '../draw/colour.ts'
import { glow, shade, shine, softly } from '../draw/light.ts'
import { curve, fractal } from '../draw/noise.ts'
import { openSky } from '../draw/sky.ts'
import { below, ridges } from '../draw/terrain.ts'
import { sea } from '../draw/water.ts'
import type { Stage } from '../stage.ts'
import type { Backdrop } from './backdrop.ts'

export const ocean: Backdrop = {
  times: ['dawn', 'golden', 'day', 'dusk', 'night'],
  setting: 'water',
  stock: ['sailboat', 'spouting-whale', 'dolphin'],
  draw(stage) {
    const { s, horizon } = stage
    openSky(stage, { cloudCount: 10 })
    ridges(stage, { top: horizon - s * 0.01, bottom: horizon + s * 0.01, count: 2, rough: 0.5, peak: 0.9 })
    sea(stage, horizon)
  },
}

export const underwater: Backdrop = {
  times: ['abyss'],
  setting: 'air',
  stock: ['tropical-fish', 'coral', 'octopus'],
  draw(stage) {
    const { ctx, w, h, s, random, palette, floor } = stage
    shade(stage, 0, h, [...palette.sky])
    softly(stage, s * 0.03, (layer) => lightShafts(stage, layer), { blend: 'screen', opacity: 0.8 })
    ctx.strokeStyle = alpha('#ffffff', 0.28)
    ctx.lineWidth = s * 0.004
    for (let line = 0; line < 5; line++) {
      const noise = curve(random)
      ctx.beginPath()
      for (let x = 0; x <= w; x += 6) ctx.lineTo(x, h * 0.015 * (line + 1) + fractal(noise, (x / w) * 5, 3) * s * 0.02)
      ctx.stroke()
    }
    ridges(stage, {
      top: floor - s * 0.25,
      bottom: floor + s * 0.02,
      count: 3,
      rough: 1.3,
      colours: [mix(palette.sky[2], palette.far, 0.6), mix(palette.near, palette.sky[3], 0.55)],
    })
    seabed(stage)
    shoal(stage)
    for (let bubble = 0; bubble < 46; bubble++) {
      const r = s * (0.003 + random() ** 3 * 0.016)
      ctx.strokeStyle = alpha('#ffffff', 0.5)
      ctx.lineWidth = Math.max(1, r * 0.2)
      ctx.beginPath()
      ctx.arc(random() * w, random() * h * 0.85, r, 0, 7)
      ctx.stroke()
    }
  },
}

function lightShafts({ w, h, random, palette, side }: Stage, layer: Stage['ctx']): void {
  for (let shaft = 0; shaft < 9; shaft++) {
    const x = w * (random() * 1.2 - 0.1)
    const width = w * (0.02 + random() * 0.07)
    const fade = layer.createLinearGradient(0, 0, 0, h * 0.8)
    fade.addColorStop(0, alpha(palette.light, 0.4))
    fade.addColorStop(1, alpha(palette.light, 0))
    layer.fillStyle = fade
    layer.beginPath()
    layer.moveTo(x, 0)
    layer.lineTo(x + width, 0)
    layer.lineTo(x + width * 2.4 - side * w * 0.2, h * 0.8)
    layer.lineTo(x - width - side * w * 0.2, h * 0.8)
    layer.fill()
  }
}

function seabed(stage: Stage): void {
  const { ctx, w, h, s, random, palette, floor } = stage
  const noise = curve(random)
  const outline = (x: number) => floor + s * 0.06 - fractal(noise, (x * 2) / w, 3) * s * 0.05
  const sand = ctx.createLinearGradient(0, floor, 0, h)
  sand.addColorStop(0, mix('#e8d3a0', palette.sky[2], 0.55))
  sand.addColorStop(1, mix(palette.near, palette.sky[3], 0.3))
  below(stage, outline)
  ctx.fillStyle = sand
  ctx.fill()
  const dyes = ['#e8637a', '#f2a65a', '#b06ad0', '#3fa88c', '#e0c04a']
  ctx.lineCap = 'round'
  for (let plant = 0; plant < 26; plant++) {
    // Weed and coral grow at the edges and leave the middle to the heroes.
    const x = w * (plant % 2 ? 0.02 + random() ** 1.6 * 0.3 : 0.98 - random() ** 1.6 * 0.3)
    const y = outline(x) + s * (0.02 + random() * 0.1)
    ctx.strokeStyle = mix(dyes[plant % dyes.length]!, palette.sky[3], 0.35 + random() * 0.3)
    if (plant % 3) branch(ctx, x, y, s * (0.05 + random() * 0.06), -Math.PI / 2, 4, random)
    else weed(stage, x, y, s * (0.14 + random() * 0.2))
  }
}

function branch(
  ctx: Stage['ctx'],
  x: number,
  y: number,
  length: number,
  angle: number,
  depth: number,
  random: () => number,
): void {
  if (depth === 0) return
  const [tx, ty] = [x + Math.cos(angle) * length, y + Math.sin(angle) * length]
  ctx.lineWidth = depth * length * 0.09 + 2
  ctx.beginPath()
  ctx.moveTo(x, y)
  ctx.lineTo(tx, ty)
  ctx.stroke()
  branch(ctx, tx, ty, length * 0.75, angle - 0.3 - random() * 0.3, depth - 1, random)
  branch(ctx, tx, ty, length * 0.75, angle + 0.3 + random() * 0.3, depth - 1, random)
}

function weed({ ctx, s, random }: Stage, x: number, y: number, height: number): void {
  const phase = random() * 6
  ctx.lineWidth = s * 0.012
  ctx.beginPath()
  for (let t = 0; t <= 1; t += 0.08) ctx.lineTo(x + Math.sin(t * 6 + phase) * s * 0.02 * (0.4 + t), y - height * t)
  ctx.stroke()
}

/** Small fish in the distance, all swimming one way. */
function shoal({ ctx, w, h, s, random, palette, side, avoid }: Stage): void {
  if (avoid.has('fish')) return
  const [cx, cy] = [w * (0.5 - side * 0.2), h * 0.2]
  ctx.fillStyle = alpha(mix(palette.near, palette.sky[1], 0.35), 0.55)
  for (let fish = 0; fish < 22; fish++) {
    const x = cx + (random() + random() - 1) * s * 0.3
    const y = cy + (random() + random() - 1) * s * 0.16
    const size = s * (0.008 + random() * 0.008)
    ctx.beginPath()
    ctx.ellipse(x, y, size, size * 0.4, 0, 0, 7)
    ctx.moveTo(x - side * size * 0.8, y)
    ctx.lineTo(x - side * size * 1.6, y - size * 0.5)
    ctx.lineTo(x - side * size * 1.6, y + size * 0.5)
    ctx.fill()
  }
  shine(ctx, () => glow(ctx, w / 2, 0, s * 0.7, palette.light, 0.3))
}
