import type { WordTime } from '../ports.ts'

/**
 * Whole milliseconds, in order, never overlapping; a word without time of its own gets a millisecond where there is
 * room, words that begin together share what there is until the next begins.
 */
export function settled(times: WordTime[]): WordTime[] {
  const starts: number[] = []
  for (const { startMs } of times) starts.push(Math.max(starts.at(-1) ?? 0, Math.round(startMs)))
  spreadOut(starts, Math.max(0, ...times.slice(-1).map(({ endMs }) => Math.round(endMs))))
  return times.map(({ endMs }, index) => {
    const startMs = starts[index]!
    const latestMs = starts[index + 1] ?? Infinity
    return { startMs, endMs: Math.min(latestMs, Math.max(startMs + 1, Math.round(endMs))) }
  })
}

/** Starts that are the same are spread until the next one, or until `endMs`. */
function spreadOut(starts: number[], endMs: number): void {
  for (let first = 0; first < starts.length;) {
    const startMs = starts[first]!
    let end = first + 1
    while (end < starts.length && starts[end] === startMs) end++
    const roomMs = Math.max(0, (starts[end] ?? endMs) - startMs)
    for (let index = first; index < end; index++) {
      starts[index] = startMs + Math.floor((roomMs * (index - first)) / (end - first))
    }
    first = end
  }
}
