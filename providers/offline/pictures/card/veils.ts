// What lies between the picture and the words, so that they are read whatever the picture is like.
import { alpha, mix } from '../draw/colour.ts'
import { softly } from '../draw/light.ts'
import type { Stage } from '../stage.ts'
import type { Design } from './designs.ts'
import type { Block } from './lettering.ts'

export function veil(stage: Stage, block: Block, { veil: wanted, tiltDegrees = 0 }: Design): void {
  if (wanted.kind === 'soft') return soft(stage, block, wanted.colour, wanted.strength)
  const { ctx } = stage
  ctx.save()
  ctx.translate(block.x, block.y)
  ctx.rotate((-tiltDegrees * Math.PI) / 180)
  if (wanted.kind === 'sheet') sheet(stage, block, wanted.colour, wanted.edge)
  else box(stage, block, wanted)
  ctx.restore()
}

/** A cloud around the words, and a little over all of the picture. */
function soft(stage: Stage, { x, y, width, height, em }: Block, colour: string, strength: number): void {
  const { ctx, w, h } = stage
  ctx.fillStyle = alpha(colour, strength * 0.28)
  ctx.fillRect(0, 0, w, h)
  softly(
    stage,
    em * 0.75,
    (layer) => {
      layer.fillStyle = colour
      layer.beginPath()
      layer.roundRect(
        x - width / 2 - em * 0.6,
        y - height / 2 - em * 0.55,
        width + em * 1.2,
        height + em * 1.1,
        em * 0.9,
      )
      layer.fill()
    },
    { opacity: strength },
  )
}

function sheet({ ctx, s }: Stage, { width, height, em }: Block, colour: string, edge: string): void {
  const [wide, high] = [width + em * 1.3, height + em * 2.2]
  ctx.shadowColor = alpha('#2a1505', 0.55)
  ctx.shadowBlur = s * 0.03
  const paper = ctx.createRadialGradient(0, 0, 0, 0, 0, Math.max(wide, high) * 0.7)
  paper.addColorStop(0, mix(colour, '#ffffff', 0.25))
  paper.addColorStop(1, mix(colour, edge, 0.2))
  ctx.fillStyle = paper
  ctx.fillRect(-wide / 2, -high / 2, wide, high)
  ctx.shadowBlur = 0
  ctx.strokeStyle = edge
  for (const [inset, line] of [
    [0, 0.008],
    [0.018, 0.0025],
  ] as const) {
    ctx.lineWidth = s * line
    ctx.strokeRect(-wide / 2 + s * inset, -high / 2 + s * inset, wide - 2 * s * inset, high - 2 * s * inset)
  }
}

function box(
  { ctx, s }: Stage,
  { width, height, em }: Block,
  { colour, edge, shadow }: { colour: string; edge: string; shadow: string },
): void {
  const [wide, high, off] = [width + em * 0.9, height + em * 0.7, s * 0.02]
  ctx.fillStyle = shadow
  ctx.fillRect(-wide / 2 + off, -high / 2 + off, wide, high)
  ctx.fillStyle = colour
  ctx.fillRect(-wide / 2, -high / 2, wide, high)
  ctx.lineWidth = s * 0.009
  ctx.strokeStyle = edge
  ctx.strokeRect(-wide / 2, -high / 2, wide, high)
}
