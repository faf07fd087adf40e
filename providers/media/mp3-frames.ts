// The frames of an MP3 file, found by their heads without decoding: whether all of it is there is told before a decoder
// fills up what is missing without a word. ISO/IEC 11172-3, 2.4.1; http://gabriel.mp3-tech.org/mp3infotag.html

export type Mp3Frames = {
  sampleRateHz: number
  samplesPerFrame: number
  /** Of the first frame that is sound; one with the encoder's notes lies before it. */
  firstByte: number
  /** Behind the last whole frame. */
  endByte: number
  /** Without the one that holds the encoder's notes. */
  frames: number
  /** What the encoder notes; undefined when it does not. */
  statedFrames: number | undefined
  /** How many samples the encoder notes to have put before and behind the sound. */
  added: Added | undefined
}
type Added = { before: number; behind: number }

/** Undefined when it is no MP3. Throws an Error with a short reason when it is one that is damaged or cut off. */
export function mp3FramesOf(file: Buffer): Mp3Frames | undefined {
  const firstByte = firstFrame(file)
  const first = firstByte === undefined ? undefined : frameAt(file, firstByte)
  if (firstByte === undefined || !first) return undefined
  const notes = notesOf(file, firstByte, first)
  let frames = notes ? -1 : 0
  let at = firstByte
  const seconds = () => `${((Math.max(0, frames) * first.samples) / first.sampleRateHz).toFixed(1)} s`
  // Then whatever follows is no sound.
  const hasAll = () => notes?.frames !== undefined && frames >= notes.frames && frames <= notes.frames + 1
  for (;;) {
    const frame = frameAt(file, at)
    if (!frame) {
      const tag = tagAt(file, at)
      if (!tag) break
      at += tag
      continue
    }
    if (frame.sampleRateHz !== first.sampleRateHz) throw new Error(`it changes its sample rate after ${seconds()}`)
    if (at + frame.bytes > file.length) {
      if (hasAll()) break
      throw new Error(`it breaks off after ${seconds()}`)
    }
    frames++
    at += frame.bytes
  }
  const rest = file.subarray(at)
  if (!hasAll() && isSyncStart(rest)) throw new Error(`it breaks off after ${seconds()}`)
  if (!hasAll() && !isEnd(rest)) throw new Error(`it is damaged after ${seconds()}`)
  const statedFrames = notes?.frames
  // Some encoders count the frame of their notes too.
  if (statedFrames !== undefined && frames < statedFrames - 1)
    throw new Error(
      `it breaks off after ${seconds()} of ${((statedFrames * first.samples) / first.sampleRateHz).toFixed(1)} s`,
    )
  return {
    sampleRateHz: first.sampleRateHz,
    samplesPerFrame: first.samples,
    firstByte: notes ? firstByte + first.bytes : firstByte,
    endByte: at,
    frames,
    statedFrames,
    added: notes?.added,
  }
}

/** The bytes of each. */
export function* framesIn(file: Buffer, { firstByte, endByte }: Mp3Frames): Generator<Buffer> {
  for (let at = firstByte; at < endByte;) {
    const frame = frameAt(file, at)
    const bytes = frame?.bytes ?? tagAt(file, at)
    if (!bytes) return
    if (frame) yield file.subarray(at, at + bytes)
    at += bytes
  }
}

/** How many frames follow each other from the first on, up to `most`. */
export function framesInARow(file: Buffer, most: number): number {
  let at = firstFrame(file)
  let count = 0
  while (at !== undefined && count < most) {
    const frame = frameAt(file, at)
    if (!frame) return count
    count++
    at += frame.bytes
  }
  return count
}

type Frame = { sampleRateHz: number; samples: number; bytes: number; mono: boolean; version: number }

const ratesHz = [44_100, 48_000, 32_000]
/** By version: MPEG 2.5, -, 2, 1. */
const rateDivisor = [4, 0, 2, 1]
const kilobits1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const kilobits2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]

