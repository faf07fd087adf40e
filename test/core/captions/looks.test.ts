import { expect, test } from 'vitest'
import { captionsAssOf } from '../../../core/captions.ts'
import { boundsOf, captioned, columnsIn, draw, type Picture, rowsIn } from './draw.ts'

const accent = '#ff0000'
const small = { width: 270, height: 480, fps: 30 }

test('a popped word does not move its neighbours', () => {
  const size = { width: 480, height: 270, fps: 30 }
  const timeline = captioned('Fire warms us all', 'en', size, { captions: { look: 'pop', accent } })
  const ass = captionsAssOf(timeline)!
  const whiteColumns = (picture: Picture) => columnsIn([255, 255, 255], picture, size)
  const [first, second] = timeline.words
  const { seen } = draw(ass, size, [first!.firstFrame + 5, second!.firstFrame + 5], whiteColumns)
  const [whileFirst, whileSecond] = seen.map((columns) => [...columns].toSorted((a, b) => a - b))
  // 'us all' stands to the right of both popped words.
  expect(whileSecond!.length).toBeGreaterThan(20)
  expect(whileFirst!.slice(-20)).toEqual(whileSecond!.slice(-20))
})

test.each(['montserrat', 'anton', 'dm-serif'] as const)('a popped word leaves air to its neighbours (%s)', (font) => {
  const size = { width: 1080, height: 1920, fps: 30 }
  const captions = { look: 'pop', accent, font } as const
  const timeline = captioned('Oh found cod', 'en', size, { captions })
  const frame = timeline.words[1]!.firstFrame + 5
  const { seen } = draw(captionsAssOf(timeline)!, size, [frame], (picture) => ({
    popped: [...columnsIn([255, 0, 0], picture, size)],
    others: [...columnsIn([255, 255, 255], picture, size)],
  }))
  const { popped, others } = seen[0]!
  const [left, right] = [Math.min(...popped), Math.max(...popped)]
  expect(others.some((column) => column > left && column < right)).toBe(false)
  const emPx = 1080 * 0.064
  const edges = 2 * 0.085 * emPx
  expect(left - Math.max(...others.filter((column) => column < left)) - edges).toBeGreaterThan(0.12 * emPx)
  expect(Math.min(...others.filter((column) => column > right)) - right - edges).toBeGreaterThan(0.12 * emPx)
})

test.each([
  ['en', 'HAZE', 'montserrat'],
  ['en', 'HAZE', 'inter'],
  ['en', 'HAZE', 'anton'],
  ['en', 'HAZE', 'bangers'],
  ['en', 'HAZE', 'dm-serif'],
  ['en', 'happy', 'montserrat'],
  ['en', 'happy', 'inter'],
  ['en', 'happy', 'anton'],
  ['en', 'happy', 'bangers'],
  ['en', 'happy', 'dm-serif'],
  ['ru', 'добрый', undefined],
  ['ar', 'أيضًا', undefined],
  ['hi', 'कुछ', undefined],
  ['ja', '珈琲', undefined],
  ['th', 'พูดถึง', undefined],
] as const)('a box has about as much room above its letters as below (%s, %s, %s)', (language, text, font) => {
  const size = { width: 540, height: 960, fps: 30 }
  const captions = { look: 'boxed', accent, colour: '#ffffff', ...(font && { font }) } as const
  const timeline = captioned(text, language, size, { captions })
  const { seen } = draw(captionsAssOf(timeline)!, size, [timeline.words[0]!.firstFrame], (picture) => ({
    box: rowsIn([255, 0, 0], picture, size),
    letters: rowsIn([255, 255, 255], picture, size),
  }))
  const { box, letters } = seen[0]!
  const emPx = 540 * 0.064
  const [above, below] = [(letters.head - box.head) / emPx, (box.foot - letters.foot) / emPx]
  expect(Math.min(above, below)).toBeGreaterThan(0.08)
  // Other scripts reach up and down less evenly from word to word.
  expect(Math.abs(above - below)).toBeLessThan(language === 'en' || language === 'ja' ? 0.09 : 0.35)
})

test.each([
  ['portrait', { width: 270, height: 480 }, 0.65],
  ['landscape', { width: 480, height: 270 }, 0.5],
  ['square', { width: 270, height: 270 }, 0.6],
] as const)('a lone word is large in %s', (_, frame, part) => {
  const size = { ...frame, fps: 30 }
  const timeline = captioned('COFFEE', 'en', size, { captions: { look: 'single' } })
  const { seen } = draw(captionsAssOf(timeline)!, size, [timeline.words[0]!.firstFrame + 5], (picture) =>
    boundsOf(picture, size),
  )
  expect((seen[0]!.right - seen[0]!.left) / size.width).toBeGreaterThan(part)
})

test('an emphasised word has another colour than the one being said, in the look highlight', () => {
  const ass = captionsAssOf(
    captioned('Fire warms us', 'en', small, { captions: { look: 'highlight', accent, emphasised: [1] } }),
  )!
  const coloursOf = (word: string) =>
    [...ass.matchAll(new RegExp(String.raw`(&H\w+&)\}${word}`, 'g'))].map(([, c]) => c)
  const said = coloursOf('Fire')[0]
  expect(said).toBe('&H0000FF&')
  expect(coloursOf('warms')).toEqual([expect.not.stringMatching(said!), said, expect.not.stringMatching(said!)])
  expect(coloursOf('warms')[0]).not.toBe('&HFFFFFF&')
})

test.each([
  ['ja', '珈琲は美味しい', ['珈琲は', '美味しい']],
  ['en', 'I do—not know', ['I', 'do—', 'not', 'know']],
])('a lone word is shown with the particles that follow it in %s', (language, text, units) => {
  const ass = captionsAssOf(captioned(text, language, small, { captions: { look: 'single' } }))!
  const shown = ass.match(/^Dialogue:.*/gm)!.map((line) => line.replaceAll(/^.*?,,0,0,0,,|\{[^}]*\}/g, ''))
  expect([...new Set(shown)]).toEqual(units)
})
