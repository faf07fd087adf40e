// Places the heroes: one large where the eye falls, others beside it, smaller; all inside the middle 80 % of the
// width, so that a zoom or pan of 12 % cuts none, and above the captions.
import type { BackdropName } from './backdrops/all.ts'
import { backdrops } from './backdrops/all.ts'
import { alpha, mix } from './draw/colour.ts'
import { glow, shine, softly } from './draw/light.ts'
import { between, pickFrom } from './draw/random.ts'
import { ripples } from './draw/water.ts'
import { sprite, tinted, type Finish, type Sprite } from './sprite.ts'
import type { Stage } from './stage.ts'

export type Cast = {
  /** Icon names, the most telling first; at most three are placed. */
  heroes: readonly string[]
  /** Whether the first hero was spoken of in the plural. */
  many: boolean
}
type Placed = { name: string; x: number; foot: number; size: number; flip: boolean; pose: Pose; turn: number }
type Pose = 'standing' | 'flying' | 'floating' | 'afloat' | 'lying'

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

// The share of the shorter side that a hero fills.
const HERO_SIZE = { tall: 0.54, other: 0.46 }
// The hero may fill this share of the width, so that it stays whole when the picture is zoomed.
const LARGEST = 0.7

/** Where everything goes, the farthest first. */
function arrange(stage: Stage, backdrop: BackdropName, { heroes, many }: Cast, scale: number): Placed[] {
  const [hero, ...others] = heroes.slice(0, 3)
  if (!hero) return []
  const { w, s, tall, floor, random, heroX } = stage
  const { setting } = backdrops[backdrop]
  const closeness = others.length > 0 ? between(0.92, 1.04, random) : between(0.92, 1.2, random)
  const kind = GRAND.test(hero) ? 1.12 : SMALL.test(hero) ? 0.86 : 1
  const full = Math.min(w * LARGEST, s * (tall ? HERO_SIZE.tall : HERO_SIZE.other) * scale * closeness * kind)
  const lead = place(stage, hero, setting, heroX, floor + s * 0.012, full)
  if (others.length === 0 && many) return herd(stage, lead)
  const spread = tall ? w * 0.29 : Math.min(w * 0.27, full * 0.92)
  const first = random() < 0.5 ? -1 : 1
  const beside = others.map((name, index) => {
    const edge = index === 0 ? first : -first
    const size = full * (index === 0 ? 0.62 : 0.5) * (GRAND.test(name) ? 1.1 : SMALL.test(name) ? 0.9 : 1)
    const x = Math.max(w * 0.1 + size * 0.42, Math.min(w * 0.9 - size * 0.42, heroX + edge * spread))
    // Nearer things stand lower: one comes forward, the other stays behind the hero.
    const depth = index === 0 ? s * 0.035 : -s * 0.03
    return place(stage, name, setting, x, floor + depth, size, edge)
  })
  const behind = beside.filter((_, index) => index === 1)
  const before = beside.filter((_, index) => index === 0)
  return [...behind, lead, ...before]
}

function place(
  { random, s, h, tall }: Stage,
  name: string,
  setting: string,
  x: number,
  foot: number,
  size: number,
  edge = 0,
): Placed {
  const pose = poseOf(name, setting)
  // Icons face left; what stands on the right of the picture looks in, what stands left is turned round.
  const flip = edge < 0 && !READS_ONE_WAY.test(name)
  const lift = {
    standing: 0,
    afloat: 0,
    lying: 0,
    flying: between(0.1, 0.2, random),
    floating: between(0.02, 0.1, random),
  }[pose]
  const turn = pose === 'floating' || pose === 'lying' ? between(-0.14, 0.14, random) : 0
  const rise = pose === 'lying' ? h * (tall ? 0.06 : 0.04) - Math.abs(edge) * h * 0.02 : lift * s
  return { name, x, foot: foot - rise, size, flip, pose, turn }
}

const poses: Record<string, Pose> = { air: 'floating', paper: 'lying', ground: 'standing' }

function poseOf(name: string, setting: string): Pose {
  if (setting === 'water') return AIRBORNE.test(name) ? 'flying' : 'afloat'
  if (setting === 'ground' && AIRBORNE.test(name)) return 'flying'
  return poses[setting]!
}

const AIRBORNE =
  /^(airplane|small-airplane|helicopter|rocket|balloon|kite|parachute|flying-saucer|satellite|butterfly|honeybee|bird|dove|eagle|bat|parrot|mosquito|fly|star|glowing-star|comet|sun|full-moon|crescent-moon|cloud.*|rainbow|snowflake|high-voltage|musical-notes?|sparkles|.*heart|thought-balloon|speech-balloon|ringed-planet|droplet|lady-beetle|leaf-fluttering-in-wind|money-with-wings|globe-.*|light-bulb|dizzy|zzz|dna)$/
const GRAND =
  /^(classical-building|castle|.*castle|hospital|bank|school|factory|houses?|.*tower|statue-of-liberty|church|mosque|hindu-temple|synagogue|volcano|mountain|snow-capped-mountain|elephant|whale|spouting-whale|mammoth|giraffe|sauropod|t-rex|locomotive|ship|passenger-ship|sailboat|rocket|stadium|building-construction|office-building|hut|tent|evergreen-tree|deciduous-tree|palm-tree|.*train)$/
const SMALL =
  /^(honeybee|ant|bug|beetle|lady-beetle|mosquito|fly|ring|gem-stone|key|old-key|coin|pill|droplet|cherries|strawberry|candle|egg|bone|tooth|nut-and-bolt|compass|watch|seedling|mouse|microbe|snowflake|chess-pawn|game-die|scissors|drop-of-blood|leaf.*)$/
const READS_ONE_WAY =
  /chart|book|newspaper|calendar|clock|watch|scroll|map|laptop|computer|musical|keyboard|label|ballot|envelope|sign|building|abc|globe|dollar|statue|bank|hospital|school|test-tube/

/** Three of a kind: one in front and two behind it, receding. */
function herd({ w, s, random }: Stage, lead: Placed): Placed[] {
  const edge = random() < 0.5 ? -1 : 1
  const behind = (
    [
      [edge, 0.52, 0.36],
      [-edge, 0.64, 0.42],
    ] as const
  ).map(([side, share, away]) => {
    const size = lead.size * share
    const x = Math.max(
      w * 0.1 + size * 0.42,
      Math.min(w * 0.9 - size * 0.42, lead.x + side * lead.size * (away + 0.22)),
    )
    return {
      ...lead,
      x,
      size,
      foot: lead.foot - s * (lead.pose === 'standing' ? 0.05 : 0.02 + 0.12 * (0.7 - share)),
      flip: random() < 0.3 && !READS_ONE_WAY.test(lead.name),
    }
  })
  return [...behind, { ...lead, size: lead.size * 0.9 }]
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
  flying(stage, { x, size }, _figure, _away) {
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

/** Chooses where the hero stands: in the middle, or on a third with the sun opposite. */
export function heroPosition(
  { w, tall, side, random }: Pick<Stage, 'w' | 'tall' | 'side' | 'random'>,
  count: number,
): number {
  if (count > 1) return w * (0.5 + (random() - 0.5) * 0.04)
  if (tall) return w * (0.5 - side * between(0, 0.06, random))
  return w * (0.5 - side * pickFrom([0, 0.1, 0.16], random))
}
