import type { Font } from '../fonts.ts'
import { assText, type Drawn, sizeTags, type Style } from './ass.ts'
import { captionEmPx, type FrameSize, shapeOf } from './layout.ts'
import { dark, white } from './paint.ts'

const watermarkOfEm = 0.55

/** Small and half transparent in the upper left corner, from the first frame to the last. */
export function drawWatermark(label: string, frame: FrameSize & { durationFrames: number }, font: Font): Drawn[] {
  const emPx = Math.round(captionEmPx(frame) * watermarkOfEm)
  const text = assText(label, font, emPx)
  if (text === '') return []
  const style: Style = { name: 'Watermark', face: font.primary, emPx, letters: white, outline: dark, hasEdge: true }
  const { top, left } = shapeOf(frame).corner
  const place = `${Math.round(frame.width * left)},${Math.round(frame.height * top)}`
  const tags = String.raw`\an7\pos(${place})${sizeTags(style, emPx)}\alpha&H70&\4a&HC0&`
  return [{ style, layer: 3, firstFrame: 0, endFrame: frame.durationFrames, text: `{${tags}}${text}` }]
}
