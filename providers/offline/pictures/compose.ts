// Puts the heroes into the picture with what they leave on it: shadows, reflections, ripples.
import { arrange, type Cast, type Placed, type Pose } from './arrange.ts'
import type { BackdropName } from './backdrops/all.ts'
import { alpha, mix } from './draw/colour.ts'
import { glow, shine, softly } from './draw/light.ts'
import { ripples } from './draw/water.ts'
import { sprite, tinted, type Finish, type Sprite } from './sprite.ts'
import type { Stage } from './stage.ts'

export async function placeHeroes(
  stage: Stage,
  backdrop: BackdropName,
  cast: Cast,
  finish: Finish,
  scale: number,
): Promise<void> {
  const placed = arrange(stage, backdrop, cast, scale)
  for (const hero of placed) await put(stage, hero, finish)
}

async function put(stage: Stage, placed: Placed, finish: Finish): Promise<void> {
  const { palette, dark, sun, s } = stage
  const away = Math.max(-1, Math.min(1, ((sun.x - placed.x) / s) * 2))
  const from = placed.flip ? -away : away
  const figure = await sprite(placed.name, placed.size, { palette, dark, from }, finish)
  before[placed.pose](stage, placed, figure, away)
  drawFigure(stage, placed, figure, finish, from)
  if (placed.pose === 'afloat') ripples(stage, placed.x, placed.foot, placed.size * 0.7)
}

/** What a thing leaves on its surroundings, by its pose. */
const before = {
  standing(stage, placed, figure, away) {
    castShadow(stage, placed, figure, away, 0.5)
    contactShadow(stage, placed.x, placed.foot - placed.size * 0.008, placed.size, 0.42)
  },
  flying(stage, { x, foot, size }, _figure, _away) {
    // High in the sky nothing falls on the ground.
    if (foot < stage.floor - stage.s * 0.25) return
    contactShadow(stage, x, stage.floor, size * 0.8, 0.22)
    shine(stage.ctx, () => glow(stage.ctx, x, stage.floor - size * 0.7, size * 0.8, stage.palette.light, 0.24))
  },
  floating({ ctx, palette }, { x, foot, size }) {
    shine(ctx, () => glow(ctx, x, foot - size * 0.5, size * 0.85, palette.light, 0.34))
  },
  afloat(stage, placed, figure) {
    reflection(stage, placed, figure)
  },
  lying(stage, placed, figure) {
    const { ctx } = stage
    const dark = tinted(figure.silhouette, '#2a1608')
    ctx.save()
    ctx.globalAlpha = 0.45
    ctx.filter = `blur(${(placed.size * 0.02).toFixed(1)}px)`
    stand(stage, placed, figure)
    ctx.drawImage(
      dark,
      -placed.size / 2 + placed.size * 0.02,
      -placed.size + placed.size * 0.03,
      placed.size,
      placed.size,
    )
    ctx.restore()
  },
} satisfies Record<Pose, (stage: Stage, placed: Placed, figure: Sprite, away: number) => void>

/** Moves the origin to the figure's foot. */
function stand({ ctx }: Stage, { x, foot, size, flip, turn }: Placed, { bottom }: Sprite): void {
  ctx.translate(x, foot)
  ctx.translate(0, -size / 2)
  ctx.rotate(turn)
  ctx.translate(0, size / 2 + size * (1 - bottom))
  if (flip) ctx.scale(-1, 1)
}

function drawFigure(stage: Stage, placed: Placed, figure: Sprite, finish: Finish, from: number): void {
  const { ctx, palette } = stage
  const { size } = placed
  ctx.save()
  stand(stage, placed, figure)
  if (placed.pose === 'afloat') {
    // The hull's lowest part is under water.
    ctx.beginPath()
    ctx.rect(-size, -size * 2, size * 2, size * 2 - size * (1 - figure.bottom) - size * 0.03)
    ctx.clip()
  }
  if (finish.outline > 0)
    outline(
      ctx,
      figure,
      size,
      Math.max(2, finish.outline * stage.s),
      finish.outlineColour ?? mix(palette.near, '#000000', 0.5),
    )
  const edge = Math.max(1.5, size * 0.008)
  ctx.globalAlpha = finish.rim
  if (finish.rim > 0)
    ctx.drawImage(tinted(figure.silhouette, palette.light), -size / 2 + from * edge * 1.2, -size - edge, size, size)
  ctx.globalAlpha = 1
  ctx.drawImage(figure.picture, -size / 2, -size, size, size)
  ctx.restore()
}

function outline(ctx: Stage['ctx'], figure: Sprite, size: number, width: number, colour: string): void {
  const shape = tinted(figure.silhouette, colour)
  for (let step = 0; step < 16; step++) {
    const angle = (step * Math.PI) / 8
    ctx.drawImage(shape, -size / 2 + Math.cos(angle) * width, -size + Math.sin(angle) * width, size, size)
  }
}

/** The figure's own shape laid flat on the ground, away from the light. */
function castShadow(
  { ctx, palette, dark }: Stage,
  { x, foot, size, flip }: Placed,
  figure: Sprite,
  away: number,
  strength: number,
): void {
  const shape = tinted(figure.silhouette, mix(palette.near, '#000000', 0.5))
  ctx.save()
  ctx.filter = `blur(${(size * 0.018).toFixed(1)}px)`
  ctx.globalAlpha = strength * (dark ? 0.7 : 0.8)
  ctx.translate(x, foot - size * 0.012)
  ctx.transform(flip ? -1 : 1, 0, -away * 0.55, -0.36, 0, 0)
  ctx.drawImage(shape, -size / 2, -size * figure.bottom, size, size)
  ctx.restore()
}

function contactShadow({ ctx }: Stage, x: number, y: number, size: number, strength: number): void {
  const fade = ctx.createRadialGradient(0, 0, 0, 0, 0, size * 0.42)
  fade.addColorStop(0, alpha('#05020f', strength * 1.3))
  fade.addColorStop(0.5, alpha('#05020f', strength * 0.7))
  fade.addColorStop(1, alpha('#05020f', 0))
  ctx.save()
  ctx.translate(x, y)
  ctx.scale(1, 0.17)
  ctx.fillStyle = fade
  ctx.fillRect(-size, -size, size * 2, size * 2)
  ctx.restore()
}

function reflection(stage: Stage, { x, foot, size, flip }: Placed, figure: Sprite): void {
  const { s, palette } = stage
  softly(stage, s * 0.012, (layer) => {
    layer.fillStyle = alpha(palette.near, 0.5)
    layer.beginPath()
    layer.ellipse(x, foot - size * 0.015, size * 0.4, size * 0.035, 0, 0, 7)
    layer.fill()
    layer.globalAlpha = 0.36
    layer.translate(x, foot - size * 0.05)
    layer.scale(flip ? -1 : 1, -0.8)
    layer.drawImage(figure.picture, -size / 2, -size * figure.bottom, size, size)
  })
}
