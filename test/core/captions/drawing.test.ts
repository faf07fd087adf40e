import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { captionsAssOf } from '../../../core/captions.ts'
import { captionPositions, captionSizes } from '../../../core/catalog.ts'
import type { CaptionOptions } from '../../../core/timeline.ts'
import { boundsOf, captioned, columnsIn, draw, type Picture, range, type Size } from './draw.ts'

const accent = '#ff0000'
const landscape = { width: 320, height: 180 }

describe.each(['highlight', 'pop', 'karaoke', 'boxed'] as const)('the look %s', (look) => {
  test.each([24, 25, 30, 50, 60])('lights each word first on its own frame at %i frames a second', (fps) => {
    const size = { ...landscape, fps }
    const timeline = captioned('Fire warms us all', 'en', size, { captions: { look, accent } })
    const ass = captionsAssOf(timeline)!
    const { seen } = draw(ass, size, range(timeline.durationFrames), (picture) => columnsIn([255, 0, 0], picture, size))

    // Where each word stands: what is lit on its last frame and was not lit on the frame before its first.
    const { words } = timeline
    const lastFrames = words.map((_, i) => (words[i + 1]?.firstFrame ?? timeline.cues[0]!.lastFrame + 1) - 1)
    const places = words.map((word, i) => minus(seen[lastFrames[i]!]!, seen[word.firstFrame - 1]!))
    const firstLit = places.map(
      (place, i) => seen.findIndex((lit) => place.some((column) => lit.has(column))) - words[i]!.firstFrame,
    )
    expect(places.every((place) => place.length > 5)).toBe(true)
    // A sixtieth of a second fills less than a pixel of a short word.
    const latest = look === 'karaoke' && fps === 60 ? 1 : 0
    expect(Math.min(...firstLit)).toBe(0)
    expect(Math.max(...firstLit)).toBeLessThanOrEqual(latest)
    expect(seen[timeline.cues[0]!.lastFrame]!.size).toBeGreaterThan(0)
    expect(seen[timeline.cues[0]!.lastFrame + 1]!.size).toBe(0)
  })

  test('keeps emphasised words in colour while their caption is shown', () => {
    const size = { ...landscape, fps: 30 }
    const lit = (emphasised: number[]) => {
      const timeline = captioned('Fire warms us all', 'en', size, {
        captions: { look, accent: '#ff4040', emphasised },
      })
      const frame = timeline.words[1]!.firstFrame - 1
      return draw(captionsAssOf(timeline)!, size, [frame], (picture) => reddishRight(picture, size)).seen[0]!
    }
    expect(lit([])).toBe(0)
    expect(lit([3])).toBeGreaterThan(5)
  })
})

test.each([24, 25, 30, 50, 60])('one word at a time stands alone from its first frame on, at %i fps', (fps) => {
  const size = { ...landscape, fps }
  const timeline = captioned('Extraordinary, i extraordinary, i.', 'en', size, { captions: { look: 'single' } })
  const frames = timeline.words.flatMap(({ firstFrame }) => [firstFrame - 1, firstFrame])
  const { seen } = draw(captionsAssOf(timeline)!, size, frames, (picture) => {
    const { left, right } = boundsOf(picture, size)
    if (right < left) return 'nothing'
    return right - left > size.width / 4 ? 'the long word' : 'the short word'
  })
  const [none, long, short] = ['nothing', 'the long word', 'the short word']
  expect(seen).toEqual([none, long, long, short, short, long, long, short])
})

const sentences = {
  en: 'Coffee began in the highlands of Ethiopia, where a goatherd saw his goats dance.',
  de: 'Die Donaudampfschifffahrtsgesellschaft beschäftigte außergewöhnlich viele Kapitäne.',
  ar: 'بدأت القهوة في مرتفعات إثيوبيا، حيث رأى راعٍ YouTube Music ماعزه ترقص.',
  hi: 'कॉफ़ी की शुरुआत इथियोपिया की पहाड़ियों में हुई, जहाँ प्रश्न थे।',
  th: 'กาแฟเริ่มต้นขึ้นบนที่ราบสูงของประเทศเอธิโอเปีย',
  ja: 'コーヒーはエチオピアの高原で始まった。羊飼いは山羊が踊るのを見た。',
}

const formats = [
  { format: 'portrait', width: 270, height: 480, side: 0.12, top: 0.1, bottom: 0.2 },
  { format: 'landscape', width: 480, height: 270, side: 0.06, top: 0.06, bottom: 0.06 },
  { format: 'square', width: 270, height: 270, side: 0.06, top: 0.06, bottom: 0.06 },
]
const wholeBox: CaptionOptions[] = [
  { look: 'pop' },
  { look: 'boxed', size: 'large' },
  { look: 'single', size: 'large', position: 'top' },
  { look: 'minimal', isUpperCase: true },
  { look: 'highlight', font: 'anton', isUpperCase: true, position: 'middle' },
]

describe.each(Object.entries(sentences))('captions in %s', (language, text) => {
  test.each(formats)('stay inside the safe area in $format, whatever the look', ({ width, height, ...area }) => {
    const size = { width, height, fps: 30 }
    for (const captions of wholeBox) {
      const timeline = captioned(text, language, size, { captions })
      const frames = timeline.words.filter(({ index }) => index % 3 === 1).map((word) => word.firstFrame + 4)
      const { seen } = draw(captionsAssOf(timeline)!, size, frames, (picture) => boundsOf(picture, size))
      const what = JSON.stringify(captions)
      expect(Math.min(...seen.map(({ left }) => left)), what).toBeGreaterThanOrEqual(Math.floor(width * area.side))
      expect(Math.max(...seen.map(({ right }) => right)), what).toBeLessThanOrEqual(Math.ceil(width * (1 - area.side)))
      expect(Math.min(...seen.map(({ head }) => head)), what).toBeGreaterThanOrEqual(Math.floor(height * area.top))
      expect(Math.max(...seen.map(({ foot }) => foot)), what).toBeLessThanOrEqual(Math.ceil(height * (1 - area.bottom)))
    }
  })
})

