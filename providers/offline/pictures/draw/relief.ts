// Shading of a flat shape, pixel by pixel: as a rounded body, or in a few flat tones.
import { createCanvas, type Canvas } from '@napi-rs/canvas'
import { channels } from './colour.ts'

// Two blurs of the shape stand for its height: the wide one rounds the body, the narrow one bevels its edge.
const BODY_BLUR = 0.085
const BEVEL_BLUR = 0.02
// Slopes are taken over this many steps each way: heights are whole numbers, and a shorter step shows as scratches.
const SLOPE = 4

/** Rounds the picture: darker away from the light, with a highlight towards it. `from` is the light's side, -1…1. */
export function relief(picture: Canvas, silhouette: Canvas, strength: number, from: number, lightColour: string): void {
  const size = picture.width
  const body = heights(silhouette, size * BODY_BLUR)
  const bevel = heights(silhouette, size * BEVEL_BLUR)
  const half = body.size
  const ctx = picture.getContext('2d')
  const image = ctx.getImageData(0, 0, size, size)
  const { data } = image
  const [red, green, blue] = channels(lightColour)
  const [lx, ly, lz] = [from * 0.55 || 0.25, -0.7, 0.62]
  const at = (map: Uint8Array, x: number, y: number) => map[y * half + x]!
  for (let y = 0; y < size; y++) {
    const row = Math.min(half - 1 - SLOPE, Math.max(SLOPE, y >> 1))
    for (let x = 0; x < size; x++) {
      const pixel = (y * size + x) * 4
      if (data[pixel + 3]! < 8) continue
      const column = Math.min(half - 1 - SLOPE, Math.max(SLOPE, x >> 1))
      const dx =
        (at(body.map, column - SLOPE, row) - at(body.map, column + SLOPE, row)) * 0.055 +
        (at(bevel.map, column - 1, row) - at(bevel.map, column + 1, row)) * 0.02
      const dy =
        (at(body.map, column, row - SLOPE) - at(body.map, column, row + SLOPE)) * 0.055 +
        (at(bevel.map, column, row - 1) - at(bevel.map, column, row + 1)) * 0.02
      const length = Math.sqrt(dx * dx + dy * dy + 1)
      const facing = (-dx * -lx - dy * -ly + lz) / length
      // Even the side away from the light gets some from the ground and the sky.
      const gain = Math.max(0.66, 1 + strength * (facing - lz) * 0.75)
      const spark = Math.max(0, facing - 0.78) * 4.5
      const shine = strength * spark * spark * spark * 0.5
      data[pixel] = data[pixel]! * gain + (red - data[pixel]! * 0.4) * shine
      data[pixel + 1] = data[pixel + 1]! * gain + (green - data[pixel + 1]! * 0.4) * shine
      data[pixel + 2] = data[pixel + 2]! * gain + (blue - data[pixel + 2]! * 0.4) * shine
    }
  }
  ctx.putImageData(image, 0, 0)
}

/** Reduces the picture to `count` tones a hue, as cel paint does. */
export function steps(picture: Canvas, count: number): void {
  const ctx = picture.getContext('2d')
  const image = ctx.getImageData(0, 0, picture.width, picture.height)
  const { data } = image
  for (let pixel = 0; pixel < data.length; pixel += 4) {
    const tone = Math.max(data[pixel]!, data[pixel + 1]!, data[pixel + 2]!, 1)
    const gain = ((Math.ceil((tone / 255) * count) / count) * 255) / tone
    data[pixel] = data[pixel]! * gain
    data[pixel + 1] = data[pixel + 1]! * gain
    data[pixel + 2] = data[pixel + 2]! * gain
  }
  ctx.putImageData(image, 0, 0)
}

function heights(silhouette: Canvas, blurPx: number): { map: Uint8Array; size: number } {
  const size = Math.ceil(silhouette.width / 2)
  const small = createCanvas(size, size)
  const ctx = small.getContext('2d')
  ctx.filter = `blur(${(blurPx / 2).toFixed(2)}px)`
  ctx.drawImage(silhouette, 0, 0, size, size)
  const { data } = ctx.getImageData(0, 0, size, size)
  return { map: Uint8Array.from({ length: size * size }, (_, index) => data[index * 4 + 3]!), size }
}
