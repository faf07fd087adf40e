// Which of a script's words a model gave back where. It may have changed marks, quotes, case or a few words.
import { unspacedLetter, type Word } from '../../core/words.ts'

/**
 * For each word of the script the index of the part that it stands in, never falling; undefined where none has it.
 * `found`: how much of the script is in the parts, 0…1.
 */
export function partsOfWords(words: Word[], parts: string[]): { partOf: (number | undefined)[]; found: number } {
  const numbers = new Map<string, number>()
  const numberOf = (token: string) => {
    const number = numbers.get(token) ?? numbers.size
    numbers.set(token, number)
    return number
  }
  const said = words.flatMap(({ text }, owner) => tokensOf(text).map((token) => ({ owner, token: numberOf(token) })))
  const given = parts.flatMap((text, owner) => tokensOf(text).map((token) => ({ owner, token: numberOf(token) })))
  const matches = matchesOf(
    said.map(({ token }) => token),
    given.map(({ token }) => token),
  )
  const partOf: (number | undefined)[] = words.map(() => undefined)
  for (const [index, { owner }] of said.entries()) partOf[owner] ??= given[matches[index] ?? -1]?.owner
  const found = matches.reduce((count, match) => count + (match < 0 ? 0 : 1), 0)
  return { partOf, found: said.length === 0 ? 1 : found / said.length }
}

const token = new RegExp(`${unspacedLetter.source}|(?:(?!${unspacedLetter.source})[\\p{L}\\p{M}\\p{N}])+`, 'gu')

/** What is left of words when marks, case and spelling of letters do not matter; single letters of Japanese and the like. */
function tokensOf(text: string): string[] {
  // Upper case first, as 'ß' becomes 'SS'.
  const folded = text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFC')
  return folded.replace(/['’‘ʼ`´\u00AD\u200B-\u200D]/gu, '').match(token) ?? []
}

/** Bytes of directions kept; two texts of 4,000 words are compared whole, longer ones near the diagonal. */
const MOST_CELLS = 16_000_000
const [NOT_REACHED, BOTH, SKIP_SAID, SKIP_GIVEN] = [0, 1, 2, 3]

/**
 * For each of `said` its match in `given` or -1: the longest common subsequence, where matches that follow each other
 * count half as much again, so that a stray 'the' does not tear a sentence apart.
 */
function matchesOf(said: number[], given: number[]): Int32Array {
  const matches = new Int32Array(said.length).fill(-1)
  const width = Math.min(given.length, Math.max(1, Math.floor(MOST_CELLS / Math.max(1, said.length))))
  const startOf = (row: number) =>
    Math.round(Math.max(0, Math.min((row * given.length) / said.length - width / 2, given.length - width)))
  const ways = new Uint8Array(said.length * width)
  let [above, scores] = [new Int32Array(given.length + 1), new Int32Array(given.length + 1)]
  for (let row = 1; row <= said.length; row++) {
    const start = startOf(row)
    const aboveStart = startOf(row - 1)
    const aboveEnd = row === 1 ? given.length : aboveStart + width
    scores[start] = above[start]!
    for (let column = start + 1; column <= start + width; column++) {
      let [best, way] = [scores[column - 1]!, SKIP_GIVEN]
      if (column <= aboveEnd && above[column]! > best) [best, way] = [above[column]!, SKIP_SAID]
      if (said[row - 1] === given[column - 1] && column - 1 <= aboveEnd) {
        const follows =
          row > 1 && column - 2 >= aboveStart && ways[(row - 2) * width + column - 2 - aboveStart] === BOTH
        const score = above[column - 1]! + (follows ? 3 : 2)
        if (score > best) [best, way] = [score, BOTH]
      }
      scores[column] = best
      ways[(row - 1) * width + column - 1 - start] = way!
    }
    ;[above, scores] = [scores, above]
  }
  for (let [row, column] = [said.length, given.length]; row > 0 && column > 0;) {
    const start = startOf(row)
    const way = column > start ? ways[(row - 1) * width + column - 1 - start] : SKIP_SAID
    if (way === BOTH) matches[--row] = --column
    else if (way === SKIP_GIVEN) column--
    else row--
    if (way === NOT_REACHED) break
  }
  return matches
}
