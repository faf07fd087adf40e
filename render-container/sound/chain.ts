// The sound of a video as text for FFmpeg's filters. Pure: levels go in, graphs come out; master.ts runs them.
import { filterPath } from '../filter-path.ts'

export const SAMPLE_RATE = 48_000
/** What the finished video has; -14 is what the large platforms play at without turning it down. */
export const TARGET_LUFS = -14
/** Where the narration stands before anything is mixed to it. */
export const NARRATION_LUFS = -16
/** Where the compressor gets it: loud words are held, quiet ones left alone. */
export const COMPRESSED_FROM_LUFS = -20
/**
 * The music lies 9 LU below the narration in its pauses, and DUCK_DB more while it speaks: 20 together, 8 more than
 * the 12 that keep words clear, for music that swells and words that are said softly.
 */
export const MUSIC_LUFS = NARRATION_LUFS - 9
const DUCK_DB = 11
/** Longer than the gaps between words, or the music would pump with every one of them. */
const DUCK_RELEASE_MS = 700

const MUSIC_FADE_IN_S = 0.8
const MUSIC_FADE_OUT_S = 2

/** Gains in dB that bring a source to its level; undefined = there is no such source. */
export type Levels = {
  narration: { path: string; inDb: number; outDb: number } | undefined
  music: { path: string; gainDb: number } | undefined
  samples: number
}

/** A source as it is, for measuring. */
export const source = (path: string) => `amovie=${filterPath(path)},${STEREO}`

const STEREO = `aresample=${SAMPLE_RATE},aformat=sample_fmts=fltp:channel_layouts=stereo`

/** Rumble out, a little presence, loud words held. No filter here delays the sound: a word stays where it was. */
export function narrationChain({ path, inDb }: { path: string; inDb: number }): string {
  return [
    source(path),
    `volume=${inDb}dB`,
    'highpass=f=80',
    'equalizer=f=250:t=q:w=1:g=-1.5',
    'equalizer=f=3500:t=q:w=1:g=2',
    'acompressor=threshold=-22dB:ratio=3:attack=8:release=120:knee=6',
  ].join(',')
}

/** The whole mix before its last gain, exactly `samples` long, as the label [mix]. */
export function mixGraph({ narration, music, samples }: Levels): string {
  const exactly = `apad=whole_len=${samples},atrim=end_sample=${samples}`
  const voice = narration && `${narrationChain(narration)},volume=${narration.outDb}dB,${exactly}`
  const bed = music && `${musicChain(music, samples)},${exactly}`
  if (voice && bed) {
    // A full compressor mixed with the dry sound: however loud a word, the music goes down by DUCK_DB and no more.
    const wet = (1 - 10 ** (-DUCK_DB / 20)).toFixed(4)
    const duck = `sidechaincompress=threshold=0.01:ratio=20:attack=20:release=${DUCK_RELEASE_MS}:knee=6:mix=${wet}`
    return [
      `${voice},asplit[voice][key]`,
      `${bed}[bed]`,
      `[bed][key]${duck}[ducked]`,
      `[voice][ducked]amix=inputs=2:normalize=0:duration=first[mix]`,
    ].join(';')
  }
  return `${voice ?? bed ?? silence(samples)}[mix]`
}

/** Looped to the length without a seam, softly in and out. */
function musicChain({ path, gainDb }: { path: string; gainDb: number }, samples: number): string {
  const seconds = samples / SAMPLE_RATE
  const fadeIn = Math.min(MUSIC_FADE_IN_S, seconds / 4)
  const fadeOut = Math.min(MUSIC_FADE_OUT_S, seconds / 4)
  return [
    `amovie=${filterPath(path)}:loop=0`,
    'asetpts=N/SR/TB',
    STEREO,
    `atrim=end_sample=${samples}`,
    `volume=${gainDb}dB`,
    `afade=t=in:d=${fadeIn}`,
    `afade=t=out:st=${seconds - fadeOut}:d=${fadeOut}`,
  ].join(',')
}

const silence = (samples: number) => `anullsrc=r=${SAMPLE_RATE}:cl=stereo,atrim=end_sample=${samples}`

/**
 * The mix at its final loudness, in blocks for the AAC encoder, the last one filled up. With `ceilingDb`, no peak
 * above that: limited at four times the rate, where the peaks between the samples show.
 */
export function masterGraph(levels: Levels, gainDb: number, ceilingDb: number | undefined): string {
  const whole = Math.ceil(levels.samples / AAC_BLOCK_SAMPLES) * AAC_BLOCK_SAMPLES
  return [
    `${mixGraph(levels)};[mix]volume=${gainDb}dB`,
    ...(ceilingDb === undefined ? [] : limiter(ceilingDb)),
    `apad=whole_len=${whole},atrim=end_sample=${whole}`,
    `asetnsamples=${AAC_BLOCK_SAMPLES}`,
    'aformat=sample_fmts=fltp:channel_layouts=stereo[out]',
  ].join(',')
}

const limiter = (ceilingDb: number) => [
  `aresample=${4 * SAMPLE_RATE}`,
  `alimiter=limit=${ceilingDb}dB:level=0:attack=5:release=80:latency=1`,
  `aresample=${SAMPLE_RATE}`,
]

const AAC_BLOCK_SAMPLES = 1024