/** Of layer III, with a bit rate that says the frame's length. */
function frameAt(file: Buffer, at: number): Frame | undefined {
  if (at + 4 > file.length) return undefined
  const head = file.readUInt32BE(at)
  const version = (head >>> 19) & 3
  const layer = (head >>> 17) & 3
  if (head >>> 21 !== 0x7ff || version === 1 || layer !== 1) return undefined
  const rate = ratesHz[(head >>> 10) & 3]
  const kilobits = (version === 3 ? kilobits1 : kilobits2)[(head >>> 12) & 15]
  if (!rate || !kilobits) return undefined
  const sampleRateHz = rate / rateDivisor[version]!
  const samples = version === 3 ? 1152 : 576
  const bytes = Math.floor(((samples / 8) * kilobits * 1000) / sampleRateHz) + ((head >>> 9) & 1)
  return { sampleRateHz, samples, bytes, mono: ((head >>> 6) & 3) === 3, version }
}

/** Behind tags and a little padding; only where a second frame follows, or the file ends with the first. */
function firstFrame(file: Buffer): number | undefined {
  let at = 0
  for (let tag = tagAt(file, at); tag; tag = tagAt(file, at)) at += tag
  const last = at + mostPaddingBytes
  for (; at < last && file[at] === 0; at++);
  const frame = frameAt(file, at)
  if (!frame) return undefined
  const next = at + frame.bytes
  return next >= file.length || frameAt(file, next) || tagAt(file, next) || file.length - next < 4 ? at : undefined
}
const mostPaddingBytes = 65_536

const ID3_HEADER_BYTES = 10

/** How many bytes a tag has that begins here: ID3v2, ID3v1, APE. */
function tagAt(file: Buffer, at: number): number | undefined {
  const name = file.toString('latin1', at, at + 3)
  if (name === 'ID3' && at + ID3_HEADER_BYTES <= file.length) {
    const [a, b, c, d] = file.subarray(at + 6, at + 10)
    const footer = file[at + 5]! & 0x10 ? ID3_HEADER_BYTES : 0
    return ID3_HEADER_BYTES + ((a! << 21) | (b! << 14) | (c! << 7) | d!) + footer
  }
  if (name === 'TAG') return 128
  if (name === 'APE' && file.toString('latin1', at, at + 8) === 'APETAGEX' && at + 32 <= file.length) {
    const isHeader = (file.readUInt32LE(at + 20) & 0x2000_0000) !== 0
    return isHeader ? 32 + file.readUInt32LE(at + 12) : 32
  }
  return undefined
}

type Notes = { frames: number | undefined; added: Added | undefined }

/** 'Xing' (variable bit rate) or 'Info' (constant), in a first frame that is silent to a player that knows no notes. */
function notesOf(file: Buffer, at: number, { version, mono, bytes }: Frame): Notes | undefined {
  const sideBytes = version === 3 ? (mono ? 17 : 32) : mono ? 9 : 17
  // With a checksum (protection bit 0), two bytes more.
  const from = at + 4 + sideBytes + (file[at + 1]! & 1 ? 0 : 2)
  const name = file.toString('latin1', from, from + 4)
  if ((name !== 'Xing' && name !== 'Info') || from + 12 > file.length) return undefined
  const flags = file.readUInt32BE(from + 4)
  const frames = flags & 1 ? file.readUInt32BE(from + 8) : 0
  // How many frames and bytes, where to jump to, how good: each only if its flag is set; then the encoder's name.
  const nameAt = from + 8 + (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0)
  return { frames: frames || undefined, added: addedOf(file.subarray(nameAt, at + bytes)) }
}

/** Two numbers of 12 bits, 21 bytes behind the start of the encoder's name, which some leave empty with all after it. */
function addedOf(named: Buffer): Added | undefined {
  if (named.length < 24 || named.subarray(0, 9).every((byte) => byte === 0)) return undefined
  const both = named.readUIntBE(21, 3)
  return { before: both >>> 12, behind: both & 0xfff }
}

/** The start of a frame whose rest is missing. */
function isSyncStart(rest: Buffer): boolean {
  return rest.length > 0 && rest.length < 4 && rest[0] === 0xff && (rest.length === 1 || rest[1]! >= 0xe0)
}

/** Nothing, or padding. */
function isEnd(rest: Buffer): boolean {
  return rest.every((byte) => byte === 0)
}
