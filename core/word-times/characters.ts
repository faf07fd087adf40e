import type { CharacterTimes, WordTime } from '../ports.ts'
import type { Word } from '../words.ts'
import { addGap, addTimed, gap, lettersOf, type TimedLetters } from './letters.ts'
import { matched } from './match.ts'
import { foundWords } from './found.ts'
import { filledIn } from './fill.ts'

/** Of the letters of the longer of both texts: the rest may be spelt otherwise. */
const leastShare = 0.94
/** In short texts so many letters may differ in any case. */
const freeLetters = 3
/** Of the words: the others' times run backwards or are missing. */
const leastWords = 0.9

/**
 * A word lasts from the first to the last of its own letters. The characters may differ a little from the words: other
 * quotes, dashes, case or spaces, several signs in one entry or one in two. Undefined when they do not fit.
 */
export function timesFromCharacters(words: Word[], times: CharacterTimes): WordTime[] | undefined {
  const { characters, startsMs, endsMs } = times
  if (characters.length !== startsMs.length || characters.length !== endsMs.length) return undefined
  const timed = timedLetters(times)
  const letters = lettersOf(words)
  const pairs = matched(letters.codes, timed.codes, 100 + Math.ceil(letters.codes.length * 0.06))
  const count = (codes: number[]) => codes.filter((code) => code !== gap).length
  const longer = Math.max(count(letters.codes), count(timed.codes))
  const same = letters.codes.filter((code, index) => code !== gap && pairs[index]! >= 0).length
  if (same === 0 || same < Math.min(longer * leastShare, Math.max(longer / 2, longer - freeLetters))) return undefined
  const found = foundWords(words.length, letters.owners, pairs, timed, { recall: 0.6, precision: 0 })
  if (found.filter(Boolean).length < found.length * leastWords - 1) return undefined
  return filledIn(words, found, timed)
}

function timedLetters({ characters, startsMs, endsMs }: CharacterTimes): TimedLetters {
  const timed: TimedLetters = { codes: [], startsMs: [], endsMs: [], sources: [] }
  for (let index = 0; index < characters.length; index++) {
    const first = index
    let text = characters[index]!
    // Half a sign, as JavaScript and Java count: the other half is the next entry.
    if (/[\uD800-\uDBFF]$/.test(text) && index + 1 < characters.length) text += characters[++index]!
    const [startMs, endMs] = [startsMs[first]!, endsMs[index]!]
    if (/^\s+$/u.test(text)) addGap(timed)
    else if (Number.isFinite(startMs) && Number.isFinite(endMs))
      addTimed(timed, text, first, Math.max(0, startMs), Math.max(0, startMs, endMs))
  }
  return timed
}
