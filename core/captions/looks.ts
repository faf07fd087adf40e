// The four looks. In a centred line a word keeps its centre whatever its own width is, so what must stand exactly on a
// word (its bigger self, its box) is drawn as a second line in which everything else is there but invisible.
import type { CaptionLookId } from '../catalog.ts'
import { assColour, decimals, type Drawn, edgeTags, sizeTags, startCs } from './ass.ts'
import type { PlacedLine, PlacedWord } from './placement.ts'

export type Look = Exclude<CaptionLookId, 'none'>
/** Bright, to stand out from white letters over any picture; the box dark, to carry white letters (8:1). */
export const accents: Record<Look, string> = {
  highlight: '#ffd23f',
  pop: '#6dffb0',
  karaoke: '#4fc8ff',
  boxed: '#5b2bd9',
}

/** `accent` is '#rrggbb'. */
export function drawLine(line: PlacedLine, look: Look, accent: string, fps: number): Drawn[] {
  if (line.words.every((word) => word.ass === '')) return []
  if (look === 'karaoke') return [karaoke(line, assColour(accent), fps)]
  return statesOf(line).flatMap(({ spoken, ...frames }) =>
    looks[look](line, spoken, assColour(accent)).map((drawn) => ({ ...drawn, ...frames })),
  )
}

type State = { spoken: PlacedWord | undefined; firstFrame: number; endFrame: number }

/** Before the line's first word, each of its words, and after its last one. */
function statesOf({ words, firstFrame, endFrame }: PlacedLine): State[] {
  const before = { spoken: undefined, firstFrame, endFrame: words[0]!.firstFrame }
  const spoken = words.map((word) => ({ spoken: word, firstFrame: word.firstFrame, endFrame: word.endFrame }))
  const after = { spoken: undefined, firstFrame: words.at(-1)!.endFrame, endFrame }
  return [before, ...spoken, after].filter((state) => state.endFrame > state.firstFrame)
}

type DrawnText = Pick<Drawn, 'layer' | 'text'>
type DrawState = (line: PlacedLine, spoken: PlacedWord | undefined, colour: string) => DrawnText[]

/** How far and how fast a popped word grows; a long one less, so that it does not cover its neighbours. */
const growth = 0.12
const mostGrowthEm = { spaced: 0.24, unspaced: 0.14 }
const growMs = 80

const show = String.raw`\alpha&H00&\4a&H80&`
const hide = String.raw`\alpha&HFF&`
const noEdge = String.raw`\bord0\shad0`
const white = '&HFFFFFF&'
const shrunk = String.raw`\fscx100\fscy100`

const looks: Record<Exclude<Look, 'karaoke'>, DrawState> = {
  highlight: (line, spoken, colour) => [
    {
      layer: 1,
      text: text(line, fixed(line), (word) =>
        word === spoken ? String.raw`{\1c${colour}}${word.ass}{\1c${white}}` : word.ass,
      ),
    },
  ],

  pop: (line, spoken, colour) => [
    {
      layer: 1,
      text: text(line, fixed(line), (word) => (word === spoken ? `{${hide}}${word.ass}{${show}}` : word.ass)),
    },
    ...only(spoken, 2, (seen) =>
      text(line, growing(line, seen) + hide, (word) =>
        word === seen ? `{${show}\\1c${colour}${grow(line, word)}}${word.ass}{${hide}${shrunk}}` : word.ass,
      ),
    ),
  ],

  boxed: (line, spoken, colour) => [
    ...only(spoken, 0, (seen) =>
      text(line, fixed(line) + hide + noEdge, (word) =>
        word === seen ? String.raw`{\alpha&H00&\1c${colour}}${box(word, line)}{${hide}}` : word.ass,
      ),
    ),
    {
      layer: 1,
      text: text(line, fixed(line), (word) =>
        word === spoken ? `{${noEdge}}${word.ass}{${edgeTags(line.emPx)}}` : word.ass,
      ),
    },
  ],
}

/**
 * The whole line filling up: each word to the end of its sound, from the frame before its first, on which nothing is
 * filled yet, so that some of it is on its first.
 */
