import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../media.ts'
import { clipChild, clipOf, colourAt, evenly, h264, numberIn, vp8, type ClipSpec } from './clips.ts'

const clips = clipChild()
const numbers = (planes: Buffer[]) => planes.map((each) => numberIn(each, 64, 64))
const rising = (count: number) => Array.from({ length: count }, (_, i) => i)

test.each([
  ['H.264 in MP4', 'a.mp4', h264],
  ['HEVC in MOV', 'a.mov', { codec: 'libx265', options: { preset: 'ultrafast', 'x265-params': 'log-level=none' } }],
  ['VP8 in WebM', 'a.webm', vp8],
  ['VP9 in WebM', 'a.webm', { codec: 'libvpx-vp9', options: { deadline: 'realtime', 'cpu-used': 8 } }],
  ['VP9 in MP4', 'a.mp4', { codec: 'libvpx-vp9', options: { deadline: 'realtime', 'cpu-used': 8 } }],
  ['AV1 in MP4', 'a.mp4', { codec: 'libsvtav1', options: { preset: 12 } }],
])('each frame of the video shows the clip picture of its time: %s', async (_, name, encoder) => {
  const path = join(await temporaryFolder(), name)
  await clips.make({ ...encoder, path, width: 96, height: 96, times: evenly(40, 30) })
  const { planes } = await clips.show(clipOf(path), rising(45))
  expect(numbers(planes)).toEqual(rising(45).map((n) => Math.min(n, 39)))
})

test('a segment that begins anywhere shows what one from the start shows, bit by bit', async () => {
  const folder = await temporaryFolder()
  const specs: Pick<ClipSpec, 'path' | 'codec' | 'options' | 'gop' | 'isInterlaced' | 'isCombed' | 'muxer'>[] = [
    { ...h264, path: join(folder, 'long.mp4'), gop: 25 },
    {
      ...h264,
      path: join(folder, 'open.mp4'),
      gop: 10,
      options: { ...h264.options, 'x264-params': 'open-gop=1:bframes=3' },
    },
    {
      ...h264,
      path: join(folder, 'fields.mov'),
      isInterlaced: true,
      isCombed: true,
      options: { ...h264.options, 'x264-params': 'tff=1' },
    },
    { ...vp8, path: join(folder, 'live.webm'), gop: 30, muxer: { live: 1 } },
    { ...h264, path: join(folder, 'pieces.mp4'), gop: 30, muxer: { movflags: 'frag_keyframe+empty_moov' } },
  ]
  for (const spec of specs) {
    const path = await clips.make({ ...spec, width: 96, height: 96, times: evenly(100, 25) })
    const clip = clipOf(path, { speed: 0.9, fromMs: 200 })
    const whole = await clips.show(clip, rising(126))
    for (const start of [1, 13, 29, 30, 31, 57, 88, 110, 124]) {
      const { planes } = await clips.show(clip, [start, start + 1])
      const same = planes.map((each, n) => each.equals(whole.planes[start + n]!))
      expect(same, `${path} from ${start}`).toEqual([true, true])
    }
  }
})

test('pictures at an uneven rate are shown from their own time until the next', async () => {
  const path = join(await temporaryFolder(), 'uneven.mp4')
  const times = [0, 10, 20, 200, 210, 500, 533, 567, 900]
  await clips.make({ ...h264, path, width: 96, height: 96, times })
  const { planes } = await clips.show(clipOf(path), rising(30))
  const wanted = rising(30).map((n) => times.findLastIndex((ms) => ms <= (n * 1000) / 30 + 1))
  expect(numbers(planes)).toEqual(wanted)
})

test('a clip is trimmed, slowed down, sped up and looped as the scene says', async () => {
  const path = join(await temporaryFolder(), 'clip.mp4')
  await clips.make({ ...h264, path, width: 96, height: 96, times: evenly(60, 30) })
  const shown = async (options: object, frames: number[]) =>
    numbers((await clips.show(clipOf(path, options), frames)).planes)
  expect(await shown({ fromMs: 500 }, [0, 1, 2, 3])).toEqual([15, 16, 17, 18])
  expect(await shown({ speed: 0.5 }, [0, 1, 2, 3, 4])).toEqual([0, 0, 1, 1, 2])
  expect(await shown({ speed: 2 }, [0, 1, 2, 3, 4])).toEqual([0, 2, 4, 6, 8])
  expect(await shown({ fromMs: 100, loopMs: 200 }, rising(14))).toEqual(rising(14).map((n) => 3 + (n % 6)))
  expect(await shown({ fromMs: 100, loopMs: 200 }, [9])).toEqual([6])
  expect(await shown({ fromMs: 5000 }, [0, 1])).toEqual([59, 59])
  expect(await shown({ fromMs: 1000, fps: 60 }, [0, 1, 2, 3])).toEqual([30, 30, 31, 31])
})

