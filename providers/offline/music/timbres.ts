// The tuned instruments as data. A tone is two wave tables of one pitch, a dark one and a bright one, that the
// player blends: struck sounds go from bright to dark as they ring, held ones breathe between the two.

type TimbreShape = {
  attackMs: number
  /** How long a struck tone takes to fall to 1/e; absent for a held one. */
  decayMs?: number
  /** After the note's end. */
  releaseMs: number
  /** Harmonic h has the amplitude h^-slope; even ones are scaled by `even`. */
  slope: number
  even: number
  /** Where the spectrum bends down, in the dark and in the bright table. */
  darkHz: number
  brightHz: number
  /** Between the left and the right voice: width. */
  detuneCents: number
  /** Part of the sound that goes to the reverb. */
  send: number
}

const timbres = {
  softPad: {
    attackMs: 700,
    releaseMs: 1100,
    slope: 1.5,
    even: 0.6,
    darkHz: 500,
    brightHz: 1800,
    detuneCents: 9,
    send: 0.6,
  },
  airPad: {
    attackMs: 1700,
    releaseMs: 2600,
    slope: 1.2,
    even: 0.5,
    darkHz: 600,
    brightHz: 2800,
    detuneCents: 12,
    send: 1,
  },
  brightPad: {
    attackMs: 250,
    releaseMs: 600,
    slope: 1.2,
    even: 0.9,
    darkHz: 900,
    brightHz: 3200,
    detuneCents: 11,
    send: 0.5,
  },
  darkPad: {
    attackMs: 1500,
    releaseMs: 2400,
    slope: 1.6,
    even: 0.8,
    darkHz: 260,
    brightHz: 1100,
    detuneCents: 14,
    send: 0.9,
  },
  strings: {
    attackMs: 450,
    releaseMs: 900,
    slope: 1.1,
    even: 1,
    darkHz: 500,
    brightHz: 2200,
    detuneCents: 13,
    send: 0.7,
  },
  horn: {
    attackMs: 140,
    releaseMs: 500,
    slope: 1.2,
    even: 0.9,
    darkHz: 600,
    brightHz: 1800,
    detuneCents: 5,
    send: 0.8,
  },
  felt: {
    attackMs: 8,
    decayMs: 900,
    releaseMs: 400,
    slope: 1.4,
    even: 0.8,
    darkHz: 600,
    brightHz: 2600,
    detuneCents: 3,
    send: 0.5,
  },
  bell: {
    attackMs: 5,
    decayMs: 1100,
    releaseMs: 1500,
    slope: 1.5,
    even: 0.5,
    darkHz: 1200,
    brightHz: 4500,
    detuneCents: 2,
    send: 0.9,
  },
  glass: {
    attackMs: 12,
    decayMs: 1400,
    releaseMs: 2000,
    slope: 1.3,
    even: 0.15,
    darkHz: 900,
    brightHz: 4000,
    detuneCents: 7,
    send: 1,
  },
  harp: {
    attackMs: 5,
    decayMs: 1000,
    releaseMs: 1200,
    slope: 1.5,
    even: 0.9,
    darkHz: 700,
    brightHz: 3200,
    detuneCents: 3,
    send: 0.8,
  },
  pluck: {
    attackMs: 4,
    decayMs: 260,
    releaseMs: 200,
    slope: 1.3,
    even: 0.8,
    darkHz: 700,
    brightHz: 4200,
    detuneCents: 6,
    send: 0.4,
  },
  marimba: {
    attackMs: 3,
    decayMs: 230,
    releaseMs: 200,
    slope: 1.8,
    even: 0.1,
    darkHz: 900,
    brightHz: 5000,
    detuneCents: 2,
    send: 0.4,
  },
  spiccato: {
    attackMs: 18,
    decayMs: 170,
    releaseMs: 140,
    slope: 1.1,
    even: 1,
    darkHz: 500,
    brightHz: 3000,
    detuneCents: 9,
    send: 0.5,
  },
  pizzicato: {
    attackMs: 4,
    decayMs: 240,
    releaseMs: 120,
    slope: 1.6,
    even: 0.9,
    darkHz: 300,
    brightHz: 1600,
    detuneCents: 2,
    send: 0.2,
  },
  roundBass: {
    attackMs: 14,
    decayMs: 900,
    releaseMs: 120,
    slope: 1.9,
    even: 0.8,
    darkHz: 160,
    brightHz: 700,
    detuneCents: 1,
    send: 0.05,
  },
  sub: { attackMs: 120, releaseMs: 500, slope: 2.6, even: 1, darkHz: 130, brightHz: 320, detuneCents: 1, send: 0.05 },
} as const satisfies Record<string, TimbreShape>
export type Timbre = keyof typeof timbres
export const timbreShapes: Record<Timbre, TimbreShape> = timbres
