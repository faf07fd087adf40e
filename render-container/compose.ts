// A timeline with what it names becomes a video and a poster. This process plans, counts, and keeps the children and
// the parts; FFmpeg runs in the children (pool.ts).
import { join } from 'node:path'
import type { Composer, Composition } from '../core/ports.ts'
import { plainly } from './failure.ts'
import { fontsBeside, ownFaceOf } from './overlay/own-font.ts'
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
    const whole = { ...composition, fontsDir: await fontsFor(composition) }
    const { made, report } = await withPool(size, signal, (pool) => render(whole, segments, pool, onProgress))
    await placeAll(made, composition.outDir)
    return report
  } catch (error) {
    throw plainly(error)
  }
}

async function fontsFor({ timeline, fetch, fontsDir, scratchDir }: Composition): Promise<string> {
  const face = ownFaceOf(timeline)
  return face ? fontsBeside(join(scratchDir, 'fonts'), fontsDir, face, await fetch(face.key)) : fontsDir
}
