/** `id` is 'YYYY-MM'; `from` and `to` are its first and last day. In UTC, as the API counts days. */
export type Month = { id: string; name: string; from: string; to: string }

/** This month and those before it, the latest first. */
export function lastMonths(now: Date, count: number): Month[] {
  return Array.from({ length: count }, (_, before) => {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - before, 1))
    const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - before + 1, 0))
    const name = first.toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
    return { id: dayOf(first).slice(0, 7), name, from: dayOf(first), to: dayOf(last) }
  })
}

/** Every day from `from` to `to`, both included: the API leaves out those on which nothing was asked for. */
export function daysBetween(from: string, to: string): string[] {
  const [first, last] = [Date.parse(from), Date.parse(to)]
  return Array.from({ length: Math.round((last - first) / 86_400_000) + 1 }, (_, index) =>
    dayOf(new Date(first + index * 86_400_000)),
  )
}

/** '12 Nov'. Days are of UTC, wherever the reader is. */
export function dayName(date: string): string {
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

/** The next round number from `most` on, for the end of a scale. */
export function roundTop(most: number): number {
  if (most <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(most))
  return [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]
    .map((step) => Number((step * power).toPrecision(2)))
    .find((top) => top >= most * (1 - 1e-9))!
}
