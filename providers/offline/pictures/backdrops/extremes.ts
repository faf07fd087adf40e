// Where nobody lives: volcano and polar ice.
import { alpha, mix } from '../draw/colour.ts'
import { glow, shine, softly } from '../draw/light.ts'
import { curve, fractal } from '../draw/noise.ts'
import { openSky } from '../draw/sky.ts'
import { below, ridges, slope } from '../draw/terrain.ts'
import type { Stage } from '../stage.ts'
import type { Backdrop } from './backdrop.ts'
import { fireflies } from './land.ts'

export const volcano: Backdrop = {
  times: ['ember', 'dusk'],
  setting: 'ground',
  stock: ['volcano', 'fire', 'rock'],
  draw(stage) {
    const { ctx, w, h, s, horizon, floor, palette, side, random } = stage
    openSky({ ...stage, avoid: new Set([...stage.avoid, 'moon', 'sun']) }, { flock: false })
    const x = w * (0.5 + side * 0.12)
    const [top, foot, half] = [horizon - s * 0.3, horizon + s * 0.12, s * 0.52]
    plume(stage, x, top)
    shine(ctx, () => glow(ctx, x, top, s * 0.5, '#ff8a3c', 0.8))
    const noise = curve(random)
    const rim = s * 0.075
    below(stage, (px) => {
      const away = Math.max(0, Math.abs(px - x) - rim) / half
      return foot - (foot - top) * Math.max(0, 1 - away) ** 1.5 + noise(px * 0.03) * s * 0.006
    })
    const flank = ctx.createLinearGradient(0, top, 0, foot)
    flank.addColorStop(0, mix(palette.far, '#ff6a2a', 0.35))
    flank.addColorStop(0.5, palette.far)
    flank.addColorStop(1, mix(palette.far, palette.near, 0.6))
    ctx.fillStyle = flank
    ctx.fill()
    lava(stage, x, top, foot, rim)
    ridges(stage, {
      top: horizon + s * 0.08,
      bottom: floor - s * 0.1,
      count: 3,
      rough: 0.9,
      colours: [mix(palette.far, palette.near, 0.6), palette.near],
    })
    slope(stage, floor - s * 0.09, mix(palette.near, palette.far, 0.4), { lit: 0.14 })
    fireflies(stage, horizon * 0.3, h * 0.8, 70, '#ffb35a')
  },
}

export const polar: Backdrop = {
  times: ['frost', 'night', 'dusk', 'dawn'],
  setting: 'ground',
  stock: ['penguin', 'snowflake', 'seal'],
  draw(stage) {
    const { ctx, w, h, s, random, horizon, floor, palette, dark } = stage
    openSky(stage, { flock: false })
    if (dark) aurora(stage)
    const ice = dark ? mix(palette.far, '#cfe6f2', 0.45) : '#eef6fa'
    ridges(stage, {
      top: horizon - s * 0.04,
      bottom: horizon + s * 0.1,
      count: 3,
      rough: 1.2,
      peak: 2.4,
      colours: [mix(palette.far, ice, 0.35), mix(palette.far, ice, 0.75)],
    })
    ridges(stage, {
      top: horizon + s * 0.1,
      bottom: floor - s * 0.12,
      count: 2,
      rough: 0.7,
      colours: [mix(palette.far, ice, 0.7), ice],
      trees: 'pine',
      density: 0.5,
    })
    const outline = slope(stage, floor - s * 0.1, ice, { lit: 0.2 })
    ctx.save()
    below(stage, outline)
    ctx.clip()
    const shadow = ctx.createLinearGradient(0, floor, 0, h)
    shadow.addColorStop(0, alpha(palette.far, 0))
    shadow.addColorStop(1, alpha(mix(palette.far, palette.near, 0.35), 0.75))
    ctx.fillStyle = shadow
    ctx.fillRect(0, floor - s * 0.2, w, h)
    ctx.restore()
    for (let flake = 0; flake < 160; flake++) {
      ctx.fillStyle = alpha('#ffffff', 0.3 + random() * 0.6)
      ctx.beginPath()
      ctx.arc(random() * w, random() * h, s * (0.001 + random() ** 3 * 0.005), 0, 7)
      ctx.fill()
    }
  },
}

function plume(stage: Stage, x: number, top: number): void {
  const { s, random, palette, side } = stage
  softly(stage, s * 0.015, (layer) => {
    for (let puff = 0; puff < 46; puff++) {
      const t = puff / 46
      layer.fillStyle = alpha(mix(mix(palette.near, '#ff7a3a', 0.5 * (1 - t)), palette.far, random() * 0.6), 0.75)
      layer.beginPath()
      layer.arc(
        x - side * t * t * s * 0.34 + (random() - 0.5) * s * (0.06 + 0.22 * t),
        top - t * s * 0.62,
        s * (0.04 + 0.09 * t) * (0.6 + random() * 0.6),
        0,
        7,
      )
      layer.fill()
    }
  })
}

function lava({ ctx, s, random }: Stage, x: number, top: number, foot: number, rim: number): void {
  ctx.lineCap = 'round'
  for (let stream = -1; stream <= 1; stream++) {
    const bend = curve(random)
    for (const [width, colour] of [
      [0.022, '#ff5a1f'],
      [0.009, '#ffd27a'],
    ] as const) {
      ctx.strokeStyle = colour
      ctx.lineWidth = s * width
      ctx.beginPath()
      for (let t = 0; t <= 1; t += 0.05) {
        const y = top + s * 0.01 + (foot - top) * t * (stream ? 0.6 : 0.9)
        ctx.lineTo(x + stream * (rim * 0.7 + s * 0.16 * t ** 1.3) + fractal(bend, t * 3, 2) * s * 0.04 * t, y)
      }
      ctx.stroke()
    }
  }
  shine(ctx, () => glow(ctx, x, top, s * 0.2, '#ffd27a', 0.9))
}

function aurora(stage: Stage): void {
  const { w, s, random, horizon } = stage
  softly(
    stage,
    s * 0.02,
    (layer) => {
      for (let band = 0; band < 3; band++) {
        const noise = curve(random)
        for (let x = 0; x < w; x += 10) {
          const foot = horizon * (0.5 + 0.12 * band) + fractal(noise, (x / w) * 3, 3) * s * 0.14
          const height = s * (0.2 + 0.14 * noise((x / w) * 9 + 40))
          const fade = layer.createLinearGradient(0, foot - height, 0, foot)
          fade.addColorStop(0, alpha('#8a5cff', 0))
          fade.addColorStop(0.7, alpha('#3fe0b0', 0.22))
          fade.addColorStop(1, alpha('#7affc8', 0.05))
          layer.fillStyle = fade
          layer.fillRect(x, foot - height, 10, height)
        }
      }
    },
    { blend: 'screen' },
  )
}
