// What a picture's file says before it is decoded: its size, and whether all of it is there. Decoders fill up the rest
// of a picture that breaks off without a word.
import { crc32 } from 'node:zlib'
import type { Picture } from '../../core/ports.ts'

export type PictureFile = {
  contentType: Picture['contentType']
  is: (file: Buffer) => boolean
  /** Undefined when it breaks off before it says. */
  size: (file: Buffer) => { widthPx: number; heightPx: number } | undefined
  isWhole: (file: Buffer) => boolean
}

export const pictureFiles: PictureFile[] = [
  {
    contentType: 'image/png',
    is: (file) => file.toString('hex', 0, 8) === '89504e470d0a1a0a',
    size: (file) =>
      file.length < 24 ? undefined : { widthPx: file.readUInt32BE(16), heightPx: file.readUInt32BE(20) },
    isWhole: isWholePng,
  },
  {
    contentType: 'image/jpeg',
    is: (file) => file.toString('hex', 0, 3) === 'ffd8ff',
    size: jpegSize,
    isWhole: (file) => jpegSegments(file).some(({ marker }) => marker === EOI),
  },
  {
    contentType: 'image/webp',
    is: (file) => file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WEBP',
    size: webpSize,
    isWhole: (file) => file.length >= 30 && file.readUInt32LE(4) + 8 <= file.length && webpChunksFit(file),
  },
]

/** ISO/IEC 15948, 5.3: chunks of length, type, data and check, from IHDR to IEND. */
function isWholePng(file: Buffer): boolean {
  let hasData = false
  for (let at = 8; at + 12 <= file.length;) {
    const end = at + 8 + file.readUInt32BE(at)
    if (end + 4 > file.length) return false
    const type = file.toString('latin1', at + 4, at + 8)
    if (crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) return false
    if (type === 'IEND') return hasData
    hasData ||= type === 'IDAT'
    at = end + 4
  }
  return false
}

const SOS = 0xda
const EOI = 0xd9
/** SOF0…SOF15, but for three tables between them. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function jpegSize(file: Buffer) {
  const frame = jpegSegments(file).find(({ marker }) => isFrame(marker))
  if (!frame || frame.at + 9 > file.length) return undefined
  return { widthPx: file.readUInt16BE(frame.at + 7), heightPx: file.readUInt16BE(frame.at + 5) }
}

/** ITU-T T.81, B.1: markers with a length; behind SOS, coded data in which 0xff is followed by 0 or a restart (D0…D7). */
function jpegSegments(file: Buffer): { marker: number; at: number }[] {
  const segments: { marker: number; at: number }[] = []
  for (let at = 2; at + 1 < file.length;) {
    const marker = file[at + 1]!
    if (file[at] !== 0xff) return segments
    if (marker === 0xff) {
      at++
      continue
    }
    segments.push({ marker, at })
    if (marker === EOI || at + 4 > file.length) return segments
    at += 2 + file.readUInt16BE(at + 2)
    if (marker === SOS) at = afterCodedData(file, at)
  }
  return segments
}

function afterCodedData(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 2)) {
    const next = file[at + 1] ?? 0
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at
  }
  return file.length
}

/** https://developers.google.com/speed/webp/docs/riff_container: one of three first chunks says the size. */
function webpSize(file: Buffer) {
  if (file.length < 30) return undefined
  const sizes: Record<string, () => { widthPx: number; heightPx: number }> = {
    VP8X: () => ({ widthPx: file.readUIntLE(24, 3) + 1, heightPx: file.readUIntLE(27, 3) + 1 }),
    VP8L: () => ({
      widthPx: (file.readUInt32LE(21) & 0x3fff) + 1,
      heightPx: ((file.readUInt32LE(21) >>> 14) & 0x3fff) + 1,
    }),
    'VP8 ': () => ({ widthPx: file.readUInt16LE(26) & 0x3fff, heightPx: file.readUInt16LE(28) & 0x3fff }),
  }
  return sizes[file.toString('latin1', 12, 16)]?.()
}

function webpChunksFit(file: Buffer): boolean {
  const end = file.readUInt32LE(4) + 8
  let at = 12
  while (at + 8 <= end) at += 8 + file.readUInt32LE(at + 4) + (file.readUInt32LE(at + 4) % 2)
  return at <= end + 1
}
