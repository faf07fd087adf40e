import type { HeardWord, WordTime } from '../ports.ts'
import type { Word } from '../words.ts'
import { addGap, addTimed, lettersOf, type TimedLetters } from './letters.ts'
import { matched } from './match.ts'
import { foundWords } from './found.ts'
import { filledIn } from './fill.ts'

/** Of the words that have letters. */
const leastWords = 0.6
/** Of a word's letters that are heard, and of the letters heard there that are the word's. */
const sameWord = { recall: 0.6, precision: 0.6 }

/**
 * Heard words may be divided otherwise, spelt otherwise, left out or made up: words are found by their letters, and
 * those that are not share the time between the ones beside them. Undefined when less than 60 % are found.
 */
export function timesFromHeard(words: Word[], heard: HeardWord[]): WordTime[] | undefined {
  const timed: TimedLetters = { codes: [], startsMs: [], endsMs: [], sources: [] }
  for (const [index, { text, startMs, endMs }] of heard.entries()) {
    if (!Number.isFinite(startMs) || !Number.isFinite(endMs)) continue
    addGap(timed)
    addTimed(timed, text, index, Math.max(0, startMs), Math.max(0, startMs, endMs))
  }
  const letters = lettersOf(words)
  const pairs = matched(letters.codes, timed.codes, 250 + Math.ceil(letters.codes.length * 0.06))
  const found = foundWords(words.length, letters.owners, pairs, timed, sameWord)
  const sayable = new Set(letters.owners)
  sayable.delete(-1)
  const count = found.filter(Boolean).length
  if (count === 0 || count < sayable.size * leastWords) return undefined
  return filledIn(words, found, timed)
}
