import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { assOf } from '../../../core/captions.ts'
import { accents, type Look } from '../../../core/captions/looks.ts'
import { fontFor } from '../../../core/fonts.ts'
import { captioned, draw, type Picture, type Size } from './draw.ts'

const looks = Object.keys(accents) as Look[]
const accent = '#ff0000'

describe.each(looks)('the look %s', (look) => {
  test.each([24, 25, 30, 50, 60])('lights each word first on its own frame at %i frames a second', (fps) => {
    const size = { width: 480, height: 270, fps }
    const timeline = captioned('Fire warms us all', 'en', size)
    const ass = assOf(timeline, look, fontFor('Fire warms us all', 'en'), accent)!
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
})

const sentences = {
  en: 'Coffee began in the highlands of Ethiopia, where a goatherd saw his goats dance.',
  de: 'Die Donaudampfschifffahrtsgesellschaft beschäftigte außergewöhnlich viele Kapitäne.',
  ar: 'بدأت القهوة في مرتفعات إثيوبيا، حيث رأى راعٍ YouTube Music ماعزه ترقص.',
  hi: 'कॉफ़ी की शुरुआत इथियोपिया की पहाड़ियों में हुई, जहाँ प्रश्न थे।',
  th: 'กาแฟเริ่มต้นขึ้นบนที่ราบสูงของประเทศเอธิโอเปีย',
  ja: 'コーヒーはエチオピアの高原で始まった。羊飼いは山羊が踊るのを見た。',
}

describe.each(Object.entries(sentences))('captions in %s', (language, text) => {
  test.each([
    { format: 'portrait', width: 360, height: 640, side: 0.12, bottom: 0.2 },
    { format: 'landscape', width: 640, height: 360, side: 0.06, bottom: 0.06 },
    { format: 'square', width: 360, height: 360, side: 0.06, bottom: 0.06 },
  ])('stay inside the safe area in $format, box and popped word included', ({ width, height, side, bottom }) => {
    const size = { width, height, fps: 30 }
    const timeline = captioned(text, language, size)
    for (const look of ['pop', 'boxed'] as const) {
      const ass = assOf(timeline, look, fontFor(text, language))!
      const frames = timeline.words.map((word) => word.firstFrame + 4)
      const { seen } = draw(ass, size, frames, (picture) => boundsOf(picture, size))
      expect(Math.min(...seen.map((bounds) => bounds.left))).toBeGreaterThanOrEqual(Math.floor(width * side))
      expect(Math.max(...seen.map((bounds) => bounds.right))).toBeLessThanOrEqual(Math.ceil(width * (1 - side)))
      expect(Math.max(...seen.map((bounds) => bounds.foot))).toBeLessThanOrEqual(Math.ceil(height * (1 - bottom)))
    }
  })
})

test('a popped word does not move its neighbours', () => {
  const size = { width: 480, height: 270, fps: 30 }
  const timeline = captioned('Fire warms us all', 'en', size)
  const ass = assOf(timeline, 'pop', fontFor('Fire warms us all', 'en'), accent)!
  const whiteColumns = (picture: Picture) => columnsIn([255, 255, 255], picture, size)
  const [first, second] = timeline.words
  const { seen } = draw(ass, size, [first!.firstFrame + 5, second!.firstFrame + 5], whiteColumns)
  const [whileFirst, whileSecond] = seen.map((columns) => [...columns].toSorted((a, b) => a - b))
  // 'us all' stands to the right of both popped words.
  expect(whileSecond!.length).toBeGreaterThan(20)
  expect(whileFirst!.slice(-20)).toEqual(whileSecond!.slice(-20))
})

test('text that looks like a command is drawn as text', () => {
  const size = { width: 480, height: 270, fps: 30 }
  const widthOf = (text: string) => {
    const timeline = captioned(text, 'en', size)
    const ass = assOf(timeline, 'highlight', fontFor(text, 'en'))!
    const { left, right } = draw(ass, size, [timeline.words[0]!.firstFrame], (picture) => boundsOf(picture, size))
      .seen[0]!
    return right - left
  }
  expect(widthOf(String.raw`{\an8}C:\No\hx`)).toBeGreaterThan(widthOf('Cxxxxxxxx'))
})

test('every character of a mixed text has a glyph without any font of the machine', async () => {
  const size = { width: 640, height: 360, fps: 30 }
  const text = 'Café Ω 寿司 مرحبا שלום नमस्ते ไทย 한국어 → {x} \\N ☕ “end”'
  const timeline = captioned(text, 'en', size)
  const ass = assOf(timeline, 'highlight', fontFor(text, 'en'))!
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

function range(count: number): number[] {
  return [...Array(count).keys()]
}

function minus(columns: Set<number>, others: Set<number>): number[] {
  return [...columns].filter((column) => !others.has(column))
}

/** The columns that have a pixel of about this colour. */
function columnsIn([red, green, blue]: number[], picture: Picture, { width }: Size): Set<number> {
  const columns = new Set<number>()
  for (let at = 0; at < picture.length; at += 4) {
    const far = Math.abs(picture[at]! - red!) + Math.abs(picture[at + 1]! - green!) + Math.abs(picture[at + 2]! - blue!)
    if (far < 100) columns.add((at / 4) % width)
  }
  return columns
}

/** Over black. */
function boundsOf(picture: Picture, { width }: Size) {
  const bounds = { left: width, right: 0, foot: 0 }
  for (let at = 0; at < picture.length; at += 4) {
    if (Math.max(picture[at]!, picture[at + 1]!, picture[at + 2]!) < 24) continue
    const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)]
    bounds.left = Math.min(bounds.left, x)
    bounds.right = Math.max(bounds.right, x + 1)
    bounds.foot = Math.max(bounds.foot, y + 1)
  }
  return bounds
}
