// What a decoded frame of a clip says about itself: how it is to be turned, how wide its pixels are, what its colours
// mean; and the filters that make a frame of the video of it.
import {
  AV_FRAME_DATA_DISPLAYMATRIX,
  AVCOL_PRI_BT2020,
  AVCOL_PRI_UNSPECIFIED,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_SPC_BT709,
  AVCOL_SPC_SMPTE170M,
  AVCOL_SPC_UNSPECIFIED,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_SMPTE2084,
} from 'node-av/constants'
import type { Frame, Rational, Stream } from 'node-av/lib'
import type { ClipMedia } from '../../core/timeline.ts'
import { fitFilters, inset, type Size } from './fit.ts'

/** A file without a word on its colours: BT.709 from 720 lines on, as players take it (and as studios made it). */
const HD_PX = 720

/** What is not said is set, as players guess it: the scaler would take anything for standard definition. */
export function settleColours(frame: Frame): void {
  if (isHdr(frame) && frame.colorPrimaries === AVCOL_PRI_UNSPECIFIED) frame.colorPrimaries = AVCOL_PRI_BT2020
  if (frame.colorSpace !== AVCOL_SPC_UNSPECIFIED) return
  const isHd = Math.min(frame.width, frame.height) >= HD_PX
  if (isHdr(frame)) frame.colorSpace = AVCOL_SPC_BT2020_NCL
  else frame.colorSpace = isHd ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M
}

const isHdr = ({ colorTrc }: Frame) => colorTrc === AVCOL_TRC_ARIB_STD_B67 || colorTrc === AVCOL_TRC_SMPTE2084

/** As it is meant to be seen: upright, with square pixels. */
export function shownSize(frame: Frame, stream: Stream): Size {
  const ratio = pixelRatio(frame, stream)
  const shown = { widthPx: Math.max(1, Math.round(frame.width * ratio)), heightPx: frame.height }
  return isLying(frame) ? { widthPx: shown.heightPx, heightPx: shown.widthPx } : shown
}

/** A chain from the frame as decoded to YUV 4:2:0 planes of the target's size in BT.709 limited range. */
export function clipFilters(
  frame: Frame,
  stream: Stream,
  { fit, focus }: Pick<ClipMedia, 'fit' | 'focus'>,
  target: Size,
): string {
  const shown = shownSize(frame, stream)
  const { width: widthPx, height: heightPx } = frame
  const upright = isLying(frame) ? { widthPx: heightPx, heightPx: widthPx } : { widthPx, heightPx }
  const stored = isHdr(frame) ? reduced(upright, shown, target) : upright
  const whole = { left: 0, top: 0, width: target.widthPx, height: target.heightPx }
  const fitting = { stored, shown, target, fit, focus, inset: inset(shown, [whole])!, scaler: 'bicubic' } as const
  return [...turns(frame), ...(isHdr(frame) ? [toneMapped(stored)] : []), fitFilters(fitting)].join(',')
}

function pixelRatio(frame: Frame, stream: Stream): number {
  const isSaid = ({ num, den }: Rational) => num > 0 && den > 0
  // The container's word counts more: it is what an editor can change without coding again.
  const said = [stream.sampleAspectRatio, frame.sampleAspectRatio].find(isSaid)
  const ratio = said ? said.num / said.den : 1
  // Beyond that it is no picture format but a broken file.
  return ratio >= 1 / 8 && ratio <= 8 ? ratio : 1
}

/** The matrix (ISO 14496-12, 8.3.2) from the file's header or the picture: a, b, u, c, d, v, x, y, w in 16.16. */
function displayMatrix(frame: Frame): { a: number; b: number; c: number; d: number } | undefined {
  const bytes = frame.getSideData(AV_FRAME_DATA_DISPLAYMATRIX)
  if (!bytes || bytes.length < 36) return undefined
  const [a, b, c, d] = [0, 4, 12, 16].map((at) => bytes.readInt32LE(at)) as [number, number, number, number]
  return { a, b, c, d }
}

/** Whether it is shown a quarter turned. Turns between quarters are shown as the nearest. */
function isLying(frame: Frame): boolean {
  const matrix = displayMatrix(frame)
  return matrix !== undefined && Math.abs(matrix.b) + Math.abs(matrix.c) > Math.abs(matrix.a) + Math.abs(matrix.d)
}

function turns(frame: Frame): string[] {
  const matrix = displayMatrix(frame)
  if (!matrix) return []
  const { a, b, c, d } = matrix
  // Across goes to (a, b), down to (c, d). A transposition swaps the two; what is negative then is mirrored.
  const [transposed, across, down] = isLying(frame) ? [['transpose=cclock_flip'], c, b] : [[], a, d]
  return [...transposed, ...(across < 0 ? ['hflip'] : []), ...(down < 0 ? ['vflip'] : [])]
}

/** No larger than it is needed to cover the target. Even. */
function reduced({ widthPx, heightPx }: Size, shown: Size, target: Size): Size {
  const scale = Math.min(1, Math.max(target.widthPx / shown.widthPx, target.heightPx / shown.heightPx))
  const even = (px: number) => Math.max(2, 2 * Math.round((px * scale) / 2))
  return { widthPx: even(widthPx), heightPx: even(heightPx) }
}

/**
 * HLG and PQ in BT.709: what is brighter than the white of graphics (203 cd/m², ITU-R BT.2408) is pressed together, not
 * cut off. In light, so in floating point; 33 ms for a frame of 1080x1920, so it is scaled down before.
 */
function toneMapped({ widthPx, heightPx }: Size): string {
  return [
    `scale=${widthPx}:${heightPx}:flags=bicubic,format=yuv420p10`,
    'zscale=transfer=linear:npl=203:primaries=709,format=gbrpf32',
    'tonemap=mobius:desat=0',
    'zscale=transfer=709:matrix=709:range=limited:chromal=left,format=yuv420p10',
  ].join(',')
}
