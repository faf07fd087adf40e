// Text on a card: a large heading, a short bar and a smaller line, in the middle of the frame. It comes in rising a
// little and fades before the scene ends, drawn frame by frame (see looks.ts).
import { breakAfter } from '../breaks.ts'
import { type Font, spaceEm, widthEm } from '../fonts.ts'
import { isRightToLeft } from '../language.ts'
import { partition } from '../partition.ts'
import type { Card, TimelineScene } from '../timeline.ts'
import { textOf, type Word, wordsOf } from '../words.ts'
import { assAlpha, assColour, assText, decimals, type Drawn, sizeTags, softShadowTags, type Style } from './ass.ts'
import { directionMark } from './direction.ts'
import { extentOf, footPxOf } from './extent.ts'
import { type FrameSize, lineHeightEm } from './layout.ts'
import { costOfBreak } from './line-breaker.ts'
import { dark, white } from './paint.ts'
import { descentEm, piecesOf } from './placement.ts'

export type CardScene = Pick<TimelineScene, 'firstFrame' | 'lastFrame'> & { card: Card }
export type CardPaint = { fonts: { heading: Font; line: Font }; accent: string; fps: number; language: string }

/** Parts of the frame's width and height, and letters' sizes as parts of the shorter side. */
const widthPart = 0.77
const heightPart = 0.5
const headingPart = 0.11
const linePart = 0.046
const mostLines = { heading: 4, line: 3 }
/** In the heading's em. */
const barEm = { width: 0.9, height: 0.075, gap: 0.42 }
const riseEm = 0.35

const inSeconds = 0.4
const outSeconds = 0.3

export function drawCard(scene: CardScene, frame: FrameSize, paint: CardPaint): Drawn[] {
  const pieces = piecesOnCard(scene.card, frame, paint)
  return momentsOf(scene, paint.fps).flatMap(({ firstFrame, endFrame, opacity, rise }) =>
    pieces.flatMap(({ style, draw }) =>
      draw(opacity, rise).map((text, layer) => ({ style, layer: 1 + layer, firstFrame, endFrame, text })),
    ),
  )
}

/** `draw` gives the texts of its layers, the lowest first; `rise` 1 = still all the way down. */
type Piece = { style: Style; draw: (opacity: number, rise: number) => string[] }

function piecesOnCard({ heading, line }: Card, frame: FrameSize, { fonts, accent, language }: CardPaint): Piece[] {
  const shortPx = Math.min(frame.width, frame.height)
  const room = { widthPx: frame.width * widthPart, heightPx: frame.height * heightPart, language }
  const above = fitted(heading, fonts.heading, { ...room, emPx: shortPx * headingPart, lines: mostLines.heading })
  const below = fitted(line ?? '', fonts.line, { ...room, emPx: shortPx * linePart, lines: mostLines.line })
  const gapPx = below.rows.length > 0 ? above.emPx * barEm.gap : 0
  const topPx = (frame.height - above.heightPx - 2 * gapPx - below.heightPx) / 2
  const barPx = topPx + above.heightPx + gapPx
  const risePx = above.emPx * riseEm
  const place = { centrePx: frame.width / 2, risePx, isRightToLeft: isRightToLeft(language) }
  const styled = (name: string, { primary }: Font, part: number): Style => {
    return { name, face: primary, emPx: Math.round(shortPx * part), letters: white, outline: dark, hasEdge: false }
  }
  const headingStyle = styled('Heading', fonts.heading, headingPart)
  const rows = rowsOf(headingStyle, above, topPx, place)
  if (below.rows.length === 0) return rows
  const barPiece = { style: headingStyle, draw: bar(above.emPx, barPx, accent, place) }
  return [...rows, barPiece, ...rowsOf(styled('Line', fonts.line, linePart), below, barPx + gapPx, place)]
}

type Room = { widthPx: number; heightPx: number; emPx: number; lines: number; language: string }
type Fitted = { rows: string[]; font: Font; emPx: number; lineHeightPx: number; heightPx: number }

/** As large as it gets, on as few lines as that takes; each line about as wide as the others. */
function fitted(text: string, font: Font, room: Room): Fitted {
  const words = wordsThatFit(wordsOf(text, room.language), font, room)
  const lineEm = lineHeightEm(font.primary) * tightness
  const ways = Array.from({ length: Math.min(room.lines, words.length) }, (_, i) => {
    const rows = balanced(words, i + 1, font, room.language)
    const widestEm = Math.max(...rows.map((row) => widthEm(row, font)), Number.EPSILON)
    return { rows, emPx: Math.min(room.emPx, room.widthPx / widestEm, room.heightPx / (lineEm * rows.length)) }
  })
  const worth = ({ rows, emPx }: (typeof ways)[number]) => emPx * worthOfFewer ** rows.length
  const best = ways.reduce((most, way) => (worth(way) > worth(most) ? way : most), ways[0] ?? { rows: [], emPx: 0 })
  return { ...best, font, lineHeightPx: best.emPx * lineEm, heightPx: best.emPx * lineEm * best.rows.length }
}