function karaoke(line: PlacedLine, colour: string, fps: number): Drawn {
  let filledCs = startCs(line.firstFrame, fps)
  const sung = text(line, String.raw`${fixed(line)}\1c${colour}\2c${white}`, (word) => {
    const fromCs = Math.max(filledCs, Math.ceil(((word.firstFrame - 1) * 100) / fps))
    const toCs = Math.max(fromCs + 1, Math.min(Math.round(word.endMs / 10), startCs(word.endFrame, fps)))
    const pause = fromCs > filledCs ? String.raw`{\k${fromCs - filledCs}}` : ''
    filledCs = toCs
    // libass sweeps from left to right in every script, so a right-to-left word changes colour at once.
    return String.raw`${pause}{\k${line.isRightToLeft ? '' : 'f'}${toCs - fromCs}}${word.ass}`
  })
  return { layer: 1, firstFrame: line.firstFrame, endFrame: line.endFrame, text: sung }
}

function only(spoken: PlacedWord | undefined, layer: number, textOf: (seen: PlacedWord) => string): DrawnText[] {
  return spoken && spoken.ass !== '' ? [{ layer, text: textOf(spoken) }] : []
}

/** The words in reading order. A mark sets the line's direction, which libass would take from its first letter. */
function text(line: PlacedLine, tags: string, textOf: (word: PlacedWord) => string): string {
  const direction = line.isRightToLeft ? rightToLeftMark : rightToLeftLetter.test(line.text) ? leftToRightMark : ''
  const words = line.words.map((word) => (word.spaceBefore ? ' ' : '') + textOf(word))
  return `{${tags}}${direction}${words.join('')}`
}

const leftToRightMark = '\u200e'
const rightToLeftMark = '\u200f'
const rightToLeftLetter = /[\p{Script=Arabic}\p{Script=Hebrew}]/u

/** Alignment 2: the position is the middle of the line's foot. */
function fixed(line: PlacedLine): string {
  return String.raw`\an2\pos(${line.centrePx},${decimals(line.baselinePx + line.descentPx)})${sizeTags(line.face, line.emPx)}`
}

/** The grown word makes the line's foot deeper; the line moves down by that much, and so that the word grows from its middle. */
function growing(line: PlacedLine, word: PlacedWord): string {
  const footPx = line.baselinePx + line.descentPx
  const grownFootPx = footPx + growthOf(word, line) * (line.descentPx + line.emPx * letterMiddleEm)
  const [x, from, to] = [line.centrePx, decimals(footPx), decimals(grownFootPx)]
  return String.raw`\an2\move(${x},${from},${x},${to},0,${growMs})${sizeTags(line.face, line.emPx)}`
}

function grow(line: PlacedLine, word: PlacedWord): string {
  const percent = decimals(100 + 100 * growthOf(word, line))
  return String.raw`\t(0,${growMs},\fscx${percent}\fscy${percent})`
}

function growthOf(word: PlacedWord, line: PlacedLine): number {
  return Math.min(growth, (mostGrowthEm[spacing(line)] * line.emPx) / word.widthPx)
}

/** Half of a small letter's height. */
const letterMiddleEm = 0.27

function spacing(line: PlacedLine): 'spaced' | 'unspaced' {
  return line.words.length === 1 || line.words.some((word) => word.spaceBefore) ? 'spaced' : 'unspaced'
}

/** A rounded rectangle in the word's place, drawn as if it were a letter that stands `footPx` below the baseline. */
function box(word: PlacedWord, line: PlacedLine): string {
  const width = Math.round(word.widthPx + 2 * boxPaddingEm[spacing(line)] * line.emPx)
  const height = Math.round(line.lineHeightPx)
  const footPx = Math.round(Math.min(line.descentPx, line.footPx))
  const radius = Math.round(line.emPx * boxRadiusEm)
  const handle = Math.round(radius * 0.45)
  const [right, bottom] = [width - radius, height - radius]
  const outline = [
    `m ${radius} 0 l ${right} 0 b ${width - handle} 0 ${width} ${handle} ${width} ${radius}`,
    `l ${width} ${bottom} b ${width} ${height - handle} ${width - handle} ${height} ${right} ${height}`,
    `l ${radius} ${height} b ${handle} ${height} 0 ${height - handle} 0 ${bottom}`,
    `l 0 ${radius} b 0 ${handle} ${handle} 0 ${radius} 0`,
  ].join(' ')
  const drawing = String.raw`{\p1\pbo${footPx}}${outline}{\p0\pbo0}`
  if (!line.isRightToLeft) return drawing
  // Among words of both directions the box has none of its own; these marks give it the word's.
  const direction = rightToLeftLetter.test(word.text) ? rightToLeftMark : leftToRightMark
  return direction + drawing + direction
}

/** On each side; without spaces the box must not reach into the next word. */
const boxPaddingEm = { spaced: 0.15, unspaced: 0.08 }
const boxRadiusEm = 0.22
