import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { expect, test } from 'vitest'
import type { Motion, PictureMedia } from '../../../core/timeline.ts'
import type { PreparedPicture } from '../../../render-container/media/prepared.ts'
import { dots, panLeft, sharedChild, stillMotion, temporaryFolder, writePicture, zoomIn } from '../media.ts'
import { withOrientation, withPngOrientation } from './orientation.ts'

const run = sharedChild()
const square = { widthPx: 64, heightPx: 64, fps: 30 }

type Options = Partial<PictureMedia> & { motion?: Motion; frame?: typeof square }

async function prepare(path: string, { motion = stillMotion, frame = square, ...options }: Options = {}) {
  const media = { kind: 'picture', key: 'k', fit: 'cover', ...options } as const
  const task = { path, scene: 3, media, motion, frame, planesPath: `${path}.yuv` }
  const { prepared, notices } = await run('media', task, 'picture')
  expect(notices).toEqual([])
  const picture = prepared as PreparedPicture
  const bytes = await readFile(picture.planesPath)
  expect(bytes.length).toBe((picture.widthPx * picture.heightPx * 3) / 2)
  return { picture, bytes, luma: (x: number, y: number) => bytes[Math.floor(y) * picture.widthPx + Math.floor(x)]! }
}

function plain(colour: string) {
  return (context: SKRSContext2D) => {
    context.fillStyle = colour
    context.fillRect(0, 0, context.canvas.width, context.canvas.height)
  }
}

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
    for (const fit of ['cover', 'contain', 'blur'] as const) {
      const path = await writePicture(join(folder, 'patch.png'), [200, 100], plain(`rgb(${r} ${g} ${b})`))
      const { bytes, picture } = await prepare(path, { fit })
      const [row, column] = [Math.floor(picture.heightPx / 4) * 2, Math.floor(picture.widthPx / 4) * 2]
      const luma = picture.widthPx * picture.heightPx
      const chroma = luma + (row / 2) * (picture.widthPx / 2) + column / 2
      // ITU-R BT.709-6, items 3.2 to 3.5, in 8 bits.
      const y = 0.2126 * r + 0.7152 * g + 0.0722 * b
      const wanted = [16 + (219 * y) / 255, 128 + (224 * (b - y)) / 1.8556 / 255, 128 + (224 * (r - y)) / 1.5748 / 255]
      const measured = [bytes[row * picture.widthPx + column]!, bytes[chroma]!, bytes[chroma + luma / 4]!]
      for (const [index, level] of wanted.entries())
        expect(Math.abs(measured[index]! - level), `${fit} ${r} ${g} ${b}`).toBeLessThanOrEqual(1)
    }
  }
})

test('a picture is turned upright as its EXIF orientation says, in a JPEG and in a PNG', async () => {
  const folder = await temporaryFolder()
  // Stored lying: the left half white, and above it a grey corner. Where these are seen, by orientation.
  const lying = createCanvas(128, 64)
  const context = lying.getContext('2d')
  plain('#000')(context)
  context.fillStyle = '#fff'
  context.fillRect(0, 0, 64, 64)
  context.fillStyle = '#888'
  context.fillRect(0, 0, 64, 24)
  const seen: Record<number, { grey: [number, number]; white: [number, number] }> = {
    1: { grey: [0.2, 0.1], white: [0.2, 0.9] },
    2: { grey: [0.8, 0.1], white: [0.8, 0.9] },
    3: { grey: [0.8, 0.9], white: [0.8, 0.1] },
    4: { grey: [0.2, 0.9], white: [0.2, 0.1] },
    5: { grey: [0.1, 0.2], white: [0.9, 0.2] },
    6: { grey: [0.9, 0.2], white: [0.1, 0.2] },
    7: { grey: [0.9, 0.8], white: [0.1, 0.8] },
    8: { grey: [0.1, 0.8], white: [0.9, 0.8] },
  }
  for (const [orientation, { grey, white }] of Object.entries(seen)) {
    const files = {
      'turned.jpg': withOrientation(lying.toBuffer('image/jpeg', 95), Number(orientation)),
      'turned.png': withPngOrientation(lying.toBuffer('image/png'), Number(orientation)),
    }
    for (const [name, bytes] of Object.entries(files)) {
      const path = join(folder, name)
      await writeFile(path, bytes)
      const isUpright = Number(orientation) > 4
      const frame = isUpright ? { widthPx: 64, heightPx: 128, fps: 30 } : { widthPx: 128, heightPx: 64, fps: 30 }
      const { luma, picture } = await prepare(path, { frame })
      expect(picture).toMatchObject({ widthPx: frame.widthPx, heightPx: frame.heightPx })
      const at = ([x, y]: [number, number]) => luma(x * frame.widthPx, y * frame.heightPx)
      expect(at(white), `${name} ${orientation}`).toBeGreaterThan(225)
      expect(Math.abs(at(grey) - 133), `${name} ${orientation}`).toBeLessThan(8)
    }
  }
})

