// How the video is encoded: frames in, packets out, the same settings for every segment of a video.
import { Encoder } from 'node-av/api'
import {
  AVCHROMA_LOC_LEFT,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  AV_PIX_FMT_YUV420P,
  type FFEncoderCodec,
} from 'node-av/constants'
import { FFmpegError, Frame, Rational, type CodecContext } from 'node-av/lib'
import type { CodecId, QualityId } from '../core/output.ts'
import { type Encoding, encodings, GROUP_FRAMES } from './encoder-settings.ts'

export type VideoFormat = { widthPx: number; heightPx: number; fps: number }

export type EncoderChoice = {
  /** As FFmpeg calls it: 'libx264', 'hevc_nvenc' … */
  name: string
  codec: CodecId
  quality: QualityId
  isHardware: boolean
  /** One line for people: what was chosen, and why nothing faster. */
  reason: string
}

/** 30 is 30/1, 29.97 is 2997/100. */
export function rational(fps: number): Rational {
  const divisor = [1000, 500, 200, 100, 50, 20, 10, 5, 2].find((d) => Math.round(fps * 1000) % d === 0) ?? 1
  return new Rational(Math.round(fps * 1000) / divisor, 1000 / divisor)
}

/**
 * Everything that changes the bytes of what is encoded, for naming it. What is encoded with the same settings and
 * format can be joined under one header.
 */
export function settingsOf({ name, codec, quality }: Pick<EncoderChoice, 'name' | 'codec' | 'quality'>) {
  const all: readonly Encoding[] = encodings[codec]
  const encoding = all.find((each) => each.name === name)
  if (!encoding) throw new RangeError(`${name} is no encoder for ${codec}`)
  return { name, groupFrames: GROUP_FRAMES, options: encoding.options[quality] }
}

/**
 * One thread: as many segments as there are cores, each with one thread, finish sooner than one encoder with all of
 * them, and the bytes never vary. All frames become one closed group of pictures.
 */
export function createEncoder(
  choice: Pick<EncoderChoice, 'name' | 'codec' | 'quality'>,
  { fps }: VideoFormat,
): Encoder {
  const { name, groupFrames, options } = settingsOf(choice)
  const framerate = rational(fps)
  return Encoder.createSync(name as FFEncoderCodec, {
    context: {
      threadCount: 1,
      framerate,
      timeBase: new Rational(framerate.den, framerate.num),
      gopSize: groupFrames,
      // Quality alone decides: the encoders whose default is a rate would keep to that.
      bitRate: 0n,
    },
    configure: withOptions(options),
  })
}

/**
 * Sets a codec's private options. Not by node-av's own `options`: version 6.1.1 hands FFmpeg a dictionary that
 * FFmpeg frees and the garbage collector frees again, which crashes the process some time later.
 */
export function withOptions(options: Record<string, string | number>): (context: CodecContext) => void {
  return (context) => {
    for (const [name, value] of Object.entries(options))
      FFmpegError.throwIfError(context.setOption(name, String(value)), `encoder option ${name}=${value}`)
  }
}

/** The same frame with other planes (copied): to allocate one for each picture leaves the process larger. */
export function refill(frame: Frame, planes: Uint8Array, pts: number): void {
  FFmpegError.throwIfError(frame.makeWritable(), 'a frame')
  FFmpegError.throwIfError(
    frame.fromBuffer(Buffer.from(planes.buffer, planes.byteOffset, planes.byteLength)),
    'a frame',
  )
  frame.pts = BigInt(pts)
}

/** A frame of the video from its planes (copied), tagged BT.709 limited range. `pts` counts frames. */
export function videoFrame(planes: Uint8Array, { widthPx, heightPx, fps }: VideoFormat, pts: number): Frame {
  const { num, den } = rational(fps)
  const frame = Frame.fromVideoBuffer(Buffer.from(planes.buffer, planes.byteOffset, planes.byteLength), {
    width: widthPx,
    height: heightPx,
    format: AV_PIX_FMT_YUV420P,
    pts: BigInt(pts),
    timeBase: { num: den, den: num },
  })
  frame.duration = 1n
  frame.colorRange = AVCOL_RANGE_MPEG
  frame.colorPrimaries = AVCOL_PRI_BT709
  frame.colorTrc = AVCOL_TRC_BT709
  frame.colorSpace = AVCOL_SPC_BT709
  frame.chromaLocation = AVCHROMA_LOC_LEFT
  return frame
}
