import { createCanvas } from '@napi-rs/canvas'
import { describe, expect, test } from 'vitest'
import { checkPicture } from '../../../providers/media/picture.ts'

const portrait = { widthPx: 1080, heightPx: 1920 }
type Format = 'png' | 'jpeg' | 'webp'
const formats: Format[] = ['png', 'jpeg', 'webp']

function canvasOf(widthPx: number, heightPx: number, colour?: string) {
  const canvas = createCanvas(widthPx, heightPx)
  const context = canvas.getContext('2d')
  const gradient = context.createLinearGradient(0, 0, widthPx, heightPx)
  gradient.addColorStop(0, '#204080')
  gradient.addColorStop(1, '#f0a030')
  context.fillStyle = colour ?? gradient
  context.fillRect(0, 0, widthPx, heightPx)
  const squares = colour ? 0 : 300
  for (let index = 0; index < squares; index++) {
    context.fillStyle = `hsl(${(index * 37) % 360} 60% 50%)`
    context.fillRect((index * 7919) % widthPx, (index * 104_729) % heightPx, 20, 20)
  }
  return canvas
}
const file = (format: Format, widthPx = 720, heightPx = 1280, colour?: string) =>
  canvasOf(widthPx, heightPx, colour).encode(format as 'png')

const reasonOf = (bytes: Uint8Array, wanted = portrait) =>
  checkPicture(bytes, wanted).then(
    ({ contentType }) => contentType,
    (error: unknown) => (error as Error).message,
  )

describe.each(formats)('%s', (format) => {
  test('whole: its type is what its bytes say', async () => {
    const bytes = await file(format)
    expect(await checkPicture(bytes, portrait)).toEqual({ bytes, contentType: `image/${format}` })
  })

  test('cut off anywhere, it is refused', async () => {
    const bytes = await file(format)
    const lengths = Array.from({ length: 40 }, (_, index) => Math.floor((bytes.length * index) / 40))
    for (const length of [...lengths, 1, 8, 12, 16, 30, bytes.length - 1, bytes.length - 2])
      expect(await reasonOf(bytes.subarray(0, length)), `${length} bytes`).toMatch(
        /^it (is empty|is not|breaks off)|^it is not/,
      )
  })

  test('all of one colour, it is refused; a thin line is enough', async () => {
    expect(await reasonOf(await file(format, 720, 1280, '#123456'))).toBe('it is all of one colour')
    const canvas = canvasOf(1152, 2048, '#ffffff')
    const context = canvas.getContext('2d')
    context.lineWidth = 2
    context.moveTo(500, 900)
    context.lineTo(720, 1110)
    context.stroke()
    expect(await reasonOf(await canvas.encode(format as 'png'))).toBe(`image/${format}`)
  })
})

test('a PNG with a damaged byte is refused', async () => {
  const bytes = Buffer.from(await file('png'))
  bytes[bytes.length >> 1]! ^= 1
  expect(await reasonOf(bytes)).toBe('it breaks off or is damaged')
})

test('bytes behind the end of a JPEG or PNG do not matter', async () => {
  for (const format of ['png', 'jpeg'] as const)
    expect(await reasonOf(Buffer.concat([await file(format), Buffer.from('more')]))).toBe(`image/${format}`)
})

test.each([
  [720, 1280, 'image/png'],
  [768, 1376, 'image/png'],
  [1024, 1536, 'image/png'],
  [1024, 1024, 'not of the shape'],
  [1280, 720, 'not of the shape'],
  [144, 256, 'too small'],
  [1, 1, 'too small'],
])('%i×%i px for 1080×1920: %s', async (widthPx, heightPx, expected) => {
  expect(await reasonOf(await file('png', widthPx, heightPx))).toContain(expected)
})

test('a small file that claims millions of pixels is never decoded', async () => {
  const bytes = Buffer.from(await file('png'))
  bytes.writeUInt32BE(60_000, 16)
  bytes.writeUInt32BE(100_000, 20)
  expect(await reasonOf(bytes)).toBe('it has 6000 megapixels')
})

test('all transparent, it is of one colour', async () => {
  expect(await reasonOf(await createCanvas(720, 1280).encode('png'))).toBe('it is all of one colour')
})

test.each([
  ['', 'it is empty'],
  ['<!DOCTYPE html><html></html>', 'an HTML page'],
  ['{"error":{"message":"no"}}', 'a JSON text'],
  ['<svg xmlns="http://www.w3.org/2000/svg"></svg>', 'an SVG file'],
  ['GIF89a\x01\0\x01\0', 'a GIF file'],
  ['nothing of the kind', 'not a PNG, JPEG or WebP file'],
])('%j: %s', async (text, reason) => {
  expect(await reasonOf(Buffer.from(text, 'latin1'))).toContain(reason)
})
