import { join } from 'node:path'
import { moodMusic } from '../../providers/offline/music/moods.ts'
import { score } from '../../providers/offline/music/score.ts'
import { writeM4a } from './sound.ts'

/** From the middle of half a minute, where all that belongs to the mood plays. */
const wholeMs = 32_000
const filters = 'atrim=start=12:duration=9,asetpts=N/SR/TB,afade=t=in:d=0.4,afade=t=out:st=7:d=2'

export async function writeMusic(folder: string): Promise<void> {
  for (const mood of Object.keys(moodMusic)) {
    const { made } = await score({ mood, durationMs: wholeMs, seed: 7 }, new AbortController().signal)
    await writeM4a(made, join(folder, `${mood}.m4a`), { filters, layout: 'stereo', bitRate: 96_000 })
  }
}
