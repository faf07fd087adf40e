// Indoors: a cosy room, library, laboratory, kitchen, hospital, office.
import { alpha, mix } from '../draw/colour.ts'
import { glow, shade, shine } from '../draw/light.ts'
import { boards, lamp, shelf, tiles, wall, windowOn } from '../draw/interior.ts'
import { pickFrom } from '../draw/random.ts'
import type { Stage } from '../stage.ts'
import type { Backdrop } from './backdrop.ts'

/** Where a table top begins, so that the hero's foot stands a little way in from its edge. */
const tableTop = ({ floor, s }: Stage): number => floor - s * 0.11

export const room: Backdrop = {
  times: ['dusk', 'golden', 'night', 'dawn', 'day'],
  setting: 'ground',
  stock: ['couch-and-lamp', 'potted-plant', 'teapot'],
  draw(stage) {
    const { w, h, tall, palette, side } = stage
    wall(stage, mix(palette.near, palette.far, 0.38))
    centralWindow(stage, 'town', true)
    for (const x of [0, w - w * (tall ? 0.15 : 0.19)])
      for (const y of tall ? [0.3, 0.41, 0.52] : [0.3, 0.46, 0.6]) shelf(stage, x, h * y, w * (tall ? 0.15 : 0.19))
    const lamps = tall
      ? [
          [0.13, 0.13],
          [0.87, 0.17],
          [0.5 - side * 0.02, 0.06],
        ]
      : [
          [0.1, 0.16],
          [0.9, 0.12],
          [0.5 - side * 0.28, 0.08],
        ]
    for (const [x, y] of lamps) lamp(stage, w * x!, h * y!)
    boards(stage, tableTop(stage))
  },
}

export const library: Backdrop = {
  times: ['golden', 'dusk', 'night', 'day'],
  setting: 'ground',
  stock: ['books', 'open-book', 'scroll'],
  draw(stage) {
    const { ctx, w, h, s, palette, random } = stage
    const wood = mix(mix(palette.accent, '#5a3520', 0.6), palette.near, 0.4)
    wall(stage, mix(wood, palette.near, 0.35), { panels: false })
    const top = tableTop(stage)
    const columns = Math.max(2, Math.round(w / (s * 0.42)))
    const width = w / columns
    for (let row = 0; row * s * 0.135 < top; row++)
      for (let column = 0; column < columns; column++)
        shelf(stage, column * width + s * 0.015, s * 0.1 + row * s * 0.135, width - s * 0.03, 0.06)
    for (let post = 0; post <= columns; post++) {
      ctx.fillStyle = mix(wood, palette.near, 0.25)
      ctx.fillRect(post * width - s * 0.016, 0, s * 0.032, top)
      ctx.fillStyle = alpha(palette.light, 0.2)
      ctx.fillRect(post * width - s * 0.016, 0, s * 0.004, top)
    }
    // The air before the shelves keeps them behind the heroes.
    const air = ctx.createRadialGradient(w / 2, h * 0.42, 0, w / 2, h * 0.42, s * 0.75)
    air.addColorStop(0, alpha(mix(palette.light, palette.far, 0.4), 0.62))
    air.addColorStop(0.55, alpha(palette.near, 0.2))
    air.addColorStop(1, alpha(palette.near, 0.6))
    ctx.fillStyle = air
    ctx.fillRect(0, 0, w, top)
    lamp(stage, w * (0.5 + (random() - 0.5) * 0.1), h * 0.08)
    boards(stage, top, wood)
  },
}

export const laboratory: Backdrop = {
  times: ['day', 'dusk', 'night', 'neon'],
  setting: 'ground',
  stock: ['microscope', 'test-tube', 'alembic'],
  draw(stage) {
    const { ctx, w, h, s, palette, dark } = stage
    const paint = mix(mix('#cfe6e4', palette.sky[1], 0.35), palette.near, dark ? 0.72 : 0.2)
    wall(stage, paint, { panels: false })
    centralWindow(stage, 'sky', false)
    const top = tableTop(stage)
    for (const y of stage.tall ? [0.24, 0.36, 0.48] : [0.26, 0.44, 0.6])
      for (const x of [0, w * 0.82]) {
        ctx.fillStyle = mix(paint, palette.near, 0.4)
        ctx.fillRect(x, h * y, w * 0.18, s * 0.012)
        for (let flask = 0; flask < 3; flask++) glassware(stage, x + w * (0.03 + 0.055 * flask), h * y, s * 0.075)
      }
    for (const x of [0.3, 0.7]) striplight(stage, w * x, h * 0.05)
    shade(stage, top, h, [mix('#ffffff', paint, 0.4), mix(paint, palette.near, 0.25), mix(paint, palette.near, 0.7)])
    ctx.fillStyle = alpha('#ffffff', 0.6)
    ctx.fillRect(0, top, w, s * 0.006)
  },
}

