// The sky: its gradient, sun or moon, stars, clouds and birds.
import type { SKRSContext2D } from '@napi-rs/canvas'
import type { CloudKind, Stage } from '../stage.ts'
import { alpha, mix } from './colour.ts'
import { glow, shine, softly } from './light.ts'

/** Fills the whole picture with sky down to `bottom`, with stars when it is dark. */
export function sky(stage: Stage, bottom = stage.horizon * 1.06): void {
  const { ctx, w, h, palette, dark } = stage
  const fade = ctx.createLinearGradient(0, 0, 0, bottom)
  for (const [index, colour] of palette.sky.entries()) fade.addColorStop([0, 0.42, 0.8, 1][index]!, colour)
  ctx.fillStyle = fade
  ctx.fillRect(0, 0, w, h)
  if (dark) stars(stage, bottom * 0.9, 240)
}

export function stars({ ctx, w, s, random, avoid }: Stage, bottom: number, count: number, strength = 1): void {
  if (avoid.has('stars')) return
  for (let star = 0; star < count; star++) {
    const x = random() * w
    const y = random() ** 1.4 * bottom
    const r = s * (0.0006 + random() ** 6 * 0.0024)
    ctx.globalAlpha = strength * (0.25 + random() * 0.75)
    ctx.fillStyle = random() < 0.2 ? '#ffe9c9' : '#ffffff'
    ctx.beginPath()
    ctx.arc(x, y, r, 0, 7)
    ctx.fill()
    if (r > s * 0.0019) glow(ctx, x, y, r * 7, '#cfe4ff', 0.35)
  }
  ctx.globalAlpha = 1
}

/** The sun by day, the moon with its seas by night. */
export function disc({ ctx, palette, dark, avoid, sun }: Stage, { x, y, r } = sun): void {
  if (avoid.has(dark ? 'moon' : 'sun')) return
  shine(ctx, () => {
    glow(ctx, x, y, r * 4.2, palette.light, dark ? 0.35 : 0.6)
    glow(ctx, x, y, r * 2.1, palette.sun, 0.5)
  })
  const face = ctx.createLinearGradient(0, y - r, 0, y + r)
  face.addColorStop(0, palette.sun)
  face.addColorStop(1, mix(palette.sun, palette.light, 0.75))
  ctx.fillStyle = face
  ctx.beginPath()
  ctx.arc(x, y, r, 0, 7)
  ctx.fill()
  if (dark) moonSeas(ctx, x, y, r, alpha(mix(palette.sun, palette.far, 0.5), 0.22))
}

const SEAS = [
  [-0.3, -0.2, 0.28],
  [0.35, 0.1, 0.2],
  [-0.05, 0.45, 0.24],
  [0.2, -0.5, 0.14],
  [-0.55, 0.3, 0.13],
] as const

function moonSeas(ctx: SKRSContext2D, x: number, y: number, r: number, colour: string): void {
  ctx.fillStyle = colour
  for (const [dx, dy, size] of SEAS) {
    ctx.beginPath()
    ctx.arc(x + dx * r, y + dy * r, size * r, 0, 7)
    ctx.fill()
  }
}

/** Clouds between two heights, of the kind that the look asks for. */
export function clouds(stage: Stage, top: number, bottom: number, count: number, colour?: string): void {
  if (stage.avoid.has('clouds')) return
  cloudKinds[stage.clouds](stage, top, bottom, count, colour ?? mix(stage.palette.sky[3], '#ffffff', 0.3))
}

const cloudKinds = { soft: softClouds, cumulus: cumulusClouds, lozenges, none: () => {} } satisfies Record<
  CloudKind,
  unknown
>

function softClouds(stage: Stage, top: number, bottom: number, count: number, colour: string): void {
  const { w, s, random } = stage
  softly(stage, s * 0.012, (layer) => {
    layer.fillStyle = colour
    for (let cloud = 0; cloud < count; cloud++) {
      const x = random() * w * 1.2 - w * 0.1
      const y = top + random() * (bottom - top)
      const width = s * (0.12 + random() * 0.3)
      const height = width * (0.05 + random() * 0.05)
      layer.globalAlpha = 0.16 + random() * 0.3
      for (let puff = 0; puff < 7; puff++) {
        const t = puff / 6 - 0.5
        layer.beginPath()
        layer.ellipse(
          x + t * width * 1.5,
          y + (random() - 0.5) * height * 1.2,
          width * (0.35 - 0.4 * t * t),
          height * (1.1 - 2.6 * t * t),
          0,
          0,
          7,
        )
        layer.fill()
      }
    }
  })
}

