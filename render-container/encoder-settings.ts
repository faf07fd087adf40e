// Which encoders there are for a codec, the best first, and how each is set for each quality. Plain data.
//
// Measured at 1080x1920, two noisy photo-like pictures in slow zooms, groups of 2 s (x264) and 1 s (the others), one
// thread each, on a busy two-core machine: milliseconds of processor time for a frame, SSIM over all planes, size, and
// the encoder's own memory.
//
//              |        draft          |       standard        |          high         | memory
//   libx265    | 48 ms 0.896  130 kB/s |112 ms 0.977  570 kB/s |134 ms 0.984  960 kB/s | 300 MB
//   libsvtav1  | 38 ms 0.929  180 kB/s | 46 ms 0.979  520 kB/s | 55 ms 0.985  780 kB/s | 245 MB
//
// x264 as it is set now, on the minute of `npm run bench` (softer pictures):
//
//   libx264    |  5 ms 0.895  125 kB/s | 13 ms 0.978  323 kB/s | 16 ms 0.986  582 kB/s | 110 MB (draft 27)
//
// For comparison, x264's `medium` at crf 20 on the first two: 95 ms, 0.983, 704 kB/s, 360 MB.
import type { CodecId, QualityId } from '../core/output.ts'

type Options = Record<string, string | number>
export type Encoding = {
  name: string
  /** Needs a GPU that may be absent, busy or too old: tried before it is chosen. */
  isHardware: boolean
  options: Record<QualityId, Options>
}

/** Longer than any segment: the first picture is the only one that a player can begin at. */
export const GROUP_FRAMES = 100_000

/** One closed group of pictures, no key frame at what looks like a cut, and nothing from the clock or the threads. */
const X264_GROUP = 'scenecut=0:keyint=infinite:open-gop=0:force-cfr=1'
/**
 * superfast with a short look-ahead and macroblock trees: at the same SSIM as veryfast, half its time. Five B-frames in a
 * row that no other frame refers to, and seven frames ahead: against three and six, at the same SSIM, a sixth less time
 * and a tenth fewer bytes for photo-like pictures, a twentieth for drawn ones; irregular motion stays within 0.001 of SSIM
 * and 3 % of bytes. `direct=temporal` would save another twentieth and takes twice the time for a shaken clip. Other switches
 * (adaptive quantisation, weights, partitions, chroma in the motion search, trellis, two references, six or seven
 * B-frames, adaptive B-frames, 8x8 transforms, CAVLC) bought less than 5 % of time or bytes, or cost as much of the other.
 */
const X264_TUNED = {
  preset: 'superfast',
  profile: 'high',
  'x264-params': `mbtree=1:rc-lookahead=7:bframes=5:b-adapt=0:b-pyramid=none:${X264_GROUP}`,
}
const X265_PARAMS = 'pools=none:frame-threads=1:log-level=none:info=0:scenecut=0:keyint=-1:open-gop=0'
/** 10 is the fastest preset that SVT-AV1 3 has for this use. `lp` is its number of threads. */
const SVT = { preset: 10, 'svtav1-params': 'lp=1:scd=0' }
/** A picture never follows a later one (no B-frames: what every generation of NVENC can do, with nothing to reorder). */
const NVENC = { preset: 'p5', tune: 'hq', rc: 'vbr', bf: 0, 'spatial-aq': 1, 'forced-idr': 1, 'no-scenecut': 1 }

/** NVENC's `cq` is set by what others report of it against x264's and x265's `crf`: there was no such GPU to measure on. */
export const encodings = {
  h264: [
    {
      name: 'h264_nvenc',
      isHardware: true,
      options: {
        draft: { ...NVENC, preset: 'p1', cq: 34, profile: 'high' },
        standard: { ...NVENC, cq: 22, profile: 'high' },
        high: { ...NVENC, cq: 18, profile: 'high' },
      },
    },
    {
      name: 'libx264',
      isHardware: false,
      options: {
        // A constant quantiser spares the look-ahead, and what it spends on noise nobody misses in a draft.
        draft: { preset: 'ultrafast', profile: 'high', qp: 34, 'x264-params': X264_GROUP },
        standard: { ...X264_TUNED, crf: 18.2 },
        high: { ...X264_TUNED, crf: 15 },
      },
    },
  ],
  hevc: [
    {
      name: 'hevc_nvenc',
      isHardware: true,
      options: {
        draft: { ...NVENC, preset: 'p1', cq: 36, profile: 'main' },
        standard: { ...NVENC, cq: 24, profile: 'main' },
        high: { ...NVENC, cq: 20, profile: 'main' },
      },
    },
    {
      name: 'libx265',
      isHardware: false,
      options: {
        draft: { preset: 'ultrafast', profile: 'main', crf: 30, 'x265-params': X265_PARAMS },
        standard: { preset: 'superfast', profile: 'main', crf: 21, 'x265-params': X265_PARAMS },
        high: { preset: 'superfast', profile: 'main', crf: 18, 'x265-params': X265_PARAMS },
      },
    },
  ],
  av1: [
    {
      name: 'av1_nvenc',
      isHardware: true,
      options: {
        draft: { ...NVENC, preset: 'p1', cq: 44 },
        standard: { ...NVENC, cq: 30 },
        high: { ...NVENC, cq: 25 },
      },
    },
    {
      name: 'libsvtav1',
      isHardware: false,
      options: { draft: { ...SVT, crf: 58 }, standard: { ...SVT, crf: 38 }, high: { ...SVT, crf: 21 } },
    },
  ],
} as const satisfies Record<CodecId, readonly Encoding[]>
