// Which words stand together in a caption. A phrase is a breath of speech: it ends where a reader expects it to.
import { breakAfter, type Break } from './breaks.ts'
import { partition, type Span } from './partition.ts'
import type { TimedWord } from './timeline.ts'

export type PhraseOptions = {
  language: string
  /** How many words are best (default 4) and the most (6): what suits a portrait short. */
  idealWords?: number
  maxWords?: number
  /** Words after which whoever planned the video would end a phrase. */
  ends?: ReadonlySet<number>
}

/**
 * The caption phrases of a narration: spans of words, both ends included, that cover every word once and in order.
 * `fits` says whether a span has room in the caption area; a span of one word is taken whether it fits or not.
 */
export function phrasesOf(
  words: TimedWord[],
  fits: (first: number, last: number) => boolean,
  { language, idealWords = 4, maxWords = 6, ends = new Set() }: PhraseOptions,
): { firstWord: number; lastWord: number }[] {
  const breaks = words.map((_, index) => breakAfter(words, index, language))
  const loads = words.map(({ text }) => loadOf(text))

  const costOfEnd = (word: number) => costOfBreak[ends.has(word) ? 'clause' : (breaks[word] ?? 'plain')]
  const costOf = (first: number, last: number, breath: Span) => {
    const load = sum(loads.slice(first, last + 1))
    const seconds = ((words[last]?.endMs ?? 0) - (words[first]?.startMs ?? 0)) / 1000
    const tooMuch = load > maxWords || seconds > LONGEST_SECONDS || !fits(first, last)
    if (tooMuch && last > first) return Infinity
    const passed = sum(breaks.slice(first, last).map((kind) => costOfPassing[kind] ?? 0))
    const isPart = first > breath.first || last < breath.last
    return (
      ((load - idealWords) / idealWords) ** 2 * 2 +
      (last < breath.last ? costOfEnd(last) : 0) +
      passed +
      (isPart && load < ORPHAN_LOAD ? COST_OF_ORPHAN : 0) +
      (isPart && seconds < SHORTEST_SECONDS ? COST_OF_FLASH : 0)
    )
  }
  return breathsOf(words, breaks).flatMap((breath) =>
    partition(
      breath.last - breath.first + 1,
      (first, last) => costOf(breath.first + first, breath.first + last, breath),
      { longest: LONGEST_WORDS },
    ).map(({ first, last }) => ({ firstWord: breath.first + first, lastWord: breath.first + last })),
  )
}

/** A phrase longer than this is hard to take in at a glance; one shorter flashes by. */
const LONGEST_SECONDS = 2.6
const SHORTEST_SECONDS = 0.5
/** The voice's own pause after a full stop or a long comma; captions wait with it. */
const PAUSE_MS = 450
/** Only bounds the search: no `maxWords` in use comes near it, nor does a line of Chinese one-letter words. */
const LONGEST_WORDS = 24

/** What surely parts two phrases: the end of a sentence, or silence. */
function breathsOf(words: TimedWord[], breaks: Break[]): Span[] {
  const breaths: Span[] = []
  let first = 0
  for (const [last, { endMs }] of words.entries()) {
    const next = words[last + 1]
    if (next && breaks[last] !== 'sentence' && next.startMs - endMs <= PAUSE_MS) continue
    breaths.push({ first, last })
    first = last + 1
  }
  return breaths
}

// How much there is to read, in words. 10 Chinese or Japanese characters, or 16 Thai ones, read like 4 words.
const loadPerCharacter: [RegExp, number][] = [
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/gu, 0.4],
  [/[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu, 0.25],
]

function loadOf(text: string): number {
  return sum(loadPerCharacter.map(([kind, each]) => (text.match(kind)?.length ?? 0) * each)) || 1
}

/** One word, or three characters, beside a phrase that it could be part of. */
const ORPHAN_LOAD = 1.3

// All costs are in one unit: a phrase of twice the ideal length costs 2.
const COST_OF_ORPHAN = 3
const COST_OF_FLASH = 2
const costOfBreak = {
  sentence: 0,
  clause: 0,
  comma: 0.2,
  conjunction: 0.8,
  preposition: 1,
  genitive: 1.5,
  plain: 1.8,
  tight: 2.6,
  bound: 6,
} satisfies Record<Break, number>
/** Reading on over a place where the voice pauses, or where a new thought begins. */
const costOfPassing: Partial<Record<Break, number>> = { clause: 1.5, comma: 0.8, conjunction: 0.4 }

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
