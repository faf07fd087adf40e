import { describe, expect, test } from 'vitest'
import { captionsAssOf, captionTrackOf, cuesOf, srtOf, vttOf } from '../../core/captions.ts'
import { formats } from '../../core/catalog.ts'
import { fontFor } from '../../core/fonts.ts'
import { type CaptionOptions, type TimedWord, type Timeline, timedWords } from '../../core/timeline.ts'
import { wordsOf } from '../../core/words.ts'

const fps = 30
const frame = { ...formats['9:16'], fps, durationFrames: 9000 }
const story =
  'Coffee began in the highlands of Ethiopia, where a goatherd named Kaldi saw his goats dance. ' +
  'He tasted the red berries himself, and that night he could not sleep. The monks nearby boiled them into a drink.'

describe('cuesOf', () => {
  test('covers every word once, in order, on one or two lines', () => {
    const words = timed(story, 'en')
    for (const format of Object.values(formats)) {
      const cues = cuesOf(words, { ...format, fps, durationFrames: 9000 }, 'en')
      const lines = cues.flatMap((cue) => cue.lines)
      expect(lines.flatMap(({ firstWord, lastWord }) => span(firstWord, lastWord))).toEqual(span(0, words.length - 1))
      expect(cues.every((cue) => cue.lines.length <= 2)).toBe(true)
      expect(cues.map((cue) => cue.text.replaceAll('\n', ' ')).join(' ')).toBe(story)
    }
  })

  test('starts a cue on its first word and ends it before the next one, in frames and in milliseconds', () => {
    const words = timed(story, 'en')
    const cues = cuesOf(words, frame, 'en')
    for (const [i, cue] of cues.entries()) {
      expect(cue.firstFrame).toBe(words[cue.firstWord]!.firstFrame)
      expect(cue.startMs).toBe(words[cue.firstWord]!.startMs)
      expect(cue.endMs).toBeGreaterThanOrEqual(words[cue.lastWord]!.endMs)
      expect(cue.lastFrame).toBeGreaterThanOrEqual(words[cue.lastWord]!.firstFrame)
      expect(cue.lastFrame).toBeLessThan(cues[i + 1]?.firstFrame ?? frame.durationFrames)
      expect(cue.endMs).toBeLessThanOrEqual(cues[i + 1]?.startMs ?? Infinity)
    }
  })

  test.each([
    { pauseMs: 100, holdMs: 100 },
    { pauseMs: 299, holdMs: 299 },
    { pauseMs: 400, holdMs: 100 },
    { pauseMs: 600, holdMs: 300 },
    { pauseMs: 2000, holdMs: 300 },
  ])('holds a cue for $holdMs ms in a pause of $pauseMs ms', ({ pauseMs, holdMs }) => {
    const words = timedWords(
      wordsOf('It ends. Then more.', 'en'),
      [
        { startMs: 0, endMs: 300 },
        { startMs: 300, endMs: 1000 },
        { startMs: 1000 + pauseMs, endMs: 1500 + pauseMs },
        { startMs: 1500 + pauseMs, endMs: 2000 + pauseMs },
      ],
      'voice',
      fps,
    )
    const [cue] = cuesOf(words, frame, 'en')
    expect(cue!.lastWord).toBe(1)
    expect(cue!.endMs).toBe(1000 + holdMs)
  })

  test('ends the last cue with the video', () => {
    const words = timed('Short and sweet.', 'en')
    const durationFrames = Math.floor((words.at(-1)!.endMs * fps) / 1000)
    const last = cuesOf(words, { ...frame, durationFrames }, 'en').at(-1)!
    expect(last.lastFrame).toBe(durationFrames - 1)
    expect(last.endMs).toBeLessThanOrEqual((durationFrames * 1000) / fps)
  })

  test('makes nothing of no words', () => {
    expect(cuesOf([], frame, 'en')).toEqual([])
  })
})

describe('captions in capitals', () => {
  const capitals = { look: 'highlight', isUpperCase: true } as const

  test.each([
    ['de', 'Große Straße', 'GROSSE STRASSE'],
    ['tr', 'için ılık İstanbul', 'İÇİN ILIK İSTANBUL'],
    ['el', 'Καλημέρα', 'ΚΑΛΗΜΕΡΑ'],
    ['ja', 'iPhoneです', 'IPHONEです'],
  ])('follow the rules of %s; the caption files do not change', (language, text, shown) => {
    const timeline = timelineOf(text, language, capitals)
    const drawn = dialogues(captionsAssOf(timeline)!)[0]!
    expect(drawn.replaceAll(/^.*?,,0,0,0,,|\{[^}]*\}/g, '')).toBe(shown)
    expect(srtOf(timeline.cues)).toContain(text)
  })

  test('break where the wider letters need it', () => {
    const linesWith = (captions: CaptionOptions) =>
      timelineOf('little illicit lilies', 'en', captions).cues.flatMap((cue) => cue.lines).length
    expect(linesWith({ look: 'highlight', size: 'large' })).toBe(1)
    expect(linesWith({ look: 'highlight', size: 'large', isUpperCase: true })).toBe(2)
  })

  test('leave a letter small when no font has the capital', () => {
    expect(captionsAssOf(timelineOf('the ᶖ ok', 'en', capitals))).toContain('OK')
  })
})

