// What the past left: castle, ruins, cave.
import { house } from '../draw/buildings.ts'
import { alpha, mix } from '../draw/colour.ts'
import { beam, glow, shade, shine } from '../draw/light.ts'
import { curve, fractal } from '../draw/noise.ts'
import { openSky } from '../draw/sky.ts'
import { grass, ridges, slope } from '../draw/terrain.ts'
import type { Stage } from '../stage.ts'
import type { Backdrop } from './backdrop.ts'
import { fireflies, groundColour } from './land.ts'

export const castle: Backdrop = {
  times: ['golden', 'dusk', 'dawn', 'storm', 'night'],
  setting: 'ground',
  stock: ['castle', 'shield', 'crown'],
  draw(stage) {
    const { w, s, horizon, floor, palette, side, random } = stage
    openSky(stage)
    ridges(stage, { top: horizon - s * 0.05, bottom: horizon + s * 0.06, count: 2, rough: 1.4, peak: 1.8 })
    const stone = mix(mix('#8d8478', palette.far, 0.45), palette.near, 0.3)
    if (!stage.avoid.has('buildings')) {
      keep(stage, w * (0.5 - side * 0.1), horizon + s * 0.12, s * 0.66, stone)
      for (let cottage = 0; cottage < 7; cottage++) {
        const x = w * (0.04 + 0.14 * cottage + random() * 0.04)
        house(
          stage,
          x,
          horizon + s * (0.15 + 0.02 * (cottage % 2)),
          s * (0.06 + random() * 0.03),
          mix(stone, palette.near, 0.35 + random() * 0.2),
        )
      }
    }
    const green = groundColour(stage, '#46703a')
    ridges(stage, {
      top: horizon + s * 0.14,
      bottom: horizon + s * 0.2,
      count: 2,
      rough: 0.5,
      colours: [mix(palette.far, green, 0.7), green],
      trees: 'broadleaf',
      density: 0.5,
    })
    const base = floor - s * 0.09
    grass(stage, slope(stage, base, green), base, green)
  },
}

/** A curtain wall with five towers around (x, y); `size` is its whole width in pixels. */
function keep({ ctx, s, palette, random }: Stage, x: number, y: number, size: number, stone: string): void {
  const block = (left: number, width: number, height: number, spire: boolean, tone: string) => {
    const top = y - height
    const face = ctx.createLinearGradient(left, 0, left + width, 0)
    face.addColorStop(0, mix(tone, palette.light, 0.2))
    face.addColorStop(1, mix(tone, palette.near, 0.4))
    ctx.fillStyle = face
    ctx.fillRect(left, top, width, height + s * 0.1)
    for (let merlon = left; merlon < left + width - 1; merlon += width / 5)
      ctx.fillRect(merlon, top - width * 0.1, width / 9, width * 0.11)
    ctx.fillStyle = alpha(palette.light, 0.9)
    for (let slit = 0; slit < 2; slit++)
      if (random() < 0.8)
        ctx.fillRect(left + width * 0.44, top + width * (0.35 + slit * 0.7), width * 0.12, width * 0.3)
    if (!spire) return
    ctx.fillStyle = mix(mix('#8f3a34', palette.far, 0.25), palette.near, 0.25)
    ctx.beginPath()
    ctx.moveTo(left - width * 0.12, top)
    ctx.lineTo(left + width / 2, top - width * 1.35)
    ctx.lineTo(left + width * 1.12, top)
    ctx.fill()
    ctx.fillStyle = palette.accent
    ctx.beginPath()
    ctx.moveTo(left + width / 2, top - width * 1.75)
    ctx.lineTo(left + width * 1.05, top - width * 1.6)
    ctx.lineTo(left + width / 2, top - width * 1.45)
    ctx.fill()
    ctx.fillRect(left + width * 0.48, top - width * 1.75, width * 0.05, width * 0.5)
  }
  block(x - size * 0.42, size * 0.84, size * 0.2, false, stone)
  block(x - size * 0.14, size * 0.28, size * 0.42, false, mix(stone, palette.far, 0.2))
  for (const [dx, width, height] of [
    [-0.46, 0.13, 0.36],
    [-0.24, 0.11, 0.5],
    [0.12, 0.12, 0.58],
    [0.34, 0.13, 0.34],
  ] as const)
    block(x + dx * size, width * size, height * size, true, stone)
}

export const ruins: Backdrop = {
  times: ['golden', 'dawn', 'dusk', 'day', 'night'],
  setting: 'ground',
  stock: ['amphora', 'classical-building', 'scroll'],
  draw(stage) {
    const { w, s, horizon, floor, palette, dark, side } = stage
    openSky(stage)
    ridges(stage, { top: horizon - s * 0.04, bottom: horizon + s * 0.08, count: 3, rough: 1.2, peak: 1.4 })
    const marble = mix(mix('#e8dcc4', palette.far, 0.3), palette.near, dark ? 0.55 : 0.12)
    const ground = groundColour(stage, '#8a7a4e')
    slope(stage, horizon + s * 0.12, ground, { swell: 0.012, lit: 0.3 })
    if (!stage.avoid.has('buildings')) temple(stage, w * (0.5 - side * 0.12), horizon + s * 0.135, s * 0.6, marble)
    const base = floor - s * 0.08
    const outline = slope(stage, base, ground)
    if (!stage.avoid.has('buildings'))
      for (const edge of [-1, 1])
        column(
          stage,
          w * (0.5 + edge * 0.43),
          outline(w * (0.5 + edge * 0.43)) + s * 0.05,
          s * 0.085,
          s * (edge === side ? 0.62 : 0.34),
          marble,
        )
    grass(stage, outline, base, ground)
  },
}