function glassware({ ctx, s, random, palette }: Stage, x: number, y: number, size: number): void {
  const liquid = pickFrom(['#4fd1c5', '#f6ad55', '#b794f4', '#68d391', '#f687b3'], random)
  const height = size * (0.8 + random() * 0.5)
  const round = random() < 0.5
  shine(ctx, () => glow(ctx, x, y - height * 0.3, size * 0.8, liquid, 0.3))
  ctx.fillStyle = alpha(liquid, 0.85)
  ctx.beginPath()
  if (round) ctx.arc(x, y - size * 0.3, size * 0.28, 0, Math.PI)
  else ctx.rect(x - size * 0.14, y - height * 0.55, size * 0.28, height * 0.53)
  ctx.fill()
  ctx.strokeStyle = alpha(mix('#ffffff', palette.light, 0.3), 0.8)
  ctx.lineWidth = s * 0.003
  ctx.beginPath()
  if (round) {
    ctx.arc(x, y - size * 0.3, size * 0.29, -1.2, Math.PI + 1.2)
    ctx.lineTo(x - size * 0.1, y - height)
    ctx.moveTo(x + size * 0.1, y - size * 0.57)
    ctx.lineTo(x + size * 0.1, y - height)
  } else ctx.roundRect(x - size * 0.15, y - height, size * 0.3, height, size * 0.1)
  ctx.stroke()
}

function striplight({ ctx, s, palette }: Stage, x: number, y: number): void {
  shine(ctx, () => glow(ctx, x, y, s * 0.34, mix('#ffffff', palette.light, 0.3), 0.7))
  ctx.fillStyle = '#ffffff'
  ctx.beginPath()
  ctx.roundRect(x - s * 0.13, y, s * 0.26, s * 0.02, s * 0.01)
  ctx.fill()
}

export const kitchen: Backdrop = {
  times: ['golden', 'day', 'dawn', 'dusk', 'night'],
  setting: 'ground',
  stock: ['pot-of-food', 'cooking', 'bread'],
  draw(stage) {
    const { ctx, w, h, s, palette, dark, tall } = stage
    const glaze = mix(mix('#dfeae0', palette.light, 0.4), palette.near, dark ? 0.65 : 0.16)
    const top = tableTop(stage)
    wall(stage, glaze, { panels: false })
    ctx.strokeStyle = alpha(palette.near, 0.1)
    ctx.lineWidth = s * 0.003
    ctx.beginPath()
    for (let y = 0; y < top; y += s * 0.055) {
      ctx.moveTo(0, y)
      ctx.lineTo(w, y)
      for (let x = (Math.round(y / (s * 0.055)) % 2) * s * 0.055; x < w; x += s * 0.11) {
        ctx.moveTo(x, y)
        ctx.lineTo(x, y + s * 0.055)
      }
    }
    ctx.stroke()
    centralWindow(stage, 'sky', false)
    for (const y of tall ? [0.3, 0.42] : [0.32, 0.52])
      for (const x of [0, w * 0.83]) shelf(stage, x, h * y, w * 0.17, 0.9)
    hangingPans(stage)
    lamp(stage, w * 0.14, h * 0.13)
    lamp(stage, w * 0.86, h * 0.13)
    boards(stage, top, mix('#b07a48', palette.near, dark ? 0.6 : 0.22))
  },
}

/** A rail with pans, above the window. */
function hangingPans({ ctx, w, h, s, palette, random, tall }: Stage): void {
  const y = h * (tall ? 0.09 : 0.05)
  const iron = mix('#4a4248', palette.near, 0.35)
  ctx.fillStyle = iron
  ctx.fillRect(w * 0.28, y, w * 0.44, s * 0.01)
  for (let pan = 0; pan < 4; pan++) {
    const x = w * (0.32 + 0.12 * pan)
    const r = s * (0.032 + random() * 0.018)
    ctx.fillStyle = mix(pan % 2 ? '#b06a3c' : '#55505a', palette.near, 0.25)
    ctx.fillRect(x - s * 0.005, y, s * 0.01, s * 0.08)
    ctx.beginPath()
    ctx.arc(x, y + s * 0.08 + r * 0.7, r, 0, 7)
    ctx.fill()
    ctx.fillStyle = alpha(palette.light, 0.25)
    ctx.beginPath()
    ctx.arc(x - r * 0.25, y + s * 0.08 + r * 0.5, r * 0.55, 0, 7)
    ctx.fill()
  }
}