test('larger letters make shorter cues', () => {
  const count = (size: 'small' | 'medium' | 'large') =>
    timelineOf(story.replaceAll(' ', 'lorem '), 'en', { look: 'highlight', size }).cues.length
  expect(count('large')).toBeGreaterThan(count('medium'))
  expect(count('small')).toBeLessThanOrEqual(count('medium'))
})

describe('captionsAssOf', () => {
  test('draws nothing without captions and watermark', () => {
    expect(captionsAssOf({ ...timelineOf('Hello there.', 'en'), captions: undefined })).toBeUndefined()
  })

  test('keeps the watermark up from the first frame to the last, whatever the captions', () => {
    const ass = captionsAssOf({ ...timelineOf('Hello there.', 'en'), captions: undefined, watermark: '@me' })!
    expect(dialogues(ass)).toHaveLength(1)
    expect(ass).toMatch(/^Dialogue: 3,0:00:00\.00,0:04:59\.97,.*@me$/m)
  })

  test('leaves out a word that no font draws, and a line of nothing else', () => {
    for (const look of ['highlight', 'pop', 'karaoke', 'boxed', 'minimal', 'single'] as const) {
      expect(captionsAssOf(timelineOf('☕ 🚀', 'en', { look }))).toBeUndefined()
    }
  })

  test('makes a file with captions for a video without, and karaoke that other players fill', () => {
    const without = { ...timelineOf(story, 'en'), captions: undefined }
    expect(captionsAssOf(without, 'highlight')).toBe(captionsAssOf(timelineOf(story, 'en')))
    const karaoke = timelineOf(story, 'en', { look: 'karaoke' })
    const lines = karaoke.cues.flatMap((cue) => cue.lines)
    expect(dialogues(captionsAssOf(karaoke, 'karaoke')!)).toHaveLength(lines.length)
    expect(captionsAssOf(karaoke, 'karaoke')).toMatch(/\{\\kf\d+\}Coffee/)
  })

  test('has the font of the whole video in each of its tracks', () => {
    const timeline = timelineOf('Hello everybody. Ωραία καλημέρα σας φίλοι μου όλοι', 'el')
    const [first] = timeline.cues
    const ass = captionTrackOf(timeline, first!.firstFrame, 5)!.ass
    expect(ass).toContain('Hello')
    expect(ass).toContain('Style: Caption,Noto Sans Bold')
  })

  test.each([
    ['highlight', '#202020', '&H00FFFFFF'],
    ['highlight', '#ffeecc', '&H00140E10'],
  ] as const)('gives letters an edge that they stand out from (%s in %s)', (look, colour, outline) => {
    const ass = captionsAssOf(timelineOf(story, 'en', { look, colour }))!
    const colours = /^Style: Caption,(?:[^,]*,){4}([^,]*),/m.exec(ass)
    expect(colours![1]).toBe(outline)
  })

  test('has dark letters in a light box and light ones in a dark box', () => {
    const inBox = (accent: string) =>
      /\\bord0\\shad0\}\{\\1c(&H\w+&)/.exec(captionsAssOf(timelineOf(story, 'en', { look: 'boxed', accent }))!)![1]
    expect(inBox('#ffe14d')).toBe('&H140E10&')
    expect(inBox('#5b2bd9')).toBe('&HFFFFFF&')
  })

  test('draws every line of usual words at full size', () => {
    const texts = [story, 'a bc '.repeat(40).trim()]
    for (const look of ['highlight', 'pop', 'boxed'] as const) {
      for (const text of texts) {
        const sizes = [...captionsAssOf(timelineOf(text, 'en', { look }))!.matchAll(/\\fs([\d.]+)/g)].map(
          ([, size]) => size,
        )
        expect(new Set(sizes).size).toBe(1)
      }
    }
  })

  const fontSizes = (text: string) =>
    dialogues(captionsAssOf(timelineOf(text, 'de'))!).map((line) => Number(/\\fs([\d.]+)/.exec(line)![1]))

  test('makes a single long word smaller, and nothing else', () => {
    const sizes = fontSizes('Die Donaudampfschifffahrtskapitäne passten.')
    expect(new Set(sizes).size).toBe(2)
    expect(Math.min(...sizes)).toBeLessThan(Math.max(...sizes) * 0.9)
    expect(Math.min(...sizes)).toBeGreaterThan(Math.max(...sizes) * 0.6)
  })

  test.each([
    [
      'https://example.com/a/very/long/path/that/never/ends',
      ['https://example.com/a/very/{', 'long/path/that/never/ends{'],
    ],
    ['Donaudampfschifffahrtsgesellschaftskapitänsmütze', ['}Donaudampfschifffahrtsge{', '}sellschaftskapitänsmütze{']],
  ])('breaks a word that would get too small, at a sign where there is one: %s', (word, pieces) => {
    const text = `Gut ${word} gut.`
    const lines = dialogues(captionsAssOf(timelineOf(text, 'de'))!)
    for (const piece of pieces) expect(lines.filter((line) => line.includes(piece)).length).toBeGreaterThan(0)
    const sizes = fontSizes(text)
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(Math.max(...sizes) * 0.6)
  })

  test('draws a word that the face lacks in one that has it, at the same size', () => {
    const text = 'Namaste नमस्ते 寿司 ok.'
    const font = fontFor(text, 'hi')
    const ass = captionsAssOf(timelineOf(text, 'hi'))!
    expect(font.fallbacks.map((face) => face.name)).toEqual(['Noto Sans JP Bold'])
    const [, primarySize] = /^Style: Caption,Noto Sans Devanagari Bold,([\d.]+),/m.exec(ass)!
    const [, fallbackSize] = /\{\\fnNoto Sans JP Bold\\fs([\d.]+)\}寿司\{\\fnNoto Sans Devanagari Bold/.exec(ass)!
    // Sizes are line heights: equal letters have unequal ones.
    expect(Number(fallbackSize) / font.fallbacks[0]!.heightEm).toBeCloseTo(
      Number(primarySize) / font.primary.heightEm,
      1,
    )
  })
})

describe('caption files', () => {
  const words = timedWords(
    wordsOf('Salt & <pepper>\nare here.', 'en'),
    [0, 500, 800, 1200, 1500].map((startMs) => ({ startMs, endMs: startMs + 300 })),
    'voice',
    fps,
  )
  const cues = cuesOf(words, { ...formats['16:9'], fps, durationFrames: 200 }, 'en')

  test('SRT counts from one and has commas in its times', () => {
    expect(srtOf(cues)).toMatch(/^1\n00:00:00,000 --> \d\d:\d\d:\d\d,\d{3}\nSalt & <pepper>/)
  })

  test('WebVTT names the language, escapes the text and has a time for each word inside the cue', () => {
    const vtt = vttOf(cues, words, 'en-GB')
    expect(vtt).toMatch(/^WEBVTT\nKind: captions\nLanguage: en-GB\n\n00:00:00\.000 --> /)
    expect(vtt).toContain('Salt <00:00:00.500>&amp; <00:00:00.800>&lt;pepper&gt;')
  })

  test('no cue of an hour-long video comes out of order', () => {
    const long = timed(`${story} `.repeat(10).trim(), 'en').map((word) => ({
      ...word,
      startMs: word.startMs + 3_599_000,
      endMs: word.endMs + 3_599_000,
    }))
    const times = [
      ...srtOf(cuesOf(long, { ...frame, durationFrames: 200_000 }, 'en')).matchAll(/\d\d:\d\d:\d\d,\d{3}/g),
    ].map(String)
    expect(times).toEqual(times.toSorted())
    expect(times.at(-1)! > '01:00:00,000').toBe(true)
  })
})

function timed(text: string, language: string): TimedWord[] {
  const plain = wordsOf(text, language)
  const times = plain.map((_, i) => ({ startMs: 200 + i * 330, endMs: 500 + i * 330 }))
  return timedWords(plain, times, 'voice', fps)
}

function timelineOf(text: string, language: string, captions: CaptionOptions = { look: 'highlight' }): Timeline {
  const words = timed(text, language)
  return {
    version: 2,
    title: 'A title',
    language,
    ...frame,
    durationMs: (frame.durationFrames * 1000) / fps,
    scenes: [],
    words,
    cues: cuesOf(words, frame, language, captions),
    narration: undefined,
    music: undefined,
    clipSounds: [],
    effects: [],
    captions,
    watermark: undefined,
    logo: undefined,
    progressBar: undefined,
    output: { codec: 'h264', quality: 'standard', hls: false },
  }
}

function dialogues(ass: string): string[] {
  return ass.split('\n').filter((line) => line.startsWith('Dialogue:'))
}

function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}
