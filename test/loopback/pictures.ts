// Real pictures for the stand-ins: what is asked for, drawn by the product's own illustrator.
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { styles, type StyleId } from '../../core/catalog.ts'
import { hashOf, seedOf } from '../../core/hash.ts'
import { illustrate } from '../../providers/offline/pictures/illustrate.ts'

/** It is drawn with about as many pixels and then enlarged: a large one would take half a second. */
const pixelsDrawn = 250_000
const quality = 90
const drawn = new Map<string, Promise<Buffer>>()

/** The same arguments, the same bytes; in the style that the prompt names. */
export function pictureFor(
  prompt: string,
  widthPx: number,
  heightPx: number,
  type: 'png' | 'jpeg' | 'webp',
): Promise<Buffer> {
  const key = hashOf(prompt, widthPx, heightPx, type)
  const picture = drawn.get(key) ?? draw(prompt, widthPx, heightPx, type)
  drawn.set(key, picture)
  return picture
}

async function draw(prompt: string, widthPx: number, heightPx: number, type: 'png' | 'jpeg' | 'webp') {
  // What follows on further lines is about all pictures: the art direction, the framing, what to avoid.
  const subject = prompt.split('\n', 1)[0]!
  const scale = Math.min(1, Math.sqrt(pixelsDrawn / (widthPx * heightPx)))
  const { made: small } = await illustrate(
    {
      prompt: subject,
      text: subject,
      look: undefined,
      script: subject,
      before: [],
      language: 'en',
      style: styleIn(prompt),
      keywords: [],
      negativeKeywords: [],
      widthPx: Math.round(widthPx * scale),
      heightPx: Math.round(heightPx * scale),
      seed: seedOf(prompt),
    },
    new AbortController().signal,
  )
  const canvas = createCanvas(widthPx, heightPx)
  canvas.getContext('2d').drawImage(await loadImage(Buffer.from(small.bytes)), 0, 0, widthPx, heightPx)
  return type === 'png' ? canvas.encode('png') : canvas.encode(type, quality)
}

function styleIn(prompt: string): StyleId {
  const ids = Object.keys(styles) as StyleId[]
  return ids.find((id) => prompt.includes(`(${styles[id].name})`)) ?? 'warm-fable'
}
