// The sound of the whole video, once: narration levelled, music ducked under it, brought to the target loudness, AAC.
// Each source is decoded once and each gain worked out on levels; measured again after encoding, because AAC adds
// peaks of its own.
import { mkdtemp, rm } from 'node:fs/promises'
import type { Timeline } from '../../core/timeline.ts'
import { turn } from '../graph.ts'
import { encodeAac, measureAac } from './aac.ts'
import { BLOCK, blocksIn, linear } from './blocks.ts'
import { NARRATION_LUFS, TARGET_LUFS } from './chain.ts'
import { masterGains, type Levels } from './limiter.ts'
import { createMeter, integratedLufs } from './loudness.ts'
import { createMix, type Track } from './mix.ts'
import type { Reader } from './recording.ts'
import { openSources } from './sources.ts'
import { createPeakMeter } from './true-peak.ts'

export type SoundTask = {
  /** `startMs`: where in the video its file starts. */
  narration: { path: string; startMs: number } | undefined
  musicPath: string | undefined
  /** The own sound of clips, from `fromMs` of the file on; the music is silent meanwhile. */
  clipSounds: { path: string; fromMs: number; startMs: number; durationMs: number }[]
  /** Each one's loudest moment; those within a second of another are left out. */
  effects: Timeline['effects']
  /** The video's length, at 48 kHz. */
  samples: number
  path: string
}
/** `integratedLufs` is undefined when the sound is silent; `notices` are lines for the user. */
export type SoundReport = { integratedLufs: number | undefined; notices: string[] }

const TOLERANCE_LU = 0.2
const HIGHEST_PEAK_DB = -1
/** The first try. AAC adds next to nothing to speech's peaks; measured up to 3 dB on bursts of noise, hence the tries. */
const CEILING_DB = -1.8
const TRIES = 6
const CHUNK_SAMPLES = 512 * BLOCK

/**
 * Writes an AAC file (48 kHz, stereo), at -14 LUFS and at most -1 dBTP; silence when there is no source. Decoded sound
 * lies beside it meanwhile (23 MB a minute and source). Throws InputError naming the source that cannot be decoded.
 */
export async function masterSound(task: SoundTask): Promise<SoundReport> {
  const folder = await mkdtemp(`${task.path}.`)
  try {
    const { tracks, hasProgramme, notices, close } = await openSources(task, folder)
    try {
      return { integratedLufs: await masterTracks(tracks, hasProgramme, task), notices }
    } finally {
      close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function masterTracks(
  tracks: Track[],
  hasProgramme: boolean,
  { samples, path }: Pick<SoundTask, 'samples' | 'path'>,
): Promise<number | undefined> {
  const mix = createMix(tracks)
  const levels = await measureMix(mix, samples)
  const mixLufs = integratedLufs(levels.powers)
  if (mixLufs === undefined) {
    await encodeAac(mix, new Float32Array(blocksIn(samples) + 1).fill(1), samples, path)
    return undefined
  }
  // Effects alone stay as soft as they are beside a narration.
  const target = hasProgramme ? TARGET_LUFS : mixLufs + TARGET_LUFS - NARRATION_LUFS
  let wantedLufs = target
  let ceilingDb = CEILING_DB
  let made: number | undefined
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    await encodeAac(mix, masterGains(levels, mixLufs, wantedLufs, ceilingDb), samples, path)
    const heard = await measureAac(path, samples, HIGHEST_PEAK_DB)
    made = heard.integratedLufs
    const missingLu = target - (made ?? target)
    const overDb = heard.truePeakDb - HIGHEST_PEAK_DB
    if (Math.abs(missingLu) <= TOLERANCE_LU && overDb <= 0) break
    if (Math.abs(missingLu) > TOLERANCE_LU) wantedLufs += missingLu
    if (overDb > 0) ceilingDb -= overDb + 0.3
  }
  return made
}

async function measureMix(mix: Reader, samples: number): Promise<Levels> {
  const powers = new Float32Array(blocksIn(samples))
  const meter = createMeter(2, powers)
  const peaks = createPeakMeter(
    new Float32Array(blocksIn(samples) + 1),
    linear(CEILING_DB + NARRATION_LUFS - TARGET_LUFS - 6),
  )
  for (let first = 0; first < samples; first += CHUNK_SAMPLES) {
    const chunk = mix(first, Math.min(CHUNK_SAMPLES, samples - first))
    meter(chunk)
    peaks.push(chunk)
    await turn()
  }
  return { powers, peaks: peaks.end().subarray(0, powers.length) }
}