/** Towering summer clouds in three flat tones, piled up from the bottom of their band. */
function cumulusClouds(stage: Stage, top: number, bottom: number, count: number): void {
  const { w, s, random, palette, side } = stage
  const towers = Math.max(2, Math.round(count / 3))
  for (let tower = 0; tower < towers; tower++) {
    const x = w * ((tower + 0.2 + random() * 0.6) / towers)
    const height = (bottom - top) * (0.35 + random() * 0.65)
    cumulus(stage, x, bottom + s * 0.06, height, s * (0.22 + random() * 0.16), side, palette.sky[1])
  }
}

/** Gold lozenges over the sky, as behind the figures of a manuscript. */
function lozenges({ ctx, w, s, horizon }: Stage): void {
  const pitch = s * 0.075
  const fade = ctx.createLinearGradient(0, 0, 0, horizon)
  fade.addColorStop(0, alpha('#f0c860', 0.85))
  fade.addColorStop(0.75, alpha('#f0c860', 0.5))
  fade.addColorStop(1, alpha('#e8bf55', 0))
  ctx.strokeStyle = fade
  ctx.fillStyle = fade
  ctx.lineWidth = s * 0.0052
  ctx.beginPath()
  for (let x = -horizon; x < w + horizon; x += pitch) {
    ctx.moveTo(x, 0)
    ctx.lineTo(x + horizon, horizon)
    ctx.moveTo(x, 0)
    ctx.lineTo(x - horizon, horizon)
  }
  ctx.stroke()
  for (let row = 0; row * pitch * 0.5 < horizon; row++)
    for (let x = (row % 2) * pitch * 0.5 - pitch * 0.5; x < w + pitch; x += pitch) {
      ctx.beginPath()
      ctx.arc(x + pitch * 0.5, row * pitch * 0.5, s * 0.009, 0, 7)
      ctx.fill()
    }
}

/** One cumulus standing on `y`, lit from `side`, its shadows tinted with `shadow`. */
export function cumulus(
  { ctx, random, palette, dark }: Stage,
  x: number,
  y: number,
  height: number,
  width: number,
  side: number,
  shadow: string,
): void {
  const puffs = Array.from({ length: 26 }, () => {
    const up = random()
    return {
      dx: (random() - 0.5) * width * (1.5 - up * 1.05),
      up,
      r: width * (0.13 + random() * 0.12) * (1.15 - up * 0.5),
    }
  })
  const tones = [
    mix(palette.sky[3], shadow, 0.55),
    mix('#ffffff', palette.sky[2], 0.45),
    mix('#ffffff', palette.sun, 0.5),
  ]
  for (const [step, tone] of tones.entries()) {
    ctx.fillStyle = dark ? mix(tone, palette.far, 0.62) : tone
    ctx.beginPath()
    for (const { dx, up, r } of puffs) {
      const cx = x + dx + side * r * 0.34 * step
      const cy = y - up * height - r * 0.3 * step
      const size = r * (1 - step * 0.2)
      ctx.moveTo(cx + size, cy)
      ctx.arc(cx, cy, size, 0, 7)
    }
    ctx.fill()
  }
}

/** A loose flock around (x, y); `size` is half a wing span's order of magnitude. */
function birds({ ctx, random, avoid }: Stage, x: number, y: number, size: number, colour: string): void {
  if (avoid.has('birds')) return
  ctx.strokeStyle = colour
  ctx.lineWidth = Math.max(1.5, size * 0.08)
  ctx.lineCap = 'round'
  for (let bird = 0; bird < 5 + random() * 4; bird++) {
    const bx = x + (random() - 0.5) * size * 9
    const by = y + (random() - 0.5) * size * 4
    const wing = size * (0.4 + random() * 0.5)
    ctx.beginPath()
    ctx.moveTo(bx - wing, by - wing * 0.25)
    ctx.quadraticCurveTo(bx - wing * 0.4, by - wing * 0.5, bx, by)
    ctx.quadraticCurveTo(bx + wing * 0.4, by - wing * 0.5, bx + wing, by - wing * 0.25)
    ctx.stroke()
  }
}

/** What most outdoor pictures share: gradient, sun or moon, clouds, birds. */
export function openSky(stage: Stage, { cloudCount = 8, flock = true } = {}): void {
  const { w, s, horizon, side, palette } = stage
  sky(stage)
  disc(stage)
  clouds(stage, horizon * 0.28, horizon * 0.88, cloudCount)
  if (flock && !stage.dark) birds(stage, w * (0.5 - side * 0.26), horizon * 0.42, s * 0.026, alpha(palette.near, 0.6))
}
