// The sound of a video in figures and in text for FFmpeg's filters. Pure: master.ts runs it.
import { filterPath } from '../filter-path.ts'

export const SAMPLE_RATE = 48_000
/** What the finished video has; -14 is what the large platforms play at without turning it down. */
export const TARGET_LUFS = -14
/** Where the narration stands before anything is mixed to it, and so do clips with their own sound. */
export const NARRATION_LUFS = -16
/** The music lies 9 LU below the narration in its pauses, and is ducked further while it speaks. */
export const MUSIC_LUFS = NARRATION_LUFS - 9
/** The loudest 0.4 s of a sound effect: heard in a gap, and never in the way of a word. */
export const EFFECT_LUFS = NARRATION_LUFS - 11

/** Blocks this long keep the calls into FFmpeg few. A multiple of the control blocks (blocks.ts). */
const BLOCK_SAMPLES = 16_384

/** A source as it is, for measuring. */
export const source = (path: string) => `amovie=${filterPath(path)},${STEREO}`

const STEREO = `aresample=${SAMPLE_RATE},aformat=sample_fmts=fltp:channel_layouts=stereo`

const interleaved = (layout: 'mono' | 'stereo') =>
  `aformat=sample_fmts=flt:channel_layouts=${layout},asetnsamples=n=${BLOCK_SAMPLES}:p=0[out]`

/**
 * The narration in one channel: DC, rumble and the mains' hum out (4th-order Butterworth: 50 Hz goes down by 16 dB), a
 * little less boom and a little presence. No filter here delays the sound: a word stays where it was. `channel` takes
 * that one alone, for a file whose channels cancel each other out.
 */
export function narrationGraph(path: string, channel?: number): string {
  return [
    `amovie=${filterPath(path)}`,
    channel === undefined ? 'aformat=channel_layouts=mono' : `pan=mono|c0=c${channel}`,
    'highpass=f=80:t=q:w=0.5412',
    'highpass=f=80:t=q:w=1.3066',
    'equalizer=f=250:t=q:w=1:g=-1.5',
    'equalizer=f=3500:t=q:w=1:g=2',
    `aresample=${SAMPLE_RATE}`,
    interleaved('mono'),
  ].join(',')
}

/** From the file's first sound on, whatever its time stamps say. */
export function musicGraph(path: string): string {
  return `amovie=${filterPath(path)},asetpts=N/SR/TB,aresample=${SAMPLE_RATE},${interleaved('stereo')}`
}

/** More than an AAC or Opus decoder needs to settle after a jump into the middle of a file. */
const SETTLE_S = 0.5

/** The sound from `fromS` on, silence where a sound track begins later; `startS` is the time stamp of the file's 0. */
export function clipGraph({ path, fromS, startS }: { path: string; fromS: number; startS: number }): string {
  const seek = fromS > SETTLE_S ? `:seek_point=${(fromS - SETTLE_S).toFixed(6)}` : ''
  const firstSample = Math.round((startS + fromS) * SAMPLE_RATE)
  // In two steps: `first_pts` counts samples of what goes in.
  const aligned = `aresample=${SAMPLE_RATE},aresample=async=1:first_pts=${firstSample}`
  return `amovie=${filterPath(path)}${seek},${aligned},${interleaved('stereo')}`
}

/** The finished file again, as a player hears it. */
export const finishedGraph = (path: string) => `amovie=${filterPath(path)},${interleaved('stereo')}`
