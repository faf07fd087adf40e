// The looks. What moves is drawn frame by frame, each a picture of its own that stands still: so it is the same wherever
// a script's time begins. In a centred line a word keeps its centre whatever its own width is, so what must stand
// exactly on a word (its bigger self, its box) is drawn as a second line in which everything else is there but invisible.
import { decimals, type Drawn, edgeTags, sizeTags, softShadowTags, startCs } from './ass.ts'
import { footPxOf } from './extent.ts'
import { leftToRightMark, rightToLeftLetter, rightToLeftMark } from './direction.ts'
import type { Look, Paint } from './paint.ts'
import type { PlacedLine, PlacedWord } from './placement.ts'
import { type Step, stepsOf } from './steps.ts'

/** `colours` are as ASS writes them. */
export function drawLine(line: PlacedLine, look: Look, colours: Paint, fps: number): Drawn[] {
  if (line.words.every((word) => word.ass === '')) return []
  const drawn: Drawn[] = []
  for (const step of stepsOf(line, look, fps)) {
    for (const { layer, text } of looks[look](line, step, colours)) {
      const { firstFrame, endFrame } = step
      const same = drawn.findLast((other) => other.endFrame === firstFrame && other.layer === layer)
      if (same?.text === text) same.endFrame = endFrame
      else drawn.push({ style: line.style, layer, firstFrame, endFrame, text })
    }
  }
  return drawn
}

/**
 * A karaoke line as players animate it themselves, one event for all of it: each word to the end of its sound, from
 * the frame before its first, on which nothing is filled yet, so that some of it is on its first.
 */
export function karaokeForPlayers(line: PlacedLine, _: Look, colours: Paint, fps: number): Drawn[] {
  if (line.words.every((word) => word.ass === '')) return []
  const { letters, accent } = colours
  let filledCs = startCs(line.firstFrame, fps)
  const sung = lineText(line, String.raw`${fixed(line)}\1c${accent}\2c${letters}`, (word) => {
    const fromCs = Math.max(filledCs, Math.ceil(((word.firstFrame - 1) * 100) / fps))
    const toCs = Math.max(fromCs + 1, Math.min(Math.round(word.endMs / 10), startCs(word.endFrame, fps)))
    const pause = fromCs > filledCs ? String.raw`{\k${fromCs - filledCs}}` : ''
    filledCs = toCs
    // A sweep goes from left to right in every script, so a right-to-left word changes colour at once.
    return String.raw`${pause}{\k${line.isRightToLeft ? '' : 'f'}${toCs - fromCs}}${word.ass}`
  })
  return [{ style: line.style, layer: 1, firstFrame: line.firstFrame, endFrame: line.endFrame, text: sung }]
}

type DrawnText = Pick<Drawn, 'layer' | 'text'>
type DrawStep = (line: PlacedLine, step: Step, colours: Paint) => DrawnText[]

/** How far a popped word grows; a long one less, so that there is air between it and its neighbours (see layout.ts). */
const growth = 0.12
const mostGrowthEm = { spaced: 0.2, unspaced: 0.08 }
/** How much smaller a lone word comes in. */
const shrinkage = 0.22

const show = String.raw`\alpha&H00&\4a&H80&`
const hide = String.raw`\alpha&HFF&`
const noEdge = String.raw`\bord0\shad0`
const unscaled = String.raw`\fscx100\fscy100`

const looks: Record<Look, DrawStep> = {
  highlight: (line, { spoken }, colours) => [
    {
      layer: 1,
      text: lineText(line, fixed(line), (word) =>
        word === spoken ? coloured(word, colours.accent, colours) : plain(word, colours),
      ),
    },
  ],

  pop: (line, { spoken, progress }, colours) => [
    {
      layer: 1,
      text: lineText(line, fixed(line), (word) =>
        word === spoken ? `{${hide}}${word.ass}{${show}}` : plain(word, colours),
      ),
    },
    ...only(spoken, 2, (seen) => {
      const scale = 1 + growthOf(seen, line) * eased(progress)
      return lineText(line, scaled(line, scale) + hide, (word) =>
        word === seen
          ? String.raw`{${show}\1c${colours.accent}${scaleTags(scale)}}${word.ass}{${hide}${unscaled}}`
          : word.ass,
      )
    }),
  ],

  karaoke: (line, step, colours) => [{ layer: 1, text: filling(line, step, colours) }],

  boxed: (line, { spoken }, colours) => [
    ...only(spoken, 0, (seen) =>
      lineText(line, boxed(line) + hide + noEdge, (word) =>
        word === seen ? String.raw`{\alpha&H00&\1c${colours.accent}}${box(word, line)}{${hide}}` : word.ass,
      ),
    ),
    {
      layer: 1,
      text: lineText(line, fixed(line), (word) =>
        word === spoken
          ? `{${noEdge}}${coloured(word, colours.inBox, colours)}{${edgeTags(line.emPx)}}`
          : plain(word, colours),
      ),
    },
  ],

  minimal: (line, _, colours) => [
    { layer: 0, text: lineText(line, fixed(line) + softShadowTags(line.emPx), (word) => word.ass) },
    { layer: 1, text: lineText(line, fixed(line), (word) => plain(word, colours)) },
  ],

  single: (line, { progress }, colours) => {
    const scale = 1 - shrinkage * (1 - eased(progress))
    const tags = scaled(line, scale) + (scale === 1 ? '' : scaleTags(scale))
    return [{ layer: 1, text: lineText(line, tags, (word) => plain(word, colours)) }]
  },
}

/**
 * Words that were said in the accent colour, the one being said as far as `progress`. libass fills a word by the time
 * since its event began; the word's filling began so long ago and takes so long that an event of one frame shows
 * one part of it, and the words after it are never reached.
 */
