// What the words stand on: the scene's place in the video's style, with nobody in it.
import { createCanvas } from '@napi-rs/canvas'
import type { PictureBrief } from '../../../../core/ports.ts'
import { randomOf } from '../../../../core/random.ts'
import { backdrops } from '../backdrops/all.ts'
import type { Backdrop } from '../backdrops/backdrop.ts'
import { choose } from '../choose/choose.ts'
import { hash } from '../draw/random.ts'
import { isDark, paletteFor, type TimeOfDay } from '../light/time.ts'
import { looks } from '../looks/all.ts'
import { lay, type Stage } from '../stage.ts'

const OWN_LIGHT: ReadonlySet<TimeOfDay> = new Set(['abyss', 'space', 'sepia'])

export function ground(brief: PictureBrief): Stage {
  const { widthPx: w, heightPx: h, style, seed } = brief
  const choice = choose(brief)
  const look = looks[style]
  const random = randomOf(seed ^ hash(choice.backdrop))
  const canvas = createCanvas(w, h)
  const time = look.onlyDark && !OWN_LIGHT.has(choice.time) ? 'neon' : choice.time
  const stage: Stage = {
    ...lay({ w, h, random }),
    canvas,
    ctx: canvas.getContext('2d'),
    random,
    palette: look.palette(paletteFor(time, random)),
    dark: isDark(time),
    neon: look.neon === true || time === 'neon',
    clouds: look.clouds,
    avoid: choice.avoid,
  }
  const backdrop: Backdrop = backdrops[choice.backdrop]
  backdrop.draw(stage)
  for (const treat of look.place) treat(stage)
  backdrop.front?.(stage)
  for (const treat of look.finish) treat(stage)
  return stage
}
