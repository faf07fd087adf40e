// Where captions stand in the frame and how big they are.
import { captionSizes, type CaptionPosition } from '../catalog.ts'
import { type Font, type FontFace, spaceEm } from '../fonts.ts'
import type { CaptionOptions } from '../timeline.ts'
import type { Look } from './paint.ts'

export type FrameSize = { width: number; height: number }
/** Pixels of the video. */
export type Layout = {
  emPx: number
  /** A word that would get smaller than this to fit is broken instead (a web address, a chemical name). */
  smallestEmPx: number
  lineWidthPx: number
  lineHeightPx: number
  /** Between two words. */
  spaceEm: number
  /** Where a block of `rows` lines of this height begins. */
  blockTopPx: (rows: number, lineHeightPx: number) => number
  phrase: { idealWords: number; maxWords: number }
}

/**
 * `em` is a fraction of the shorter side, `side` and `left` of the width, `bottom`, `top` and the captions' own tops of
 * the height (`underLogo` clears the tallest logo, the other one the watermark); `words` are the best and the greatest
 * number in a cue; `single` is how many times the usual size a lone word has. In portrait, phones lay the title over the
 * bottom fifth and the buttons over the right eighth; equal sides keep the lines centred. A landscape line ends at about
 * 36 letters, so that it is read at a glance.
 */
const shapes = {
  portrait: {
    em: 0.064,
    side: 0.12,
    bottom: 0.22,
    captionsTop: { underLogo: 0.17, underWatermark: 0.125 },
    corner: { top: 0.08, left: 0.06 },
    words: [4, 6],
    single: 2.7,
  },
  square: {
    em: 0.058,
    side: 0.08,
    bottom: 0.08,
    captionsTop: { underLogo: 0.205, underWatermark: 0.115 },
    corner: { top: 0.05, left: 0.06 },
    words: [5, 8],
    single: 2.8,
  },
  landscape: {
    em: 0.058,
    side: 0.15,
    bottom: 0.08,
    captionsTop: { underLogo: 0.215, underWatermark: 0.12 },
    corner: { top: 0.06, left: 0.06 },
    words: [7, 11],
    single: 3.8,
  },
} as const

/**
 * Letters' size, the smallest too, and words in a cue, beside the usual: few and large words change often, small plain
 * lines seldom. `besideEm` is the room that letters' edges, the box and a popped word take beside the line; `spaceEm`
 * the least between two words, which a popped word grows into.
 */
const usual = { em: 1, smallest: 0.6, words: 1, besideEm: 0.4, spaceEm: 0 }
const lone = { ...usual, smallest: 0.8, besideEm: 0.22 }
const looks: Partial<Record<Look, typeof usual>> = {
  pop: { ...usual, spaceEm: 0.38 },
  minimal: { ...usual, em: 0.76, smallest: 0.46, words: 1.3 },
}

/** A line's height: as much of what the face asks for as its language needs, for the marks that it stacks. */
const lineHeightOfFace = 0.75
const leastLineHeightEm = 1.25
const lineHeightsEm: Partial<Record<FontFace['file'], number>> = {
  'NotoSansThai_700Bold.ttf': 1.5,
  'NotoSansLao_700Bold.ttf': 1.5,
}

type Wanted = Pick<CaptionOptions, 'look' | 'position' | 'size'> & { hasLogo?: boolean }

export function layoutOf(frame: FrameSize, font: Font, { look, position, size, hasLogo }: Wanted): Layout {
  const { width, height } = frame
  const { side, words, single } = shapeOf(frame)
  const scale = look === 'single' ? { ...lone, em: single } : (looks[look] ?? usual)
  const usualEmPx = captionEmPx(frame) * captionSizes[size ?? 'medium'].scale
  const emPx = Math.max(1, Math.round(usualEmPx * scale.em))
  const lineHeightPx = Math.round(emPx * lineHeightEm(font.primary))
  const edges = edgesOf(frame, hasLogo ?? false)
  return {
    emPx,
    smallestEmPx: usualEmPx * scale.smallest,
    lineWidthPx: Math.round(width * (1 - 2 * side) - emPx * scale.besideEm),
    lineHeightPx,
    spaceEm: Math.max(spaceEm(font), scale.spaceEm),
    blockTopPx: (rows, rowPx) => {
      const top = blockTops[position ?? 'bottom']
      // A lone word that was made smaller to fit keeps to the middle of its full-sized line.
      const outerPx = look === 'single' ? lineHeightPx : rows * rowPx
      return Math.round(top({ ...edges, middlePx: height / 2 }, outerPx) + (outerPx - rows * rowPx) / 2)
    },
    phrase: { idealWords: Math.round(words[0] * scale.words), maxWords: Math.round(words[1] * scale.words) },
  }
}

type Edges = { topPx: number; middlePx: number; bottomPx: number }
const blockTops: Record<CaptionPosition, (edges: Edges, blockPx: number) => number> = {
  top: ({ topPx }) => topPx,
  middle: ({ middlePx }, blockPx) => middlePx - blockPx / 2,
  bottom: ({ bottomPx }, blockPx) => bottomPx - blockPx,
}

/** Below the bottom lies what the platform draws over the picture. */
function edgesOf(frame: FrameSize, hasLogo: boolean): Pick<Edges, 'topPx' | 'bottomPx'> {
  const { bottom, captionsTop } = shapeOf(frame)
  const top = hasLogo ? captionsTop.underLogo : captionsTop.underWatermark
  return { topPx: Math.round(frame.height * top), bottomPx: Math.round(frame.height * (1 - bottom)) }
}

/** What captions of the usual look and size have. */
export function captionEmPx(frame: FrameSize): number {
  return Math.max(1, Math.round(Math.min(frame.width, frame.height) * shapeOf(frame).em))
}

export function lineHeightEm({ file, heightEm }: FontFace): number {
  return lineHeightsEm[file] ?? Math.max(leastLineHeightEm, heightEm * lineHeightOfFace)
}

export function shapeOf({ width, height }: FrameSize) {
  const ratio = width / height
  return shapes[ratio < 0.9 ? 'portrait' : ratio > 1.1 ? 'landscape' : 'square']
}
