// The logo: a picture in the upper right corner, half a step back from the picture below it.
import { readFileSync } from 'node:fs'
import { createCanvas, Image } from '@napi-rs/canvas'
import { shapeOf } from '../../core/captions/layout.ts'
import { InputError } from '../../core/errors.ts'
import type { VideoFormat } from '../encoder.ts'
import type { FrameMemory, Patch } from './blender.ts'
import { yuvOf } from './colour.ts'

/** At most this part of the frame's shorter side high, and of its width wide. */
const MOST_HEIGHT = 0.14
const MOST_WIDTH = 0.22
const OPACITY = 0.85

type Size = Pick<VideoFormat, 'widthPx' | 'heightPx'>

/**
 * The most that a logo may take of the frame, in its pixels; it stands in the upper right corner of that, as far from
 * the edges as the watermark on the other side.
 */
export function logoArea({ widthPx, heightPx }: Size): { left: number; top: number; right: number; bottom: number } {
  const { corner } = shapeOf({ width: widthPx, height: heightPx })
  const right = widthPx * (1 - corner.left)
  const top = heightPx * corner.top
  return { left: right - MOST_WIDTH * widthPx, top, right, bottom: top + MOST_HEIGHT * Math.min(widthPx, heightPx) }
}

/** The logo in the kernel's memory. Throws InputError when the file cannot be read as a picture. */
export function loadLogo(path: string, format: VideoFormat, kernel: FrameMemory): Patch {
  const { left, top, width, height, planes } = preparedLogo(path, format)
  const address = kernel.reserve(planes.length)
  new Uint8Array(kernel.memory.buffer).set(planes, address)
  let at = address
  return [1, 2, 2].map((by) => {
    const place = { stride: width / by, left: left / by, top: top / by, width: width / by, height: height / by }
    const bytes = place.width * place.height
    const plane = { ...place, colour: at, through: at + bytes }
    at += 2 * bytes
    return plane
  }) as Patch
}

/** Pixels of the frame, all even. `planes`: colour and what shows through, of luma and of each chroma plane. */
type PreparedLogo = { left: number; top: number; width: number; height: number; planes: Uint8Array }

/** A child renders many segments of one video, and decoding a large logo takes longer than drawing a frame. */
let lastPrepared: { key: string; logo: PreparedLogo } | undefined

function preparedLogo(path: string, format: VideoFormat): PreparedLogo {
  const key = JSON.stringify([path, format])
  if (lastPrepared?.key !== key) lastPrepared = { key, logo: prepare(path, format) }
  return lastPrepared.logo
}

function prepare(path: string, format: VideoFormat): PreparedLogo {
  const image = decoded(path)
  const area = logoArea(format)
  const scale = Math.min((area.bottom - area.top) / image.height, (area.right - area.left) / image.width)
  const shown = { width: image.width * scale, height: image.height * scale }
  const [width, height] = [evenUp(shown.width), evenUp(shown.height)]
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.imageSmoothingQuality = 'high'
  // Flush with the right and the upper edge of whole, even pixels.
  context.drawImage(image, width - shown.width, 0, shown.width, shown.height)
  return {
    left: evenUp(area.right) - width,
    top: evenUp(area.top),
    width,
    height,
    planes: toPlanes(context.getImageData(0, 0, width, height).data, width, height),
  }
}

/** A whole number that floating point made a little more stays what it is. */
const evenUp = (px: number) => Math.max(2, 2 * Math.ceil(px / 2 - 1e-9))

function decoded(path: string): Image {
  const image = new Image()
  image.src = readFileSync(path)
  if (image.width === 0) throw new InputError(`the logo ${path} cannot be decoded; save it again as PNG`)
  return image
}

/** Chroma is the mean of four pixels, by their opacity. */
function toPlanes(rgba: Uint8ClampedArray, width: number, height: number): Uint8Array {
  const pixels = width * height
  const planes = new Uint8Array(3 * pixels)
  const chroma = new Float64Array((3 * pixels) / 4) // opacity, u, v
  const quarter = pixels / 4
  for (let pixel = 0; pixel < pixels; pixel++) {
    const [red, green, blue, alpha] = rgba.subarray(pixel * 4, pixel * 4 + 4) as unknown as number[]
    const opacity = (OPACITY * alpha!) / 255
    const [y, u, v] = yuvOf(red!, green!, blue!)
    planes[pixel] = Math.round(y * opacity)
    planes[pixels + pixel] = Math.round(255 * (1 - opacity))
    const four = Math.floor(pixel / width / 2) * (width / 2) + ((pixel % width) >> 1)
    chroma[four]! += opacity / 4
    chroma[quarter + four]! += (u * opacity) / 4
    chroma[2 * quarter + four]! += (v * opacity) / 4
  }
  for (let four = 0; four < quarter; four++)
    for (const plane of [0, 1]) {
      const at = 2 * pixels + plane * 2 * quarter + four
      planes[at] = Math.round(chroma[(1 + plane) * quarter + four]!)
      planes[at + quarter] = Math.round(255 * (1 - chroma[four]!))
    }
  return planes
}
