// Styles in which a hand shows: pencil, ink, print, watercolour, tempera, cut shapes.
import { adjust, lightness } from '../draw/colour.ts'
import { corners } from './film.ts'
import { fields, shapes } from './geometry.ts'
import { hatched, outlined } from './lines.ts'
import { recolour } from './look.ts'
import { illuminatedFrame, rays } from './ornament.ts'
import { brushed, openLight, paperGrain, splashes, unfinishedEdge, washed } from './paint.ts'
import { contrast, curveOf, onPixels, saturation, toned } from './pixels.ts'
import { dotted, posterised, spotInked } from './print.ts'
import type { Look } from './look.ts'
import type { Palette } from '../light/palette.ts'

const PLAIN = { grade: 1, relief: 0.3, outline: 0, tones: 0, rim: 0.8 } as const

export const drawn = {
  'bw-sketch': {
    palette: recolour((colour) => adjust(colour, 0, 0.06)),
    clouds: 'soft',
    things: { ...PLAIN, chroma: 0, outline: 0.0022, rim: 0 },
    heroScale: 1,
    place: [],
    finish: [
      onPixels(
        hatched({ paper: '#f6f4ef', pencil: '#26262a', pitch: 0.0092, tones: [0.62, 0.46, 0.32], pressure: 0.6 }),
        unfinishedEdge('#f6f4ef', 0.045),
      ),
    ],
  },
  'ink-sketch': {
    palette: recolour((colour) => adjust(colour, 0.2, 0.08)),
    clouds: 'soft',
    things: { ...PLAIN, chroma: 0.1, outline: 0.0035, outlineColour: '#1c120a', rim: 0 },
    heroScale: 1.02,
    place: [],
    finish: [
      onPixels(
        curveOf((value) => 0.12 + 0.94 * value ** 0.78),
        brushed(5),
        outlined(
          { colour: '#150d08', width: 0.0034, from: 14, full: 56, opacity: 0.96, loose: 0.55 },
          posterised(5, 0.5),
          toned('#2a1a0e', '#7a5230', '#b98d5c', '#e6cfa4', '#f8efdc', '#faf4e6'),
          washed('#faf4e6', 0.1, 0.5),
        ),
        unfinishedEdge('#faf4e6', 0.06),
        paperGrain(0.07),
      ),
      splashes('#2a1a0e', 9),
    ],
  },
  'comic-noir': {
    palette: (palette) => ({ ...recolour((colour) => adjust(colour, 0))(palette), sun: '#e5102e', light: '#d8d8d8' }),
    clouds: 'none',
    things: { grade: 0.5, relief: 0.75, outline: 0.004, outlineColour: '#000000', tones: 0, rim: 1, chroma: 0 },
    heroScale: 1.06,
    place: [onPixels(curveOf((value) => value * 0.82))],
    finish: [corners(0.9, '#000000'), onPixels(spotInked({ spot: '#d6122c', black: 0.2, white: 0.62, pitch: 0.0085 }))],
  },
  'comic-book': {
    palette: recolour((colour) => adjust(colour, 1.45, 0.03)),
    clouds: 'cumulus',
    things: { grade: 0.34, relief: 0, outline: 0.0068, outlineColour: '#0b0a14', tones: 4, rim: 0 },
    heroScale: 1.1,
    place: [rays],
    finish: [
      onPixels(
        saturation(1.3),
        contrast(0.3),
        outlined(
          { colour: '#0b0a14', width: 0.0034, from: 40, full: 90 },
          posterised(6, 0.2),
          dotted({ pitch: 0.0105, angle: 0.5, strength: 0.26 }),
        ),
        paperGrain(0.05),
      ),
    ],
  },
  caricature: {
    palette: recolour((colour) => adjust(colour, 1.16, 0.1)),
    clouds: 'soft',
    things: { grade: 0.5, relief: 0.2, outline: 0.002, outlineColour: '#2a2230', tones: 0, rim: 0 },
    heroScale: 1.26,
    place: [openLight],
    finish: [
      onPixels(
        curveOf((value) => 0.14 + 0.9 * value ** 0.8),
        brushed(6),
        outlined(
          { colour: '#2a2230', width: 0.0028, from: 12, full: 62, opacity: 0.92, loose: 0.8 },
          posterised(7, 0.7),
          washed('#fffaf0', 0.12, 0.46),
        ),
        unfinishedEdge('#fffaf0', 0.075),
        paperGrain(0.08),
      ),
      splashes('#6a8fb0', 4),
    ],
  },
  'medieval-painting': {
    palette: tempera,
    clouds: 'lozenges',
    things: { grade: 0.45, relief: 0.1, outline: 0.003, outlineColour: '#3a1d10', tones: 4, rim: 0 },
    heroScale: 0.98,
    place: [],
    finish: [
      onPixels(
        curveOf((value) => 0.06 + 0.98 * value ** 0.72),
        saturation(1.2),
        brushed(3),
        outlined(
          { colour: '#3a1d10', width: 0.003, from: 26, full: 90, opacity: 0.85, loose: 0.3 },
          posterised(9, 0.5),
          washed('#e6d2a4', 0.14, 0.22),
        ),
        paperGrain(0.14),
      ),
      illuminatedFrame,
      corners(0.3, '#3a1f08'),
    ],
  },
  'modern-abstract': {
    palette: recolour((colour) => adjust(colour, 1.3)),
    clouds: 'none',
    things: { grade: 0.14, relief: 0, outline: 0.009, outlineColour: '#f1faee', tones: 2, rim: 0, chroma: 1 },
    heroScale: 0.98,
    place: [onPixels(fields), shapes],
    finish: [onPixels(paperGrain(0.06))],
  },
} satisfies Record<string, Look>

/** Ultramarine or vermilion above gold: the pigments of a workshop, whatever the hour. */
function tempera({ sky }: Palette): Palette {
  const warm = lightness(sky[1]) > 0.56
  return {
    sky: warm ? ['#274b8f', '#4470ad', '#d9b765', '#f4e3ad'] : ['#15275c', '#243f86', '#8a3f3a', '#d9ab4e'],
    sun: '#f6d672',
    far: '#8d9a78',
    near: '#3a2a22',
    accent: '#c03a2b',
    light: '#f6dd92',
  }
}
