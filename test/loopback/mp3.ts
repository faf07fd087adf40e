// MP3 files as the vendors send them, for their stand-ins. FFmpeg makes them: of what runs in production nothing does.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  Codec,
  CodecContext,
  FFmpegError,
  FormatContext,
  Frame,
  Packet,
  Rational,
  SoftwareResampleContext,
} from 'node-av/lib'
import {
  AV_CHANNEL_LAYOUT_MONO,
  AV_CHANNEL_LAYOUT_STEREO,
  AV_SAMPLE_FMT_FLTP,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  FF_ENCODER_LIBMP3LAME,
} from 'node-av/constants'

const rateHz = 44_100
const frameSamples = 1152

/** 128 kbit/s; one array (-1…1) for each of one or two channels, all of one length. */
export function mp3File(channels: Float32Array[], fromRateHz: number): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'mp3-'))
  const path = join(folder, 'sound.mp3')
  try {
    write(
      path,
      channels.map((channel) => resampled(channel, fromRateHz)),
    )
    return readFileSync(path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function write(path: string, channels: Float32Array[]): void {
  const layout = channels.length === 1 ? AV_CHANNEL_LAYOUT_MONO : AV_CHANNEL_LAYOUT_STEREO
  using encoder = openEncoder(layout)
  // In a file, because the header with the delay is written last, at the front.
  using file = openFile(path, encoder)
  using packet = new Packet()
  packet.alloc()
  const encode = (frame: Frame | null) => {
    FFmpegError.throwIfError(encoder.sendFrameSync(frame), 'the MP3 encoder')
    for (;;) {
      const code = encoder.receivePacketSync(packet)
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return
      FFmpegError.throwIfError(code, 'the MP3 encoder')
      file.write(packet)
    }
  }
  const length = channels[0]!.length
  for (let first = 0; first < length; first += frameSamples) {
    const nbSamples = Math.min(frameSamples, length - first)
    const planes = channels.map((channel) => channel.slice(first, first + nbSamples))
    const bytes = Buffer.concat(planes.map((plane) => Buffer.from(plane.buffer)))
    using frame = Frame.fromAudioBuffer(bytes, {
      nbSamples,
      format: AV_SAMPLE_FMT_FLTP,
      sampleRate: rateHz,
      channelLayout: layout,
      timeBase: { num: 1, den: rateHz },
    })
    frame.pts = BigInt(first)
    encode(frame)
  }
  encode(null)
  file.finish()
}

function openEncoder(channelLayout: typeof AV_CHANNEL_LAYOUT_MONO): CodecContext {
  const codec = Codec.findEncoderByName(FF_ENCODER_LIBMP3LAME)
  const context = new CodecContext()
  context.allocContext3(codec)
  context.bitRate = 128_000n
  context.sampleRate = rateHz
  context.sampleFormat = AV_SAMPLE_FMT_FLTP
  context.channelLayout = channelLayout
  context.timeBase = new Rational(1, rateHz)
  context.threadCount = 1
  FFmpegError.throwIfError(context.open2Sync(codec), 'the MP3 encoder')
  return context
}

function openFile(path: string, encoder: CodecContext) {
  const context = new FormatContext()
  const check = (code: number) => FFmpegError.throwIfError(code, `could not write ${path}`)
  check(context.allocOutputContext2(null, 'mp3', path))
  check(context.openOutputSync())
  const stream = context.newStream()
  check(stream.codecpar.fromContext(encoder))
  stream.timeBase = new Rational(1, rateHz)
  check(context.writeHeaderSync())
  return {
    write: (packet: Packet) => {
      packet.streamIndex = 0
      packet.rescaleTs({ num: 1, den: rateHz }, stream.timeBase)
      check(context.writeFrameSync(packet))
    },
    finish: () => check(context.writeTrailerSync()),
    [Symbol.dispose]: () => {
      context.closeOutputSync()
      context.freeContext()
    },
  }
}

function resampled(samples: Float32Array, fromRateHz: number): Float32Array {
  if (fromRateHz === rateHz) return samples
  using context = new SoftwareResampleContext()
  const layout = AV_CHANNEL_LAYOUT_MONO
  const opened = context.allocSetOpts2(layout, AV_SAMPLE_FMT_FLTP, rateHz, layout, AV_SAMPLE_FMT_FLTP, fromRateHz)
  FFmpegError.throwIfError(opened, 'the resampler')
  FFmpegError.throwIfError(context.init(), 'the resampler')
  const room = Math.ceil((samples.length * rateHz) / fromRateHz) + 256
  const input = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
  const begun = take(context, [input], samples.length, room)
  const rest = take(context, null, 0, room)
  const all = new Float32Array(begun.length + rest.length)
  all.set(begun)
  all.set(rest, begun.length)
  return all
}

/** What comes out of the resampler for `count` more samples; with null, what it still held back. */
function take(context: SoftwareResampleContext, input: Buffer[] | null, count: number, room: number): Float32Array {
  const output = Buffer.alloc(room * 4)
  const made = context.convertSync([output], room, input, count)
  FFmpegError.throwIfError(made, 'the resampler')
  return new Float32Array(output.buffer, output.byteOffset, made)
}
