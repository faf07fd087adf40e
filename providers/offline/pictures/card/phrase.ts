// The few words of a scene that tell most. All of it is spoken and captioned anyway.
import { breakAfter, type Break } from '../../../../core/breaks.ts'
import { canShow } from '../../../../core/fonts.ts'
import { functionWordsOf } from '../../../../core/function-words.ts'
import { spacesBetweenWords } from '../../../../core/language.ts'
import { wordsOf, type Word } from '../../../../core/words.ts'

const mostWords = 6
const mostLetters = 36
const mostUnspacedLetters = 14

// What it costs to begin, and to end, a phrase at such a place, in words that say something. A phrase may well begin
// with an article; ended before one, it lacks its object.
const costOfEdges: Record<Break, [begin: number, end: number]> = {
  sentence: [0, 0],
  clause: [0, 0],
  comma: [0, 0],
  conjunction: [0.3, 0.2],
  preposition: [0.2, 0.8],
  genitive: [1.4, 1.4],
  plain: [1.1, 1],
  tight: [1.8, 1.8],
  bound: [6, 6],
}
const costOfSmallLast = 2
const smallWeight = 0.05
const leastTelling = 0.1

/** Two to six words in a row, without the marks around them; fewer where there are no more. Empty without any. */
export function phraseOf(text: string, language: string): Word[] {
  const words = wordsOf(text.replaceAll(unseen, ' '), language).filter(
    (word) => /[\p{L}\p{N}]/u.test(word.text) && canShow(word.text),
  )
  const breaks = words.map((_, index) => breakAfter(words, index, language))
  const weights = words.map((word, index) => weightOf(word, words[index - 1], language))
  const longest = spacesBetweenWords(language) ? mostWords : mostUnspacedLetters
  let best = { score: Number.NEGATIVE_INFINITY, first: 0, last: -1 }
  for (let first = 0; first < words.length; first++)
    for (let last = first; last < Math.min(words.length, first + longest); last++) {
      if (last > first && !fits(words.slice(first, last + 1), language)) break
      const told = weights.slice(first, last + 1)
      const sum = told.reduce((total, weight) => total + weight, 0)
      const density = sum / told.length
      const isAlone = first === last && words.length > 1 ? 1.5 : 0
      const passed = breaks.slice(first, last).filter((kind) => kind === 'sentence' || kind === 'clause').length
      const isOpen = weights[last]! < leastTelling && breaks[last] !== 'sentence' && breaks[last] !== 'clause'
      const begin = first > 0 ? costOfEdges[breaks[first - 1]!][0] : 0
      const edges = begin + costOfEdges[breaks[last]!][1] + (isOpen ? costOfSmallLast : 0)
      const score = sum * density ** 0.5 - edges - isAlone - passed * 3
      if (score > best.score + 1e-9) best = { score, first, last }
    }
  return words.slice(best.first, best.last + 1).map((word, index, all) => ({
    ...word,
    spaceBefore: index > 0 && word.spaceBefore,
    text: bare(word.text, index === all.length - 1),
  }))
}

const unseen =
  /\p{Extended_Pictographic}|\p{Variation_Selector}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\u20e3/gu

function fits(words: Word[], language: string): boolean {
  const letters = words.reduce((sum, { text }) => sum + text.length, 0)
  return letters <= (spacesBetweenWords(language) ? mostLetters : mostUnspacedLetters)
}

/** How much a word tells: a small word nothing, a name or a number most. */
function weightOf({ text }: Word, before: Word | undefined, language: string): number {
  const { proclitics, conjunctions, enclitics, others } = functionWordsOf(language)
  const core = bare(text, true)
    .replace(/[?!]+$/u, '')
    .toLowerCase()
  if ([proclitics, conjunctions, enclitics, others].some((list) => list.has(core))) return smallWeight
  const isNamed = /\p{N}/u.test(text) || (before && !/[.!?:]["'”’»]*$/u.test(before.text) && /^\p{Lu}/u.test(text))
  const length = spacesBetweenWords(language) ? core.length / 7 : core.length / 3
  return Math.min(1, 0.35 + 0.65 * length) + (isNamed ? 0.35 : 0)
}

/** Without the marks around it; a question or an exclamation stays one. */
function bare(text: string, isLast: boolean): string {
  const opened = text.replace(/^[\p{P}\s]+/u, '')
  const core = opened.replace(/[\p{P}\s]+$/u, '')
  const mark = isLast
    ? (/[?!？！؟]+/u.exec(opened.slice(core.length))?.[0] ?? '')
    : innerMark(opened.slice(core.length))
  return core + mark
}

const innerMark = (marks: string): string => /[,:;،、，]/u.exec(marks)?.[0] ?? ''
