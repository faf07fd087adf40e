// The packets of many segments as those of one video, and of a sound as long as the video.
import { Demuxer } from 'node-av/api'
import type { Packet, Stream } from 'node-av/lib'
import { rational } from './encoder.ts'

export type SegmentFile = { path: string; firstFrame: number; frameCount: number }
export type TimeBase = { num: number; den: number }

/** An MP4's header says all that is copied; without this, FFmpeg also decodes the first pictures of each segment. */
export const HEADER_IS_ENOUGH = { skipStreamInfo: true }

/** A tick is a frame. */
export function frameTimeBase(fps: number): TimeBase {
  const { num, den } = rational(fps)
  return { num: den, den: num }
}

/**
 * Every packet with its times in frames of the whole video. Encoders store pictures in another order than they are
 * shown; the stored order is counted through, `delay` frames (delayOf) ahead of what is shown. Throws unless each segment has the
 * frames it should have, begins with a key frame, and goes with the first one's header.
 */
export function* videoPackets(segments: SegmentFile[], fps: number, delay: number): Generator<Packet, undefined> {
  let stored = 0
  let header: Buffer | undefined
  for (const segment of segments) {
    using demuxer = openVideo(segment.path)
    const { timeBase: from, index, codecpar } = demuxer.video()!
    const own = codecpar.extradata ?? Buffer.alloc(0)
    if (header && !header.equals(own)) throw new Error(`${segment.path} was encoded with other settings than the first`)
    header ??= Buffer.from(own)
    const before = stored
    for (const packet of demuxer.packetsSync(index)) {
      if (packet === null) break
      if (stored === before && !packet.isKeyframe) throw new Error(`${segment.path} does not begin with a key frame`)
      packet.rescaleTs({ num: from.num, den: from.den }, frameTimeBase(fps))
      packet.pts += BigInt(segment.firstFrame)
      packet.dts = BigInt(stored++ - delay)
      packet.duration = 1n
      yield packet
    }
    if (stored - before !== segment.frameCount)
      throw new Error(`${segment.path} has ${stored - before} frames, not ${segment.frameCount} (at ${fps} fps)`)
  }
}

/**
 * By how many frames a picture is stored after its turn at most, in any of the segments: 2 for x264's B-pyramid, 0
 * where nothing is reordered. Each file's first time stamp says it: it is that much before the first picture's time.
 */
export function delayOf(segments: SegmentFile[], fps: number): number {
  return Math.max(...segments.map(({ path }) => delayIn(path, frameTimeBase(fps))))
}

function delayIn(path: string, frames: TimeBase): number {
  using demuxer = openVideo(path)
  const { timeBase, index } = demuxer.video()!
  for (const first of demuxer.packetsSync(index)) {
    if (first === null) break
    first.rescaleTs({ num: timeBase.num, den: timeBase.den }, frames)
    const delay = Number(first.pts - first.dts)
    first.free()
    return delay
  }
  throw new Error(`${path} has no picture`)
}

function openVideo(path: string): Demuxer {
  return Demuxer.openSync(path, { copyTs: true, ...HEADER_IS_ENOUGH })
}

/** The encoder works in blocks of 1024 samples; the last one counts only as far as the video goes. */
export function* soundPackets(demuxer: Demuxer, samples: number): Generator<Packet, undefined> {
  const { index } = demuxer.audio()!
  for (const packet of demuxer.packetsSync(index)) {
    if (packet === null) break
    const left = BigInt(samples) - packet.pts
    if (left <= 0n) packet.free()
    else {
      if (packet.duration > left) packet.duration = left
      yield packet
    }
  }
}

/** What a segment's header says of its pictures, read from the file. */
export function readHeader<Read>(path: string, read: (stream: Stream) => Read): Read {
  using demuxer = Demuxer.openSync(path, HEADER_IS_ENOUGH)
  return read(demuxer.video() ?? demuxer.audio()!)
}
