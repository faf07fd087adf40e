// Words that were found among timed letters, with their times.
import { gap, type TimedLetters } from './letters.ts'

/** `firstLetter` and `lastLetter` are places in the timed letters. */
export type Found = { startMs: number; endMs: number; firstLetter: number; lastLetter: number }

/**
 * One entry per word; undefined for a word of which too few letters were found (`recall`, of its letters), among too
 * many others (`precision`, of the letters there), or whose time is out of order.
 */
export function foundWords(
  count: number,
  owners: number[],
  pairs: Int32Array,
  timed: TimedLetters,
  least: { recall: number; precision: number },
): (Found | undefined)[] {
  const letters = new Uint32Array(count)
  const places: number[][] = Array.from({ length: count }, () => [])
  for (const [index, owner] of owners.entries()) {
    if (owner < 0) continue
    letters[owner]!++
    if (pairs[index]! >= 0) places[owner]!.push(pairs[index]!)
  }
  const taken = new Set(places.flat())
  const found = places.map((own, word) => {
    if (!own.length || own.length < letters[word]! * least.recall) return undefined
    const among = timed.codes.slice(own[0], own.at(-1)! + 1).filter((code) => code !== gap).length
    return own.length < among * least.precision ? undefined : foundAt(own, timed, taken)
  })
  return inOrder(found)
}

/** Letters beside it that nobody else has are the word's too, as long as they come from the same source. */
function foundAt(places: number[], timed: TimedLetters, taken: Set<number>): Found {
  let [first, last] = [places[0]!, places.at(-1)!]
  const isFree = (place: number, beside: number) =>
    timed.sources[place] === timed.sources[beside] && place >= 0 && place < timed.codes.length && !taken.has(place)
  while (isFree(first - 1, first)) first--
  while (isFree(last + 1, last)) last++
  const startMs = timed.startsMs[first]!
  return { startMs, endMs: Math.max(startMs, timed.endsMs[last]!), firstLetter: first, lastLetter: last }
}

/** Leaves out as few as can be so that no word begins before the one before it: the longest row of rising starts. */
function inOrder(found: (Found | undefined)[]): (Found | undefined)[] {
  const before = new Int32Array(found.length).fill(-1)
  /** The last word of the best row of each length, with the earliest start. */
  const lasts: number[] = []
  for (const [index, word] of found.entries()) {
    if (!word) continue
    let [low, high] = [0, lasts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (found[lasts[middle]!]!.startMs <= word.startMs) low = middle + 1
      else high = middle
    }
    before[index] = lasts[low - 1] ?? -1
    lasts[low] = index
  }
  const kept = new Set<number>()
  for (let index = lasts.at(-1) ?? -1; index >= 0; index = before[index]!) kept.add(index)
  return found.map((word, index) => (kept.has(index) ? word : undefined))
}
