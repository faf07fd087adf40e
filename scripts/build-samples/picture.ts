// One picture by the embedded illustrator, as a canvas of another size.
import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas'
import type { StyleId } from '../../core/catalog.ts'
import { illustrate } from '../../providers/offline/pictures/illustrate.ts'

type Wish = { text: string; style: StyleId; widthPx: number; heightPx: number; seed: number }

/** Drawn twice as large and made smaller: finer than what is drawn at this size at once. */
export async function pictureOf({ text, style, widthPx, heightPx, seed }: Wish): Promise<Canvas> {
  const brief = {
    prompt: text,
    text,
    look: undefined,
    script: text,
    before: [],
    language: 'en',
    style,
    keywords: [],
    negativeKeywords: [],
    widthPx: 2 * widthPx,
    heightPx: 2 * heightPx,
    seed,
  }
  const { made } = await illustrate(brief, new AbortController().signal)
  const canvas = createCanvas(widthPx, heightPx)
  const context = canvas.getContext('2d')
  context.imageSmoothingQuality = 'high'
  context.drawImage(await loadImage(Buffer.from(made.bytes)), 0, 0, widthPx, heightPx)
  return canvas
}

/**
 * As large and as good as it may be with at most so many bytes: what is all dots and strokes is made smaller before it
 * is made worse.
 */
export function webpWithin(canvas: Canvas, mostBytes: number): Buffer {
  for (const scale of [1, 0.85, 0.75, 0.65]) {
    const picture = scale === 1 ? canvas : scaled(canvas, scale)
    for (const quality of [84, 76, 68, 60, 52]) {
      const bytes = picture.toBuffer('image/webp', quality)
      if (bytes.length <= mostBytes) return bytes
    }
  }
  throw new Error(`a picture does not fit into ${mostBytes} bytes`)
}

function scaled(canvas: Canvas, scale: number): Canvas {
  const smaller = createCanvas(Math.round(canvas.width * scale), Math.round(canvas.height * scale))
  const context = smaller.getContext('2d')
  context.imageSmoothingQuality = 'high'
  context.drawImage(canvas, 0, 0, smaller.width, smaller.height)
  return smaller
}
