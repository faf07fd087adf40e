// Which letter of one text is which of another: the edit distance with the fewest changes. Spaces count a little, so
// that whole words find each other rather than letters of many.
import { gap } from './letters.ts'

const letterCost = 5
const gapCost = 2
/** Less than leaving out both. */
const replaceCost = 8
const far = 1_000_000_000

const together = 1
const onlyFirst = 2
const onlySecond = 3

/**
 * For each place in `first` the same letter's place in `second`, or −1. Only what lies `reach` places or less from the
 * diagonal is looked at: takes first.length × reach steps.
 */
export function matched(first: number[], second: number[], reach: number): Int32Array {
  const pairs = new Int32Array(first.length).fill(-1)
  let from = 0
  while (from < Math.min(first.length, second.length) && first[from] === second[from]) pairs[from] = from++
  let [end, secondEnd] = [first.length, second.length]
  while (end > from && secondEnd > from && first[end - 1] === second[secondEnd - 1]) pairs[--end] = --secondEnd
  const inside = matchedInside(
    Int32Array.from(first.slice(from, end)),
    Int32Array.from(second.slice(from, secondEnd)),
    reach,
  )
  for (const [index, place] of inside.entries()) if (place >= 0) pairs[from + index] = from + place
  return pairs
}

function matchedInside(first: Int32Array, second: Int32Array, reach: number): Int32Array {
  const [rows, columns] = [first.length, second.length]
  const pairs = new Int32Array(rows).fill(-1)
  if (!rows || !columns) return pairs
  const slope = columns / rows
  const half = Math.min(columns, Math.max(reach, Math.ceil(slope) + 1))
  const width = 2 * half + 1
  const lowest = (row: number) => Math.round(row * slope) - half
  const moves = new Uint8Array((rows + 1) * width)
  let above = new Int32Array(columns + 1).fill(far)
  let costs = new Int32Array(columns + 1).fill(far)
  for (let row = 0; row <= rows; row++) {
    const low = lowest(row)
    const high = Math.min(columns, low + width - 1)
    const letter = first[row - 1]!
    const dropCost = letter === gap ? gapCost : letterCost
    for (let column = Math.max(0, low); column <= high; column++) {
      let best = row === 0 && column === 0 ? 0 : far
      let move = 0
      if (row > 0 && column > 0) {
        const other = second[column - 1]!
        const change = letter === other ? 0 : letter === gap || other === gap ? far : replaceCost
        const cost = above[column - 1]! + change
        if (cost < best) {
          best = cost
          move = together
        }
      }
      const without = above[column]! + dropCost
      if (row > 0 && without < best) {
        best = without
        move = onlyFirst
      }
      const besides = column > 0 ? costs[column - 1]! + (second[column - 1] === gap ? gapCost : letterCost) : far
      if (besides < best) {
        best = besides
        move = onlySecond
      }
      costs[column] = best
      moves[row * width + column - low] = move
    }
    const swapped = above
    above = costs
    // The next row's band lies less than two widths further on.
    costs = swapped.fill(far, Math.max(0, low - width), high + 2 * width)
  }
  for (let row = rows, column = columns; row > 0 || column > 0;) {
    const move = moves[row * width + column - lowest(row)]
    if (move === together) {
      row--
      column--
      if (first[row] === second[column]) pairs[row] = column
    } else if (move === onlyFirst) row--
    else if (move === onlySecond) column--
    else break
  }
  return pairs
}