test('a clip is turned upright as its display matrix says', async () => {
  const folder = await temporaryFolder()
  const red = [81, 90, 240]
  // Where the red quarter, stored below on the left, is seen.
  for (const [name, matrix, x, y] of [
    ['quarter', [0, 1, -1, 0], 0.25, 0.25],
    ['half', [-1, 0, 0, -1], 0.75, 0.25],
    ['three quarters', [0, -1, 1, 0], 0.75, 0.75],
    ['mirrored', [-1, 0, 0, 1], 0.75, 0.75],
  ] as [string, [number, number, number, number], number, number][]) {
    const path = join(folder, `${name}.mp4`)
    await clips.make({ ...h264, path, width: 128, height: 96, times: [0, 33], matrix, colours: { colorSpace: 1 } })
    const size = { widthPx: 96, heightPx: 128 }
    const { planes } = await clips.show(clipOf(path, size), [0])
    for (const [index, level] of colourAt(planes[0]!, 96, 128, x, y).entries())
      expect(Math.abs(level - red[index]!), name).toBeLessThan(8)
  }
})

test('pixels that are not square are shown as wide as they are meant', async () => {
  const path = join(await temporaryFolder(), 'wide.mp4')
  // 4:3 of pixels seen as 16:9: contained in a square, 9/16 of its height is picture.
  await clips.make({ ...h264, path, width: 96, height: 72, times: [0], sar: [4, 3], isFlat: true })
  const { planes } = await clips.show(clipOf(path, { fit: 'contain', widthPx: 160, heightPx: 160 }), [0])
  const lit = rising(160).filter((y) => planes[0]![y * 160 + 80]! > 100).length
  expect(Math.abs(lit - 90)).toBeLessThanOrEqual(2)
})

test('fields taken at different times become one picture, in a clip that is marked so only', async () => {
  const folder = await temporaryFolder()
  const combed = { width: 64, height: 64, times: evenly(6, 25), isCombed: true }
  const steps = async (path: string) => {
    const { planes } = await clips.show(clipOf(path), [2])
    const column = rising(63).map((y) => Math.abs(planes[0]![(y + 1) * 64 + 32]! - planes[0]![y * 64 + 32]!))
    return Math.max(...column.slice(8, 56))
  }
  const progressive = await clips.make({ ...h264, ...combed, path: join(folder, 'frames.mp4') })
  expect(await steps(progressive)).toBeGreaterThan(100)
  const options = { ...h264.options, 'x264-params': 'tff=1' }
  const fields = await clips.make({ ...h264, ...combed, options, isInterlaced: true, path: join(folder, 'fields.mp4') })
  expect(await steps(fields)).toBeLessThan(40)
})

test('colours of any range, matrix and depth become BT.709 limited range', async () => {
  const folder = await temporaryFolder()
  // The same red and blue as every clip has below, in BT.709 limited range: 81 90 240 and 81 240 110.
  const [red, blue] = [
    [81, 90, 240],
    [81, 240, 110],
  ]
  // From BT.601 the same numbers mean other colours (ITU-R BT.601-7, 2.5.1 to RGB, BT.709-6, 3.2 from RGB).
  const from601 = (levels: number[]) => toYuv709(fromYuv(levels, 0.299, 0.114))
  for (const [name, spec, wantedRed, wantedBlue] of [
    ['709', { colours: { colorSpace: 1, colorRange: 1 } }, red, blue],
    ['601', { colours: { colorSpace: 6, colorRange: 1 } }, from601(red), from601(blue)],
    ['untold', {}, from601(red), from601(blue)],
    ['deep', { colours: { colorSpace: 1, colorRange: 1 }, pixelFormat: 'yuv420p10le' }, red, blue],
    ['444', { colours: { colorSpace: 1, colorRange: 1 }, pixelFormat: 'yuv444p' }, red, blue],
  ] as [string, Partial<ClipSpec>, number[], number[]][]) {
    const path = join(folder, `${name}.mp4`)
    await clips.make({ ...h264, path, width: 96, height: 96, times: [0, 33], ...spec })
    const { planes } = await clips.show(clipOf(path), [0])
    for (const [x, wanted] of [
      [0.25, wantedRed],
      [0.75, wantedBlue],
    ] as const)
      for (const [index, level] of colourAt(planes[0]!, 64, 64, x, 0.75).entries())
        expect(Math.abs(level - wanted[index]!), `${name}: ${level} for ${wanted[index]}`).toBeLessThanOrEqual(4)
  }
  // Full range: white is 255.
  const path = join(folder, 'full.mp4')
  await clips.make({
    ...h264,
    path,
    width: 96,
    height: 96,
    times: [0],
    isFlat: true,
    colours: { colorSpace: 1, colorRange: 2 },
  })
  const { planes } = await clips.show(clipOf(path), [0])
  expect(Math.abs(planes[0]![0]! - (16 + (180 * 219) / 255))).toBeLessThanOrEqual(1)
})

