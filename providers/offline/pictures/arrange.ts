// Decides where the heroes go: one large where the eye falls, others beside it, smaller; all inside the middle 80 % of
// the width, so that a zoom or pan of 12 % cuts none, above the captions, and none before another's face.
import type { BackdropName } from './backdrops/all.ts'
import { backdrops } from './backdrops/all.ts'
import { between, pickFrom } from './draw/random.ts'
import type { Stage } from './stage.ts'

export type Cast = {
  /** Icon names, the most telling first; at most three are placed. */
  heroes: readonly string[]
  /** Whether the first hero was spoken of in the plural. */
  many: boolean
}
export type Placed = { name: string; x: number; foot: number; size: number; flip: boolean; pose: Pose; turn: number }
export type Pose = 'standing' | 'flying' | 'floating' | 'afloat' | 'lying'

// The share of the shorter side that a hero fills.
const HERO_SIZE = { tall: 0.54, other: 0.46 }
// The hero may fill this share of the width, so that it stays whole when the picture is zoomed.
const LARGEST = 0.7
// Nothing stands nearer to the edge than this share of the width.
const MARGIN = 0.1
// Sizes of the companions, as shares of the hero's.
const COMPANIONS = [0.58, 0.48]
// Neighbours' squares overlap a little, because few things fill their corners.
const CLOSENESS = 0.9

/** Where everything goes, the farthest first. */
export function arrange(stage: Stage, backdrop: BackdropName, { heroes, many }: Cast, scale: number): Placed[] {
  const [hero, ...others] = heroes.slice(0, 3)
  if (!hero) return []
  const { w, s, tall, floor, random, heroX } = stage
  const { setting } = backdrops[backdrop]
  const aloft = others.filter((name) => poseOf(name, setting) === 'flying' && poseOf(hero, setting) !== 'flying')
  // A tall picture has room for two side by side, and for what flies above them.
  const beside = others.filter((name) => !aloft.includes(name)).slice(0, tall ? 1 : 2)
  const closeness = others.length > 0 ? between(0.94, 1.04, random) : between(0.92, 1.2, random)
  const kind = GRAND.test(hero) ? 1.12 : SMALL.test(hero) ? 0.86 : 1
  const wished = Math.min(w * LARGEST, s * (tall ? HERO_SIZE.tall : HERO_SIZE.other) * scale * closeness * kind)
  const widths = [1, ...beside.map((name, index) => COMPANIONS[index]! * sizeOf(name))]
  const span = widths.reduce((sum, width, index) => sum + width * (index === 0 ? 1 : CLOSENESS), 0)
  const full = Math.min(wished, (w * (1 - 2 * MARGIN)) / span)
  const edge = random() < 0.5 ? -1 : 1
  // One companion moves the hero off the middle, so that the pair stands in it, face to face.
  const wanted = beside.length === 1 ? w / 2 - (edge * full * widths[1]! * CLOSENESS) / 2 : heroX
  const [ahead, behind] = [1, 2].map((index) => reach(full, widths[index]))
  const [left, right] = edge < 0 ? [ahead!, behind!] : [behind!, ahead!]
  const x = Math.max(w * MARGIN + left, Math.min(w * (1 - MARGIN) - right, wanted))
  const lead = place(stage, hero, setting, {
    x,
    foot: floor + s * 0.012,
    size: full,
    edge: beside.length === 1 ? -edge : 0,
  })
  if (others.length === 0 && many) return herd(stage, lead)
  const companions = beside.map((name, index) => {
    const side = index === 0 ? edge : -edge
    const size = full * widths[index + 1]!
    // Nearer things stand lower: one comes forward, the other stays behind the hero.
    const foot = floor + (index === 0 ? 0.022 : -0.02) * s
    return place(stage, name, setting, { x: x + side * ((full + size) / 2) * CLOSENESS, foot, size, edge: side })
  })
  const above = aloft.map((name, index) =>
    overhead(stage, place(stage, name, setting, { ...lead, edge: 0 }), lead, index),
  )
  return [...above, ...companions.slice(1), lead, ...companions.slice(0, 1)]
}

/** How far a group reaches from the hero's middle to a side, with a companion of `width` (share of the hero) there. */
const reach = (full: number, width = 0): number =>
  width > 0 ? full * ((1 + width) / 2) * CLOSENESS + (full * width) / 2 : full / 2

const sizeOf = (name: string): number => (GRAND.test(name) ? 1.1 : SMALL.test(name) ? 0.9 : 1)

/** Above the hero's head and away from the sun. */
function overhead({ w, h, s, side, random }: Stage, flyer: Placed, { size, foot, x }: Placed, index: number): Placed {
  const small = size * (index === 0 ? 0.42 : 0.3)
  const away = index === 0 ? -side : side
  const wide = Math.max(w * MARGIN + small / 2, Math.min(w * (1 - MARGIN) - small / 2, x + away * size * 0.62))
  const high = Math.max(h * 0.08 + small, foot - size - s * between(0.02, 0.1, random))
  return { ...flyer, x: wide, foot: high, size: small, flip: away < 0 && !READS_ONE_WAY.test(flyer.name) }
}

type Spot = { x: number; foot: number; size: number; edge: number }

function place(stage: Stage, name: string, setting: string, { x, foot, size, edge }: Spot): Placed {
  const { random, s, h, tall } = stage
  const pose = poseOf(name, setting)
  // Icons face left; what stands on the right of the picture looks in, what stands left is turned round.
  const flip = edge < 0 && !READS_ONE_WAY.test(name)
  const lift = {
    standing: 0,
    afloat: 0,
    lying: 0,
    // What belongs in the sky hangs there; what flies keeps near the ground, where the eye is.
    flying: CELESTIAL.test(name) ? between(0.3, 0.42, random) * (tall ? 1.25 : 0.6) : between(0.1, 0.2, random),
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
  /^(airplane|small-airplane|helicopter|rocket|balloon|kite|parachute|flying-saucer|satellite|butterfly|honeybee|bird|dove|eagle|bat|parrot|mosquito|fly|star|glowing-star|comet|sun|full-moon|crescent-moon|cloud.*|sun-behind.*|rainbow|snowflake|high-voltage|musical-notes?|.*heart|ringed-planet|droplet|lady-beetle|leaf-fluttering-in-wind|money-with-wings|globe-.*|light-bulb|dna)$/
const CELESTIAL = /^(sun|full-moon|crescent-moon|star|glowing-star|comet|rainbow|ringed-planet|cloud.*|sun-behind.*)$/
const GRAND =
  /^(classical-building|castle|.*castle|hospital|bank|school|factory|houses?|.*tower|statue-of-liberty|church|mosque|hindu-temple|synagogue|volcano|mountain|snow-capped-mountain|elephant|whale|spouting-whale|mammoth|giraffe|sauropod|t-rex|locomotive|ship|passenger-ship|sailboat|rocket|stadium|building-construction|office-building|hut|tent|bed|evergreen-tree|deciduous-tree|palm-tree|.*train)$/
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

/** Chooses where the hero stands: in the middle, or on a third with the sun opposite. */
export function heroPosition(
  { w, tall, side, random }: Pick<Stage, 'w' | 'tall' | 'side' | 'random'>,
  count: number,
): number {
  if (count > 1) return w * (0.5 + (random() - 0.5) * 0.04)
  if (tall) return w * (0.5 - side * between(0, 0.06, random))
  return w * (0.5 - side * pickFrom([0, 0.1, 0.16], random))
}
