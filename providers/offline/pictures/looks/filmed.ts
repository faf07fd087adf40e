// Styles with smooth light: storybook, animation, film.
import { adjust, mix } from '../draw/colour.ts'
import {
  bloom,
  blinds,
  corners,
  depthOfField,
  dust,
  grain,
  lensFlare,
  rain,
  tilted,
  tube,
  wear,
  zoomBlur,
} from './film.ts'
import { outlined } from './lines.ts'
import { recolour } from './look.ts'
import { brushed, paperGrain } from './paint.ts'
import { contrast, curveOf, onPixels, saturation, splitTone, toned } from './pixels.ts'
import type { Look } from './look.ts'

const PLAIN = { grade: 1, relief: 0.3, outline: 0, tones: 0, rim: 0.8 } as const

export const filmed = {
  'warm-fable': {
    palette: recolour((colour) => mix(adjust(colour, 1.04), '#e8a06a', 0.09)),
    clouds: 'soft',
    things: { ...PLAIN, relief: 0.4 },
    heroScale: 1,
    place: [],
    finish: [
      onPixels(splitTone('#5a2f4a', '#ffdca8', 0.1), paperGrain(0.06)),
      bloom(0.28, 0.66, 0.03),
      corners(0.5, '#1c0a14'),
      grain(0.08),
    ],
  },
  'realistic-action-art': {
    palette: recolour((colour) => adjust(colour, 1.12, -0.03)),
    clouds: 'soft',
    things: { ...PLAIN, relief: 0.85, rim: 1 },
    heroScale: 1.12,
    place: [onPixels(contrast(0.35), brushed(3)), zoomBlur(0.22)],
    finish: [
      tilted(4),
      dust(60, 46),
      lensFlare(0.5),
      onPixels(contrast(0.6), splitTone('#0f4a5c', '#ffb066', 0.34), saturation(1.18)),
      bloom(0.4, 0.66, 0.02),
      corners(0.72, '#02060c'),
      grain(0.12),
    ],
  },
  'hyper-realistic': {
    palette: recolour((colour) => adjust(colour, 0.74)),
    clouds: 'soft',
    things: { ...PLAIN, relief: 0.95, rim: 0.7, chroma: 0.86 },
    heroScale: 0.96,
    place: [depthOfField(0.014), dust(36)],
    finish: [
      onPixels(
        curveOf((value) => 0.02 + 0.96 * value),
        contrast(0.42),
        splitTone('#1f3b4a', '#ffe9c8', 0.2),
        paperGrain(0.05),
      ),
      bloom(0.46, 0.62, 0.03),
      corners(0.66, '#05070a'),
      grain(0.14),
    ],
  },
  'retro-noir': {
    palette: recolour((colour) => adjust(colour, 0)),
    clouds: 'soft',
    things: { ...PLAIN, chroma: 0, relief: 0.9, rim: 1 },
    heroScale: 1,
    place: [depthOfField(0.006)],
    finish: [
      blinds,
      onPixels(
        curveOf((value) => 1.12 * value ** 0.8),
        contrast(0.8),
        toned('#050506', '#3a3a3d', '#86868a', '#cfcfce', '#fbf9f3'),
      ),
      bloom(0.5, 0.62, 0.02),
      corners(0.86, '#000000'),
      wear,
      grain(0.26),
    ],
  },
  anime: {
    palette: (palette) =>
      recolour((colour) => adjust(colour, 1.36, 0.02))({ ...palette, near: mix(palette.near, '#243a8c', 0.3) }),
    clouds: 'cumulus',
    things: { grade: 0.62, relief: 0, outline: 0.0026, outlineColour: '#1c1740', tones: 4, rim: 0.9 },
    heroScale: 1,
    place: [],
    finish: [
      onPixels(
        contrast(0.25),
        saturation(1.16),
        outlined({ colour: '#221a4a', width: 0.0016, from: 50, full: 140, opacity: 0.5 }),
      ),
      lensFlare(0.7),
      bloom(0.34, 0.74, 0.014),
    ],
  },
  'retro-anime': {
    palette: recolour((colour) => mix(adjust(colour, 1.02, 0.02), '#d98fb0', 0.16)),
    clouds: 'cumulus',
    things: { grade: 0.8, relief: 0, outline: 0.0022, outlineColour: '#3a2436', tones: 3, rim: 0.7 },
    heroScale: 1,
    place: [onPixels(brushed(4))],
    finish: [
      onPixels(
        outlined({ colour: '#3a2436', width: 0.0018, from: 30, full: 110, opacity: 0.6 }),
        curveOf((value) => 0.1 + 0.84 * value),
        splitTone('#2a5a7a', '#ffc0b0', 0.26),
      ),
      bloom(0.5, 0.62, 0.024),
      corners(0.4, '#2a1428'),
      grain(0.2),
    ],
  },
  '3d-cartoon': {
    palette: recolour((colour) => adjust(colour, 1.22, 0.07)),
    clouds: 'soft',
    things: { grade: 0.42, relief: 1.25, outline: 0, tones: 0, rim: 0.5 },
    heroScale: 1.08,
    place: [onPixels(brushed(5)), depthOfField(0.005)],
    finish: [
      onPixels(
        saturation(1.22),
        curveOf((value) => value ** 0.86),
      ),
      bloom(0.42, 0.62, 0.03),
    ],
  },
  cyberpunk: {
    palette: (palette) => palette,
    clouds: 'soft',
    things: { grade: 1.1, relief: 0.7, outline: 0.0026, outlineColour: '#39e6ff', tones: 0, rim: 1 },
    heroScale: 1,
    neon: true,
    onlyDark: true,
    place: [onPixels(contrast(0.4)), rain],
    finish: [
      onPixels(splitTone('#1a0a5c', '#7adcff', 0.2), contrast(0.5), saturation(1.3)),
      bloom(0.8, 0.5, 0.022),
      onPixels(tube(0.0042, 0.0022)),
      corners(0.7, '#04010f'),
    ],
  },
} satisfies Record<string, Look>
