// Words' times at reading pace, laid into the time in which a sound sounds. Longer silences are where sentences end.
import { estimateTimes } from '../estimate.ts'
import type { WordTime } from '../ports.ts'
import type { Word } from '../words.ts'
import { settled } from './settle.ts'

/**
 * One span per word, within `span`. `silences` of the sound (of 250 ms or more, in order) are matched with ends of
 * sentences and clauses, as far as they fit.
 */
export function estimateWithin(words: Word[], language: string, span: WordTime, silences: WordTime[] = []): WordTime[] {
  if (!words.length) return []
  const { times } = estimateTimes(words, language)
  const inside = silences.filter(({ startMs, endMs }) => startMs > span.startMs && endMs < span.endMs)
  const anchors = anchorsOf(words, times, span, inside)
  const laid: WordTime[] = []
  for (const [index, anchor] of anchors.slice(0, -1).entries()) {
    const next = anchors[index + 1]!
    laid.push(...scaled(times.slice(anchor.word, next.word), { startMs: anchor.endMs, endMs: next.startMs }))
  }
  return settled(laid)
}

/** In front of `word` it is silent from `startMs` to `endMs`. */
type Anchor = { word: number; startMs: number; endMs: number }

function scaled(times: WordTime[], room: WordTime): WordTime[] {
  const [first, last] = [times[0]!, times.at(-1)!]
  const pace = Math.max(0, room.endMs - room.startMs) / Math.max(1, last.endMs - first.startMs)
  const place = (ms: number) => room.startMs + (ms - first.startMs) * pace
  return times.map(({ startMs, endMs }) => ({ startMs: place(startMs), endMs: place(endMs) }))
}

/** What it costs to leave out a silence (more for a longer one), an end of a sentence, or one of a clause. */
const unmatched = { silenceMs: 200, silenceShare: 0.8, sentenceMs: 500, clauseMs: 30 }
/** A narrator rarely misses more of either in a row. */
const mostSkipped = 6

/**
 * The cheapest chain of pauses in the text found in the sound: between two of them, what is said should sound for as
 * long as it takes to say.
 */
function anchorsOf(words: Word[], times: WordTime[], span: WordTime, silences: WordTime[]): Anchor[] {
  const begin: Anchor = { word: 0, startMs: span.startMs, endMs: span.startMs }
  const finish: Anchor = { word: words.length, startMs: span.endMs, endMs: span.endMs }
  const pauses = words.flatMap(({ sentence }, index) => {
    const previous = times[index - 1]
    if (!previous || times[index]!.startMs - previous.endMs < 50) return []
    return [
      { word: index, costMs: words[index - 1]!.sentence === sentence ? unmatched.clauseMs : unmatched.sentenceMs },
    ]
  })
  if (!pauses.length || !silences.length) return [begin, finish]
  const sayingMs = runningSum(times.map(({ startMs, endMs }) => endMs - startMs))
  const pauseCosts = runningSum(pauses.map(({ costMs }) => costMs))
  const silentMs = runningSum(silences.map(({ startMs, endMs }) => endMs - startMs))
  const silenceCosts = runningSum(
    silences.map(({ startMs, endMs }) => unmatched.silenceMs + (endMs - startMs) * unmatched.silenceShare),
  )
  const pace = (span.endMs - span.startMs - silentMs.at(-1)!) / Math.max(1, sayingMs.at(-1)!)

  // State (p, s): the p-th pause of the text is the s-th silence; the last is the end. Row 0, column 0 is the begin.
  const [rows, columns] = [pauses.length + 2, silences.length + 2]
  const wordAt = (row: number) => (row === 0 ? 0 : (pauses[row - 1]?.word ?? words.length))
  const silenceAt = (column: number) => (column === 0 ? begin : (silences[column - 1] ?? finish))
  const costs = new Float64Array(rows * columns).fill(Infinity)
  const origins = new Int32Array(rows * columns).fill(-1)
  costs[0] = 0
  const stepCost = (row: number, column: number, toRow: number, toColumn: number) => {
    const silent = silentMs[toColumn - 1]! - silentMs[column]!
    const sounding = silenceAt(toColumn).startMs - silenceAt(column).endMs - silent
    const saying = (sayingMs[wordAt(toRow)]! - sayingMs[wordAt(row)]!) * pace
    const skipped = silenceCosts[toColumn - 1]! - silenceCosts[column]! + pauseCosts[toRow - 1]! - pauseCosts[row]!
    return Math.abs(sounding - saying) + skipped
  }
  const relax = (from: number, row: number, column: number) => {
    const [fromRow, fromColumn] = [Math.floor(from / columns), from % columns]
    const cost = costs[from]! + stepCost(fromRow, fromColumn, row, column)
    if (cost >= costs[row * columns + column]!) return
    costs[row * columns + column] = cost
    origins[row * columns + column] = from
  }
  const last = rows * columns - 1
  for (let row = 0; row < rows - 1; row++) {
    for (let column = 0; column < columns - 1; column++) {
      const from = row * columns + column
      if (costs[from] === Infinity) continue
      for (let toRow = row + 1; toRow < Math.min(rows - 1, row + 1 + mostSkipped); toRow++)
        for (let toColumn = column + 1; toColumn < Math.min(columns - 1, column + 1 + mostSkipped); toColumn++)
          relax(from, toRow, toColumn)
      relax(from, rows - 1, columns - 1)
    }
  }
  const chain: Anchor[] = [finish]
  for (let at = origins[last]!; at > 0; at = origins[at]!) {
    const { startMs, endMs } = silenceAt(at % columns)
    chain.unshift({ word: wordAt(Math.floor(at / columns)), startMs, endMs })
  }
  return [begin, ...chain]
}

/** How much there is before each index, and in all. */
function runningSum(numbers: number[]): number[] {
  const sums = [0]
  for (const number of numbers) sums.push(sums.at(-1)! + number)
  return sums
}