export const hospital: Backdrop = {
  times: ['day', 'dawn', 'dusk', 'night'],
  setting: 'ground',
  stock: ['stethoscope', 'pill', 'anatomical-heart'],
  draw(stage) {
    const { ctx, w, h, s, palette, dark, tall, side } = stage
    const paint = mix(mix('#d9efec', palette.sky[2], 0.2), palette.near, dark ? 0.66 : 0.1)
    const top = tableTop(stage)
    wall(stage, paint, { panels: false })
    ctx.fillStyle = alpha(mix('#4fb3a5', palette.near, 0.2), 0.5)
    ctx.fillRect(0, top - s * 0.13, w, s * 0.02)
    centralWindow(stage, 'sky', false)
    monitor(stage, w * (tall ? 0.5 : 0.5 + side * 0.36), h * (tall ? 0.09 : 0.2), s * 0.3)
    for (const x of [0.06, 0.94]) {
      ctx.fillStyle = mix('#a9d8d2', palette.near, dark ? 0.5 : 0.15)
      for (let fold = 0; fold < 5; fold++) {
        ctx.beginPath()
        ctx.ellipse(w * x + (fold - 2) * s * 0.028, h * 0.02, s * 0.017, top * 0.98, 0, 0, Math.PI)
        ctx.fill()
      }
    }
    striplight(stage, w * 0.3, h * 0.035)
    striplight(stage, w * 0.7, h * 0.035)
    tiles(stage, top, mix('#ffffff', paint, 0.55), mix(paint, palette.near, 0.6))
  },
}

/** A heart-rate monitor. */
function monitor({ ctx, s }: Stage, x: number, y: number, width: number): void {
  const height = width * 0.5
  ctx.fillStyle = '#0d2b2e'
  ctx.beginPath()
  ctx.roundRect(x - width / 2, y, width, height, s * 0.015)
  ctx.fill()
  shine(ctx, () => glow(ctx, x, y + height / 2, width * 0.7, '#3fe0b0', 0.25))
  ctx.strokeStyle = '#5af2c0'
  ctx.lineWidth = s * 0.005
  ctx.lineJoin = 'round'
  ctx.beginPath()
  const beat = [0, 0, 0, -0.1, 0, 0.12, -0.75, 0.4, 0, 0, -0.16, 0, 0]
  for (let point = 0; point < 26; point++)
    ctx.lineTo(x - width * 0.45 + (point / 25) * width * 0.9, y + height * (0.55 + beat[point % 13]! * 0.5))
  ctx.stroke()
}

export const office: Backdrop = {
  times: ['day', 'dusk', 'night', 'golden'],
  setting: 'ground',
  stock: ['briefcase', 'laptop', 'clipboard'],
  draw(stage) {
    const { ctx, w, h, s, palette, dark, tall, random } = stage
    const top = tableTop(stage)
    wall(stage, mix(palette.near, palette.far, 0.45), { panels: false })
    windowOn(stage, {
      x: w * 0.06,
      y: h * (tall ? 0.14 : 0.08),
      width: w * 0.88,
      height: top - h * (tall ? 0.2 : 0.14),
      arched: false,
    })
    ctx.fillStyle = mix(palette.near, palette.accent, 0.2)
    for (const x of [0.28, 0.72])
      ctx.fillRect(w * x - s * 0.004, h * (tall ? 0.14 : 0.08), s * 0.008, top - h * (tall ? 0.2 : 0.14))
    boards(stage, top, mix('#7a5a44', palette.near, dark ? 0.6 : 0.35))
    for (const x of [0.2, 0.8]) lamp(stage, w * x, h * (0.05 + random() * 0.04))
  },
}

function centralWindow(stage: Stage, view: 'town' | 'sky', arched: boolean): void {
  const { w, h, s, tall, side } = stage
  const width = s * (tall ? 0.64 : 0.6)
  const height = h * (tall ? 0.42 : 0.54)
  windowOn(stage, {
    x: w * (0.5 + side * (tall ? 0.01 : 0.05)) - width / 2,
    y: h * (tall ? 0.15 : 0.09),
    width,
    height,
    arched,
    view,
  })
}
