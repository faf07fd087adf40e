// Where people live close together: city and desert town.
import { domes, neonTubes, skyline } from '../draw/buildings.ts'
import { alpha, mix } from '../draw/colour.ts'
import { glow, mist, shade, shine } from '../draw/light.ts'
import { curve, fractal } from '../draw/noise.ts'
import { clouds, disc, openSky, sky } from '../draw/sky.ts'
import { below, palm, ridges } from '../draw/terrain.ts'
import { mirror } from '../draw/water.ts'
import type { Stage } from '../stage.ts'
import type { Backdrop } from './backdrop.ts'

export const city: Backdrop = {
  times: ['dusk', 'night', 'golden', 'dawn', 'day', 'neon'],
  setting: 'ground',
  stock: ['taxi', 'bicycle', 'office-building'],
  draw(stage) {
    const { ctx, w, h, s, horizon, random, palette, neon } = stage
    sky(stage)
    disc(stage)
    clouds(stage, horizon * 0.3, horizon * 0.9, 7, palette.sky[2])
    const far = mix(palette.far, palette.sky[2], 0.35)
    const lit = stage.dark ? 0.36 : 0.14
    skyline(stage, { y: horizon + s * 0.06, maxHeight: s * 0.44, colour: far, lit: lit * 0.6, scale: 0.8, neon })
    mist(stage, horizon + s * 0.02, s * 0.1, palette.sky[3], 0.35)
    skyline(stage, {
      y: horizon + s * 0.1,
      maxHeight: s * 0.33,
      colour: mix(palette.far, palette.near, 0.5),
      lit,
      neon,
    })
    mist(stage, horizon + s * 0.08, s * 0.07, palette.sky[2], 0.3)
    const top = horizon + s * 0.14
    skyline(stage, {
      y: top,
      maxHeight: s * 0.19,
      colour: mix(palette.far, palette.near, 0.88),
      lit: lit * 1.2,
      scale: 1.15,
      gables: !neon,
      neon,
    })
    shade(stage, top, h, [mix(palette.near, palette.far, 0.35), mix(palette.near, '#000000', 0.25)])
    mirror(stage, top, neon ? 0.55 : 0.34)
    shine(ctx, () => {
      for (let light = 0; light < 16; light++)
        glow(
          ctx,
          random() * w,
          top + random() ** 0.7 * (h - top),
          s * (0.02 + 0.09 * random()),
          neon ? neonTubes[light % 4]! : palette.light,
          0.16,
        )
    })
  },
}

export const desert: Backdrop = {
  times: ['golden', 'dusk', 'day', 'night', 'dawn'],
  setting: 'ground',
  stock: ['camel', 'cactus', 'amphora'],
  draw(stage) {
    const { s, horizon, palette } = stage
    openSky(stage, { cloudCount: 5, flock: false })
    ridges(stage, { top: horizon - s * 0.03, bottom: horizon + s * 0.01, count: 2, rough: 0.6 })
    if (!stage.avoid.has('buildings')) domes(stage, horizon + s * 0.06, mix(palette.far, palette.near, 0.55))
    mist(stage, horizon + s * 0.07, s * 0.07, palette.sky[3], 0.3)
    dunes(stage)
  },
}

function dunes(stage: Stage): void {
  const { ctx, w, s, random, palette, horizon, floor, side, dark } = stage
  for (let dune = 0; dune < 3; dune++) {
    const t = dune / 2
    const noise = curve(random)
    const base = horizon + s * 0.1 + (floor - horizon - s * 0.2) * t
    const offset = random() * 60
    const outline = (x: number) =>
      base -
      Math.sin((x / w) * (2.2 + dune) + offset) * s * 0.05 * (1 + t * 0.4) -
      fractal(noise, (x * 1.3) / w + offset, 2) * s * 0.03
    const sand = mix(mix('#e6bd80', palette.accent, 0.3), palette.near, (dark ? 0.5 : 0.14) + 0.26 * t)
    const fill = ctx.createLinearGradient(0, base - s * 0.1, 0, base + s * 0.4)
    fill.addColorStop(0, mix(sand, palette.light, dark ? 0.06 : 0.3))
    fill.addColorStop(1, mix(sand, palette.near, 0.55))
    below(stage, outline)
    ctx.fillStyle = fill
    ctx.fill()
    ctx.save()
    ctx.clip()
    ctx.strokeStyle = alpha(palette.near, 0.12)
    ctx.lineWidth = s * 0.002
    for (let ripple = 1; ripple < 14; ripple++) {
      ctx.beginPath()
      for (let x = 0; x <= w + 8; x += 8)
        ctx.lineTo(x, outline(x) + ripple * s * 0.02 * (1 + ripple * 0.08) + Math.sin(x * 0.02 + ripple) * s * 0.003)
      ctx.stroke()
    }
    ctx.restore()
    if (dune !== 1) continue
    for (let tree = 0; tree < 3; tree++) {
      const x = w * (0.5 + side * (0.44 - 0.07 * tree))
      palm(stage, x, outline(x) + s * 0.01, s * (0.2 + random() * 0.1), mix(palette.near, sand, 0.15))
    }
  }
}
