// A timeline with what it names becomes a video and a poster. This process plans, counts, and keeps the children and
// the parts; FFmpeg runs in the children (pool.ts).
import type { Composer } from '../core/ports.ts'
import { plainly } from './failure.ts'
import { placeAll } from './place.ts'
import { poolSize, withPool } from './pool.ts'
import { render } from './render.ts'
import { planSegments } from './segments.ts'

/**
 * MP4 with exactly `timeline.durationFrames` frames and AAC at -14 LUFS: the same bytes for the same composition on
 * the same machine, however often it was interrupted. Throws InputError for media that cannot be used (naming the
 * scene), TransientError when the disk is full or a child crashed twice, and the signal's reason when aborted (no child
 * is left then); nothing has been put into `outDir` by any of these, but finished parts are kept.
 */
export const compose: Composer = async (composition, onProgress, signal) => {
  const segments = planSegments(composition.timeline)
  const size = Math.min(poolSize(composition.timeline), segments.length + 1)
  try {
    const { made, report } = await withPool(size, signal, (pool) => render(composition, segments, pool, onProgress))
    await placeAll(made, composition.outDir)
    return report
  } catch (error) {
    throw plainly(error)
  }
}
