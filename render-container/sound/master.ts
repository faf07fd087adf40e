// The sound of the whole video, once: narration levelled, music ducked under it, brought to the target loudness,
// AAC. Measured again after encoding, because AAC adds peaks of its own.
import { Encoder, Muxer } from 'node-av/api'
import { FF_ENCODER_AAC } from 'node-av/constants'
import { Rational } from 'node-av/lib'
import { withOptions } from '../encoder.ts'
import { framesOf } from '../graph.ts'
import {
  COMPRESSED_FROM_LUFS,
  MUSIC_LUFS,
  NARRATION_LUFS,
  SAMPLE_RATE,
  TARGET_LUFS,
  masterGraph,
  mixGraph,
  narrationChain,
  source,
  type Levels,
} from './chain.ts'
import { measureLoudness, measureLufs } from './loudness.ts'

export type SoundTask = {
  narrationPath: string | undefined
  musicPath: string | undefined
  samples: number
  path: string
}
/** `integratedLufs` is undefined when the sound is silent. */
export type SoundReport = { integratedLufs: number | undefined }

const BIT_RATE = 160_000
const TOLERANCE_LU = 0.3
const HIGHEST_PEAK_DB = -1
/** The first try: AAC adds next to nothing to speech's peaks; measured up to 3 dB on bursts of noise, hence the tries. */
const CEILING_DB = -1.7
const TRIES = 6

/** Writes an AAC file (48 kHz, stereo), at -14 LUFS and at most -1 dBTP; silence when there is no source. */
export async function masterSound(task: SoundTask): Promise<SoundReport> {
  const levels = await measureLevels(task)
  const mix = await measureLoudness(`${mixGraph(levels)};[mix]anull`)
  if (mix.integratedLufs === undefined) {
    await encode(masterGraph(levels, 0, undefined), task.path)
    return { integratedLufs: undefined }
  }
  let gainDb = TARGET_LUFS - mix.integratedLufs
  let ceilingDb = CEILING_DB
  let made = mix
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const isTooHigh = mix.truePeakDb + gainDb > ceilingDb
    await encode(masterGraph(levels, gainDb, isTooHigh ? ceilingDb : undefined), task.path)
    made = await measureLoudness(source(task.path))
    const missingLu = TARGET_LUFS - (made.integratedLufs ?? TARGET_LUFS)
    const overDb = made.truePeakDb - HIGHEST_PEAK_DB
    if (Math.abs(missingLu) <= TOLERANCE_LU && overDb <= 0) break
    // The limiter takes part of what is asked for, so the rest is asked for again.
    if (Math.abs(missingLu) > TOLERANCE_LU) gainDb += missingLu
    if (overDb > 0) ceilingDb -= overDb + 0.3
  }
  return { integratedLufs: made.integratedLufs }
}

async function measureLevels({ narrationPath, musicPath, samples }: SoundTask): Promise<Levels> {
  return {
    narration: narrationPath === undefined ? undefined : await measureNarration(narrationPath),
    music:
      musicPath === undefined ? undefined : { path: musicPath, gainDb: await gainOf(source(musicPath), MUSIC_LUFS) },
    samples,
  }
}

async function measureNarration(path: string): Promise<Levels['narration']> {
  const inDb = await gainOf(source(path), COMPRESSED_FROM_LUFS)
  return { path, inDb, outDb: await gainOf(narrationChain({ path, inDb }), NARRATION_LUFS) }
}

/** What brings `graph` to `lufs`; nothing for silence. */
async function gainOf(graph: string, lufs: number): Promise<number> {
  const integratedLufs = await measureLufs(graph)
  return integratedLufs === undefined ? 0 : lufs - integratedLufs
}

async function encode(graph: string, path: string): Promise<void> {
  using encoder = Encoder.createSync(FF_ENCODER_AAC, {
    context: { bitRate: BIT_RATE, timeBase: new Rational(1, SAMPLE_RATE) },
    // A third less time than the default coder: measured 1.5 s instead of 2.2 s for a minute.
    configure: withOptions({ aac_coder: 'fast' }),
  })
  using muxer = Muxer.openSync(path, { format: 'mp4', options: { fflags: '+bitexact' } })
  const stream = muxer.addStream(encoder)
  const write = (packets: ReturnType<typeof encoder.encodeAllSync>) => {
    for (const packet of packets) {
      muxer.writePacketSync(packet, stream)
      packet.free()
    }
  }
  for await (const frame of framesOf(graph, 'abuffersink')) write(encoder.encodeAllSync(frame))
  write(encoder.encodeAllSync(null))
  muxer.closeSync()
}
