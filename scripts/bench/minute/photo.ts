// Pictures that are as hard to encode as photographs: smooth shapes in light and shade, leaf-like texture, and a
// sensor's noise. The same for the same seed.
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { randomOf } from '../../../core/random.ts'

/** Of a generated picture in portrait, as image models give it. */
const WIDTH_PX = 1024
const HEIGHT_PX = 1536
/** Standard deviations in steps of 8-bit luma: a phone's photo in daylight has noise of 2 to 4. */
const TEXTURE = 20
const NOISE = 3.2

/** A JPEG of 1024x1536 px. */
export function photo(seed: number): Buffer {
  const random = randomOf(seed)
  const canvas = createCanvas(WIDTH_PX, HEIGHT_PX)
  const context = canvas.getContext('2d')
  drawBackdrop(context, random)
  for (let shape = 0; shape < 22; shape++) drawShape(context, random)
  addGrain(context, random)
  return canvas.toBuffer('image/jpeg', 95)
}

type Random = () => number

function drawBackdrop(context: SKRSContext2D, random: Random): void {
  const hue = random() * 360
  const sky = context.createLinearGradient(0, 0, random() * WIDTH_PX, HEIGHT_PX)
  sky.addColorStop(0, `hsl(${hue} 45% 72%)`)
  sky.addColorStop(0.55, `hsl(${hue + 30} 35% 50%)`)
  sky.addColorStop(1, `hsl(${hue + 60} 40% 24%)`)
  context.fillStyle = sky
  context.fillRect(0, 0, WIDTH_PX, HEIGHT_PX)
}

/** A ball or a slab, lit from the upper left, with a soft shadow under it. */
function drawShape(context: SKRSContext2D, random: Random): void {
  const [x, y, radius] = [random() * WIDTH_PX, random() * HEIGHT_PX, 40 + random() ** 2 * 260]
  const hue = random() * 360
  const light = context.createRadialGradient(x - radius * 0.4, y - radius * 0.4, radius * 0.05, x, y, radius * 1.2)
  light.addColorStop(0, `hsl(${hue} 55% 78%)`)
  light.addColorStop(0.6, `hsl(${hue} 60% 45%)`)
  light.addColorStop(1, `hsl(${hue} 60% 16%)`)
  context.save()
  context.shadowColor = 'rgb(0 0 0 / 45%)'
  context.shadowBlur = radius * 0.25
  context.shadowOffsetY = radius * 0.15
  context.fillStyle = light
  context.beginPath()
  if (random() < 0.6) context.ellipse(x, y, radius, radius * (0.5 + random() * 0.5), random() * Math.PI, 0, 2 * Math.PI)
  else context.roundRect(x - radius, y - radius * 0.6, radius * 2, radius * 1.2, radius * 0.15)
  context.fill()
  context.restore()
}

function addGrain(context: SKRSContext2D, random: Random): void {
  const image = context.getImageData(0, 0, WIDTH_PX, HEIGHT_PX)
  const texture = textureOf(random)
  const { data } = image
  for (let pixel = 0; pixel < WIDTH_PX * HEIGHT_PX; pixel++) {
    const common = texture[pixel]! * TEXTURE + gaussian(random) * NOISE
    for (let channel = 0; channel < 3; channel++) {
      const at = pixel * 4 + channel
      data[at] = data[at]! + common + gaussian(random) * NOISE * 0.5
    }
  }
  context.putImageData(image, 0, 0)
}

/** Value noise of three sizes, strong in some regions and absent in others, as grass beside sky is. */
function textureOf(random: Random): Float32Array {
  const fine = [3, 6, 14].map((cellPx) => valueNoise(cellPx, random))
  const where = valueNoise(240, random)
  return where.map((strength, at) => {
    const sum = fine.reduce((total, noise) => total + noise[at]!, 0)
    return Math.max(0, strength + 0.4) * sum
  })
}

/** Between -1 and 1, smooth between points that are `cellPx` apart. */
function valueNoise(cellPx: number, random: Random): Float32Array {
  const columns = Math.ceil(WIDTH_PX / cellPx) + 2
  const rows = Math.ceil(HEIGHT_PX / cellPx) + 2
  const points = Float32Array.from({ length: columns * rows }, () => random() * 2 - 1)
  const noise = new Float32Array(WIDTH_PX * HEIGHT_PX)
  for (let y = 0; y < HEIGHT_PX; y++) {
    const row = Math.floor(y / cellPx)
    const down = smooth(y / cellPx - row)
    for (let x = 0; x < WIDTH_PX; x++) {
      const column = Math.floor(x / cellPx)
      const right = smooth(x / cellPx - column)
      const at = row * columns + column
      const above = points[at]! + (points[at + 1]! - points[at]!) * right
      const below = points[at + columns]! + (points[at + columns + 1]! - points[at + columns]!) * right
      noise[y * WIDTH_PX + x] = above + (below - above) * down
    }
  }
  return noise
}

const smooth = (part: number) => part * part * (3 - 2 * part)

/** The sum of three even numbers: near enough to a bell curve, of standard deviation 1. */
function gaussian(random: Random): number {
  return (random() + random() + random() - 1.5) * 2
}
