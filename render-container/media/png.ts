// What a PNG file says of itself before it is decoded (ISO/IEC 15948).
import { crc32 } from 'node:zlib'

export function pngPixels(bytes: Buffer): number {
  return bytes.length < 24 ? 0 : bytes.readUInt32BE(16) * bytes.readUInt32BE(20)
}

/** Whether all is there and as it was written: the decoder leaves what it cannot read empty, without a word. */
export function isWholePng(bytes: Buffer): boolean {
  for (const { type, data, check } of chunks(bytes)) {
    if (type === 'IEND') return true
    if (type === 'IDAT' && crc32(data, crc32('IDAT')) !== check) return false
  }
  return false
}

/** 1 to 8 as in EXIF; 1 when the file has no word on it. */
export function pngOrientation(bytes: Buffer): number {
  for (const { type, data } of chunks(bytes)) if (type === 'eXIf') return exifOrientation(data)
  return 1
}

function* chunks(bytes: Buffer): Generator<{ type: string; data: Buffer; check: number }> {
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 8 + bytes.readUInt32BE(at)
    if (end + 4 > bytes.length) return
    yield {
      type: bytes.toString('latin1', at + 4, at + 8),
      data: bytes.subarray(at + 8, end),
      check: bytes.readUInt32BE(end),
    }
    at = end + 4
  }
}

const ORIENTATION_TAG = 0x0112

/** TIFF 6.0, section 2: a header with the byte order, then a directory of entries of 12 bytes. */
function exifOrientation(tiff: Buffer): number {
  if (tiff.length < 14) return 1
  const isLittle = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (directory + 2 > tiff.length) return 1
  const count = short(directory)
  for (let at = directory + 2, entry = 0; entry < count && at + 12 <= tiff.length; entry++, at += 12)
    if (short(at) === ORIENTATION_TAG) return short(at + 8)
  return 1
}
