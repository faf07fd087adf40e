// Decodes every frame of a stretch and notes what it is like.
import {
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AV_NOPTS_VALUE,
} from 'node-av/constants'
import { Codec, CodecContext, FFmpegError, Frame, type Stream } from 'node-av/lib'
import type { Packet } from 'node-av/lib'
import { withOptions } from '../encoder.ts'
import type { Cover } from './cover.ts'
import { createWatch, type LooksOfStretch } from './looks.ts'
import type { Stretch } from './stretches.ts'
import { withTrack, type Track } from './track.ts'

export type InspectPictureTask = { videoPath: string; stretch: Stretch; fps: number; cover: Cover; threads: number }

/** What one stretch is like; plain data. */
export type Seen = {
  /** When each frame is shown, in ticks of `tickS` seconds; undefined when it does not say. */
  ticks: (number | undefined)[]
  tickS: number
  errors: number
  /** Of its last frame: 1080x1920. */
  size: string
  isBt709: boolean
  looks: LooksOfStretch
}

/** Throws when the file or a decoder cannot be opened; what cannot be decoded is counted. */
export function inspectPicture(task: InspectPictureTask): Promise<Seen> {
  const { stretch, fps, cover, threads } = task
  return withTrack(task.videoPath, async (track) => {
    const { stream } = track
    const watch = createWatch({ fps, cover, firstFrame: stretch.firstFrame })
    const { num, den } = stream.timeBase
    const seen = { ticks: [] as Seen['ticks'], errors: 0, size: '', isBt709: hasBt709Tags(stream.codecpar) }
    const look = (frame: Frame) => {
      seen.ticks.push(frame.pts === AV_NOPTS_VALUE ? undefined : Number(frame.pts))
      if (frame.decodeErrorFlags !== 0) seen.errors++
      seen.size = `${frame.width}x${frame.height}`
      seen.isBt709 &&= hasBt709Tags(frame)
      watch.next(() => lumaOf(frame))
    }
    using decoder = openDecoder(stream, threads, look)
    for await (const packet of packetsIn(stretch, track)) if (!decoder.decode(packet)) seen.errors++
    if (!decoder.decode(null)) seen.errors++
    return { ...seen, tickS: num / den, looks: watch.looks() }
  })
}

/** Read from the file's start, which takes next to no time against decoding, and needs no trust in its index. */
async function* packetsIn({ firstFrame, frames }: Stretch, { packets }: Track): AsyncGenerator<Packet> {
  let at = 0
  for await (const packet of packets()) {
    if (at >= firstFrame + frames) return
    if (at++ >= firstFrame) yield packet
  }
}

/** `decode` says whether all went well; null is the end. `look` gets each frame, which is good until it returns. */
function openDecoder(stream: Stream, threads: number, look: (frame: Frame) => void) {
  const context = new CodecContext()
  const frame = new Frame()
  const codec = Codec.findDecoder(stream.codecpar.codecId)
  if (!codec) throw new Error('there is no decoder for its picture')
  context.allocContext3(codec)
  frame.alloc()
  const close = () => {
    frame.free()
    context.freeContext()
  }
  try {
    FFmpegError.throwIfError(context.parametersToContext(stream.codecpar), 'opening the decoder')
    context.pktTimebase = stream.timeBase
    context.threadCount = threads
    // A fifth of the time for H.264 and HEVC (others take no notice), and nothing that is looked for hides in smoothed
    // block edges.
    withOptions({ skip_loop_filter: 'all' })(context)
    FFmpegError.throwIfError(context.open2Sync(codec, null), 'opening the decoder')
  } catch (error) {
    close()
    throw error
  }
  return {
    decode: (packet: Packet | null): boolean => {
      // An empty packet would tell the decoder that the video is over.
      if (packet?.size === 0) return true
      const sent = context.sendPacketSync(packet)
      for (;;) {
        const code = context.receiveFrameSync(frame)
        if (code < 0) return sent >= 0 && (code === AVERROR_EAGAIN || code === AVERROR_EOF)
        look(frame)
        frame.unref()
      }
    },
    [Symbol.dispose]: close,
  }
}

/** Asked for once a frame: node-av tells V8 of the frame's memory each time, which then collects garbage. */
function lumaOf(frame: Frame) {
  const { buffer, byteOffset, byteLength } = frame.data![0]!
  // Not as Node's Buffer, which takes twice as long to read.
  const luma = new Uint8Array(buffer, byteOffset, byteLength)
  return { luma, stride: frame.linesize[0]!, widthPx: frame.width, heightPx: frame.height }
}

/** All four, in the picture and in the container, which must not disagree. */
function hasBt709Tags(tagged: Frame | Stream['codecpar']): boolean {
  return (
    tagged.colorRange === AVCOL_RANGE_MPEG &&
    tagged.colorPrimaries === AVCOL_PRI_BT709 &&
    tagged.colorTrc === AVCOL_TRC_BT709 &&
    tagged.colorSpace === AVCOL_SPC_BT709
  )
}
