// Texts as they are compared: what is said of them, without what services change (case, quotes, dashes, marks, spaces).
import type { Word } from '../words.ts'

/** The code of a space between words. */
export const gap = 32

/** Letters, digits and the signs that are said, in the plainest form: 'Café №5' → 'cafeno5'. */
function plainLetters(text: string): number[] {
  const plain = text.normalize('NFKD').toLowerCase().normalize('NFKD').replace(unsaid, '')
  return Array.from(plain, (letter) => letter.codePointAt(0)!)
}

// Vowel points and tone marks go too: services leave them out or put them in.
const unsaid = /[^\p{L}\p{N}&+=@#×÷%€$£¥°]/gu

/** The letters of all words, and which word each is of; −1 for a space. */
export function lettersOf(words: Word[]): { codes: number[]; owners: number[] } {
  const codes: number[] = []
  const owners: number[] = []
  for (const [index, { text, spaceBefore }] of words.entries()) {
    if (spaceBefore && index > 0) {
      codes.push(gap)
      owners.push(-1)
    }
    for (const code of plainLetters(text)) {
      codes.push(code)
      owners.push(index)
    }
  }
  return { codes, owners }
}

/** Letters with their times. `sources`: which of the things heard each comes from; −1 for a space. */
export type TimedLetters = { codes: number[]; startsMs: number[]; endsMs: number[]; sources: number[] }

/** Adds the letters of `text`, which share its time evenly, in order. */
export function addTimed(to: TimedLetters, text: string, source: number, startMs: number, endMs: number): void {
  const codes = plainLetters(text)
  for (const [index, code] of codes.entries()) {
    to.codes.push(code)
    to.startsMs.push(startMs + ((endMs - startMs) * index) / codes.length)
    to.endsMs.push(startMs + ((endMs - startMs) * (index + 1)) / codes.length)
    to.sources.push(source)
  }
}

export function addGap(to: TimedLetters): void {
  if (!to.codes.length || to.codes.at(-1) === gap) return
  const atMs = to.endsMs.at(-1)!
  to.codes.push(gap)
  to.startsMs.push(atMs)
  to.endsMs.push(atMs)
  to.sources.push(-1)
}
