// Frames of a finished video, decoded as cheaply as may be.
import { Decoder, Demuxer } from 'node-av/api'
import { AVSEEK_FLAG_BACKWARD } from 'node-av/constants'
import { FFmpegError, type Frame } from 'node-av/lib'
import { withOptions } from '../encoder.ts'
import { HEADER_IS_ENOUGH } from '../joined-packets.ts'

export type VideoFrames = {
  widthPx: number
  heightPx: number
  /**
   * Of `frameCount` frames from the key frame at `firstFrame` on, the first and then every `step`th. Each is freed
   * when the next is asked for.
   */
  everyNth: (firstFrame: number, frameCount: number, step: number) => Generator<Frame>
  [Symbol.dispose]: () => void
}

/** Throws when the file has no picture. */
export function openVideoFrames(path: string, fps: number): VideoFrames {
  const demuxer = Demuxer.openSync(path, { copyTs: true, ...HEADER_IS_ENOUGH })
  const video = demuxer.video()
  if (!video) throw new Error(`${path} has no picture`)
  const { num, den } = video.timeBase
  const numberOf = (pts: bigint) => Math.round((Number(pts) * num * fps) / den)

  function* everyNth(firstFrame: number, frameCount: number, step: number): Generator<Frame> {
    // Half a frame later, so that rounding does not lead to the key frame before.
    const code = demuxer.seekSync((firstFrame + 0.5) / fps, -1, AVSEEK_FLAG_BACKWARD)
    FFmpegError.throwIfError(code, `${path}: frame ${firstFrame} is not found`)
    using decoder = Decoder.createSync(video!, {
      context: { threadCount: 1 },
      // Edges of blocks that nothing else is made from are not worth smoothing: they are too small to be seen.
      configure: withOptions({ skip_loop_filter: frameCount === 1 ? 'all' : 'noref' }),
    })
    const isWanted = (number: number) => number >= firstFrame && (number - firstFrame) % step === 0
    const lastWanted = firstFrame + frameCount - 1 - ((frameCount - 1) % step)
    let groups = 0
    for (const packet of demuxer.packetsSync(video!.index)) {
      if (packet?.isKeyframe) groups++
      const isEnd = !packet || groups > 1 || frameCount === 1
      if (packet && groups === 1) {
        // What no other frame is made from is not decoded. (AV1's decoder does not know this, and decodes all.)
        const skipped = isWanted(numberOf(packet.pts)) ? 'default' : 'noref'
        decoder.getCodecContext()?.setOption('skip_frame', skipped)
      }
      const decoded = packet && groups <= 1 ? decoder.decodeAllSync(packet) : []
      if (isEnd) decoded.push(...decoder.decodeAllSync(null))
      packet?.free()
      let isOver = isEnd
      for (const each of decoded) {
        using frame = each
        const number = numberOf(frame.pts)
        if (isWanted(number) && number <= lastWanted) yield frame
        if (number >= lastWanted) isOver = true
      }
      if (isOver) return
    }
  }
  return {
    widthPx: video.codecpar.width,
    heightPx: video.codecpar.height,
    everyNth,
    [Symbol.dispose]: () => demuxer[Symbol.dispose](),
  }
}

/** So large that the shorter side is `shortSidePx`. Even, for 4:2:0. */
export function scaledSize({ widthPx, heightPx }: { widthPx: number; heightPx: number }, shortSidePx: number) {
  const even = (px: number) => Math.max(2, 2 * Math.round((px * shortSidePx) / Math.min(widthPx, heightPx) / 2))
  return { widthPx: even(widthPx), heightPx: even(heightPx) }
}
