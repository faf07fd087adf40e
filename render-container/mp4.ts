// Writes MP4 files with FFmpeg's muxer. node-av's own Muxer corrects time stamps; ours are right already.
import { AV_CODEC_ID_HEVC } from 'node-av/constants'
import { CodecContext, Dictionary, FFmpegError, FormatContext, type Packet, type Stream } from 'node-av/lib'
import type { TimeBase } from './joined-packets.ts'

/** Apple's players want HEVC under this name, which says that all of its headers are in the file's. */
const HVC1 = Buffer.from('hvc1').readUInt32LE()

/**
 * `movflags` as FFmpeg's mp4 muxer takes them. No version and no date of any library goes into the file. Not by
 * node-av's Muxer: 6.1.1 never closes the file, and keeps the errors of its last bytes to itself.
 */
export function openMp4(path: string, movflags = '') {
  const context = new FormatContext()
  const check = (code: number) => FFmpegError.throwIfError(code, `could not write ${path}`)
  check(context.allocOutputContext2(null, 'mp4', path))
  check(context.openOutputSync())
  let isOpen = true
  let isHeaderDue = movflags.includes('delay_moov')
  const close = () => {
    if (!isOpen) return
    isOpen = false
    context.closeOutputSync()
    context.freeContext()
  }
  return {
    /** Like the stream of another file, or what an open encoder makes. */
    addStream: (from: Stream | CodecContext, timeBase: TimeBase): Stream => {
      const stream = context.newStream()
      const { codecpar } = stream
      const code = from instanceof CodecContext ? codecpar.fromContext(from) : from.codecpar.copy(codecpar)
      FFmpegError.throwIfError(code, 'codec parameters')
      codecpar.codecTag = codecpar.codecId === AV_CODEC_ID_HEVC ? HVC1 : 0
      stream.timeBase = timeBase as Stream['timeBase']
      return stream
    },
    writeHeader: (metadata: Record<string, string> = {}) => {
      context.metadata = Dictionary.fromObject(metadata)
      if (movflags) FFmpegError.throwIfError(context.setOption('movflags', movflags), 'movflags')
      FFmpegError.throwIfError(context.setOption('fflags', '+bitexact'), 'fflags')
      check(context.writeHeaderSync())
    },
    /** Frees the packet. */
    write: (packet: Packet, stream: Stream, timeBase: TimeBase) => {
      packet.streamIndex = stream.index
      packet.rescaleTs(timeBase, { num: stream.timeBase.num, den: stream.timeBase.den })
      check(context.interleavedWriteFrameSync(packet))
      packet.free()
    },
    /** Of a fragmented file: what comes now begins a new fragment. */
    endFragment: () => {
      check(context.interleavedWriteFrameSync(null))
      // The first time, a delayed header is all that this writes.
      if (isHeaderDue) check(context.writeFrameSync(null))
      isHeaderDue = false
      check(context.writeFrameSync(null))
    },
    finish: () => {
      check(context.writeTrailerSync())
      close()
    },
    [Symbol.dispose]: close,
  }
}

/** MP4 wants the three letters of ISO 639-2/T, which Intl does not know. */
export function iso639(language: string): string {
  return threeLetters.get(language.slice(0, 2).toLowerCase()) ?? 'und'
}

const threeLetters = new Map(
  `ar ara bn ben cs ces da dan de deu el ell en eng es spa fa fas fi fin fr fra he heb hi hin hu hun id ind it ita ja jpn
  ko kor ms msa nl nld no nor pl pol pt por ro ron ru rus sv swe th tha tr tur uk ukr vi vie zh zho`
    .match(/\w\w \w\w\w/g)!
    .map((pair) => pair.split(' ') as [string, string]),
)
