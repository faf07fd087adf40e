// The embedded illustrator: reads the words, chooses a place and things, draws them in the style asked for.
import { createCanvas } from '@napi-rs/canvas'
import type { Picture, PictureBrief } from '../../../core/ports.ts'
import { randomOf } from '../../../core/random.ts'
import type { EmbeddedMaker } from '../embedded.ts'
import { backdrops } from './backdrops/all.ts'
import type { Backdrop } from './backdrops/backdrop.ts'
import { choose, type Choice } from './choose/choose.ts'
import { heroPosition } from './arrange.ts'
import { placeHeroes } from './compose.ts'
import { hash } from './draw/random.ts'
import { looks } from './looks/all.ts'
import { isDark, paletteFor, type TimeOfDay } from './light/time.ts'
import { lay, type Stage } from './stage.ts'

const JPEG_QUALITY = 92
const LIGHTS: ReadonlySet<string> = new Set(['sun', 'full-moon', 'crescent-moon'])
const OWN_LIGHT: ReadonlySet<TimeOfDay> = new Set(['abyss', 'space', 'sepia'])

/**
 * One JPEG of exactly `widthPx` × `heightPx`. The same brief gives the same bytes; the seed changes the composition.
 * Any language draws something: with no word understood, a place that fits the script. Costs nothing.
 * Aborting throws the signal's reason.
 */
export const illustrate: EmbeddedMaker<PictureBrief, Picture> = async (brief, signal) => {
  signal.throwIfAborted()
  const canvas = await draw(brief, choose(brief))
  signal.throwIfAborted()
  const bytes = await canvas.encode('jpeg', JPEG_QUALITY)
  return {
    made: { bytes, contentType: 'image/jpeg' },
    charges: [{ provider: 'embedded', model: 'scenes-1', unit: 'images', units: 1, costMicroUsd: 0 }],
  }
}

async function draw({ widthPx: w, heightPx: h, style, seed }: PictureBrief, choice: Choice) {
  const look = looks[style]
  const random = randomOf(seed ^ hash(choice.backdrop + choice.heroes.join()))
  const canvas = createCanvas(w, h)
  // Water, space and paper keep their own light even where it is always night.
  const time = look.onlyDark && !OWN_LIGHT.has(choice.time) ? 'neon' : choice.time
  const laid = lay({ w, h, random })
  const stage: Stage = {
    ...laid,
    canvas,
    ctx: canvas.getContext('2d'),
    random,
    palette: look.palette(paletteFor(time, random)),
    dark: isDark(time),
    neon: look.neon === true || time === 'neon',
    heroX: heroPosition({ ...laid, random }, choice.heroes.length),
    clouds: look.clouds,
    // One sun is enough.
    avoid: choice.heroes.some((name) => LIGHTS.has(name)) ? new Set([...choice.avoid, 'sun', 'moon']) : choice.avoid,
  }
  const backdrop: Backdrop = backdrops[choice.backdrop]
  backdrop.draw(stage)
  for (const treat of look.place) treat(stage)
  await placeHeroes(stage, choice.backdrop, choice, look.things, look.heroScale * (backdrop.heroScale ?? 1))
  backdrop.front?.(stage)
  for (const treat of look.finish) treat(stage)
  return canvas
}