test('bright colours of an HDR clip keep what is in them', async () => {
  const path = join(await temporaryFolder(), 'hlg.mp4')
  // Tagged HLG in BT.2020. Its grey of 180 is 75 %, the reference white of graphics (ITU-R BT.2408).
  const colours = { colorSpace: 9, colorRange: 1, colorTrc: 18, colorPrimaries: 9 }
  await clips.make({
    ...h264,
    path,
    width: 98,
    height: 94,
    times: [0],
    pixelFormat: 'yuv420p10le',
    colours,
    isFlat: true,
  })
  const { planes } = await clips.show(clipOf(path), [0])
  expect(planes[0]![32 * 64 + 32]).toBeGreaterThan(190)
  expect(planes[0]![32 * 64 + 32]).toBeLessThan(215)
})

type Rgb = [number, number, number]

function fromYuv([y, u, v]: number[], kr: number, kb: number): Rgb {
  const [luma, blue, red] = [(y! - 16) / 219, ((u! - 128) / 224) * 2 * (1 - kb), ((v! - 128) / 224) * 2 * (1 - kr)]
  const clipped = (value: number) => Math.max(0, Math.min(1, value))
  const green = luma - (kr * red + kb * blue) / (1 - kr - kb)
  return [clipped(luma + red), clipped(green), clipped(luma + blue)]
}

function toYuv709([r, g, b]: Rgb): number[] {
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b
  return [16 + 219 * y, 128 + (224 * (b - y)) / 1.8556, 128 + (224 * (r - y)) / 1.5748]
}

test('a clip covers the frame around its focus, or is shown whole on black or on a blurred copy', async () => {
  const path = join(await temporaryFolder(), 'wide.mp4')
  await clips.make({ ...h264, path, width: 192, height: 64, times: [0], colours: { colorSpace: 1 } })
  const show = async (options: object) => (await clips.show(clipOf(path, options), [0])).planes[0]!
  const isRed = (planes: Buffer, x: number, y: number) => colourAt(planes, 64, 64, x, y)[2]! > 180
  const middle = await show({})
  expect([isRed(middle, 0.25, 0.75), isRed(middle, 0.75, 0.75)]).toEqual([true, false])
  const left = await show({ focus: { x: 0.1, y: 0.5 } })
  expect([isRed(left, 0.25, 0.75), isRed(left, 0.75, 0.75)]).toEqual([true, true])
  const right = await show({ focus: { x: 0.9, y: 0.5 } })
  expect([isRed(right, 0.25, 0.75), isRed(right, 0.75, 0.75)]).toEqual([false, false])
  const contained = await show({ fit: 'contain' })
  expect(contained[0]).toBe(16)
  expect(isRed(contained, 0.25, 0.6)).toBe(true)
  const blurred = await show({ fit: 'blur' })
  expect(isRed(blurred, 0.25, 0.6)).toBe(true)
  expect(blurred[62 * 64 + 32]).toBeGreaterThan(40)
  expect(blurred[62 * 64 + 32]).toBeLessThan(81)
})

test('clips of any size and shape fill the frame in every fit', async () => {
  const folder = await temporaryFolder()
  const vp9 = { codec: 'libvpx-vp9', options: { deadline: 'realtime', 'cpu-used': 8 } }
  for (const [width, height] of [
    [16, 16],
    [97, 95],
    [1201, 31],
    [33, 999],
    [2, 2],
  ] as const) {
    const path = await clips.make({ ...vp9, path: join(folder, 'odd.webm'), width, height, times: [0, 33] })
    for (const fit of ['cover', 'contain', 'blur'] as const) {
      const { planes } = await clips.show(clipOf(path, { fit, widthPx: 90, heightPx: 160 }), [0, 1, 2])
      expect(planes.map(({ length }) => length)).toEqual([21_600, 21_600, 21_600])
    }
  }
})

test('to begin far into a long clip costs little of what decoding up to there would', async () => {
  const path = join(await temporaryFolder(), 'long.mp4')
  await clips.make({ ...h264, path, width: 128, height: 128, gop: 30, times: evenly(1500, 30), isFlat: true })
  await clips.show(clipOf(path), [0])
  const late = await clips.show(clipOf(path, { fromMs: 48_000 }), [0, 30])
  const all = await clips.show(clipOf(path), [0, 1470])
  expect(late.cpuMs).toBeLessThan(all.cpuMs / 3)
})