function temple(stage: Stage, x: number, y: number, width: number, marble: string): void {
  const { ctx, palette } = stage
  const height = width * 0.36
  const shadow = mix(marble, palette.near, 0.55)
  ctx.fillStyle = shadow
  ctx.fillRect(x - width * 0.46, y - height, width * 0.92, height)
  for (let index = 0; index < 6; index++)
    column(stage, x - width * 0.42 + index * width * 0.168, y, width * 0.06, height, marble)
  ctx.fillStyle = marble
  ctx.fillRect(x - width * 0.5, y - height - width * 0.05, width, width * 0.05)
  ctx.beginPath()
  ctx.moveTo(x - width * 0.53, y - height - width * 0.05)
  ctx.lineTo(x, y - height - width * 0.2)
  ctx.lineTo(x + width * 0.53, y - height - width * 0.05)
  ctx.fill()
  ctx.fillStyle = mix(marble, palette.near, 0.25)
  ctx.beginPath()
  ctx.moveTo(x - width * 0.4, y - height - width * 0.065)
  ctx.lineTo(x, y - height - width * 0.165)
  ctx.lineTo(x + width * 0.4, y - height - width * 0.065)
  ctx.fill()
  for (let step = 0; step < 3; step++) {
    ctx.fillStyle = mix(marble, palette.near, 0.08 + step * 0.1)
    ctx.fillRect(x - width * (0.5 + step * 0.025), y + step * width * 0.02, width * (1 + step * 0.05), width * 0.021)
  }
}

function column(
  { ctx, palette, side }: Stage,
  x: number,
  y: number,
  width: number,
  height: number,
  marble: string,
): void {
  const round = ctx.createLinearGradient(x - width / 2, 0, x + width / 2, 0)
  const [lit, shaded] = [mix(marble, palette.light, 0.5), mix(marble, palette.near, 0.45)]
  round.addColorStop(0, side < 0 ? lit : shaded)
  round.addColorStop(0.5, marble)
  round.addColorStop(1, side < 0 ? shaded : lit)
  ctx.fillStyle = round
  ctx.fillRect(x - width * 0.42, y - height, width * 0.84, height)
  ctx.fillRect(x - width * 0.55, y - height, width * 1.1, width * 0.2)
  ctx.fillRect(x - width * 0.55, y - width * 0.2, width * 1.1, width * 0.2)
  ctx.fillStyle = alpha(palette.near, 0.18)
  for (let flute = -1; flute <= 1; flute++)
    ctx.fillRect(x + flute * width * 0.22 - width * 0.03, y - height + width * 0.2, width * 0.06, height - width * 0.4)
}

export const cave: Backdrop = {
  times: ['ember', 'night', 'dusk'],
  setting: 'ground',
  stock: ['gem-stone', 'flashlight', 'pick'],
  draw(stage) {
    const { ctx, w, h, s, random, palette, floor, side, avoid } = stage
    const rock = mix(palette.near, palette.far, 0.5)
    shade(stage, 0, h, [mix(rock, '#000000', 0.5), rock, mix(rock, palette.accent, 0.16), mix(rock, '#000000', 0.55)])
    const light = w * (0.5 + side * 0.12)
    shine(ctx, () => glow(ctx, light, floor - s * 0.5, s * 0.75, palette.light, 0.5))
    for (let layer = 0; layer < 3; layer++) {
      const noise = curve(random)
      const tone = mix(mix(rock, palette.light, 0.12 - layer * 0.05), palette.near, 0.15 + layer * 0.33)
      ctx.fillStyle = tone
      ctx.beginPath()
      ctx.moveTo(0, 0)
      for (let x = 0; x <= w; x += 5) {
        const edge = Math.abs(x / w - 0.5) * 2
        const tooth = Math.max(0, fractal(noise, (x / s) * (6 + layer * 2), 3)) ** 2 * s * 0.55
        ctx.lineTo(x, h * (0.12 - layer * 0.03) + edge ** 3 * h * (0.42 - layer * 0.1) + tooth)
      }
      ctx.lineTo(w, 0)
      ctx.fill()
    }
    beam(ctx, { x: light, y: 0, length: floor + s * 0.05, spread: s * 0.7, colour: palette.light, strength: 0.5 })
    slope(stage, floor - s * 0.09, mix(rock, palette.near, 0.2), { lit: 0.22 })
    if (!avoid.has('gems'))
      for (let gem = 0; gem < 12; gem++)
        crystal(
          stage,
          w * (gem % 2 ? 0.03 + random() * 0.2 : 0.97 - random() * 0.2),
          floor - s * 0.03 + random() * s * 0.1,
          s * (0.05 + random() * 0.1),
        )
    fireflies(stage, h * 0.2, floor, 30)
  },
}

function crystal({ ctx, random, palette }: Stage, x: number, y: number, height: number): void {
  const lean = (random() - 0.5) * height * 0.7
  const width = height * 0.22
  const hue = random() < 0.5 ? '#6ad8e8' : '#b48aff'
  shine(ctx, () => glow(ctx, x + lean * 0.5, y - height * 0.5, height * 0.9, hue, 0.35))
  for (const [edge, tone] of [
    [-1, mix(hue, palette.light, 0.4)],
    [1, mix(hue, palette.near, 0.45)],
  ] as const) {
    ctx.fillStyle = tone
    ctx.beginPath()
    ctx.moveTo(x, y)
    ctx.lineTo(x + edge * width, y)
    ctx.lineTo(x + lean + edge * width * 0.8, y - height * 0.75)
    ctx.lineTo(x + lean, y - height)
    ctx.fill()
  }
}
