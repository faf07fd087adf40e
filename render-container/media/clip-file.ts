// A clip's file: which container it is, its track of pictures, and a decoder for that.
import { closeSync, openSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import { AV_DISPOSITION_ATTACHED_PIC, AVDISCARD_ALL, AVMEDIA_TYPE_VIDEO } from 'node-av/constants'
import {
  avGetCodecName,
  CodecContext,
  FFmpegError,
  FormatContext,
  InputFormat,
  type Codec,
  type Stream,
} from 'node-av/lib'
import { InputError } from '../../core/errors.ts'

export type DecoderOptions = {
  /** Leaves out what only makes pictures nicer: for looking whether they are whole. */
  isHasty?: boolean
}

/** 4096 x 4096, whichever way it lies. */
const MAX_CLIP_PIXELS = 4096 * 4096
/**
 * Throws InputError that names the file when it is no MP4, MOV or WebM or its header cannot be read.
 * Only with the demuxer that the first bytes ask for and from this one file: a playlist in disguise opens nothing.
 */
export function openFormat(path: string): FormatContext {
  const name = containerOf(path)
  if (!name) throw new InputError(`${path} is not an MP4, MOV or WebM clip; save it as one of these`)
  const format = new FormatContext()
  format.allocContext()
  try {
    FFmpegError.throwIfError(format.setOption('protocol_whitelist', 'file'), 'protocol_whitelist')
    // Not by the demuxer's options: node-av frees what it is handed for them twice (see withOptions in encoder.ts).
    const code = format.openInputSync(`file:${resolve(path)}`, InputFormat.findInputFormat(name))
    FFmpegError.throwIfError(code < 0 ? code : format.findStreamInfoSync(null), path)
    return format
  } catch (cause) {
    format.closeInputSync()
    throw new InputError(`the clip ${path} is broken or cut off; save or download it again`, { cause })
  }
}

/** ISO 14496-12, 4.2 and Apple's QuickTime File Format: a box's type follows its length. RFC 8794, 11.2: EBML. */
function containerOf(path: string): 'mov' | 'matroska' | undefined {
  const start = firstBytes(path)
  if (start.toString('hex', 0, 4) === '1a45dfa3') return 'matroska'
  const firstBoxes = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot', 'styp']
  return firstBoxes.includes(start.toString('latin1', 4, 8)) ? 'mov' : undefined
}

function firstBytes(path: string): Buffer {
  const start = Buffer.alloc(8)
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    readSync(file, start, 0, start.length, 0)
    return start
  } catch (cause) {
    throw new InputError(`the clip ${path} cannot be read; check the path`, { cause })
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/** The moving pictures of a file, and what decodes them. */
export function pictureTrack(path: string, format: FormatContext): { stream: Stream; decoder: Codec } {
  const isMoving = (stream: Stream) =>
    stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO && !stream.hasDisposition(AV_DISPOSITION_ATTACHED_PIC)
  const moving = format.streams.filter(isMoving)
  if (moving.length === 0) throw new InputError(`the clip ${path} has no moving pictures; give one that has`)
  const { streamIndex, decoder } = format.findBestStream(AVMEDIA_TYPE_VIDEO, -1, -1, true)
  const stream = moving.find(({ index }) => index === streamIndex)
  if (!stream || !decoder) throw undecodable(path, moving[0]!)
  for (const other of format.streams) if (other.index !== streamIndex) other.discard = AVDISCARD_ALL
  return { stream, decoder }
}

export function openDecoder(path: string, decoder: Codec, stream: Stream, { isHasty }: DecoderOptions): CodecContext {
  const codec = new CodecContext()
  const options = {
    max_pixels: MAX_CLIP_PIXELS,
    ...(isHasty ? { skip_loop_filter: 'all' } : {}),
  }
  try {
    codec.allocContext3(decoder)
    FFmpegError.throwIfError(codec.parametersToContext(stream.codecpar), 'decoder')
    codec.pktTimebase = stream.timeBase
    // The other cores are busy with segments, and frame threads would delay what is damaged past what follows it.
    codec.threadCount = 1
    for (const [name, value] of Object.entries(options))
      FFmpegError.throwIfError(codec.setOption(name, String(value)), `decoder option ${name}=${value}`)
    FFmpegError.throwIfError(codec.open2Sync(decoder, null), 'decoder')
    return codec
  } catch (cause) {
    codec.freeContext()
    throw undecodable(path, stream, cause)
  }
}

function undecodable(path: string, stream: Stream, cause?: unknown): InputError {
  const name = avGetCodecName(stream.codecpar.codecId) ?? 'an unknown codec'
  return new InputError(`the clip ${path} is coded as ${name}, which cannot be decoded; save it as H.264`, { cause })
}
