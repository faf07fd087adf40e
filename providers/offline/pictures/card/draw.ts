import type { Picture, PictureBrief } from '../../../../core/ports.ts'
import { choose } from '../choose/choose.ts'
import { drawScene } from '../scene.ts'
import { designs } from './designs.ts'
import { letter } from './lettering.ts'
import { phraseOf } from './phrase.ts'

const JPEG_QUALITY = 92

/** Aborting throws the signal's reason. */
export async function draw(brief: PictureBrief, signal: AbortSignal): Promise<Picture> {
  signal.throwIfAborted()
  // The scene's own place, with nothing in it that would stand in the way of the words.
  const stage = await drawScene(brief, { ...choose(brief), heroes: [] })
  await letter(stage, phraseOf(brief.text, brief.language), brief.language, designs[brief.style])
  signal.throwIfAborted()
  return { bytes: await stage.canvas.encode('jpeg', JPEG_QUALITY), contentType: 'image/jpeg' }
}
