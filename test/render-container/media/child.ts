// A child process for the tests of clips: makes clips, and says what is shown of them. FFmpeg must not run in a test
// runner's threads.
import {
  AV_CHANNEL_LAYOUT_MONO,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_FRAME_FLAG_INTERLACED,
  AV_FRAME_FLAG_TOP_FIELD_FIRST,
  AV_LOG_QUIET,
  AV_PKT_DATA_DISPLAYMATRIX,
  AV_PIX_FMT_YUV420P,
  AV_SAMPLE_FMT_FLTP,
} from 'node-av/constants'
import {
  avGetPixFmtFromName,
  Codec,
  CodecContext,
  FFmpegError,
  FormatContext,
  Frame,
  Log,
  Packet,
  Rational,
  type Stream,
} from 'node-av/lib'
import { withOptions } from '../../../render-container/encoder.ts'
import { createConverter } from '../../../render-container/media/convert.ts'
import { openClip } from '../../../render-container/media/clip.ts'
import type { PreparedClip } from '../../../render-container/media/prepared.ts'
import { turn } from '../../../render-container/graph.ts'
import type { ClipSpec, Request, Shown } from './clips.ts'

Log.setLevel(AV_LOG_QUIET)
process.on('disconnect', () => process.exit(0))
process.on('message', async (request: Request) => {
  try {
    process.send!({ result: await perform(request) })
  } catch (error) {
    process.send!({ error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) })
  }
})

function perform(request: Request): unknown {
  if (request.kind === 'make') return makeClip(request.spec)
  return request.kind === 'show' ? show(request.clip, request.frames) : growthMb(request.clip, request.times)
}

function show(prepared: PreparedClip, frames: number[]): Shown {
  const clip = openClip(prepared)
  try {
    const before = process.cpuUsage()
    const planes = frames.map((frame) => Buffer.from(clip.planesAt(frame)))
    const { user, system } = process.cpuUsage(before)
    return { planes, cpuMs: (user + system) / 1000 }
  } finally {
    clip.close()
  }
}

async function growthMb(prepared: PreparedClip, times: number): Promise<number> {
  let settled = 0
  for (let time = 0; time < times; time++) {
    if (time === Math.floor(times / 3)) settled = rssMb()
    const clip = openClip({ ...prepared, fromMs: (time * 37) % 1000 })
    for (let frame = 0; frame < 3; frame++) clip.planesAt(frame)
    clip.close()
    // As between two frames of a segment: buffers of FFmpeg's are given back then.
    await turn()
  }
  return rssMb() - settled
}

function rssMb(): number {
  globalThis.gc!()
  return process.memoryUsage().rss / 1e6
}

/** Pictures as in pictureOf; silence when it has sound. */
function makeClip(spec: ClipSpec): void {
  const { path, times, sound, muxer = {} } = spec
  const format = new FormatContext()
  FFmpegError.throwIfError(format.allocOutputContext2(null, null, path), path)
  const context = sound === 'only' ? undefined : videoEncoder(spec)
  const video = context && addStream(format, context)
  if (video && spec.sar) video.sampleAspectRatio = new Rational(...spec.sar)
  if (video && spec.matrix) video.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, matrixBytes(spec.matrix))
  const soundContext = sound && soundEncoder()
  const audio = soundContext && addStream(format, soundContext)

  FFmpegError.throwIfError(format.openOutputSync(), path)
  withOptions(muxer)(format as never)
  FFmpegError.throwIfError(format.writeHeaderSync(null), path)
  if (soundContext && audio) {
    for (let block = 0; block < 50; block++) {
      const frame = silence(block * 1024)
      FFmpegError.throwIfError(soundContext.sendFrameSync(frame), 'a frame')
      frame.free()
      drain(soundContext, format, audio)
    }
    soundContext.freeContext()
  }
  for (const [index, ms] of (context ? times : []).entries()) {
    const frame = frameOf(spec, index)
    frame.pts = BigInt(ms)
    frame.timeBase = new Rational(1, 1000)
    if (spec.isInterlaced) frame.setFlags(AV_FRAME_FLAG_INTERLACED, AV_FRAME_FLAG_TOP_FIELD_FIRST)
    FFmpegError.throwIfError(context!.sendFrameSync(frame), 'a frame')
    frame.free()
    drain(context!, format, video!, times)
  }
  context?.sendFrameSync(null)
  if (context) drain(context, format, video!, times)
  FFmpegError.throwIfError(format.writeTrailerSync(), path)
  format.closeOutputSync()
  format.freeContext()
  context?.freeContext()
}

function addStream(format: FormatContext, context: CodecContext): Stream {
  const stream = format.newStream(null)
  stream.codecpar.fromContext(context)
  stream.timeBase = context.timeBase
  return stream
}

