// Where and when each line of a caption and each of its words is drawn. Each line is placed by itself, so that we say
// how far apart lines are: the faces themselves ask for up to 2.2 em.
import { breakAfter } from '../breaks.ts'
import { type Extent, type Font, fontRuns, spaceEm, widthEm } from '../fonts.ts'
import { isRightToLeft } from '../language.ts'
import type { Cue, TimedWord, Timeline } from '../timeline.ts'
import { textOf } from '../words.ts'
import { assText, type Style } from './ass.ts'
import { directionMark } from './direction.ts'
import { footPxOf } from './extent.ts'
import type { Layout } from './layout.ts'

export type Captioned = Pick<Timeline, 'language' | 'width' | 'words' | 'cues'>

/** `endFrame` is the first frame after it. */
export type PlacedWord = {
  ass: string
  text: string
  spaceBefore: boolean
  isEmphasised: boolean
  widthPx: number
  firstFrame: number
  endFrame: number
  endMs: number
}
export type PlacedLine = {
  words: PlacedWord[]
  firstFrame: number
  endFrame: number
  text: string
  style: Style
  emPx: number
  lineHeightPx: number
  centrePx: number
  baselinePx: number
  /** From the baseline to where libass has the line's foot, which is what positions count from. */
  descentPx: number
  /** Of its letters: the same for all lines. */
  extent: Extent
  /** What a space has beside its own width. */
  widerSpacePx: number
  isRightToLeft: boolean
  directionMark: string
}

/** What all lines share. `words` are as they are shown. */
export type Placing = {
  font: Font
  layout: Layout
  style: Style
  extent: Extent
  emphasised: Set<number>
  isWordByWord: boolean
}

/** In order of their first frames. */
export function placedLines(captioned: Captioned, placing: Placing): PlacedLine[] {
  return captioned.cues.flatMap((cue) =>
    blocksOf(cue, captioned, placing).flatMap((block) => placeBlock(block, captioned, placing)),
  )
}

/** Lines that are on screen together. */
type Block = { lines: TimedWord[][]; firstFrame: number; endFrame: number }

function blocksOf(cue: Cue, { words, language }: Captioned, { isWordByWord }: Placing): Block[] {
  const endFrame = cue.lastFrame + 1
  if (!isWordByWord) {
    const lines = cue.lines.map((line) => words.slice(line.firstWord, line.lastWord + 1))
    return [{ lines, firstFrame: cue.firstFrame, endFrame }]
  }
  return unitsOf(cue, words, language)
    .map((unit) => ({
      lines: [unit],
      firstFrame: unit[0]!.firstFrame,
      endFrame: endOf(unit.at(-1)!, words, endFrame),
    }))
    .filter((block) => block.endFrame > block.firstFrame)
}

/** Each word by itself, but where no spaces are, together with the particles that follow it ('山羊' + 'が'). */
function unitsOf(cue: Cue, words: TimedWord[], language: string): TimedWord[][] {
  const units: TimedWord[][] = []
  for (const word of words.slice(cue.firstWord, cue.lastWord + 1)) {
    const isTied = !word.spaceBefore && breakAfter(words, word.index - 1, language) === 'bound'
    if (isTied && units.length > 0) units.at(-1)!.push(word)
    else units.push([word])
  }
  return units
}

/** A word is the one being said until the next one is, or its caption goes. */
function endOf(word: TimedWord, words: TimedWord[], cueEndFrame: number): number {
  return Math.min(words[word.index + 1]?.firstFrame ?? Infinity, cueEndFrame)
}

function placeBlock({ lines, firstFrame, endFrame }: Block, captioned: Captioned, placing: Placing): PlacedLine[] {
  const { words, width, language } = captioned
  const { font, layout, style, extent, emphasised } = placing
  const rows = lines.flatMap((line) => rowsOf(line, font, layout))
  const emPx = Math.min(layout.emPx, ...rows.map((row) => emThatFits(textOf(row, 0, row.length - 1), font, layout)))
  const lineHeightPx = (layout.lineHeightPx * emPx) / layout.emPx
  const topPx = layout.blockTopPx(rows.length, lineHeightPx)
  const footPx = footPxOf(extent, lineHeightPx, emPx)
  return rows.map((row, index) => {
    const text = textOf(row, 0, row.length - 1)
    return {
      words: row.map((word, place) => ({
        ass: assText(word.text, font, emPx),
        text: word.text,
        spaceBefore: word.spaceBefore && place > 0,
        isEmphasised: emphasised.has(word.index),
        widthPx: widthEm(word.text, font) * emPx,
        firstFrame: word.firstFrame,
        endFrame: endOf(word, words, endFrame),
        endMs: word.endMs,
      })),
      firstFrame,
      endFrame,
      text,
      style,
      emPx,
      lineHeightPx,
      centrePx: width / 2,
      baselinePx: Math.round(topPx + (index + 1) * lineHeightPx - footPx),
      descentPx: descentEm(text, font) * emPx,
      extent,
      widerSpacePx: (layout.spaceEm - spaceEm(font)) * emPx,
      isRightToLeft: isRightToLeft(language),
      directionMark: directionMark(text, isRightToLeft(language)),
    }
  })
}

const mostRows = 4

/** A line as it is, or the pieces of the one word in it that is far too long, each lit with the whole word. */
function rowsOf(line: TimedWord[], font: Font, layout: Layout): TimedWord[][] {
  const [word] = line
  if (!word || line.length > 1) return [line]
  const fits = (pieces: string[]) => pieces.every((piece) => emThatFits(piece, font, layout) >= layout.smallestEmPx)
  for (let count = 1; ; count++) {
    const pieces = piecesOf(word.text, count)
    if (fits(pieces) || count === mostRows) return pieces.map((text) => [{ ...word, text }])
  }
}

/** About equally long, broken after the sign that lies nearest to where a piece should end. */
export function piecesOf(text: string, count: number): string[] {
  if (count === 1) return [text]
  const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)
  const wanted = Math.round(letters.length / count)
  const reach = Math.floor(wanted / 4)
  const nearness = (end: number) =>
    (/[-/?&=._,;:@#+]/.test(letters[end - 1] ?? '') ? reach : 0) - Math.abs(end - wanted)
  const ends = Array.from({ length: 2 * reach + 1 }, (_, i) => wanted - reach + i)
  const end = ends.reduce((best, other) => (nearness(other) > nearness(best) ? other : best), wanted)
  return [letters.slice(0, end).join(''), ...piecesOf(letters.slice(end).join(''), count - 1)]
}

/** A single word can be wider than the line (a German compound): then the cue is smaller. */
function emThatFits(text: string, font: Font, { lineWidthPx }: Layout): number {
  return lineWidthPx / Math.max(widthEm(text, font), Number.EPSILON)
}

/** The deepest of the faces in the line, whose spaces have the primary one. */
export function descentEm(text: string, font: Font): number {
  return Math.max(font.primary.descentEm, ...fontRuns(text, font).map((run) => run.face.descentEm))
}
