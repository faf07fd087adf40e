// What a place is: how it is drawn and how things stand in it.
import type { TimeOfDay } from '../light/time.ts'
import type { Stage } from '../stage.ts'

export type Backdrop = {
  /** Times of day that suit it; the first is the usual one. */
  times: readonly TimeOfDay[]
  /** Whether things stand on ground, swim, float free or lie flat. */
  setting: 'ground' | 'water' | 'air' | 'paper'
  draw: (stage: Stage) => void
  /** What lies before the heroes. */
  front?: (stage: Stage) => void
  /** Icons that fit when the words name nothing that can be drawn. */
  stock: readonly string[]
  /** Less than 1 where the place itself is what is looked at. */
  heroScale?: number
}