/** Large letters need less room between lines. */
const tightness = 0.92
/** Letters may get this much smaller to save a line: 'The Surprising | History of Coffee', not four lines of it. */
const worthOfFewer = 0.8

/** A word that would make everything tiny is broken into pieces. */
function wordsThatFit(words: Word[], font: Font, { widthPx, emPx, lines }: Room): Word[] {
  const mostEm = widthPx / (emPx * smallestPart)
  return words
    .flatMap((word) => {
      const count = Math.min(lines, Math.ceil(widthEm(word.text, font) / mostEm))
      const pieces = piecesOf(word.text, Math.max(1, count))
      return pieces.map((text, i) => ({ ...word, text, spaceBefore: i === 0 && word.spaceBefore }))
    })
    .map((word, index) => ({ ...word, index }))
}

const smallestPart = 0.45

function balanced(words: Word[], count: number, font: Font, language: string): string[] {
  const ends = [0]
  for (const { text, spaceBefore } of words) {
    ends.push(ends.at(-1)! + widthEm(text, font) + (spaceBefore ? spaceEm(font) : 0))
  }
  const idealEm = ends.at(-1)! / count || 1
  const costOf = (first: number, last: number) => {
    const end = last < words.length - 1 ? breakAfter(words, last, language) : 'sentence'
    return (((ends[last + 1]! - ends[first]!) * costOfBreak[end]) / idealEm) ** evenness
  }
  const rows = partition(words.length, costOf, { longest: words.length, count })
  return rows.map(({ first, last }) => textOf(words, first, last))
}

/** High enough that the widest line counts for nearly everything. */
const evenness = 6

type Place = { centrePx: number; risePx: number; isRightToLeft: boolean }

function rowsOf(style: Style, { rows, font, emPx, lineHeightPx }: Fitted, topPx: number, place: Place): Piece[] {
  const belowPx = footPxOf(extentOf(rows.join(' '), font), lineHeightPx, emPx)
  return rows.flatMap((row, index) => {
    const text = assText(row, font, emPx)
    if (text === '') return []
    const baselinePx = topPx + (index + 1) * lineHeightPx - belowPx
    const footPx = baselinePx + descentEm(row, font) * emPx
    const mark = directionMark(row, place.isRightToLeft)
    const shown = mark + text + mark
    return {
      style,
      draw: (opacity, rise) => {
        const foot = decimals(footPx + rise * place.risePx)
        const at = String.raw`\an2\pos(${place.centrePx},${foot})${sizeTags(style, emPx)}`
        return [`{${at}${softShadowTags(emPx, opacity)}}${shown}`, `{${at}\\alpha${assAlpha(opacity)}}${shown}`]
      },
    }
  })
}

function bar(emPx: number, middlePx: number, accent: string, { centrePx, risePx }: Place): Piece['draw'] {
  const [width, height] = [barEm.width, barEm.height].map((em) => Math.round(em * emPx)) as [number, number]
  const outline = `m 0 0 l ${width} 0 l ${width} ${height} l 0 ${height}`
  return (opacity, rise) => {
    const at = String.raw`\an5\pos(${centrePx},${decimals(middlePx + rise * risePx)})`
    return [String.raw`{${at}\1c${assColour(accent)}\alpha${assAlpha(opacity)}\p1}${outline}`]
  }
}

type Moment = { firstFrame: number; endFrame: number; opacity: number; rise: number }

/** On a short scene both movements are shorter, and leave half of it to read. */
function momentsOf({ firstFrame, lastFrame }: CardScene, fps: number): Moment[] {
  const endFrame = lastFrame + 1
  const total = endFrame - firstFrame
  const pace = Math.min(1, total / 2 / ((inSeconds + outSeconds) * fps))
  const [inFrames, outFrames] = [inSeconds, outSeconds].map((s) => Math.floor(s * fps * pace)) as [number, number]
  const moments: Moment[] = []
  for (let n = 0; n < inFrames; n++) {
    const opacity = 1 - (1 - (n + 1) / (inFrames + 1)) ** 3
    moments.push({ firstFrame: firstFrame + n, endFrame: firstFrame + n + 1, opacity, rise: 1 - opacity })
  }
  moments.push({ firstFrame: firstFrame + inFrames, endFrame: endFrame - outFrames, opacity: 1, rise: 0 })
  for (let n = outFrames; n > 0; n--) {
    moments.push({ firstFrame: endFrame - n, endFrame: endFrame - n + 1, opacity: n / (outFrames + 1), rise: 0 })
  }
  return moments.filter((moment) => moment.endFrame > moment.firstFrame)
}
