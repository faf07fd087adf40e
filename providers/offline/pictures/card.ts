// The picture of last resort, when every service refused a scene: its most telling words, set large over the scene's
// own place in the video's style. Drawn, not written about: nobody should take it for an error.
import type { Illustrator } from '../../../core/ports.ts'

const maker = { provider: 'embedded', model: 'card-1' }

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
      made: await (await import('./card/draw.ts')).draw(brief, making.signal),
      charges: [{ ...maker, unit: 'images', units: 1, costMicroUsd: 0 }],
    })),
}
