// How pictures move. Slow enough to be felt rather than seen: what moves is the attention.
import { defaultFit, type FitId, type MotionWish } from '../editing.ts'
import { randomOf } from '../random.ts'
import type { Motion, Point, View } from '../timeline.ts'

/** A picture that a scene is to show. The user's `isOwn` may have any shape, others have the frame's. */
export type ShownPicture = { kind: 'picture'; key: string; isOwn: boolean; fit?: FitId; focus?: Point }
/** What of a scene matters to how it moves. A clip moves by itself. */
type Moved = { kind: 'picture' | 'clip'; isOwn?: boolean; fit?: FitId; focus?: Point }
type Kind = Exclude<Motion['kind'], 'still'>

/** One for each scene, by seed and the scene's place, and never what one of the two scenes before had. */
export function motionsOf(scenes: Moved[], wish: MotionWish, seed: number): Motion[] {
  const chosen: Motion[] = []
  for (const [index, scene] of scenes.entries()) {
    const random = randomOf(seed + Math.imul(index + 1, 0x9e3779b1))
    chosen.push(motionOf(scene, wish, chosen.slice(-2), random))
  }
  return chosen
}

/** For a card beside scenes that have chosen already: `near` are the two next to it. */
export function cardMotion(card: Moved, wish: MotionWish, near: Motion[], seed: number): Motion {
  return motionOf({ ...card, fit: 'blur' }, wish, near, randomOf(seed))
}

function motionOf(scene: Moved, wish: MotionWish, near: Motion[], random: () => number): Motion {
  const { kind: shown, focus, fit = defaultFit } = scene
  const whole: View = { zoom: 1, ...(fit === 'cover' && focus ? focus : middle) }
  if (shown === 'clip' || wish === 'still') return { kind: 'still', from: whole, to: whole }
  // All kinds in an order of the scene's own, so that another scene's choice changes this one as seldom as can be.
  const order = kinds.map((kind) => ({ kind, at: random() })).toSorted((a, b) => a.at - b.at)
  const taken = new Set<Motion['kind']>(near.map(({ kind }) => kind))
  const fitting = kindsFor(scene, fit)
  const { kind } = order.find((candidate) => fitting.includes(candidate.kind) && !taken.has(candidate.kind))!
  // All of the picture is in view, so motion goes towards its middle and takes little of it away.
  return fit === 'cover'
    ? { kind, ...views[kind](focus, 1, random) }
    : { kind, ...views[kind](middle, gentleness, random) }
}

const towardsPoint: Kind[] = ['zoom-in', 'zoom-out', 'drift', 'rotate-zoom']
const gentle: Kind[] = ['zoom-in', 'zoom-out', 'drift']
const kinds: Kind[] = [...towardsPoint, 'pan-left', 'pan-right', 'pan-up', 'pan-down']

/** At least three, so that one is left when two are taken. */
function kindsFor({ isOwn, focus }: Moved, fit: FitId): Kind[] {
  if (fit !== 'cover') return gentle
  // How far a pan goes depends on the picture's shape: of one that is much wider than the frame it would lose the point.
  return isOwn && focus ? towardsPoint : kinds
}

const gentleness = 0.4
const middle: Point = { x: 0.5, y: 0.5 }
/** Where faces are, rather than the middle. */
const eyes: Point = { x: 0.5, y: 0.45 }
/** A pan goes from one edge to the other of a picture of the frame's shape, and over a part of a wider one. */
const panReach = 0.1
const driftReach = 0.035
/** At zoom 1.08 a frame of 9:16 may be turned by 2.5° before a corner leaves the picture. */
const turnDeg = 1.2

type Views = (focus: Point | undefined, strength: number, random: () => number) => { from: View; to: View }

/** Zoom ends at 1.12, a turn's at 1.14: pictures are drawn 1.125 times as large as the frame (stages/illustrate.ts). */
const views: Record<Kind, Views> = {
  'zoom-in': (focus, strength) => zoom(focus, strength),
  'zoom-out': (focus, strength) => reversed(zoom(focus, strength)),
  drift: (focus = middle, strength, random) => {
    // Where all of the picture stays in view it stays in the middle: to one side of it more would be seen beside it.
    const reachOf = () => (strength < 1 ? 0 : sign(random) * driftReach)
    const reach = { x: reachOf(), y: reachOf() }
    return {
      from: { zoom: 1 + 0.08 * strength, x: focus.x - reach.x, y: focus.y - reach.y },
      to: { zoom: 1 + 0.12 * strength, x: focus.x + reach.x, y: focus.y + reach.y },
    }
  },
  'rotate-zoom': (focus = eyes, _strength, random) => {
    const turn = sign(random) * turnDeg
    const turned = {
      from: { zoom: 1.08, ...focus, rotateDeg: -turn },
      to: { zoom: 1.14, ...focus, rotateDeg: turn },
    }
    return random() < 0.5 ? turned : reversed(turned)
  },
  'pan-left': (focus) => reversed(panRight(focus)),
  'pan-right': (focus) => panRight(focus),
  'pan-up': (focus) => reversed(panDown(focus)),
  'pan-down': (focus) => panDown(focus),
}

function zoom(focus: Point | undefined, strength: number) {
  return { from: { zoom: 1, ...(focus ?? middle) }, to: { zoom: 1 + 0.12 * strength, ...(focus ?? eyes) } }
}

function panRight({ y } = middle) {
  return { from: { zoom: 1.1, x: 0.5 - panReach, y }, to: { zoom: 1.1, x: 0.5 + panReach, y } }
}

function panDown({ x } = middle) {
  return { from: { zoom: 1.08, x, y: 0.5 - panReach }, to: { zoom: 1.08, x, y: 0.5 + panReach } }
}

function reversed({ from, to }: { from: View; to: View }) {
  return { from: to, to: from }
}

function sign(random: () => number): 1 | -1 {
  return random() < 0.5 ? -1 : 1
}
