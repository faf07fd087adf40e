// All that is drawn over a video with letters, and which of it is to be seen in some of its frames.
import { fontFor } from '../fonts.ts'
import type { Timeline } from '../timeline.ts'
import { assColour, type Drawn, type Style } from './ass.ts'
import { type CardScene, drawCard } from './card.ts'
import { extentOf } from './extent.ts'
import { layoutOf } from './layout.ts'
import { drawLine, karaokeForPlayers } from './looks.ts'
import { accents, type Paint, paintOf } from './paint.ts'
import { placedLines } from './placement.ts'
import { captionFontFor, shownWords } from './shown-words.ts'
import { drawWatermark } from './watermark.ts'

/** `endFrame` is the first frame after it. */
type Span = { firstFrame: number; endFrame: number }
/** Something that makes its events when they are needed. */
export type Drawable = (Span & { draw: () => Drawn[] })[]

export type Lettered = Omit<Timeline, 'version' | 'durationMs' | 'narration' | 'music' | 'output'>

/**
 * Captions are in the font for all words, cards in the font for the texts of all cards: the same in each of a video's
 * tracks.
 */
export function drawableOf(timeline: Lettered, { isForPlayers = false } = {}): Drawable {
  return [...captionsOf(timeline, isForPlayers), ...cardsOf(timeline), ...watermarkOf(timeline)]
}

/** Cut to the span: no event begins before it or ends after it. */
export function eventsOf(drawable: Drawable, span: Span): Drawn[] {
  return cut(drawable, span).flatMap(({ draw }) => cut(draw(), span))
}

function cut<Item extends Span>(items: Item[], { firstFrame, endFrame }: Span): Item[] {
  return items
    .filter((item) => item.firstFrame < endFrame && item.endFrame > firstFrame)
    .map((item) => ({
      ...item,
      firstFrame: Math.max(item.firstFrame, firstFrame),
      endFrame: Math.min(item.endFrame, endFrame),
    }))
}

function captionsOf(timeline: Lettered, isForPlayers: boolean): Drawable {
  const { captions, language, fps, logo, words } = timeline
  if (!captions || words.length === 0) return []
  const { look, emphasised = [] } = captions
  const shown = shownWords(words, language, captions.isUpperCase)
  const font = captionFontFor(shown, language, captions)
  const layout = layoutOf(timeline, font, { ...captions, hasLogo: logo !== undefined })
  const paint = paintOf(captions)
  const style: Style = {
    name: 'Caption',
    face: font.primary,
    emPx: layout.emPx,
    letters: paint.letters,
    outline: paint.outline,
    hasEdge: look !== 'minimal',
  }
  const placing = {
    font,
    layout,
    style,
    extent: extentOf(shown.map((word) => word.text).join(''), font),
    emphasised: new Set(emphasised),
    isWordByWord: look === 'single',
  }
  const colours = assColours(paint)
  const draw = isForPlayers && look === 'karaoke' ? karaokeForPlayers : drawLine
  return placedLines({ ...timeline, words: shown }, placing).map((line) => ({
    firstFrame: line.firstFrame,
    endFrame: line.endFrame,
    draw: () => draw(line, look, colours, fps),
  }))
}

function assColours(paint: Paint): Paint {
  return Object.fromEntries(Object.entries(paint).map(([of, colour]) => [of, assColour(colour)])) as Paint
}

function cardsOf(timeline: Lettered): Drawable {
  const { scenes, language, fps, captions } = timeline
  const cards = scenes.filter((scene): scene is typeof scene & CardScene => scene.card !== undefined)
  if (cards.length === 0) return []
  const text = cards.map(({ card }) => `${card.heading} ${card.line ?? ''}`).join(' ')
  const fonts = { heading: fontFor(text, language, captions?.font), line: fontFor(text, language, 'inter') }
  const accent = captions?.accent ?? accents[captions?.look ?? 'highlight']
  return cards.map((scene) => ({
    firstFrame: scene.firstFrame,
    endFrame: scene.lastFrame + 1,
    draw: () => drawCard(scene, timeline, { fonts, accent, fps, language }),
  }))
}

function watermarkOf(timeline: Lettered): Drawable {
  const { watermark, durationFrames, language } = timeline
  if (watermark === undefined) return []
  const draw = () => drawWatermark(watermark, timeline, fontFor(watermark, language))
  return [{ firstFrame: 0, endFrame: durationFrames, draw }]
}