test('what is transparent in a picture is white', async () => {
  const folder = await temporaryFolder()
  const { luma } = await prepare(await writePicture(join(folder, 'nothing.png'), [64, 64], () => {}))
  expect(luma(0, 0)).toBe(235)
})

test('pictures of one pixel, very wide ones and very tall ones can be used in every fit', async () => {
  const folder = await temporaryFolder()
  for (const size of [
    [1, 1],
    [12_000, 300],
    [31, 777],
  ] as [number, number][]) {
    const path = await writePicture(join(folder, 'odd.png'), size, dots(1))
    for (const options of [{ fit: 'cover' }, { fit: 'contain' }, { fit: 'blur' }, { isBackdrop: true }] as const) {
      const { picture } = await prepare(path, { ...options, motion: zoomIn })
      expect(picture.from.width / picture.from.height).toBeCloseTo(1, 0)
    }
  }
})

test('a contained picture is whole and of its shape in every frame of the motion, on black', async () => {
  const folder = await temporaryFolder()
  const frame = { widthPx: 180, heightPx: 320, fps: 30 }
  const turning: Motion = {
    kind: 'rotate-zoom',
    from: { zoom: 1.1, x: 0.5, y: 0.5, rotateDeg: -3 },
    to: { zoom: 1.2, x: 0.5, y: 0.5, rotateDeg: 3 },
  }
  for (const size of [
    [300, 200],
    [100, 400],
    [180, 320],
  ] as [number, number][]) {
    const path = await writePicture(join(folder, 'white.png'), size, plain('#fff'))
    for (const motion of [stillMotion, zoomIn, panLeft, turning]) {
      const { picture, bytes } = await prepare(path, { fit: 'contain', frame, motion })
      const lit = litBox(bytes, picture)
      expect(Math.abs(lit.width / lit.height / (size[0] / size[1]) - 1)).toBeLessThan(0.06)
      for (const view of [picture.from, picture.to])
        for (const corner of cornersIn(lit, view)) {
          expect(Math.abs(corner.x)).toBeLessThanOrEqual(view.width / 2 + 1)
          expect(Math.abs(corner.y)).toBeLessThanOrEqual(view.height / 2 + 1)
        }
      // As large as the motion leaves it: a side of it comes within a fifth of the frame's edges.
      const room = Math.max(lit.width / picture.from.width, lit.height / picture.from.height)
      expect(room).toBeGreaterThan(0.75)
      const isFull = size[0] === frame.widthPx && motion === stillMotion
      expect(bytes[0]).toBe(isFull ? 235 : 16)
    }
  }
})

type Box = { left: number; top: number; width: number; height: number; rotateDeg?: number }

function litBox(bytes: Buffer, { widthPx, heightPx }: PreparedPicture): Box {
  const isLit = (x: number, y: number) => bytes[y * widthPx + x]! > 120
  const columns = Array.from({ length: widthPx }, (_, x) => x).filter((x) => isLit(x, heightPx / 2))
  const rows = Array.from({ length: heightPx }, (_, y) => y).filter((y) => isLit(widthPx / 2, y))
  const [left, top] = [columns[0]!, rows[0]!]
  return { left, top, width: columns.at(-1)! + 1 - left, height: rows.at(-1)! + 1 - top }
}

