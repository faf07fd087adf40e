// Animated WebP put together from single pictures (RFC 9649). libwebp's own animation encoder tries every frame
// several ways, to find what has not changed since the last: nothing stays the same in a video, and it takes
// three times as long.
import { xmpPacket } from '../provenance.ts'

export type Animation = {
  /** Each a whole WebP file with a lossy picture, all of the same size. */
  pictures: Buffer[]
  widthPx: number
  heightPx: number
  /** How long each is shown. */
  pictureMs: number
  title: string
}

const RIFF_HEADER_BYTES = 12
const CHUNK_HEADER_BYTES = 8
const HAS_ANIMATION = 0x02
const HAS_XMP = 0x04
/** Each picture replaces all that was there (bit 1: do not blend). */
const REPLACES = 0x02

/** Plays for ever, and carries the provenance mark. */
export function animatedWebp({ pictures, widthPx, heightPx, pictureMs, title }: Animation): Buffer {
  const size = Buffer.concat([uint24(widthPx - 1), uint24(heightPx - 1)])
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    chunk('VP8X', Buffer.from([HAS_ANIMATION | HAS_XMP, 0, 0, 0]), size),
    // Background and number of rounds, 0 = no end.
    chunk('ANIM', Buffer.alloc(6)),
    ...pictures.map((picture) =>
      chunk('ANMF', Buffer.alloc(6), size, uint24(pictureMs), Buffer.from([REPLACES]), lossyChunk(picture)),
    ),
    chunk('XMP ', Buffer.from(xmpPacket(title))),
  ])
  return Buffer.concat([Buffer.from('RIFF'), uint32(body.length), body])
}

function lossyChunk(webp: Buffer): Buffer {
  const type = webp.toString('latin1', RIFF_HEADER_BYTES, RIFF_HEADER_BYTES + 4)
  if (type !== 'VP8 ') throw new Error(`a picture of the preview begins with '${type}'`)
  const length = webp.readUInt32LE(RIFF_HEADER_BYTES + 4)
  return chunk(type, webp.subarray(RIFF_HEADER_BYTES + CHUNK_HEADER_BYTES).subarray(0, length))
}

/** Padded to an even length, which its length does not count. */
function chunk(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from(type), uint32(body.length), body, Buffer.alloc(body.length % 2)])
}

function uint24(value: number): Buffer {
  const bytes = Buffer.alloc(3)
  bytes.writeUIntLE(value, 0, 3)
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
