// The embedded illustrator: reads the words, chooses a place and things, draws them in the style asked for.
import type { Picture, PictureBrief } from '../../../core/ports.ts'
import type { EmbeddedMaker } from '../embedded.ts'
import { choose } from './choose/choose.ts'
import { drawScene } from './scene.ts'

const JPEG_QUALITY = 92

/**
 * One JPEG of exactly `widthPx` × `heightPx`. The same brief gives the same bytes; the seed changes the composition.
 * Any language draws something: with no word understood, a place that fits the script. Costs nothing.
 * Aborting throws the signal's reason.
 */
export const illustrate: EmbeddedMaker<PictureBrief, Picture> = async (brief, signal) => {
  signal.throwIfAborted()
  const { canvas } = await drawScene(brief, choose(brief))
  signal.throwIfAborted()
  const bytes = await canvas.encode('jpeg', JPEG_QUALITY)
  return {
    made: { bytes, contentType: 'image/jpeg' },
    charges: [{ provider: 'embedded', model: 'scenes-1', unit: 'images', units: 1, costMicroUsd: 0 }],
  }
}
