// The finished sound into an AAC file, and that file measured as a player hears it.
import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_SAMPLE_FMT_FLTP,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  FF_ENCODER_AAC,
} from 'node-av/constants'
import { Codec, CodecContext, FFmpegError, FormatContext, Frame, Packet, Rational } from 'node-av/lib'
import { framesOf, turn } from '../graph.ts'
import { BLOCK, blocksIn, decibels } from './blocks.ts'
import { SAMPLE_RATE, finishedGraph } from './chain.ts'
import { createMeter, integratedLufs, type Lufs } from './loudness.ts'
import { createPeakMeter } from './true-peak.ts'

const BIT_RATE = 160_000
/** What AAC encodes at a time; the last one is filled up with silence. */
const AAC_SAMPLES = 1024
const CHUNK_SAMPLES = 16 * AAC_SAMPLES
/**
 * A third of the default coder's time. At this rate nothing has to be made up: without noise substitution and intensity
 * stereo, what is heard above 7 kHz is 27 dB nearer to the original; without mid/side stereo the rest is 3 to 5 dB
 * further (31 to 50 dB below the sound, measured on speech with music), for a quarter of the sound's time.
 */
const OPTIONS = { aac_coder: 'fast', aac_pns: '0', aac_is: '0', aac_ms: '0' }

/** Interleaved stereo; asked for in order, good until asked for again. */
type Source = (first: number, count: number) => Float32Array

/** `samples` of `source`, each times the gain at its place (on the edges of blocks). Same samples, same bytes. */
export async function encodeAac(source: Source, gains: Float32Array, samples: number, path: string): Promise<void> {
  using encoder = openEncoder()
  using file = openFile(path, encoder)
  using frame = Frame.fromAudioBuffer(Buffer.alloc(AAC_SAMPLES * 2 * 4), FRAME)
  using packet = new Packet()
  packet.alloc()
  const encode = (next: Frame | null) => {
    FFmpegError.throwIfError(encoder.sendFrameSync(next), 'the AAC encoder')
    for (;;) {
      const code = encoder.receivePacketSync(packet)
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return
      FFmpegError.throwIfError(code, 'the AAC encoder')
      file.write(packet)
    }
  }
  for (let first = 0; first < samples; first += CHUNK_SAMPLES) {
    const chunk = source(first, Math.min(CHUNK_SAMPLES, samples - first))
    for (let at = 0; at < chunk.length / 2; at += AAC_SAMPLES) {
      const planes = mastered(chunk.subarray(2 * at, 2 * (at + AAC_SAMPLES)), gains, first + at)
      FFmpegError.throwIfError(frame.makeWritable(), 'a sound frame')
      FFmpegError.throwIfError(frame.fromBuffer(Buffer.from(planes.buffer)), 'a sound frame')
      frame.pts = BigInt(first + at)
      encode(frame)
    }
    await turn()
  }
  encode(null)
  file.finish()
}

const FRAME = {
  nbSamples: AAC_SAMPLES,
  format: AV_SAMPLE_FMT_FLTP,
  sampleRate: SAMPLE_RATE,
  channelLayout: AV_CHANNEL_LAYOUT_STEREO,
  timeBase: { num: 1, den: SAMPLE_RATE },
} as const

function openEncoder(): CodecContext {
  const codec = Codec.findEncoderByName(FF_ENCODER_AAC)
  const context = new CodecContext()
  context.allocContext3(codec)
  context.bitRate = BigInt(BIT_RATE)
  context.sampleRate = SAMPLE_RATE
  context.sampleFormat = FRAME.format
  context.channelLayout = FRAME.channelLayout
  context.timeBase = new Rational(1, SAMPLE_RATE)
  context.threadCount = 1
  for (const [name, value] of Object.entries(OPTIONS))
    FFmpegError.throwIfError(context.setOption(name, value), `encoder option ${name}=${value}`)
  FFmpegError.throwIfError(context.open2Sync(codec), 'the AAC encoder')
  return context
}

/** FFmpeg's own calls: node-av's Muxer takes a fifth of the encoder's time for looking after the packets. */
function openFile(path: string, encoder: CodecContext) {
  const context = new FormatContext()
  const check = (code: number) => FFmpegError.throwIfError(code, `could not write ${path}`)
  check(context.allocOutputContext2(null, 'mp4', path))
  check(context.openOutputSync())
  const stream = context.newStream()
  check(stream.codecpar.fromContext(encoder))
  stream.timeBase = new Rational(1, SAMPLE_RATE)
  check(context.setOption('fflags', '+bitexact'))
  check(context.writeHeaderSync())
  let isOpen = true
  const close = () => {
    if (!isOpen) return
    isOpen = false
    context.closeOutputSync()
    context.freeContext()
  }
  return {
    write: (packet: Packet) => {
      packet.streamIndex = 0
      check(context.writeFrameSync(packet))
    },
    finish: () => {
      check(context.writeTrailerSync())
      close()
    },
    [Symbol.dispose]: close,
  }
}

/** A frame's planes, left and then right. `first` is a multiple of a block, and so is a frame's length. */
function mastered(mixed: Float32Array, gains: Float32Array, first: number): Float32Array<ArrayBuffer> {
  const planes = new Float32Array(2 * AAC_SAMPLES)
  const count = mixed.length / 2
  for (let from = 0, block = first / BLOCK; from < count; from += BLOCK, block++) {
    let gain = gains[block]!
    const slope = (gains[block + 1]! - gain) / BLOCK
    for (let at = from; at < Math.min(from + BLOCK, count); at++, gain += slope) {
      planes[at] = gain * mixed[2 * at]!
      planes[AAC_SAMPLES + at] = gain * mixed[2 * at + 1]!
    }
  }
  return planes
}

/** `truePeakDb` is exact from `mattersDb` up, and below that at least not above it. */
export async function measureAac(
  path: string,
  samples: number,
  mattersDb: number,
): Promise<{ integratedLufs: Lufs; truePeakDb: number }> {
  const blocks = blocksIn(samples + 4 * AAC_SAMPLES)
  const powers = new Float32Array(blocks)
  const meter = createMeter(2, powers)
  const peaks = createPeakMeter(new Float32Array(blocks), 10 ** (mattersDb / 20))
  for await (const frame of framesOf(finishedGraph(path), 'abuffersink')) {
    const { buffer, byteOffset } = frame.data![0]!
    const block = new Float32Array(buffer, byteOffset, 2 * frame.nbSamples)
    meter(block)
    peaks.push(block)
  }
  let peak = 0
  for (const value of peaks.end()) peak = Math.max(peak, value)
  return { integratedLufs: integratedLufs(powers.subarray(0, blocksIn(samples))), truePeakDb: decibels(peak) }
}