test.each(formats)('captions at the top of $format are below the watermark and the logo', ({ width, height }) => {
  const size = { width, height, fps: 30 }
  // As high as a logo gets (0.14 of the shorter side), from where the watermark begins.
  const margin = width < height ? 0.08 : width > height ? 0.06 : 0.05
  const logoFoot = height * margin + 0.14 * Math.min(width, height)
  const more = { captions: { look: 'highlight', position: 'top', size: 'large' } as const }
  const timeline = captioned('ÅÉfg words stand at the top', 'en', size, { ...more, logo: { key: 'logo' } })
  const bounds = (of: typeof timeline) =>
    draw(captionsAssOf(of)!, size, [of.words[0]!.firstFrame], (picture) => boundsOf(picture, size)).seen[0]!
  expect(bounds(timeline).head).toBeGreaterThanOrEqual(Math.floor(logoFoot))
  const marked = { ...timeline, logo: undefined, captions: undefined, watermark: 'Åpg' }
  const unmarked = { ...timeline, logo: undefined }
  expect(bounds(unmarked).head).toBeGreaterThan(bounds(marked).foot)
  expect(bounds(unmarked).head).toBeLessThan(bounds(timeline).head)
})

test.each(['minimal', 'boxed', 'single'] as const)('right-to-left captions stand in the middle (%s)', (look) => {
  const size = { width: 480, height: 270, fps: 30 }
  for (const text of ['المدهش', 'من', 'تاريخ المدهش']) {
    const timeline = captioned(text, 'ar', size, { captions: { look } })
    const frame = timeline.cues[0]!.lastFrame
    const { seen } = draw(captionsAssOf(timeline)!, size, [frame], (picture) => boundsOf(picture, size))
    expect(Math.abs((seen[0]!.left + seen[0]!.right) / 2 - size.width / 2), text).toBeLessThan(size.width * 0.01)
  }
})

test('positions and sizes are what they say', () => {
  const size = { width: 360, height: 640, fps: 30 }
  const boundsWith = (captions: CaptionOptions) => {
    const timeline = captioned('Fire', 'en', size, { captions })
    const frame = timeline.words[0]!.firstFrame
    return draw(captionsAssOf(timeline)!, size, [frame], (picture) => boundsOf(picture, size)).seen[0]!
  }
  const positions = Object.keys(captionPositions) as (keyof typeof captionPositions)[]
  const middles = positions.map((position) => {
    const { head, foot } = boundsWith({ look: 'highlight', position })
    return [position, (head + foot) / 2 / size.height] as const
  })
  expect(Object.fromEntries(middles)).toEqual({
    bottom: expect.closeTo(0.76, 1),
    middle: expect.closeTo(0.5, 1),
    top: expect.closeTo(0.15, 1),
  })
  const usual = boundsWith({ look: 'highlight' })
  for (const [name, { scale }] of Object.entries(captionSizes)) {
    const { left, right } = boundsWith({ look: 'highlight', size: name as keyof typeof captionSizes })
    expect((right - left) / (usual.right - usual.left)).toBeCloseTo(scale, 1)
  }
})

test('text that looks like a command is drawn as text', () => {
  const size = { width: 480, height: 270, fps: 30 }
  const widthOf = (text: string) => {
    const timeline = captioned(text, 'en', size, { captions: { look: 'highlight' } })
    const ass = captionsAssOf(timeline)!
    const { left, right } = draw(ass, size, [timeline.words[0]!.firstFrame], (picture) => boundsOf(picture, size))
      .seen[0]!
    return right - left
  }
  expect(widthOf(String.raw`{\an8}C:\No\hx`)).toBeGreaterThan(widthOf('Cxxxxxxxx'))
})

test('every character of a mixed text has a glyph without any font of the machine', async () => {
  const size = { width: 640, height: 360, fps: 30 }
  const text = 'Café Ω 寿司 مرحبا שלום नमस्ते ไทย 한국어 → {x} \\N ☕ “end”'
  const timeline = captioned(text, 'en', size, { captions: { look: 'highlight' } })
  const ass = captionsAssOf(timeline)!
  const { complaints } = draw(
    ass,
    size,
    timeline.words.map((word) => word.firstFrame),
    () => undefined,
  )
  await wait(100)
  expect(complaints).toEqual([])
  const { complaints: ofTofu } = draw(
    ass.replaceAll(/\\fn[^\\]+/g, ''),
    size,
    timeline.words.map((word) => word.firstFrame),
    () => undefined,
  )
  await wait(100)
  expect(ofTofu.length).toBeGreaterThan(0)
})

function minus(columns: Set<number>, others: Set<number>): number[] {
  return [...columns].filter((column) => !others.has(column))
}

/** How many columns of the frame's right half have red letters. */
function reddishRight(picture: Picture, { width }: Size): number {
  const columns = new Set<number>()
  for (let at = 0; at < picture.length; at += 4) {
    const x = (at / 4) % width
    if (x > width / 2 && picture[at]! > 200 && picture[at + 1]! < 190) columns.add(x)
  }
  return columns.size
}
