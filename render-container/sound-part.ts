// The sound of a render: found among the parts, or made by a child, once for the whole.
import type { Timeline } from '../core/timeline.ts'
import { FIRST, type Work } from './work.ts'
import { SAMPLE_RATE } from './sound/chain.ts'
import type { SoundReport } from './sound/master.ts'

/** The sound of four minutes leaves a child as it was; that of ten leaves 150 MB. */
const ENDS_CHILD_SAMPLES = 240 * SAMPLE_RATE

/** How many samples the video is long. */
export function soundSamplesOf({ durationFrames, fps }: Pick<Timeline, 'durationFrames' | 'fps'>): number {
  return Math.round((durationFrames * SAMPLE_RATE) / fps)
}

export async function makeSoundPart({
  composition,
  pool,
  parts,
  sources,
}: Work): Promise<SoundReport & { path: string }> {
  const { narration, music, clipSounds, effects, ...timeline } = composition.timeline
  const samples = soundSamplesOf(timeline)
  const [voice, bed, clips] = await Promise.all([
    narration && sources(narration.key),
    music && sources(music.key),
    Promise.all(clipSounds.map(({ key }) => sources(key))),
  ])
  const ingredients = [
    'sound',
    samples,
    voice && { sha256: voice.sha256, startMs: narration!.startMs },
    bed?.sha256,
    clipSounds.map((sound, at) => ({ ...sound, key: clips[at]!.sha256 })),
    effects,
  ]
  const report = (make: () => Promise<SoundReport>) => parts.value(['report', ...ingredients], make)
  const { path } = await parts.file('m4a', ingredients, async (to) => {
    const task = {
      narration: voice && { path: voice.path, startMs: narration!.startMs },
      musicPath: bed?.path,
      clipSounds: clipSounds.map(({ key: _key, ...sound }, at) => ({ ...sound, path: clips[at]!.path })),
      effects,
      samples,
      path: to,
    }
    // It takes longest, and nothing but the end waits for it.
    const options = { priority: FIRST, endsChild: samples > ENDS_CHILD_SAMPLES }
    const made = await pool.run('sound', task, 'the sound', options)
    // Kept before the sound itself: where that is, this is too.
    await report(async () => made)
  })
  return { path, ...(await report(async () => ({ integratedLufs: undefined, notices: [] }))) }
}