function videoEncoder(spec: ClipSpec): CodecContext {
  const codec = Codec.findEncoderByName(spec.codec as never)!
  const context = new CodecContext()
  context.allocContext3(codec)
  context.width = spec.width
  context.height = spec.height
  context.pixelFormat = avGetPixFmtFromName(spec.pixelFormat ?? 'yuv420p')
  context.timeBase = new Rational(1, 1000)
  context.framerate = new Rational(30, 1)
  context.gopSize = spec.gop ?? 12
  context.threadCount = 1
  if (spec.sar) context.sampleAspectRatio = new Rational(...spec.sar)
  Object.assign(context, spec.colours)
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
  withOptions(spec.options ?? {})(context)
  FFmpegError.throwIfError(context.open2Sync(codec, null), spec.codec)
  return context
}

function soundEncoder(): CodecContext {
  const codec = Codec.findEncoderByName('aac' as never)!
  const context = new CodecContext()
  context.allocContext3(codec)
  context.sampleRate = 48_000
  context.sampleFormat = AV_SAMPLE_FMT_FLTP
  context.channelLayout = AV_CHANNEL_LAYOUT_MONO
  context.timeBase = new Rational(1, 48_000)
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
  FFmpegError.throwIfError(context.open2Sync(codec, null), 'aac')
  return context
}

function silence(pts: number): Frame {
  return Frame.fromAudioBuffer(Buffer.alloc(4096), {
    nbSamples: 1024,
    format: AV_SAMPLE_FMT_FLTP,
    sampleRate: 48_000,
    channelLayout: AV_CHANNEL_LAYOUT_MONO,
    pts: BigInt(pts),
    timeBase: { num: 1, den: 48_000 },
  })
}

function drain(context: CodecContext, format: FormatContext, stream: Stream, times?: number[]): void {
  const packet = new Packet()
  packet.alloc()
  while (context.receivePacketSync(packet) >= 0) {
    packet.streamIndex = stream.index
    // Without it an MP4 ends before its last picture.
    const index = times?.indexOf(Number(packet.pts)) ?? -1
    if (times && index >= 0) packet.duration = BigInt((times[index + 1] ?? times[index]! + 33) - times[index]!)
    packet.rescaleTs(context.timeBase, stream.timeBase)
    FFmpegError.throwIfError(format.interleavedWriteFrameSync(packet), 'a packet')
  }
  packet.free()
}

function frameOf(
  { width, height, isFlat, isNoisy, isCombed, pixelFormat = 'yuv420p' }: ClipSpec,
  index: number,
): Frame {
  const picture = pictureOf(width, height, index, isFlat)
  if (isNoisy) addNoise(picture.subarray((width * height) / 2, width * height), index)
  if (isCombed) for (let y = 0; y < height; y++) picture.fill((y + index) % 2 ? 235 : 16, y * width, (y + 1) * width)
  const plain = Frame.fromVideoBuffer(picture, {
    width,
    height,
    format: AV_PIX_FMT_YUV420P,
  })
  if (pixelFormat === 'yuv420p') return plain
  const deep = createConverter(() => `format=${pixelFormat}`)
  const bytes = deep.convert(plain)
  deep.close()
  plain.free()
  return Frame.fromVideoBuffer(bytes, { width, height, format: avGetPixFmtFromName(pixelFormat) })
}

/** Above eight stripes, white for each 1 in the index, the highest first; below on the left red, on the right blue. */
function pictureOf(width: number, height: number, index: number, isFlat = false): Buffer {
  const luma = width * height
  const planes = Buffer.alloc(luma + 2 * Math.ceil(width / 2) * Math.ceil(height / 2), 128)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const bit = (index >> (7 - Math.floor((x * 8) / width))) & 1
      planes[y * width + x] = isFlat ? 180 : y < height / 2 ? (bit ? 235 : 16) : 81
    }
  const [chromaWidth, chromaHeight] = [Math.ceil(width / 2), Math.ceil(height / 2)]
  const chroma = chromaWidth * chromaHeight
  if (!isFlat)
    for (let y = chromaHeight / 2; y < chromaHeight; y++)
      for (let x = 0; x < chromaWidth; x++) {
        const at = luma + Math.floor(y) * chromaWidth + x
        planes[at] = x < chromaWidth / 2 ? 90 : 240
        planes[at + chroma] = x < chromaWidth / 2 ? 240 : 110
      }
  return planes
}

function addNoise(luma: Buffer, seed: number): void {
  let state = seed + 1
  for (let at = 0; at < luma.length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    luma[at] = 40 + (state >>> 24) / 2
  }
}

function matrixBytes(matrix: number[]): Buffer {
  const bytes = Buffer.alloc(36)
  for (const [index, value] of matrix.entries()) bytes.writeInt32LE(value * 65536, [0, 4, 12, 16][index])
  bytes.writeInt32LE(1 << 30, 32)
  return bytes
}
