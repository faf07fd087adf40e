// Open country: meadow, farm, forest, mountains, road.
import { house } from '../draw/buildings.ts'
import { alpha, mix } from '../draw/colour.ts'
import { glow, mist, shine, softly } from '../draw/light.ts'
import { openSky } from '../draw/sky.ts'
import { grass, pine, ridges, slope } from '../draw/terrain.ts'
import type { Outline } from '../draw/terrain.ts'
import type { Stage } from '../stage.ts'
import type { Backdrop } from './backdrop.ts'

export const meadow: Backdrop = {
  times: ['golden', 'day', 'dawn', 'dusk', 'night'],
  setting: 'ground',
  stock: ['butterfly', 'tulip', 'deciduous-tree'],
  draw(stage) {
    openSky(stage)
    hills(stage, { peak: 1.5, ground: '#2f6b2f' })
    const { base, green, outline } = lawn(stage, '#3a7a33')
    grass(stage, outline, base, green)
  },
}

export const farm: Backdrop = {
  times: ['day', 'golden', 'dawn', 'dusk', 'night'],
  setting: 'ground',
  stock: ['sheaf-of-rice', 'seedling', 'tractor'],
  draw(stage) {
    openSky(stage)
    hills(stage, { peak: 1.2, ground: '#3d7030' })
    const { w, s, horizon, palette, side, avoid } = stage
    if (!avoid.has('buildings')) {
      const red = mix('#9a3a2c', palette.near, stage.dark ? 0.65 : 0.3)
      house(stage, w * (0.5 - side * 0.34) - s * 0.05, horizon + s * 0.13, s * 0.1, red)
    }
    const { base, green, outline } = lawn(stage, '#3f7a2c')
    furrows(stage, outline, base, green)
  },
}

export const forest: Backdrop = {
  times: ['day', 'dawn', 'dusk', 'golden', 'night'],
  setting: 'ground',
  stock: ['evergreen-tree', 'mushroom', 'owl'],
  draw(stage) {
    const { w, s, h, random, palette, horizon, floor, dark, side, avoid } = stage
    openSky(stage)
    hills(stage, { peak: 1.5, ground: '#1d4d3a' })
    const green = groundColour(stage, '#1d4d3a')
    ridges(stage, {
      top: horizon + s * 0.06,
      bottom: floor - s * 0.08,
      count: 4,
      rough: 0.7,
      colours: [mix(palette.far, green, 0.5), green],
      trees: 'pine',
      density: 1.6,
    })
    if (!avoid.has('trees'))
      for (const edge of [-1, 1])
        for (let tree = 0; tree < 3; tree++)
          pine(
            stage.ctx,
            w * (0.5 + edge * (0.4 + 0.06 * tree)),
            floor - s * 0.04 + s * 0.03 * tree,
            s * (0.55 + random() * 0.3),
            mix(green, palette.near, 0.45 + 0.15 * tree),
          )
    const { base, outline } = lawn(stage, '#24523a')
    grass(stage, outline, base, green, false)
    softly(stage, s * 0.03, (layer) => shafts(stage, layer, side), { blend: 'screen', opacity: dark ? 0.25 : 0.55 })
    mist(stage, floor - s * 0.1, s * 0.08, palette.sky[3], 0.16)
    fireflies(stage, horizon, h * 0.8, dark ? 50 : 18)
  },
}

export const mountain: Backdrop = {
  times: ['dawn', 'golden', 'day', 'dusk', 'night'],
  setting: 'ground',
  stock: ['snow-capped-mountain', 'hiking-boot', 'eagle'],
  draw(stage) {
    openSky(stage)
    hills(stage, { peak: 2.7, ground: '#1d4d3a', trees: 'pine' })
    const { base, green, outline } = lawn(stage, '#2c5a3c')
    grass(stage, outline, base, green)
  },
}

export const road: Backdrop = {
  times: ['golden', 'dusk', 'day', 'dawn', 'night'],
  setting: 'ground',
  stock: ['automobile', 'bicycle', 'compass'],
  draw(stage) {
    const { ctx, w, h, s, horizon, palette, dark, sun } = stage
    openSky(stage)
    hills(stage, { peak: 2, ground: '#6a6a3c' })
    const ground = groundColour(stage, '#7a6a40')
    slope(stage, horizon + s * 0.12, ground, { swell: 0.006, lit: 0.3 })
    const [vx, vy] = [sun.x * 0.4 + w * 0.3, horizon + s * 0.115]
    const strip = (left: number, right: number, colour: string) => {
      ctx.fillStyle = colour
      ctx.beginPath()
      ctx.moveTo(vx + left * s * 0.012, vy)
      ctx.lineTo(vx + right * s * 0.012, vy)
      ctx.lineTo(w / 2 + right * w * 0.62, h)
      ctx.lineTo(w / 2 + left * w * 0.62, h)
      ctx.fill()
    }
    strip(-1.08, 1.08, mix(palette.light, palette.near, dark ? 0.7 : 0.3))
    strip(-1, 1, mix(mix('#4a4650', palette.far, 0.25), palette.near, 0.45))
    for (let dash = 0; dash < 12; dash++) {
      const [from, to] = [(dash / 12) ** 2.2, ((dash + 0.5) / 12) ** 2.2]
      const at = (t: number, edge: number): [number, number] => [
        vx + (w / 2 - vx) * t + edge * s * (0.0008 + 0.02 * t),
        vy + (h - vy) * t,
      ]
      ctx.fillStyle = alpha(mix('#ffffff', palette.light, 0.5), 0.85)
      ctx.beginPath()
      ctx.moveTo(...at(from, -1))
      ctx.lineTo(...at(from, 1))
      ctx.lineTo(...at(to, 1))
      ctx.lineTo(...at(to, -1))
      ctx.fill()
    }
    const gloom = ctx.createLinearGradient(0, vy, 0, h)
    gloom.addColorStop(0, alpha(palette.near, 0))
    gloom.addColorStop(1, alpha(palette.near, 0.55))
    ctx.fillStyle = gloom
    ctx.fillRect(0, vy, w, h - vy)
  },
}

