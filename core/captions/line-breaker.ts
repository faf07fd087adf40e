// How the words of a cue stand on its lines.
import { type Break, breakAfter } from '../breaks.ts'
import { type Font, widthEm } from '../fonts.ts'
import type { CueLine, TimedWord } from '../timeline.ts'
import type { Layout } from './layout.ts'

/** How much wider a line may seem for the place where it ends. */
export const costOfBreak: Record<Break, number> = {
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

/** `shown`: the words as they are drawn, perhaps in capitals; where they break is told by how they are written. */
export function lineBreakerOf(
  words: TimedWord[],
  shown: TimedWord[],
  font: Font,
  { emPx, spaceEm, lineWidthPx }: Layout,
  language: string,
): LineBreaker {
  const spacePx = spaceEm * emPx
  const ends = [0]
  for (const word of shown) {
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