function filling(line: PlacedLine, { spoken, said, progress }: Step, colours: Paint): string {
  const isWhole = progress === 1 || line.isRightToLeft
  return lineText(line, String.raw`${fixed(line)}\2c${colours.letters}`, (word) => {
    const isSaid = said.includes(word) || (word === spoken && isWhole)
    if (isSaid && !word.isEmphasised) return coloured(word, colours.accent, colours)
    if (word !== spoken || word.isEmphasised || word.ass === '') return plain(word, colours)
    const goneCs = Math.round(progress * fillCs)
    return String.raw`{\k-${goneCs}}{\1c${colours.accent}\kf${fillCs}}${word.ass}{\1c${colours.letters}\k0}`
  })
}

/** Some 28 hours, of which a frame is less than a millionth; 1/1000 s of it still is a whole number for libass. */
const fillCs = 10_000_000

function only(spoken: PlacedWord | undefined, layer: number, textOf: (seen: PlacedWord) => string): DrawnText[] {
  return spoken && spoken.ass !== '' ? [{ layer, text: textOf(spoken) }] : []
}

function plain(word: PlacedWord, colours: Paint): string {
  return word.isEmphasised ? coloured(word, colours.emphasis, colours) : word.ass
}

function coloured(word: PlacedWord, colour: string, { letters }: Paint): string {
  return word.ass === '' ? '' : String.raw`{\1c${colour}}${word.ass}{\1c${letters}}`
}

/** The words in reading order. */
function lineText(line: PlacedLine, tags: string, textOf: (word: PlacedWord) => string): string {
  const space = line.widerSpacePx > 0 ? String.raw`{\fsp${decimals(line.widerSpacePx)}} {\fsp0}` : ' '
  const words = line.words.map((word) => (word.spaceBefore ? space : '') + textOf(word))
  return `{${tags}}${line.directionMark}${words.join('')}${line.directionMark}`
}

/** Alignment 2: the position is the middle of the line's foot. */
function fixed(line: PlacedLine): string {
  return scaled(line, 1)
}

/** A box that reaches further down than the face does moves the line's foot, and the line moves with it. */
function boxed(line: PlacedLine): string {
  return scaled(line, 1, boxShape(line).deepestPx - line.descentPx)
}

/** A scaled word moves the line's foot; the line moves with it, and so that the word grows from its middle. */
function scaled(line: PlacedLine, scale: number, deeperPx = 0): string {
  const grownPx = (scale - 1) * (line.descentPx + line.emPx * letterMiddleEm)
  const footPx = line.baselinePx + line.descentPx + deeperPx + grownPx
  return String.raw`\an2\pos(${line.centrePx},${decimals(footPx)})${sizeTags(line.style, line.emPx)}`
}

function scaleTags(scale: number): string {
  const percent = decimals(100 * scale)
  return String.raw`\fscx${percent}\fscy${percent}`
}

function growthOf(word: PlacedWord, line: PlacedLine): number {
  return Math.min(growth, (mostGrowthEm[spacing(line)] * line.emPx) / word.widthPx)
}

function eased(progress: number): number {
  return 1 - (1 - progress) ** 2
}

/** Half of a small letter's height. */
const letterMiddleEm = 0.27

function spacing(line: PlacedLine): 'spaced' | 'unspaced' {
  return line.words.length === 1 || line.words.some((word) => word.spaceBefore) ? 'spaced' : 'unspaced'
}

/** A rounded rectangle in the word's place, drawn as if it were a letter that reaches below the baseline. */
function box(word: PlacedWord, line: PlacedLine): string {
  const width = Math.round(word.widthPx + 2 * boxPaddingEm[spacing(line)] * line.emPx)
  const { height, footPx, deepestPx } = boxShape(line)
  const radius = Math.round(line.emPx * boxRadiusEm)
  const handle = Math.round(radius * 0.45)
  const [right, bottom] = [width - radius, height - radius]
  const outline = [
    `m ${radius} 0 l ${right} 0 b ${width - handle} 0 ${width} ${handle} ${width} ${radius}`,
    `l ${width} ${bottom} b ${width} ${height - handle} ${width - handle} ${height} ${right} ${height}`,
    `l ${radius} ${height} b ${handle} ${height} 0 ${height - handle} 0 ${bottom}`,
    `l 0 ${radius} b 0 ${handle} ${handle} 0 ${radius} 0`,
  ].join(' ')
  // A stroke without area: the foot of a line with nothing but a box is where it is among letters.
  const foot = decimals(height + deepestPx - footPx)
  const drawing = String.raw`{\p1\pbo${decimals(deepestPx)}}${outline} m 0 ${foot} l 1 ${foot}{\p0\pbo0}`
  if (!line.isRightToLeft) return drawing
  // Among words of both directions the box has none of its own; these marks give it the word's.
  const direction = rightToLeftLetter.test(word.text) ? rightToLeftMark : leftToRightMark
  return direction + drawing + direction
}

/** Letters in the middle; no higher than the line, so that it stays clear of what is below the captions. */
function boxShape({ extent, emPx, lineHeightPx, descentPx }: PlacedLine) {
  const lettersEm = extent.topEm + extent.footEm
  const height = Math.round(Math.min(lineHeightPx, (lettersEm + 2 * boxHeadroomEm) * emPx))
  const footPx = Math.round(footPxOf(extent, height, emPx))
  return { height, footPx, deepestPx: Math.max(footPx, descentPx) }
}

/** Above and below the letters. */
const boxHeadroomEm = 0.155
/** On each side; without spaces the box must not reach into the next word. */
const boxPaddingEm = { spaced: 0.15, unspaced: 0.08 }
const boxRadiusEm = 0.22
