// Whether a user's picture file can be used, and its size as it will be seen. Nothing is trusted before the header
// has been read: a small file can claim any number of pixels.
import { readFile, stat } from 'node:fs/promises'
import { loadImage, type Canvas, type Image } from '@napi-rs/canvas'
import { InputError } from '../../core/errors.ts'
import { pngOrientation, pngPixels, isWholePng } from './png.ts'
import { turnedUpright } from './orientation.ts'

const MAX_PICTURE_BYTES = 50_000_000
const MAX_PICTURE_PIXELS = 100_000_000

/** Width and height in pixels, turned upright as EXIF says. Throws InputError naming the file and what is wrong. */
export async function probePicture(path: string): Promise<{ widthPx: number; heightPx: number }> {
  const image = await decodePicture(path)
  return { widthPx: image.width, heightPx: image.height }
}

/**
 * Decodes a JPEG, PNG or WebP file (CMYK, 16 bits a channel and palettes included; of an animation the first
 * picture), upright, in sRGB whatever its colour profile. Throws InputError when the file is missing, broken, cut off, of another kind or too big.
 */
export async function decodePicture(path: string): Promise<Image | Canvas> {
  const info = await stat(path).catch(() => undefined)
  if (!info?.isFile()) throw new InputError(`the picture ${path} is not there; check the path`)
  if (info.size > MAX_PICTURE_BYTES)
    throw new InputError(
      `the picture ${path} has ${megabytes(info.size)} MB; the most is ${megabytes(MAX_PICTURE_BYTES)}`,
    )
  const bytes = await readFile(path)
  const kind = kinds.find(({ is }) => is(bytes))
  if (!kind) throw new InputError(`${path} is not a JPEG, PNG or WebP picture; save it as one of these`)
  const pixels = kind.pixels(bytes)
  if (pixels === undefined || !kind.isWhole(bytes))
    throw new InputError(`the picture ${path} is broken or cut off; save or download it again`)
  if (pixels > MAX_PICTURE_PIXELS)
    throw new InputError(
      `the picture ${path} has ${Math.round(pixels / 1e6)} megapixels; the most is ${MAX_PICTURE_PIXELS / 1e6}`,
    )
  try {
    return turnedUpright(await loadImage(bytes), kind.orientation(bytes))
  } catch (cause) {
    throw new InputError(`the picture ${path} cannot be decoded; save it again as JPEG or PNG`, { cause })
  }
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1e6)

type Kind = {
  is: (bytes: Buffer) => boolean
  /** How many pixels the header promises; undefined when it promises none. */
  pixels: (bytes: Buffer) => number | undefined
  /** Whether the end of the file is there: decoders fill up the rest of a cut-off picture without a word. */
  isWhole: (bytes: Buffer) => boolean
  /** As in EXIF, 1 to 8, where the decoder leaves turning to us. */
  orientation: (bytes: Buffer) => number
}

const kinds: Kind[] = [
  {
    is: (bytes) => bytes.subarray(0, 3).toString('hex') === 'ffd8ff',
    pixels: jpegPixels,
    // Some cameras append their own data after the end marker.
    isWhole: (bytes) => bytes.lastIndexOf(Buffer.from('ffd9', 'hex')) > bytes.lastIndexOf(Buffer.from('ffda', 'hex')),
    orientation: () => 1,
  },
  {
    is: (bytes) => bytes.subarray(0, 8).toString('hex') === '89504e470d0a1a0a',
    pixels: (bytes) => positive(pngPixels(bytes)),
    isWhole: isWholePng,
    orientation: pngOrientation,
  },
  {
    is: (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
    pixels: webpPixels,
    isWhole: (bytes) => bytes.readUInt32LE(4) + 8 <= bytes.length,
    orientation: () => 1,
  },
]

const positive = (pixels: number) => (pixels > 0 ? pixels : undefined)

/** From the frame header (SOF0…SOF15), which stands after any number of other segments (ITU-T T.81, B.2). */
function jpegPixels(bytes: Buffer): number | undefined {
  let at = 2
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!
    const isFrameHeader = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrameHeader) return positive(bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7))
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

/** https://developers.google.com/speed/webp/docs/riff_container: one of three first chunks says the size. */
function webpPixels(bytes: Buffer): number | undefined {
  if (bytes.length < 30) return undefined
  const sizes: Record<string, () => number> = {
    VP8X: () => (bytes.readUIntLE(24, 3) + 1) * (bytes.readUIntLE(27, 3) + 1),
    VP8L: () => ((bytes.readUInt32LE(21) & 0x3fff) + 1) * (((bytes.readUInt32LE(21) >>> 14) & 0x3fff) + 1),
    'VP8 ': () => (bytes.readUInt16LE(26) & 0x3fff) * (bytes.readUInt16LE(28) & 0x3fff),
  }
  const pixels = sizes[bytes.toString('latin1', 12, 16)]?.()
  return pixels === undefined ? undefined : positive(pixels)
}
