import { type Break, breakAfter } from '../breaks.ts'
import { type Font, type FontFace, widthEm } from '../fonts.ts'
import type { CueLine, TimedWord } from '../timeline.ts'

type Frame = { width: number; height: number }
/** Where captions stand and how big they are. Pixels of the video. */
export type Layout = {
  emPx: number
  lineWidthPx: number
  lineHeightPx: number
  /** The lowest line's foot; below it lies what the platform draws over the picture. */
  bottomPx: number
  watermark: { leftPx: number; topPx: number; emPx: number }
  phrase: { idealWords: number; maxWords: number }
}

/**
 * `em` is a fraction of the shorter side, `side` and `left` of the width, `bottom` and `top` of the height; `words` are
 * the best and the greatest number in a cue. In portrait, phones lay the title over the bottom fifth and the buttons
 * over the right eighth; equal sides keep the lines centred. A landscape line ends at about 36 letters, so that it is
 * read at a glance.
 */
const layouts = {
  portrait: { em: 0.064, side: 0.12, bottom: 0.22, top: 0.08, left: 0.06, words: [4, 6] },
  square: { em: 0.058, side: 0.08, bottom: 0.08, top: 0.05, left: 0.06, words: [5, 8] },
  landscape: { em: 0.058, side: 0.15, bottom: 0.08, top: 0.06, left: 0.06, words: [7, 11] },
} as const
/** Room that letters' edges, the box and a popped word take beside the line. */
const roundLineEm = 0.4
/** A line's height: as much of what the face asks for as its language needs, for the marks that it stacks. */
const lineHeightOfFace = 0.75
const leastLineHeightEm = 1.25
const lineHeightsEm: Partial<Record<FontFace['file'], number>> = {
  'NotoSansThai_700Bold.ttf': 1.5,
  'NotoSansLao_700Bold.ttf': 1.5,
}
const watermarkOfEm = 0.55

export function layoutOf({ width, height }: Frame, font: Font): Layout {
  const ratio = width / height
  const layout = layouts[ratio < 0.9 ? 'portrait' : ratio > 1.1 ? 'landscape' : 'square']
  const emPx = Math.round(Math.min(width, height) * layout.em)
  const { file, heightEm } = font.primary
  const lineHeightEm = lineHeightsEm[file] ?? Math.max(leastLineHeightEm, heightEm * lineHeightOfFace)
  return {
    emPx,
    lineWidthPx: Math.round(width * (1 - 2 * layout.side) - emPx * roundLineEm),
    lineHeightPx: Math.round(emPx * lineHeightEm),
    bottomPx: Math.round(height * (1 - layout.bottom)),
    watermark: {
      leftPx: Math.round(width * layout.left),
      topPx: Math.round(height * layout.top),
      emPx: Math.round(emPx * watermarkOfEm),
    },
    phrase: { idealWords: layout.words[0], maxWords: layout.words[1] },
  }
}

/** How much wider a line may seem for the place where it ends. */
const costOfBreak: Record<Break, number> = {
  sentence: 0.85,
  clause: 0.88,
  comma: 0.9,
  conjunction: 0.93,
  preposition: 0.96,
  genitive: 0.98,
  plain: 1,
  tight: 1.1,
  bound: 1.25,
}

/** More than any break that fits. */
const costOfTooWide = 100

/** The ways in which words from `first` to `last` can stand: on one line, or on two of nearly the same width. */
type LineBreaker = {
  /** Whether they fit at full size. */
  fits: (first: number, last: number) => boolean
  lines: (first: number, last: number) => CueLine[]
}

export function lineBreakerOf(words: TimedWord[], font: Font, layout: Layout, language: string): LineBreaker {
  const { emPx, lineWidthPx } = layout
  const spacePx = widthEm(' ', font) * emPx
  const ends = [0]
  for (const word of words) {
    ends.push(ends.at(-1)! + widthEm(word.text, font) * emPx + (word.spaceBefore ? spacePx : 0))
  }
  const widthPx = (first: number, last: number) =>
    ends[last + 1]! - ends[first]! - (words[first]!.spaceBefore ? spacePx : 0)

  /** The break after which the wider line is narrowest, where a good place to break may cost some evenness. */
  const bestBreak = (first: number, last: number) => {
    let best = { after: last, widerPx: widthPx(first, last), cost: Number.POSITIVE_INFINITY }
    for (let after = first; after < last; after++) {
      const widerPx = Math.max(widthPx(first, after), widthPx(after + 1, last))
      const isTooWide = widerPx > lineWidthPx
      const cost = widerPx * (isTooWide ? costOfTooWide : costOfBreak[breakAfter(words, after, language)])
      if (cost < best.cost) best = { after, widerPx, cost }
    }
    return best
  }
  const onOneLine = (first: number, last: number) => first === last || widthPx(first, last) <= lineWidthPx

  return {
    fits: (first, last) => widthPx(first, last) <= lineWidthPx || bestBreak(first, last).widerPx <= lineWidthPx,
    lines: (first, last) => {
      if (onOneLine(first, last)) return [{ firstWord: first, lastWord: last }]
      const { after } = bestBreak(first, last)
      return [
        { firstWord: first, lastWord: after },
        { firstWord: after + 1, lastWord: last },
      ]
    },
  }
}
