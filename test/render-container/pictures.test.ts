import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { expect, test } from 'vitest'
import { dots, sharedChild, stillMotion, temporaryFolder, writePicture, zoomIn } from './media.ts'

const run = sharedChild()
const frame = { widthPx: 64, heightPx: 64 }

test('colours become their BT.709 limited-range levels', async () => {
  const folder = await temporaryFolder()
  for (const [r, g, b] of [
    [255, 255, 255],
    [0, 0, 0],
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [138, 90, 43],
  ] as const) {
    const path = await writePicture(join(folder, 'patch.png'), [200, 100], (context) => {
      context.fillStyle = `rgb(${r} ${g} ${b})`
      context.fillRect(0, 0, 200, 100)
    })
    const task = { path, scene: 0, motion: stillMotion, frame, planesPath: join(folder, 'planes.yuv') }
    const { widthPx, heightPx, planesPath } = await run('picture', task, 'picture')
    const bytes = await readFile(planesPath)
    const luma = widthPx * heightPx
    // ITU-R BT.709-6, items 3.2 to 3.5, in 8 bits.
    const y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    const wanted = [16 + (219 * y) / 255, 128 + (224 * (b - y)) / 1.8556 / 255, 128 + (224 * (r - y)) / 1.5748 / 255]
    const measured = [bytes[luma / 2]!, bytes[luma + luma / 8]!, bytes[luma + luma / 4 + luma / 8]!]
    for (const [index, level] of wanted.entries()) expect(Math.abs(measured[index]! - level)).toBeLessThanOrEqual(1)
  }
})

test('a picture is turned upright as its EXIF orientation says', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'turned.jpg')
  // Stored lying: the left half white. Orientation 6 turns it a quarter to the right: the top half is white.
  const lying = createCanvas(128, 64)
  const context = lying.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, 64, 64)
  await writeFile(path, withOrientation(lying.toBuffer('image/jpeg', 95), 6))
  const { bytes, picture } = await prepare(path, folder)
  expect(picture.from).toMatchObject({ width: 64, height: 64 })
  expect(bytes[picture.widthPx * 8 + 32]).toBeGreaterThan(225)
  expect(bytes[picture.widthPx * (picture.heightPx - 8) + 32]).toBeLessThan(25)
})

test('what is transparent in a picture is white', async () => {
  const folder = await temporaryFolder()
  const { bytes } = await prepare(await writePicture(join(folder, 'nothing.png'), [64, 64], () => {}), folder)
  expect(bytes[0]).toBe(235)
})

test('pictures of one pixel, very wide ones and very tall ones can be used', async () => {
  const folder = await temporaryFolder()
  for (const size of [
    [1, 1],
    [2000, 30],
    [31, 777],
  ] as [number, number][]) {
    const path = await writePicture(join(folder, 'odd.png'), size, dots(1))
    const task = { path, scene: 0, motion: zoomIn, frame, planesPath: join(folder, 'planes.yuv') }
    const { widthPx, heightPx, planesPath } = await run('picture', task, 'picture')
    expect((await readFile(planesPath)).length).toBe((widthPx * heightPx * 3) / 2)
  }
})

test('a broken picture is refused by the number of its scene', async () => {
  const folder = await temporaryFolder()
  const whole = await readFile(await writePicture(join(folder, 'whole.jpg'), [300, 300], dots(1)))
  const path = join(folder, 'half.jpg')
  await writeFile(path, whole.subarray(0, whole.length / 2))
  await expect(prepare(path, folder)).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringMatching(/^scene 4: the picture .*half\.jpg is broken or cut off/),
  })
})

async function prepare(path: string, folder: string) {
  const task = { path, scene: 3, motion: stillMotion, frame, planesPath: join(folder, 'planes.yuv') }
  const picture = await run('picture', task, 'picture')
  return { picture, bytes: await readFile(picture.planesPath) }
}

/** Puts an EXIF segment with nothing but the orientation after the start of the JPEG. */
function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex')
  tiff.writeUInt16BE(orientation, 18)
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const header = Buffer.from([0xff, 0xe1, 0, exif.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), header, exif, jpeg.subarray(2)])
}
