// Pictures as services send them: looked at before they are kept, so that a broken one is asked for again.
import { createCanvas, loadImage, type Image } from '@napi-rs/canvas'
import type { Picture } from '../../core/ports.ts'
import { pictureFiles } from './picture-files.ts'

const mostBytes = 32_000_000
const mostPixels = 40_000_000
/** Less is a smudge on a screen 1080 pixels wide. */
const shortestSidePx = 256
/** How much of the picture may be lost to cropping before it no longer shows what was asked for. */
const mostStretch = 1.25

/**
 * A PNG, JPEG or WebP file, all of it there, decoded, of about the shape that was wanted and not of one colour.
 * Its type is what the bytes say. Throws an Error whose message is a short reason: 'it breaks off', 'it is all of one
 * colour', 'it is 64×64 px'.
 */
export async function checkPicture(bytes: Uint8Array, wanted: { widthPx: number; heightPx: number }): Promise<Picture> {
  if (!bytes.length) throw new Error('it is empty')
  if (bytes.length > mostBytes) throw new Error(`it has ${Math.round(bytes.length / 1e6)} MB`)
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kind = pictureFiles.find(({ is }) => is(file))
  if (!kind) throw new Error(`it is ${otherKindOf(file)}`)
  const size = kind.size(file)
  if (!size?.widthPx || !size.heightPx) throw new Error('it breaks off')
  refuseSize(size, wanted)
  if (!kind.isWhole(file)) throw new Error('it breaks off or is damaged')
  const image = await loadImage(file).catch((cause: unknown) => {
    throw new Error('it cannot be decoded', { cause })
  })
  if (!image.width || !image.height) throw new Error('it cannot be decoded')
  if (isOneColour(image)) throw new Error('it is all of one colour')
  return { bytes, contentType: kind.contentType }
}

function refuseSize(size: { widthPx: number; heightPx: number }, wanted: { widthPx: number; heightPx: number }): void {
  const { widthPx, heightPx } = size
  const shown = `${widthPx}×${heightPx} px`
  if (widthPx * heightPx > mostPixels) throw new Error(`it has ${Math.round((widthPx * heightPx) / 1e6)} megapixels`)
  if (Math.min(widthPx, heightPx) < Math.min(shortestSidePx, wanted.widthPx, wanted.heightPx))
    throw new Error(`it is too small (${shown})`)
  const stretch = (widthPx * wanted.heightPx) / (heightPx * wanted.widthPx)
  if (Math.max(stretch, 1 / stretch) > mostStretch)
    throw new Error(`it is ${shown}, not of the shape ${wanted.widthPx}×${wanted.heightPx}`)
}

function otherKindOf(file: Buffer): string {
  const start = file.toString('latin1', 0, 200).trimStart().toLowerCase()
  if (start.startsWith('<svg') || start.includes('<svg ')) return 'an SVG file, not PNG, JPEG or WebP'
  if (start.startsWith('<')) return 'an HTML page'
  if (/^[{[]/.test(start)) return 'a JSON text'
  if (start.startsWith('gif8')) return 'a GIF file, not PNG, JPEG or WebP'
  return 'not a PNG, JPEG or WebP file'
}

/** Fine enough that a line drawing on white still shows. */
const samplePx = 192
/** Of 255: less than a JPEG encoder makes of one colour. */
const sameColour = 4

function isOneColour(image: Image): boolean {
  const canvas = createCanvas(samplePx, samplePx)
  const context = canvas.getContext('2d')
  context.imageSmoothingQuality = 'medium'
  context.drawImage(image, 0, 0, samplePx, samplePx)
  const { data } = context.getImageData(0, 0, samplePx, samplePx)
  for (let i = 4; i < data.length; i++) if (Math.abs(data[i]! - data[i % 4]!) > sameColour) return false
  return true
}
