// Sets the phrase: as large as its room allows, broken where a reader would break it, in the style's own manner.
import { breakAfter } from '../../../../core/breaks.ts'
import { costOfBreak } from '../../../../core/captions/line-breaker.ts'
import { isRightToLeft, spacesBetweenWords } from '../../../../core/language.ts'
import { textOf, type Word } from '../../../../core/words.ts'
import type { Stage } from '../stage.ts'
import type { Design } from './designs.ts'
import { familiesFor } from './faces.ts'
import { ornament } from './ornaments.ts'
import { veil } from './veils.ts'

/** `em` and the rest in pixels; `x` and `y` are the block's middle. */
export type Block = {
  lines: string[]
  em: number
  leading: number
  x: number
  y: number
  width: number
  height: number
}

// Of the width: what lies outside the middle 80 % may be cut by a zoom, and a box wants room around the words.
const roomWidth = 0.76
const roomWidthWide = 0.66
const roomWidthBoxed = 0.64
const roomWidthBoxedWide = 0.6
const mostLines = 4
const leadingEm = 1.14
// Scripts with marks above and below want more.
const tallLeadingEm = 1.38
const tallScript =
  /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Thai}\p{Script=Arabic}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Malayalam}\p{Script=Kannada}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Sinhala}\p{Script=Lao}]/u

export async function letter(stage: Stage, phrase: Word[], language: string, design: Design): Promise<void> {
  if (!phrase.length) return
  const shown = phrase.map((word) => ({ ...word, text: design.capitals ? capitals(word.text, language) : word.text }))
  const families = await familiesFor(textOf(shown, 0, shown.length - 1), language, design.face)
  const block = blockOf(stage, shown, phrase, language, families, isBoxed(design))
  const { ctx } = stage
  veil(stage, block, design)
  ornament(stage, block, design)
  ctx.save()
  ctx.translate(block.x, block.y)
  ctx.rotate((-(design.tiltDegrees ?? 0) * Math.PI) / 180)
  ctx.font = `${block.em}px ${families}`
  ctx.textAlign = 'center'
  ctx.textBaseline = 'alphabetic'
  ctx.direction = isRightToLeft(language) ? 'rtl' : 'ltr'
  ctx.lineJoin = 'round'
  const first = ((1 - block.lines.length) / 2) * block.leading + block.em * 0.35
  for (const pass of passesOf(design, block.em)) {
    ctx.save()
    pass.prepare?.(ctx)
    block.lines.forEach((line, index) => {
      const y = first + index * block.leading + pass.y
      if (pass.strokePx) {
        ctx.lineWidth = pass.strokePx
        ctx.strokeStyle = pass.colour
        ctx.strokeText(line, pass.x, y)
      } else {
        ctx.fillStyle = pass.colour
        ctx.fillText(line, pass.x, y)
      }
    })
    ctx.restore()
  }
  ctx.restore()
}

type Pass = { colour: string; x: number; y: number; strokePx?: number; prepare?: (ctx: Stage['ctx']) => void }

/** From the back to the front. */
function passesOf({ colour, glow, edge, cast, ghosts }: Design, em: number): Pass[] {
  const passes: Pass[] = []
  if (glow)
    passes.push({
      colour,
      x: 0,
      y: 0,
      prepare: (ctx) => {
        ctx.shadowColor = glow.colour
        ctx.shadowBlur = em * glow.reach
      },
    })
  for (const { colour: ghost, x } of ghosts ?? []) passes.push({ colour: ghost, x: x * em, y: 0 })
  if (cast) {
    const steps = Math.max(1, Math.round(cast.depth * em))
    for (let step = steps; step > 0; step--)
      passes.push({ colour: cast.colour, x: step * cast.lean, y: step, ...(edge && { strokePx: edge.width * em }) })
  }
  if (edge) passes.push({ colour: edge.colour, x: 0, y: 0, strokePx: edge.width * em })
  return [...passes, { colour, x: 0, y: 0 }]
}

const isBoxed = ({ veil: { kind }, ornament: around }: Design): boolean =>
  kind !== 'soft' || around === 'frame' || around === 'brackets'

const capitals = (text: string, language: string): string => text.toLocaleUpperCase(language)

/** Tries one to four lines and takes what can be largest. */
function blockOf(
  stage: Stage,
  shown: Word[],
  written: Word[],
  language: string,
  families: string,
  boxed: boolean,
): Block {
  const { ctx, w, h, s, tall } = stage
  ctx.font = `100px ${families}`
  const width = (first: number, last: number) => ctx.measureText(textOf(shown, first, last)).width / 100
  const widest = w * (w > h * 1.15 ? (boxed ? roomWidthBoxedWide : roomWidthWide) : boxed ? roomWidthBoxed : roomWidth)
  const highest = h * (tall ? 0.34 : 0.46)
  const leading = tallScript.test(textOf(shown, 0, shown.length - 1)) ? tallLeadingEm : leadingEm
  const most = s * (spacesBetweenWords(language) ? 0.15 : 0.13)
  const settings = Array.from({ length: Math.min(mostLines, shown.length) }, (_, count) => {
    const lines = linesOf(written, count + 1, width, language)
    const widthEm = Math.max(...lines.map(([first, last]) => width(first, last)))
    return { lines, widthEm, em: Math.min(most, widest / widthEm, highest / (lines.length * leading)) }
  })
  // A line more must be worth it.
  const best = settings.reduce((one, other) => (other.em > one.em * 1.06 ? other : one))
  const em = Math.floor(best.em)
  return {
    lines: best.lines.map(([first, last]) => textOf(shown, first, last)),
    em,
    leading: em * leading,
    x: w / 2,
    y: h * (tall ? 0.41 : 0.44),
    width: best.widthEm * em,
    height: best.lines.length * leading * em,
  }
}

type Line = [first: number, last: number]

/** The parting into `count` lines whose widest is narrowest, where a good place to break may cost some evenness. */
function linesOf(
  words: Word[],
  count: number,
  width: (first: number, last: number) => number,
  language: string,
): Line[] {
  // Without spaces a word torn apart reads as another.
  const weight = spacesBetweenWords(language) ? 1.5 : 4
  const part = (first: number, left: number): { lines: Line[]; cost: number } => {
    const end = words.length - 1
    if (left === 1) return { lines: [[first, end]], cost: width(first, end) }
    let best: { lines: Line[]; cost: number } = { lines: [], cost: Number.POSITIVE_INFINITY }
    for (let last = first; last <= end - (left - 1); last++) {
      const rest = part(last + 1, left - 1)
      const cost = Math.max(width(first, last), rest.cost) * costOfBreak[breakAfter(words, last, language)] ** weight
      if (cost < best.cost) best = { lines: [[first, last], ...rest.lines], cost }
    }
    return best
  }
  return part(0, count).lines
}