/** A colour of the ground, drawn towards the palette's darkest so that it belongs to the light. */
export const groundColour = ({ palette, dark }: Stage, day: string): string =>
  dark ? mix(palette.near, mix(day, palette.far, 0.5), 0.4) : mix(palette.near, day, 0.66)

type Hills = { peak: number; ground: string; trees?: 'pine' | 'broadleaf' }

function hills(stage: Stage, { peak, ground, trees = 'broadleaf' }: Hills): void {
  const { s, horizon, palette } = stage
  const green = groundColour(stage, ground)
  ridges(stage, { top: horizon - s * 0.06, bottom: horizon + s * 0.08, count: 3, rough: 1.5, peak })
  ridges(stage, {
    top: horizon + s * 0.08,
    bottom: horizon + s * 0.2,
    count: 2,
    rough: 0.8,
    colours: [mix(palette.far, green, 0.55), green],
    trees,
  })
}

function lawn(stage: Stage, ground: string): { base: number; green: string; outline: Outline } {
  const green = groundColour(stage, ground)
  const base = stage.floor - stage.s * 0.09
  return { base, green, outline: slope(stage, base, green) }
}

function furrows({ ctx, w, h, s, random, palette }: Stage, outline: Outline, base: number, green: string): void {
  const leaf = mix(green, '#5aa83e', 0.5)
  for (let row = -16; row <= 16; row++) {
    const from = w / 2 + row * w * 0.035
    const to = w / 2 + row * w * 0.22
    for (let plant = 0; plant < 26; plant++) {
      const t = (plant / 26) ** 1.7
      const x = from + (to - from) * t
      const y = outline(Math.max(0, Math.min(w, from))) + s * 0.012 + t * (h - base) * 1.1
      const r = s * (0.006 + 0.03 * t)
      ctx.fillStyle = mix(leaf, '#000000', 0.12 + 0.3 * t)
      ctx.beginPath()
      ctx.arc(x, y, r, 0, 7)
      ctx.fill()
      ctx.fillStyle = alpha(palette.light, 0.22)
      ctx.beginPath()
      ctx.arc(x - r * 0.3, y - r * 0.35, r * 0.5, 0, 7)
      ctx.fill()
      if (random() >= 0.3) continue
      ctx.fillStyle = mix('#d8402f', palette.near, 0.15)
      ctx.beginPath()
      ctx.arc(x + (random() - 0.5) * r, y + (random() - 0.5) * r, r * 0.16 + 1, 0, 7)
      ctx.fill()
    }
  }
}

function shafts({ w, h, random, palette }: Stage, layer: Stage['ctx'], side: number): void {
  for (let shaft = 0; shaft < 6; shaft++) {
    const x = w * (0.1 + 0.16 * shaft + random() * 0.08)
    const width = w * (0.03 + random() * 0.05)
    const fade = layer.createLinearGradient(0, 0, 0, h * 0.75)
    fade.addColorStop(0, alpha(palette.light, 0.35))
    fade.addColorStop(1, alpha(palette.light, 0))
    layer.fillStyle = fade
    layer.beginPath()
    layer.moveTo(x, 0)
    layer.lineTo(x + width, 0)
    layer.lineTo(x + width * 2 - side * w * 0.25, h * 0.75)
    layer.lineTo(x - width - side * w * 0.25, h * 0.75)
    layer.fill()
  }
}

/** Sparks of light in the air. */
export function fireflies(
  { ctx, w, s, random }: Stage,
  top: number,
  bottom: number,
  count: number,
  colour = '#fff2b0',
): void {
  shine(ctx, () => {
    for (let spark = 0; spark < count; spark++)
      glow(
        ctx,
        random() * w,
        top + random() * (bottom - top),
        s * (0.006 + random() ** 3 * 0.014),
        colour,
        0.4 + random() * 0.5,
      )
  })
}
