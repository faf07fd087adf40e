// Where and when each line of a cue and each of its words is drawn. Each line is placed by itself, so that we say how
// far apart lines are: the faces themselves ask for up to 2.2 em.
import { type Font, type FontFace, fontRuns, widthEm } from '../fonts.ts'
import { isRightToLeft } from '../language.ts'
import type { Cue, Timeline } from '../timeline.ts'
import { textOf } from '../words.ts'
import { assText } from './ass.ts'
import type { Layout } from './layout.ts'

export type Captioned = Pick<Timeline, 'language' | 'width' | 'fps' | 'words' | 'cues'>

/** `endFrame` is the first frame after it. */
export type PlacedWord = {
  ass: string
  text: string
  spaceBefore: boolean
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
  face: FontFace
  emPx: number
  lineHeightPx: number
  centrePx: number
  baselinePx: number
  /** From the baseline to the line's foot, and to where libass has it, which is what positions count from. */
  footPx: number
  descentPx: number
  isRightToLeft: boolean
}

export function placedLines(captioned: Captioned, font: Font, layout: Layout): PlacedLine[] {
  return captioned.cues.flatMap((cue) => placeCue(cue, captioned, font, layout))
}

function placeCue(cue: Cue, { words, width, language }: Captioned, font: Font, layout: Layout): PlacedLine[] {
  const emPx = Math.min(
    layout.emPx,
    ...cue.lines.map((line) => emThatFits(textOf(words, line.firstWord, line.lastWord), font, layout)),
  )
  const lineHeightPx = (layout.lineHeightPx * emPx) / layout.emPx
  return cue.lines.map((line, row) => {
    const below = cue.lines.length - 1 - row
    const text = textOf(words, line.firstWord, line.lastWord)
    return {
      words: words.slice(line.firstWord, line.lastWord + 1).map((word, index) => ({
        ass: assText(word.text, font, emPx),
        text: word.text,
        spaceBefore: word.spaceBefore && index > 0,
        widthPx: widthEm(word.text, font) * emPx,
        firstFrame: word.firstFrame,
        endFrame: Math.min(words[word.index + 1]?.firstFrame ?? Infinity, cue.lastFrame + 1),
        endMs: word.endMs,
      })),
      firstFrame: cue.firstFrame,
      endFrame: cue.lastFrame + 1,
      text,
      face: font.primary,
      emPx,
      lineHeightPx,
      centrePx: width / 2,
      baselinePx: Math.round(layout.bottomPx - lineHeightPx * footPart - below * lineHeightPx),
      footPx: lineHeightPx * footPart,
      descentPx: descentEm(text, font) * emPx,
      isRightToLeft: isRightToLeft(language),
    }
  })
}

/** How much of a line is below the baseline: what letters reach down, and the box behind them. */
const footPart = 0.26

/** A single word can be wider than the line (a German compound, a web address): then the cue is smaller. */
function emThatFits(text: string, font: Font, { lineWidthPx }: Layout): number {
  return lineWidthPx / Math.max(widthEm(text, font), Number.EPSILON)
}

/** The deepest of the faces in the line, whose spaces have the primary one. */
function descentEm(text: string, font: Font): number {
  return Math.max(font.primary.descentEm, ...fontRuns(text, font).map((run) => run.face.descentEm))
}
