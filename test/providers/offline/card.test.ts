import { createCanvas, loadImage } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { styles, type StyleId } from '../../../core/catalog.ts'
import type { PictureBrief } from '../../../core/ports.ts'
import { textOf } from '../../../core/words.ts'
import { phraseOf } from '../../../providers/offline/pictures/card/phrase.ts'
import { textCard } from '../../../providers/offline/pictures/card.ts'
import { making } from './align/said.ts'
import { brief } from './pictures/brief.ts'

const card = async (part: Partial<PictureBrief>) => textCard.make(brief(part), making())
const phrase = (text: string, language = 'en') => {
  const words = phraseOf(text, language)
  return textOf(words, 0, words.length - 1)
}

describe('textCard', () => {
  it.each([
    [180, 320],
    [320, 180],
    [181, 181],
  ])('draws exactly %i × %i pixels as JPEG', async (widthPx, heightPx) => {
    const { bytes, contentType } = await card({ widthPx, heightPx })
    const image = await loadImage(Buffer.from(bytes))
    expect([image.width, image.height]).toEqual([widthPx, heightPx])
    expect(contentType).toBe('image/jpeg')
  })

  it('gives the same bytes for the same brief and another picture for another seed', async () => {
    const [first, other] = await Promise.all([card({ seed: 1 }), card({ seed: 2 })])
    await card({ style: 'cyberpunk', text: 'Something else.' })
    const again = await card({ seed: 1 })
    expect(Buffer.compare(first.bytes, again.bytes)).toBe(0)
    expect(Buffer.compare(first.bytes, other.bytes)).not.toBe(0)
  })

  it.each(Object.keys(styles) as StyleId[])('sets words that can be read in %s', async (style) => {
    const [lettered, bare] = await Promise.all([card({ style }), card({ style, text: '' })])
    const changed = await difference(lettered, bare)
    expect(changed.inMiddle).toBeGreaterThan(0.08)
    expect(changed.contrast).toBeGreaterThan(90)
  })

  it.each([
    ['ja', 'ヤギ飼いのカルディは踊るヤギを見ました。'],
    ['ar', 'رأى الراعي كالدي ماعزه ترقص.'],
    ['hi', 'उसकी बकरियाँ नाचने लगीं।'],
    ['th', 'แพะของเขาเต้นรำ'],
    ['de', 'Donaudampfschifffahrtsgesellschaftskapitän'],
  ])('sets words in %s', async (language, text) => {
    const [lettered, bare] = await Promise.all([card({ text, language }), card({ text: '', language })])
    expect((await difference(lettered, bare)).inMiddle).toBeGreaterThan(0.08)
  })

  it.each(['', '…', '  — !', '😀 🎉', '\u{1F468}\u200D\u{1F469}'])(
    'draws the place alone without words: "%s"',
    async (text) => {
      expect(Buffer.compare((await card({ text })).bytes, (await card({ text: '' })).bytes)).toBe(0)
    },
  )

  it('keeps words out of the captions and away from the sides', async () => {
    const [lettered, bare] = await Promise.all([
      card({ style: 'comic-book', text: 'Incomprehensibilities everywhere, tonight.' }),
      card({ style: 'comic-book', text: '' }),
    ])
    const { left, right, bottom } = await difference(lettered, bare)
    expect(left).toBeGreaterThan(0.08)
    expect(right).toBeLessThan(0.92)
    expect(bottom).toBeLessThan(0.68)
  })

  it('stops when it is told to', async () => {
    await expect(textCard.make(brief({}), making(AbortSignal.abort()))).rejects.toThrow('aborted')
  })
})

describe('phraseOf', () => {
  it.each([
    ['The volcano erupted without warning in the middle of the night.', 'The volcano erupted without warning'],
    ['Why do we dream?', 'Why do we dream?'],
    ['In 1969, two men walked on the Moon.', 'two men walked on the Moon'],
    ['By 1650 it had reached London.', 'By 1650 it had reached London'],
    ['Fire!', 'Fire!'],
    ['“Stop,” she said.', 'Stop, she said'],
  ])('of “%s” is “%s”', (text, wanted) => {
    expect(phrase(text)).toBe(wanted)
  })

  it.each(['Nobody knew what the ocean was hiding.', 'He gave it to the king of the hill and left for the sea.'])(
    'never ends on a word that leans on the next: %s',
    (text) => {
      expect(phrase(text)).not.toMatch(/\b(the|a|of|to|what|and|for|his)$/)
    },
  )
})

type Drawn = { bytes: Uint8Array }

/** Where and how much two pictures differ: shares of the picture; `contrast` between the lightest and darkest there. */
async function difference(one: Drawn, other: Drawn) {
  const [a, b] = await Promise.all([pixelsOf(one), pixelsOf(other)])
  const light = (data: Uint8ClampedArray, at: number) => (data[at]! + 2 * data[at + 1]! + data[at + 2]!) / 4
  let [changed, left, right, bottom] = [0, 1, 0, 0]
  const seen: number[] = []
  for (let y = 0; y < a.height; y++)
    for (let x = 0; x < a.width; x++) {
      const at = (y * a.width + x) * 4
      const isMiddle = y > a.height * 0.25 && y < a.height * 0.6 && x > a.width * 0.2 && x < a.width * 0.8
      if (isMiddle) seen.push(light(a.data, at))
      if (Math.abs(light(a.data, at) - light(b.data, at)) < 40) continue
      if (isMiddle) changed++
      left = Math.min(left, x / a.width)
      right = Math.max(right, x / a.width)
      bottom = Math.max(bottom, y / a.height)
    }
  const sorted = seen.toSorted((dark, bright) => dark - bright)
  const contrast = sorted[Math.floor(sorted.length * 0.97)]! - sorted[Math.floor(sorted.length * 0.03)]!
  return { inMiddle: changed / seen.length, contrast, left, right, bottom }
}

async function pixelsOf({ bytes }: Drawn) {
  const image = await loadImage(Buffer.from(bytes))
  const ctx = createCanvas(image.width, image.height).getContext('2d')
  ctx.drawImage(image, 0, 0)
  return { data: ctx.getImageData(0, 0, image.width, image.height).data, width: image.width, height: image.height }
}
