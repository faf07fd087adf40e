import { createCanvas } from '@napi-rs/canvas'
import type { PictureBrief } from '../../../core/ports.ts'
import { randomOf } from '../../../core/random.ts'
import { heroPosition } from './arrange.ts'
import { backdrops } from './backdrops/all.ts'
import type { Backdrop } from './backdrops/backdrop.ts'
import type { Choice } from './choose/choose.ts'
import { placeHeroes } from './compose.ts'
import { hash } from './draw/random.ts'
import { isDark, paletteFor, type TimeOfDay } from './light/time.ts'
import { looks } from './looks/all.ts'
import { lay, type Stage } from './stage.ts'

const LIGHTS: ReadonlySet<string> = new Set(['sun', 'full-moon', 'crescent-moon'])
const OWN_LIGHT: ReadonlySet<TimeOfDay> = new Set(['abyss', 'space', 'sepia'])

/** A place and the things in it, in the brief's style. The same brief and choice give the same picture. */
export async function drawScene(
  { widthPx: w, heightPx: h, style, seed }: PictureBrief,
  choice: Choice,
): Promise<Stage> {
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
  return stage
}
