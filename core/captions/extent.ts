// Where letters stand in the height of a line. Faces put their baselines at very different heights, and capitals need no
// room below it; so letters are put in the middle by how far they reach themselves.
import type { Extent, Font } from '../fonts.ts'

/** Of the letters of `text`, or of capitals when it has no others. */
export function extentOf(text: string, { primary }: Font): Extent {
  return /[\p{Ll}\p{Lo}\p{Lm}]/u.test(text) ? primary.letters : primary.capitals
}

/** From the baseline to the foot of what is `heightPx` high and has the letters in its middle. */
export function footPxOf({ topEm, footEm }: Extent, heightPx: number, emPx: number): number {
  return (heightPx - (topEm - footEm) * emPx) / 2
}
