// The picture of last resort, when every service refused a scene: its most telling words, set large over the scene's
// own place in the video's style. Drawn, not written about: nobody should take it for an error.
import type { Illustrator, Picture, PictureBrief } from '../../../core/ports.ts'
import { designs } from './card/designs.ts'
import { ground } from './card/ground.ts'
import { letter } from './card/lettering.ts'
import { phraseOf } from './card/phrase.ts'

const maker = { provider: 'embedded', model: 'card-1' }
const JPEG_QUALITY = 92

/**
 * One JPEG of exactly `widthPx` × `heightPx`. The same brief gives the same bytes; the seed changes the place's
 * composition. A text without words gives the place alone. Costs nothing. Aborting throws the signal's reason.
 */
export const textCard: Illustrator = {
  ...maker,
  // The prompts of the scenes before and the script choose the place, what all pictures share does not.
  request: ({ look: _look, ...drawn }) => drawn,
  make: (brief, making) =>
    making.buy({ ...maker, estimateMicroUsd: 0 }, async () => ({
      made: await draw(brief, making.signal),
      charges: [{ ...maker, unit: 'images', units: 1, costMicroUsd: 0 }],
    })),
}

async function draw(brief: PictureBrief, signal: AbortSignal): Promise<Picture> {
  signal.throwIfAborted()
  const stage = ground(brief)
  await letter(stage, phraseOf(brief.text, brief.language), brief.language, designs[brief.style])
  signal.throwIfAborted()
  return { bytes: await stage.canvas.encode('jpeg', JPEG_QUALITY), contentType: 'image/jpeg' }
}
