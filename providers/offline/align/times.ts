// From a path through the sound to the words' times.
import type { WordTime } from '../../../core/ports.ts'
import type { Path } from './path.ts'

/** Word `word` begins at the frame `frame` of what is said. */
export type First = { word: number; frame: number }

export const frameMs = 10

/** One time per word; never overlapping. A word that is not said lies, empty, after the word before it. */
export function timesAlong({ at }: Path, firsts: First[], count: number): WordTime[] {
  const spans = new Map<number, WordTime>()
  let frame = 0
  firsts.forEach(({ word, frame: first }, i) => {
    while (frame < at.length && at[frame]! < first) frame++
    const next = firsts[i + 1]?.frame ?? Number.POSITIVE_INFINITY
    let [end, last] = [frame, frame]
    // A word may have a pause within ('twenty, twenty-six').
    for (; end < at.length && (at[end]! < 0 ? -1 - at[end]! < next : at[end]! < next); end++)
      if (at[end]! >= 0) last = end + 1
    spans.set(word, { startMs: frame * frameMs, endMs: last * frameMs })
  })
  const times: WordTime[] = []
  let before = 0
  for (let word = 0; word < count; word++) {
    const span = spans.get(word)
    const startMs = Math.max(before, span?.startMs ?? before)
    before = Math.max(startMs, span?.endMs ?? startMs)
    times.push({ startMs, endMs: before })
  }
  return times
}
