import { createCanvas, loadImage } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { styles, type StyleId } from '../../../../core/catalog.ts'
import type { PictureBrief } from '../../../../core/ports.ts'
import { backdrops } from '../../../../providers/offline/pictures/backdrops/all.ts'
import { illustrate } from '../../../../providers/offline/pictures/illustrate.ts'
import { brief } from './brief.ts'

const signal = new AbortController().signal
const styleIds = Object.keys(styles) as StyleId[]

describe('illustrate', () => {
  it.each([
    [180, 320],
    [320, 180],
    [181, 181],
  ])('draws exactly %i × %i pixels as JPEG, for nothing', async (widthPx, heightPx) => {
    const { made, charges } = await illustrate(brief({ widthPx, heightPx }), signal)
    const image = await loadImage(Buffer.from(made.bytes))
    expect([image.width, image.height]).toEqual([widthPx, heightPx])
    expect(made.contentType).toBe('image/jpeg')
    expect(charges).toEqual([{ provider: 'embedded', model: 'scenes-1', unit: 'images', units: 1, costMicroUsd: 0 }])
  })

  it('gives the same bytes for the same brief and another picture for another seed', async () => {
    const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => illustrate(brief({ seed }), signal)))
    expect(Buffer.compare(first!.made.bytes, again!.made.bytes)).toBe(0)
    expect(Buffer.compare(first!.made.bytes, other!.made.bytes)).not.toBe(0)
  })

  it('gives the same bytes whatever was drawn before', async () => {
    const first = await illustrate(brief({ style: 'bw-sketch' }), signal)
    await illustrate(brief({ prompt: 'Ships sail the ocean.', style: 'cyberpunk' }), signal)
    const again = await illustrate(brief({ style: 'bw-sketch' }), signal)
    expect(Buffer.compare(first.made.bytes, again.made.bytes)).toBe(0)
  })

  it('stops when it is told to', async () => {
    await expect(illustrate(brief({}), AbortSignal.abort())).rejects.toThrow('aborted')
  })

  it('draws every place', async () => {
    for (const [name, { stock }] of Object.entries(backdrops)) {
      const { made } = await illustrate(brief({ prompt: `${name} ${stock[0]}`, widthPx: 120, heightPx: 120 }), signal)
      expect((await measure(made.bytes)).edges, name).toBeGreaterThan(1)
    }
  })

  it.each(['zh', 'ar', 'hi', 'th', 'ko', 'ru', 'el', 'xx'])('draws something in %s', async (language) => {
    const { made } = await illustrate(
      brief({ prompt: 'Ω 猫 القهوة हाथी แมว кофе', language, widthPx: 120, heightPx: 120 }),
      signal,
    )
    expect((await measure(made.bytes)).edges).toBeGreaterThan(1)
  })
})

describe('styles', () => {
  it('can be told apart by colour, contrast and line', async () => {
    const seen = new Map<StyleId, Looks>()
    for (const style of styleIds)
      seen.set(
        style,
        await measure((await illustrate(brief({ style, widthPx: 240, heightPx: 426 }), signal)).made.bytes),
      )
    for (const [index, one] of styleIds.entries())
      for (const other of styleIds.slice(index + 1))
        expect(difference(seen.get(one)!, seen.get(other)!), `${one} and ${other}`).toBeGreaterThan(6)
    const colourless: StyleId[] = ['bw-sketch', 'retro-noir']
    for (const style of colourless) expect(seen.get(style)!.saturation, style).toBeLessThan(10)
    expect(seen.get('comic-book')!.saturation).toBeGreaterThan(seen.get('hyper-realistic')!.saturation)
    expect(seen.get('cyberpunk')!.lightness).toBeLessThan(seen.get('ink-sketch')!.lightness)
  })

  it('keep red as the only colour of comic noir', async () => {
    const pixels = await pixelsOf(
      (await illustrate(brief({ style: 'comic-noir', prompt: 'A tulip in a meadow at dusk.' }), signal)).made.bytes,
    )
    let [red, otherwise] = [0, 0]
    for (let at = 0; at < pixels.length; at += 4) {
      const [r, g, b] = [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!]
      if (r - Math.max(g, b) > 60) red++
      else if (Math.max(r, g, b) - Math.min(r, g, b) > 60) otherwise++
    }
    expect(red).toBeGreaterThan(0)
    expect(otherwise).toBeLessThan(pixels.length / 4 / 200)
  })
})

describe('what the user does not want', () => {
  it('leaves sun and birds out of the backdrop too', async () => {
    const scene: Partial<PictureBrief> = { prompt: 'A horse in the meadow by day.' }
    const plain = await illustrate(brief(scene), signal)
    const barred = await illustrate(brief({ ...scene, negativeKeywords: ['sun', 'birds'] }), signal)
    expect((await measure(barred.made.bytes)).lightness).toBeLessThan((await measure(plain.made.bytes)).lightness)
  })
})

type Looks = {
  red: number
  green: number
  blue: number
  lightness: number
  saturation: number
  contrast: number
  edges: number
}

async function pixelsOf(bytes: Uint8Array): Promise<Uint8ClampedArray> {
  const image = await loadImage(Buffer.from(bytes))
  const canvas = createCanvas(image.width, image.height)
  const ctx = canvas.getContext('2d')
  ctx.drawImage(image, 0, 0)
  return ctx.getImageData(0, 0, image.width, image.height).data
}

/** Means over all pixels, each 0…255. */
async function measure(bytes: Uint8Array): Promise<Looks> {
  const pixels = await pixelsOf(bytes)
  const count = pixels.length / 4
  const sums = { red: 0, green: 0, blue: 0, lightness: 0, saturation: 0, contrast: 0, edges: 0 }
  let before = 0
  for (let at = 0; at < pixels.length; at += 4) {
    const [red, green, blue] = [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!]
    const light = (red + green + blue) / 3
    sums.red += red
    sums.green += green
    sums.blue += blue
    sums.lightness += light
    sums.saturation += Math.max(red, green, blue) - Math.min(red, green, blue)
    sums.contrast += Math.abs(light - 128)
    sums.edges += Math.abs(light - before)
    before = light
  }
  return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / count])) as Looks
}

const difference = (one: Looks, other: Looks): number =>
  Math.hypot(...(Object.keys(one) as (keyof Looks)[]).map((name) => one[name] - other[name]))
