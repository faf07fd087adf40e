/** From `first` to `last`, both included. */
export type Span = { first: number; last: number }

/**
 * The cheapest way to divide the items 0 … length-1 into spans that follow each other, found by dynamic programming.
 * `costOf` a span is 0 or more; it may be Infinity, but not for one item alone. No span is longer than `longest` items. With `count`
 * there are exactly so many spans (1 … length). Takes length × longest steps, times `count` when one is given.
 */
export function partition(
  length: number,
  costOf: (first: number, last: number) => number,
  { longest, count }: { longest: number; count?: number },
): Span[] {
  if (count !== undefined) return partitionInto(count, length, costOf, longest)
  const cheapest = [0]
  const startOf: number[] = []
  for (let end = 1; end <= length; end++) {
    cheapest[end] = Infinity
    for (let first = end - 1; first >= Math.max(0, end - longest); first--) {
      const cost = (cheapest[first] ?? Infinity) + costOf(first, end - 1)
      if (cost >= (cheapest[end] ?? Infinity)) continue
      cheapest[end] = cost
      startOf[end] = first
    }
  }
  return spansFrom(length, (end) => startOf[end] ?? end - 1)
}

function partitionInto(
  count: number,
  length: number,
  costOf: (first: number, last: number) => number,
  longest: number,
): Span[] {
  let cheapest = new Float64Array(length + 1).fill(Infinity)
  cheapest[0] = 0
  const startsOf: Uint16Array[] = []
  for (let spans = 1; spans <= count; spans++) {
    const cheapestNow = new Float64Array(length + 1).fill(Infinity)
    const startOf = new Uint16Array(length + 1)
    // Every span has an item at least, so `spans` of them end here at the earliest, and leave one for each to come.
    for (let end = spans; end <= length - (count - spans); end++) {
      for (let first = end - 1; first >= Math.max(spans - 1, end - longest); first--) {
        const before = cheapest[first] ?? Infinity
        // Saves nine tenths of the calls, as no span has a negative cost.
        if (before >= (cheapestNow[end] ?? Infinity)) continue
        const cost = before + costOf(first, end - 1)
        if (cost >= (cheapestNow[end] ?? Infinity)) continue
        cheapestNow[end] = cost
        startOf[end] = first
      }
    }
    cheapest = cheapestNow
    startsOf.push(startOf)
  }
  return spansFrom(length, (end) => startsOf.pop()?.[end] ?? 0)
}

function spansFrom(length: number, startOf: (end: number) => number): Span[] {
  const spans: Span[] = []
  for (let end = length; end > 0;) {
    const first = startOf(end)
    spans.unshift({ first, last: end - 1 })
    end = first
  }
  return spans
}
