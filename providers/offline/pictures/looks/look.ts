// What an art style is, as data: which light it allows, how things are drawn in it, and what is done to the
// finished picture.
import type { Palette } from '../light/palette.ts'
import type { Finish } from '../sprite.ts'
import type { CloudKind, Stage } from '../stage.ts'

export type Look = {
  /** Turns the palette of the hour into the style's own. */
  palette: (palette: Palette) => Palette
  clouds: CloudKind
  /** How things are drawn. */
  things: Finish
  /** Size of the heroes against the usual. */
  heroScale: number
  /** Signs and tubes glow in every town. */
  neon?: boolean
  /** Only ever neon night, but for places with a light of their own (water, space, paper). */
  onlyDark?: boolean
  /** Done to the empty place, before anything stands in it. */
  place: readonly Treatment[]
  /** Done to the whole picture, in order. */
  finish: readonly Treatment[]
}
export type Treatment = (stage: Stage) => void

/** Makes every colour of a palette over. */
export function recolour(change: (colour: string) => string): (palette: Palette) => Palette {
  return ({ sky, sun, far, near, accent, light }) => ({
    sky: [change(sky[0]), change(sky[1]), change(sky[2]), change(sky[3])],
    sun: change(sun),
    far: change(far),
    near: change(near),
    accent: change(accent),
    light: change(light),
  })
}
