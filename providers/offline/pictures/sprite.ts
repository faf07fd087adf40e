// Lights an icon as if it stood in the picture: without this it looks pasted on.
import { createCanvas, type Canvas } from '@napi-rs/canvas'
import { adjust, alpha, mix } from './draw/colour.ts'
import { relief, steps } from './draw/relief.ts'
import { loadIcon } from './icons.ts'
import type { Palette } from './light/palette.ts'

/** How a look draws things. Strengths are 0…1. */
export type Finish = {
  /** How far colours are pulled towards the picture's light. */
  grade: number
  /** How round things look, by shading and a highlight. */
  relief: number
  /** Width of a dark outline as a share of the size; 0 = none. */
  outline: number
  outlineColour?: string
  /** Number of flat tones; 0 = smooth. */
  tones: number
  /** Strength of the light along the edge. */
  rim: number
  /** Multiplies the chroma. */
  chroma?: number
}

export type Sprite = {
  picture: Canvas
  /** The whole shape in white, for shadows and rims. */
  silhouette: Canvas
  sizePx: number
  /** Shares of the size at which the drawn part begins and ends. */
  top: number
  bottom: number
  left: number
  right: number
}

type Light = { palette: Palette; dark: boolean; /** -1 = from the left, 1 = from the right. */ from: number }

export async function sprite(name: string, sizePx: number, light: Light, finish: Finish): Promise<Sprite> {
  const size = Math.round(sizePx)
  const picture = await filled(name, size)
  const ctx = picture.getContext('2d')
  const silhouette = tinted(picture, '#ffffff')
  if (finish.chroma !== undefined && finish.chroma < 1) drain(picture, 1 - finish.chroma)
  // What gives light has no shade of its own.
  const lit = LUMINOUS.test(name) ? 0.25 : 1
  if (finish.relief > 0) relief(picture, silhouette, finish.relief * lit, light.from, light.palette.light)
  grade(picture, light, finish.grade * lit)
  if (finish.tones > 0) steps(picture, finish.tones)
  ctx.globalAlpha = 1
  ctx.globalCompositeOperation = 'destination-in'
  ctx.drawImage(silhouette, 0, 0)
  ctx.globalCompositeOperation = 'source-over'
  return { picture, silhouette, sizePx: size, ...extent(silhouette) }
}

const LUMINOUS =
  /^(sun|star|glowing-star|comet|full-moon|crescent-moon|fire|candle|diya-lamp|light-bulb|high-voltage|sun-behind.*)$/

// Room left around the drawing for its rim and outline.
const FILLED = 0.96

/** Icons leave different margins: each is enlarged until it fills its square, standing on the lower edge. */
async function filled(name: string, size: number): Promise<Canvas> {
  const probe = createCanvas(PROBE, PROBE)
  probe.getContext('2d').drawImage(await loadIcon(name, PROBE), 0, 0, PROBE, PROBE)
  const { top, bottom, left, right } = extent(probe)
  const [width, height] = [Math.max(0.1, right - left), Math.max(0.1, bottom - top)]
  // Long flat things (a bed, a train) would become giants: they fill the width less.
  const scale = Math.min(1.6, FILLED / Math.max(width, height, Math.sqrt(width * height) * 1.06))
  const drawn = Math.round(size * scale)
  const picture = createCanvas(size, size)
  const x = size / 2 - ((left + right) / 2) * drawn
  const y = size * ((1 + FILLED) / 2) - bottom * drawn
  picture.getContext('2d').drawImage(await loadIcon(name, drawn), x, y, drawn, drawn)
  return picture
}

/** The shape of a canvas in one colour. */
export function tinted(shape: Canvas, colour: string): Canvas {
  const copy = createCanvas(shape.width, shape.height)
  const ctx = copy.getContext('2d')
  ctx.drawImage(shape, 0, 0)
  ctx.globalCompositeOperation = 'source-in'
  ctx.fillStyle = colour
  ctx.fillRect(0, 0, copy.width, copy.height)
  return copy
}

/** Hue towards the palette, shade from below, key light from the sun's side. */
function grade(picture: Canvas, { palette, dark, from }: Light, strength: number): void {
  const size = picture.width
  const ctx = picture.getContext('2d')
  const fill = (
    blend: 'color' | 'multiply' | 'soft-light',
    opacity: number,
    style: string | ReturnType<typeof ctx.createLinearGradient>,
  ) => {
    ctx.globalCompositeOperation = blend
    ctx.globalAlpha = Math.min(1, opacity * strength)
    ctx.fillStyle = style
    ctx.fillRect(0, 0, size, size)
  }
  fill('color', dark ? 0.34 : 0.2, mix(palette.far, palette.light, 0.35))
  const ambient = ctx.createLinearGradient(0, 0, 0, size)
  ambient.addColorStop(0, mix('#ffffff', palette.sky[2], dark ? 0.3 : 0.1))
  ambient.addColorStop(1, mix('#ffffff', mix(palette.near, palette.far, 0.5), dark ? 0.62 : 0.46))
  fill('multiply', 1, ambient)
  const key = ctx.createRadialGradient(
    size * (0.5 + from * 0.35),
    size * 0.1,
    0,
    size * (0.5 + from * 0.35),
    size * 0.1,
    size * 0.95,
  )
  key.addColorStop(0, adjust(palette.light, 1, 0.05))
  key.addColorStop(1, alpha(palette.near, 0.45))
  fill('soft-light', 0.75, key)
  ctx.globalAlpha = 1
}

function drain(picture: Canvas, share: number): void {
  const ctx = picture.getContext('2d')
  ctx.globalCompositeOperation = 'saturation'
  ctx.globalAlpha = share
  ctx.fillStyle = '#808080'
  ctx.fillRect(0, 0, picture.width, picture.height)
  ctx.globalAlpha = 1
  ctx.globalCompositeOperation = 'source-over'
}

const PROBE = 64

/** Where the drawn part lies, measured on a small copy. */
function extent(silhouette: Canvas): Pick<Sprite, 'top' | 'bottom' | 'left' | 'right'> {
  const small = createCanvas(PROBE, PROBE)
  const ctx = small.getContext('2d')
  ctx.drawImage(silhouette, 0, 0, PROBE, PROBE)
  const { data } = ctx.getImageData(0, 0, PROBE, PROBE)
  let [top, bottom, left, right] = [PROBE, 0, PROBE, 0]
  for (let y = 0; y < PROBE; y++)
    for (let x = 0; x < PROBE; x++) {
      if (data[(y * PROBE + x) * 4 + 3]! <= 90) continue
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
    }
  return { top: top / PROBE, bottom: bottom / PROBE, left: left / PROBE, right: right / PROBE }
}