/** A box's corners as seen from the middle of a view, along its own sides. */
function cornersIn(box: Box, view: Box): { x: number; y: number }[] {
  const angle = ((view.rotateDeg ?? 0) * Math.PI) / 180
  const middle = { x: view.left + view.width / 2, y: view.top + view.height / 2 }
  return [0, 1, 2, 3].map((corner) => {
    const x = box.left + (corner % 2) * box.width - middle.x
    const y = box.top + Math.floor(corner / 2) * box.height - middle.y
    return { x: x * Math.cos(angle) + y * Math.sin(angle), y: y * Math.cos(angle) - x * Math.sin(angle) }
  })
}

test('around a picture that is not cut, a blurred and darker copy of it covers the frame', async () => {
  const folder = await temporaryFolder()
  const path = await writePicture(join(folder, 'wide.png'), [400, 100], (context) => {
    plain('#fff')(context)
    context.fillStyle = '#000'
    for (let x = 0; x < 400; x += 8) context.fillRect(x, 0, 4, 100)
  })
  const { luma, picture, bytes } = await prepare(path, { fit: 'blur', frame: { widthPx: 160, heightPx: 160, fps: 30 } })
  expect(picture).toMatchObject({ widthPx: 160, heightPx: 160 })
  // Half white, half black, at 0.7 of the brightness: 16 + 219 * 0.5 * 0.7.
  for (const [x, y] of [
    [20, 20],
    [80, 20],
    [140, 140],
  ] as const)
    expect(Math.abs(luma(x, y) - 93)).toBeLessThan(20)
  // The stripes themselves are in the middle only: 40 rows of 160.
  const contrast = (y: number) => {
    const row = bytes.subarray(y * 160, (y + 1) * 160)
    return Math.max(...row) - Math.min(...row)
  }
  expect(contrast(80)).toBeGreaterThan(100)
  expect(contrast(50)).toBeLessThan(50)
  expect(contrast(110)).toBeLessThan(50)
})

test('on a backdrop white text can be read, whatever the picture', async () => {
  const folder = await temporaryFolder()
  const path = await writePicture(join(folder, 'light.png'), [300, 300], (context) => {
    plain('#fff')(context)
    context.fillStyle = '#000'
    context.fillRect(0, 0, 150, 300)
  })
  const { bytes, picture } = await prepare(path, { isBackdrop: true, motion: zoomIn })
  const row = bytes.subarray((picture.heightPx / 2) * picture.widthPx).subarray(0, picture.widthPx)
  const brightest = ((Math.max(...row) - 16) / 219) ** 2.4
  // WCAG 2.2, 1.4.3.
  expect(1.05 / (brightest + 0.05)).toBeGreaterThan(4.5)
  // No edge is left of the step in the middle.
  for (let x = 1; x < row.length; x++) expect(Math.abs(row[x]! - row[x - 1]!)).toBeLessThan(12)
})

test('a large picture is scaled down without its fine pattern turning into a coarse one', async () => {
  const folder = await temporaryFolder()
  const path = await writePicture(join(folder, 'fine.png'), [1000, 1000], (context) => {
    plain('#fff')(context)
    context.fillStyle = '#000'
    for (let x = 0; x < 1000; x += 3) context.fillRect(x, 0, 1, 1000)
  })
  const { bytes, picture } = await prepare(path)
  const row = bytes.subarray(32 * picture.widthPx + 4, 33 * picture.widthPx - 4)
  expect(Math.max(...row) - Math.min(...row)).toBeLessThan(10)
})

test('a broken picture is refused by the number of its scene', async () => {
  const folder = await temporaryFolder()
  const whole = await readFile(await writePicture(join(folder, 'whole.jpg'), [300, 300], dots(1)))
  const path = join(folder, 'half.jpg')
  await writeFile(path, whole.subarray(0, whole.length / 2))
  await expect(prepare(path)).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringMatching(/^scene 4: the picture .*half\.jpg is broken or cut off/),
  })
})
