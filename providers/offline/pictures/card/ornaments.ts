// The small thing above or around the words that belongs to the style.
import { alpha } from '../draw/colour.ts'
import type { Stage } from '../stage.ts'
import type { Design } from './designs.ts'
import type { Block } from './lettering.ts'

export function ornament(stage: Stage, block: Block, design: Design): void {
  if (design.ornament === 'none') return
  const { ctx } = stage
  ctx.save()
  ctx.translate(block.x, block.y)
  ctx.rotate((-(design.tiltDegrees ?? 0) * Math.PI) / 180)
  ctx.strokeStyle = design.accent
  ctx.fillStyle = design.accent
  ornaments[design.ornament](stage, block, design)
  ctx.restore()
}

type Draw = (stage: Stage, block: Block, design: Design) => void

const gapEm = 0.42

const ornaments: Record<Exclude<Design['ornament'], 'none'>, Draw> = {
  /** A thin rule with a diamond in its middle, above and below. */
  diamond({ ctx, s }, { height, em }) {
    for (const y of [-height / 2 - em * gapEm, height / 2 + em * gapEm]) {
      const [half, r] = [s * 0.13, s * 0.011]
      ctx.lineWidth = Math.max(1, s * 0.003)
      for (const side of [-1, 1]) {
        ctx.beginPath()
        ctx.moveTo(side * r * 2.4, y)
        ctx.lineTo(side * half, y)
        ctx.stroke()
      }
      ctx.beginPath()
      ctx.moveTo(0, y - r)
      ctx.lineTo(r, y)
      ctx.lineTo(0, y + r)
      ctx.lineTo(-r, y)
      ctx.fill()
    }
  },
  bar({ ctx, s }, { height, em }) {
    const [wide, high] = [s * 0.14, s * 0.011]
    ctx.beginPath()
    ctx.roundRect(-wide / 2, height / 2 + em * gapEm * 0.9, wide, high, high / 2)
    ctx.fill()
  },
  /** The corners of a viewfinder. */
  brackets({ ctx, s }, { width, height, em }) {
    const [x, y, arm] = [width / 2 + em * 0.5, height / 2 + em * 0.5, s * 0.06]
    ctx.lineWidth = s * 0.006
    ctx.shadowColor = ctx.strokeStyle as string
    ctx.shadowBlur = s * 0.02
    for (const right of [-1, 1])
      for (const down of [-1, 1]) {
        ctx.beginPath()
        ctx.moveTo(right * x, down * (y - arm))
        ctx.lineTo(right * x, down * y)
        ctx.lineTo(right * (x - arm), down * y)
        ctx.stroke()
      }
  },
  /** Two thin lines around the words, as on a film's titles. */
  frame({ ctx, s }, { width, height, em }, { accent }) {
    for (const [inset, line, strength] of [
      [0, 0.005, 1],
      [0.016, 0.002, 0.7],
    ] as const) {
      const [x, y] = [width / 2 + em * 0.55 - s * inset, height / 2 + em * 0.55 - s * inset]
      ctx.strokeStyle = alpha(accent, strength)
      ctx.lineWidth = Math.max(1, s * line)
      ctx.strokeRect(-x, -y, 2 * x, 2 * y)
    }
  },
  /** One stroke of a loaded brush under the words, running dry. */
  brush({ ctx, s, random }, { width, height, em }, { accent }) {
    const [half, y] = [Math.min(width * 0.42, s * 0.28), height / 2 + em * 0.34]
    for (let hair = 0; hair < 26; hair++) {
      const off = (random() - 0.5) * s * 0.016
      const dry = half * (0.55 + 0.45 * random())
      ctx.strokeStyle = alpha(accent, 0.35 + random() * 0.5)
      ctx.lineWidth = Math.max(1, s * 0.0016)
      ctx.beginPath()
      ctx.moveTo(-half + random() * s * 0.02, y + off)
      ctx.quadraticCurveTo(0, y + off - s * 0.014, dry, y + off * 1.2 - s * 0.004)
      ctx.stroke()
    }
  },
  dots({ ctx, s }, { height, em }, { accent }) {
    for (const [index, colour] of [accent, '#ff6b8b', '#4cd7ff'].entries()) {
      ctx.fillStyle = colour
      ctx.beginPath()
      ctx.arc((index - 1) * s * 0.05, height / 2 + em * 0.55, s * 0.014, 0, 7)
      ctx.fill()
    }
  },
}
