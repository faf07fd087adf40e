// What a light is made of. Every shape of a picture mixes its colours from one palette, which is what makes
// things drawn apart look lit by one sun.

export type Palette = {
  /** From the top of the sky to the horizon. */
  sky: readonly [string, string, string, string]
  sun: string
  /** Ridges far away, and things close by. */
  far: string
  near: string
  accent: string
  /** What the light paints on edges. */
  light: string
}

/** From the top of the sky to the horizon. */
export const sky = (...colours: [string, string, string, string]): Palette['sky'] => colours
