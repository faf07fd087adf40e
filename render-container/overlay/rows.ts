// Which rows of a frame are drawn on, by groups: what is empty is not kept, copied or blended.
import type { Canvas } from './ass-filter.ts'

const GROUP_ROWS = 16

/** Rows of the frame, both even; `end` is behind the last. */
export type Band = { top: number; end: number }

/** Groups next to each other as one band. */
export function bandsOf(groups: Iterable<number>, heightPx: number): Band[] {
  const bands: Band[] = []
  for (const group of [...groups].toSorted((a, b) => a - b)) {
    const top = group * GROUP_ROWS
    const end = Math.min(top + GROUP_ROWS, heightPx)
    const last = bands.at(-1)
    if (last?.end === top) last.end = end
    else bands.push({ top, end })
  }
  return bands
}

/** The groups, but those in `except`, in which a white canvas is not white any more. */
export function drawnGroups({ frame, planes }: Canvas, except?: Set<number>): number[] {
  const luma = planes[0]!
  const { width, height } = frame
  const groups = Array.from({ length: Math.ceil(height / GROUP_ROWS) }, (_, group) => group)
  const white = Buffer.alloc(GROUP_ROWS * width, 255)
  return groups.filter((group) => {
    if (except?.has(group)) return false
    const start = group * white.length
    const end = Math.min(start + white.length, height * width)
    // However faint a layer is, it takes a level off: the filter rounds down.
    return luma.compare(white, 0, end - start, start, end) !== 0
  })
}

/** Where the band lies in each plane of a frame: its first byte and the one behind its last. */
export function bytesOf({ top, end }: Band, widthPx: number): { start: number; end: number }[] {
  return [1, 4, 4].map((part) => ({ start: (top * widthPx) / part, end: (end * widthPx) / part }))
}
