// Drawn additions that belong to a style: a manuscript's gold frame, a comic's rays.
import { alpha, mix } from '../draw/colour.ts'
import type { Random } from '../draw/random.ts'
import type { Stage } from '../stage.ts'
import type { Treatment } from './look.ts'

/** Rays from behind the hero, over the sky. */
export const rays: Treatment = ({ ctx, w, h, s, floor, heroX, palette, horizon }) => {
  const [cx, cy, reach] = [heroX, floor - s * 0.25, Math.hypot(w, h)]
  ctx.save()
  ctx.beginPath()
  ctx.rect(0, 0, w, horizon)
  ctx.clip()
  ctx.globalCompositeOperation = 'soft-light'
  ctx.fillStyle = alpha(mix('#ffffff', palette.light, 0.3), 0.6)
  const RAYS = 22
  for (let ray = 0; ray < RAYS; ray++) {
    const angle = (ray / RAYS) * Math.PI * 2
    ctx.beginPath()
    ctx.moveTo(cx, cy)
    ctx.lineTo(cx + Math.cos(angle) * reach, cy + Math.sin(angle) * reach)
    ctx.lineTo(cx + Math.cos(angle + Math.PI / RAYS) * reach, cy + Math.sin(angle + Math.PI / RAYS) * reach)
    ctx.fill()
  }
  ctx.restore()
}

const GOLD = ['#7d5716', '#d8a83a', '#fff0b0', '#c08a24', '#f2d06a', '#8a6118'] as const

/** A vellum margin with a gold frame, vines and berries. */
export const illuminatedFrame: Treatment = (stage) => {
  const { ctx, w, h, s } = stage
  const margin = s * 0.052
  const bar = s * 0.014
  ctx.fillStyle = '#efe0bd'
  for (const [x, y, width, height] of [
    [0, 0, w, margin],
    [0, h - margin, w, margin],
    [0, 0, margin, h],
    [w - margin, 0, margin, h],
  ] as const)
    ctx.fillRect(x, y, width, height)
  vines(stage, margin)
  const gold = ctx.createLinearGradient(0, 0, w, h)
  for (const [index, colour] of [...GOLD, ...GOLD].entries()) gold.addColorStop(index / (GOLD.length * 2 - 1), colour)
  ctx.lineWidth = bar
  ctx.strokeStyle = gold
  ctx.strokeRect(margin, margin, w - 2 * margin, h - 2 * margin)
  ctx.lineWidth = s * 0.002
  ctx.strokeStyle = '#4a2f12'
  for (const inset of [margin - bar / 2, margin + bar / 2]) ctx.strokeRect(inset, inset, w - 2 * inset, h - 2 * inset)
  for (const x of [margin, w - margin]) for (const y of [margin, h - margin]) boss(stage, x, y, s * 0.032)
}

function boss({ ctx, s }: Stage, x: number, y: number, r: number): void {
  for (const [size, colour] of [
    [1, '#4a2f12'],
    [0.92, '#d8a83a'],
    [0.62, '#1f3f8a'],
    [0.34, '#b3262b'],
    [0.14, '#f2d06a'],
  ] as const) {
    ctx.fillStyle = colour
    ctx.beginPath()
    ctx.arc(x, y, r * size, 0, 7)
    ctx.fill()
  }
  ctx.lineWidth = s * 0.002
}

/** A wavy stem along each side with leaves and berries in turn. */
function vines({ ctx, w, h, s, random }: Stage, margin: number): void {
  const sides: [number, number, number, number][] = [
    [0, margin * 0.42, w, margin * 0.42],
    [0, h - margin * 0.42, w, h - margin * 0.42],
    [margin * 0.42, 0, margin * 0.42, h],
    [w - margin * 0.42, 0, w - margin * 0.42, h],
  ]
  for (const [x0, y0, x1, y1] of sides) {
    const length = Math.hypot(x1 - x0, y1 - y0)
    const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length]
    const at = (along: number, away: number): [number, number] => [
      x0 + dx * along - dy * away,
      y0 + dy * along + dx * away,
    ]
    ctx.strokeStyle = '#3f6a34'
    ctx.lineWidth = s * 0.004
    ctx.beginPath()
    for (let along = 0; along <= length; along += 4) ctx.lineTo(...at(along, Math.sin((along / s) * 42) * margin * 0.2))
    ctx.stroke()
    for (let along = s * 0.04, turn = 1; along < length; along += s * 0.075, turn = -turn)
      bud(ctx, at(along, turn * margin * 0.2), s, random)
  }
}

function bud(ctx: Stage['ctx'], [x, y]: [number, number], s: number, random: Random): void {
  const kind = Math.floor(random() * 4)
  ctx.fillStyle = ['#b3262b', '#1f3f8a', '#d8a83a', '#3f7a3a'][kind]!
  ctx.beginPath()
  if (kind === 3) ctx.ellipse(x, y, s * 0.015, s * 0.007, random() * 3, 0, 7)
  else ctx.arc(x, y, s * 0.0085, 0, 7)
  ctx.fill()
}
