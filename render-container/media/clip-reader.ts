// A clip's pictures, decoded one after the other. What is damaged is left out, so that which pictures there are depends
// on the file alone, wherever reading began.
import {
  AV_FRAME_FLAG_CORRUPT,
  AV_NOPTS_VALUE,
  AV_PKT_FLAG_CORRUPT,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants'
import { Frame, Packet, type CodecContext, type FormatContext, type Stream } from 'node-av/lib'
import { openDecoder, openFormat, pictureTrack, type DecoderOptions } from './clip-file.ts'

/** One picture of a clip; whoever holds it frees its frame. */
export type ClipPicture = {
  frame: Frame
  /** Since the start of the clip: of its first picture or sound, as players count. */
  ms: number
  /** Something between the picture before and this one could not be decoded. */
  isAfterDamage: boolean
}

export type ClipReader = {
  format: FormatContext
  stream: Stream
  /** The next whole picture in the order of showing; undefined after the last. */
  next: () => ClipPicture | undefined
  /** Whether what came after the last picture could not be decoded. */
  isDamagedAfter: () => boolean
  /** Goes on with a picture from which all can be decoded, at or before `ms` if the file's index is right. */
  seek: (ms: number) => boolean
  close: () => void
}

/** Longer than an hour at 25 pictures a second: a clip without pictures ends here at the latest. */
const MAX_PACKETS_WITHOUT_PICTURE = 100_000
/** Where a damaged index points beyond the file, a read fails, also as if that were the end, and later ones succeed. */
const MAX_FAILED_READS = 20
/**
 * So many pictures wait to see whether one shown after them but decoded before them is damaged: then they are torn too.
 * Encoders seldom put more than three between.
 */
const HELD = 4

/**
 * Throws InputError that names the file when it is no MP4, MOV or WebM, has no moving pictures, or nothing here can
 * decode them.
 */
export function openClipReader(path: string, options: DecoderOptions = {}): ClipReader {
  const format = openFormat(path)
  const packet = new Packet()
  const received = new Frame()
  let codec: CodecContext | undefined
  const close = () => {
    packet.free()
    received.free()
    codec?.freeContext()
    format.closeInputSync()
  }
  try {
    packet.alloc()
    received.alloc()
    const { stream, decoder } = pictureTrack(path, format)
    const renew = () => {
      codec?.freeContext()
      return (codec = openDecoder(path, decoder, stream, options))
    }
    const reading = readerOf({ format, stream, packet, received, renew })
    return {
      format,
      stream,
      ...reading,
      close: () => {
        reading.release()
        close()
      },
    }
  } catch (error) {
    close()
    throw error
  }
}

/** When the clip ends as its header says; undefined when it does not say. */
export function clipEndMs({ format, stream }: Pick<ClipReader, 'format' | 'stream'>): number | undefined {
  const { num, den } = stream.timeBase
  if (stream.duration > 0n) {
    const start = stream.startTime === AV_NOPTS_VALUE ? 0n : stream.startTime
    return (Number(start + stream.duration) * 1000 * num) / den - startMsOf(format)
  }
  return format.duration > 0n ? Number(format.duration) / 1000 : undefined
}

/** The least of all tracks' starts; FFmpeg counts microseconds. */
export function startMsOf({ startTime }: FormatContext): number {
  return startTime === AV_NOPTS_VALUE ? 0 : Number(startTime) / 1000
}

const isWhole = (frame: Frame) => frame.decodeErrorFlags === 0 && !frame.hasFlags(AV_FRAME_FLAG_CORRUPT)

type Open = {
  format: FormatContext
  stream: Stream
  packet: Packet
  received: Frame
  /** A decoder without a past, in place of the one before: flushing one leaves traces of damage in it. */
  renew: () => CodecContext
}

/**
 * After something damaged, everything up to the next picture that needs no other is left out: what is decoded without
 * all that it refers to looks torn, and otherwise than when reading begins behind the damage.
 */
function readerOf({
  format,
  stream,
  packet,
  received,
  renew,
}: Open): Pick<ClipReader, 'next' | 'seek' | 'isDamagedAfter'> & { release: () => void } {
  const { num, den } = stream.timeBase
  const msPerTick = (1000 * num) / den
  const startMs = startMsOf(format)
  let codec = renew()
  let isWaitingForKey = false
  /** The picture with which decoding began: those shown before it but stored after it refer to what is not there. */
  let keyPts = AV_NOPTS_VALUE
  let isDamaged = false
  let isAtEnd = false
  /** The picture that could not be decoded, while those from before it still come. */
  let brokenPts: bigint | undefined
  let packetsWithoutPicture = 0
  let failedReads = 0
  let lastMs = 0
  const held: ClipPicture[] = []

  /** What was decoded before the damage is still to be shown. */
  function breakOff(pts: bigint): void {
    isWaitingForKey = true
    brokenPts = pts
    codec.sendPacketSync(null)
  }
  /** As if reading began behind the damage. */
  function goOn(): void {
    isDamaged = isWaitingForKey = true
    brokenPts = undefined
    codec = renew()
    if (isAtEnd) codec.sendPacketSync(null)
  }
  function feed(): void {
    const code = packetsWithoutPicture > MAX_PACKETS_WITHOUT_PICTURE ? AVERROR_EOF : format.readFrameSync(packet)
    if (code < 0) {
      failedReads++
      if (failedReads <= MAX_FAILED_READS) return
      isAtEnd = true
      if (code !== AVERROR_EOF) isDamaged = true
      codec.sendPacketSync(null)
      return
    }
    packetsWithoutPicture++
    // An empty packet would tell the decoder that the clip is over.
    if (packet.streamIndex === stream.index && packet.size > 0) decode(failedReads > 0)
    failedReads = 0
    packet.unref()
  }
  function decode(isAfterFailure: boolean): void {
    if (packet.hasFlags(AV_PKT_FLAG_CORRUPT)) breakOff(packet.pts)
    else if (packet.isKeyframe || !(isWaitingForKey || isAfterFailure)) {
      if (isWaitingForKey) keyPts = packet.pts
      isWaitingForKey = false
      if (packet.pts >= keyPts && codec.sendPacketSync(packet) < 0) breakOff(packet.pts)
    } else if (!isWaitingForKey) breakOff(AV_NOPTS_VALUE)
  }
  function timeOf(frame: Frame): number {
    const pts = frame.bestEffortTimestamp
    if (pts === AV_NOPTS_VALUE) return lastMs + Number(frame.duration) * msPerTick
    return Number(pts) * msPerTick - startMs
  }
  /** The next picture that the decoder gives. */
  function receive(): ClipPicture | undefined {
    for (;;) {
      const code = codec.receiveFrameSync(received)
      if (code === AVERROR_EAGAIN) feed()
      else if (code === AVERROR_EOF && brokenPts === undefined) return undefined
      else if (code < 0) goOn()
      else if (!isWhole(received)) {
        dropDecodedAfter(received.pktDts)
        goOn()
      } else if (brokenPts === undefined || received.pts !== brokenPts) {
        const frame = received.clone()!
        received.unref()
        packetsWithoutPicture = 0
        lastMs = timeOf(frame)
        const isAfterDamage = isDamaged
        isDamaged = false
        return { frame, ms: lastMs, isAfterDamage }
      }
    }
  }
  function dropDecodedAfter(dts: bigint): void {
    const torn = held.filter(({ frame }) => frame.pktDts > dts)
    for (const picture of torn) {
      held.splice(held.indexOf(picture), 1)
      picture.frame.free()
    }
  }
  function release(): void {
    for (const { frame } of held.splice(0)) frame.free()
  }
  return {
    next: () => {
      while (held.length < HELD) {
        const picture = receive()
        if (!picture) break
        held.push(picture)
      }
      return held.shift()
    },
    release,
    isDamagedAfter: () => isDamaged,
    seek: (ms) => {
      const ticks = BigInt(Math.floor((ms + startMs) / msPerTick))
      if (format.seekFrameSync(stream.index, ticks, AVSEEK_FLAG_BACKWARD) < 0) return false
      release()
      codec = renew()
      isWaitingForKey = true
      isDamaged = isAtEnd = false
      brokenPts = undefined
      packetsWithoutPicture = failedReads = 0
      return true
    },
  }
}
