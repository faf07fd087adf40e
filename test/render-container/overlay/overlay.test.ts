import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { OverlayTask } from '../../../render-container/overlay/overlay.ts'
import { fontsDir, temporaryFolder, writePicture } from '../media.ts'
import type { Drawing } from './draw.ts'

const format = { widthPx: 270, heightPx: 480, fps: 30 }
const nothing: OverlayTask = {
  track: undefined,
  assPath: undefined,
  fontsDir,
  logoPath: undefined,
  progressBar: undefined,
  durationFrames: 30,
  format,
}

/** A half transparent mark, letters with edge and shadow, a word that grows, one that fills up, one over the edge. */
const events = [
  String.raw`0,0:00:00.00,0:00:09.00,Words,,0,0,0,,{\an7\pos(16,38)\fs20\alpha&H70&\4a&HC0&}@mark`,
  String.raw`1,0:00:00.00,0:00:00.30,Words,,0,0,0,,{\an2\pos(135,380)}Hello {\1c&H3FD2FF&}there{\1c&HFFFFFF&} you`,
  String.raw`2,0:00:00.10,0:00:00.30,Words,,0,0,0,,{\an2\pos(135,300)\t(0,80,\fscx130\fscy130)}grow`,
  String.raw`1,0:00:00.40,0:00:00.80,Words,,0,0,0,,{\an2\pos(135,380)\1c&HFFC84F&\2c&HFFFFFF&}{\kf30}Filling{\kf10} up`,
  String.raw`3,0:00:00.50,0:00:00.80,Words,,0,0,0,,{\an5\pos(262,470)\fs60}over{\fnNoto Sans Arabic Bold}سلام`,
]
const ass = (lines: string[]) => `[Script Info]
PlayResX: 270
PlayResY: 480
WrapStyle: 2
ScaledBorderAndShadow: yes
YCbCr Matrix: None
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, BorderStyle, Outline, Shadow, Alignment
Style: Words,Montserrat ExtraBold,30,&H00FFFFFF,&H00FFFFFF,&H00140E10,&H80000000,1,3,1.2,2
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
${lines.map((line) => `Dialogue: ${line}\n`).join('')}`

test('captions come out as the filter alone would draw them, whatever of them moves, from any frame on', async () => {
  const folder = await temporaryFolder()
  const frames = Array.from({ length: 27 }, (_, frame) => frame)
  // What is drawn changes in these; between them it is kept.
  const changes = [0, 3, 4, 5, 6, 9, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24].map((frame) => 100 + frame)
  const every = frames.map((frame) => 100 + frame)
  const cases = [
    { lines: events, changes, shown: frames, format },
    { lines: events, changes: every, shown: [13, 17, 5, 26, 0], format },
    { lines: events, changes: every, shown: [14, 15, 25, 26], format: { widthPx: 402, heightPx: 250, fps: 60 } },
    { lines: [], changes: [100], shown: [0, 9], format },
  ]
  const drawn = await draw(
    folder,
    await Promise.all(
      cases.map(async ({ lines, shown, ...one }, index) => {
        const assPath = join(folder, `${index}.ass`)
        await writeFile(assPath, ass(lines))
        const track = { ass: ass(lines), baseFrame: 100, changes: one.changes }
        const drawing = {
          task: { ...nothing, track, assPath, format: one.format },
          frames: shown.map((frame) => 100 + frame),
          below: 'noise' as const,
        }
        return [
          { ...drawing, by: 'us' as const },
          { ...drawing, by: 'filter' as const },
        ]
      }),
    ).then((both) => both.flat()),
  )
  for (const [index] of cases.entries()) {
    const [ours, filters] = [drawn[2 * index]!, drawn[2 * index + 1]!]
    expect(ours.length).toBe(filters.length)
    const differences = ours.map((level, at) => Math.abs(level - filters[at]!))
    expect(differences.reduce((most, difference) => Math.max(most, difference), 0)).toBeLessThanOrEqual(2)
    expect(differences.filter((difference) => difference > 1).length).toBeLessThan(ours.length / 10_000)
  }
  // And it is no comparison of nothing with nothing.
  const [first, plain] = [drawn[0]!, drawn[6]!]
  expect(first.some((level, at) => Math.abs(level - plain[at]!) > 100)).toBe(true)
})

test('the logo stands in the upper right corner, see-through where it is, and shines through a little elsewhere', async () => {
  const folder = await temporaryFolder()
  const logoPath = await writePicture(join(folder, 'logo.png'), [400, 400], (context) => {
    context.fillStyle = '#fff'
    context.fillRect(0, 0, 400, 200)
    context.fillStyle = 'rgba(255, 0, 0, 0.5)'
    context.fillRect(0, 200, 200, 200)
  })
  const formats = [
    [270, 480],
    [480, 270],
    [270, 270],
  ].map(([widthPx, heightPx]) => ({ widthPx: widthPx!, heightPx: heightPx!, fps: 30 }))
  const drawings = formats.map((size) => ({
    task: { ...nothing, logoPath, format: size },
    frames: [3],
    below: 100,
    by: 'us' as const,
  }))
  for (const [index, bytes] of (await draw(folder, drawings)).entries()) {
    const { widthPx, heightPx } = formats[index]!
    const box = boxOf(bytes, widthPx, heightPx, 100)
    // 14 % of the shorter side, a little more for whole pixels.
    expect([box.width, box.height].map((px) => Math.abs(px - 38) <= 1)).toEqual([true, true])
    expect(Math.abs(widthPx - (box.left + box.width) - 0.06 * widthPx)).toBeLessThan(2)
    expect(box.top).toBeGreaterThanOrEqual(Math.floor(0.05 * heightPx))
    expect(box.top).toBeLessThan(0.1 * heightPx)
    const luma = (x: number, y: number) => bytes[(box.top + y) * widthPx + box.left + x]!
    // White at 85 %, red at half of that, and nothing at all.
    expect(luma(10, 8)).toBe(Math.round(235 * 0.85 + 100 * 0.15))
    expect(Math.abs(luma(8, 30) - (62.6 * 0.425 + 100 * 0.575))).toBeLessThan(1.5)
    expect(luma(28, 30)).toBe(100)
    const redness = (plane: number) =>
      bytes[widthPx * heightPx * plane + ((box.top + 30) / 2) * (widthPx / 2) + Math.floor((box.left + 8) / 2)]!
    expect(Math.abs(redness(1.25) - (240 * 0.425 + 100 * 0.575))).toBeLessThan(1.5)
    expect(Math.abs(redness(1) - (102.3 * 0.425 + 100 * 0.575))).toBeLessThan(1.5)
  }
})

test('a wide logo is as wide as it may be, and one that is no picture is refused by name', async () => {
  const folder = await temporaryFolder()
  const logoPath = await writePicture(join(folder, 'wide.png'), [12_000, 300], (context) => {
    context.fillStyle = '#fff'
    context.fillRect(0, 0, 12_000, 300)
  })
  const broken = join(folder, 'broken.png')
  await writeFile(broken, 'hello')
  const drawing = { task: { ...nothing, logoPath }, frames: [0], below: 50, by: 'us' as const }
  const [bytes] = await draw(folder, [drawing])
  const box = boxOf(bytes!, 270, 480, 50)
  expect(Math.abs(box.width - 0.22 * 270)).toBeLessThan(2)
  expect(box.height).toBeLessThanOrEqual(3)
  await expect(draw(folder, [{ ...drawing, task: { ...nothing, logoPath: broken } }])).rejects.toThrow(
    `the logo ${broken} cannot be decoded; save it again as PNG`,
  )
})

test('the progress bar grows by parts of a pixel along its edge, and the last frame is full', async () => {
  const folder = await temporaryFolder()
  const frames = Array.from({ length: 250 }, (_, frame) => frame * 4 + 3)
  const drawings = (['top', 'bottom'] as const).map((edge) => ({
    task: { ...nothing, progressBar: { edge, colour: '#ffffff' }, durationFrames: 1000 },
    frames: edge === 'top' ? frames : [499, 999],
    below: 128,
    by: 'us' as const,
  }))
  const [top, bottom] = (await draw(folder, drawings)) as [Buffer, Buffer]
  const bytes = (270 * 480 * 3) / 2
  const track = Math.round(128 * 0.65 + 16 * 0.35)
  const filledPx = (frame: number, y: number, all: Buffer) =>
    all
      .subarray(frame * bytes + y * 270, frame * bytes + (y + 1) * 270)
      .reduce((sum, level) => sum + level - track, 0) /
    (235 - track)
  for (const [at, frame] of frames.entries())
    expect(Math.abs(filledPx(at, 0, top) - (270 * (frame + 1)) / 1000)).toBeLessThan(0.02)
  // 0.7 % would be three rows, which is no even number and less than four.
  expect(filledPx(124, 3, top)).toBeCloseTo(135, 1)
  expect(top[124 * bytes + 4 * 270]).toBe(128)
  expect([476, 479].map((y) => filledPx(1, y, bottom))).toEqual([270, 270])
  expect(bottom[475 * 270]).toBe(128)
  // Colour too: at the end, the chroma rows of white, as of grey, are 128.
  expect(bottom.subarray(bytes + 270 * 480).every((level) => level === 128)).toBe(true)
})

test('the overlay functions bring no memory of their own', () => {
  const bytes = readFileSync(new URL('../../../render-container/overlay/overlay.wasm', import.meta.url))
  expect(WebAssembly.Module.imports(new WebAssembly.Module(bytes))).toEqual([
    { module: 'env', name: 'memory', kind: 'memory' },
  ])
  // Instantiating writes nothing: a data segment would land in the middle of the kernel's.
  const memory = new WebAssembly.Memory({ initial: 4 })
  const all = new Uint8Array(memory.buffer).fill(7)
  void new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } })
  expect(all.every((byte) => byte === 7)).toBe(true)
})

/** In one process for all. */
async function draw(folder: string, drawings: Omit<Drawing, 'out'>[]): Promise<Buffer[]> {
  const withOut = drawings.map((drawing, index) => ({ ...drawing, out: join(folder, `${index}.yuv`) }))
  const list = join(folder, 'drawings.json')
  await writeFile(list, JSON.stringify(withOut))
  const script = fileURLToPath(new URL('draw.ts', import.meta.url))
  const noSystemFonts = new URL('../../../render-container/no-system-fonts.conf', import.meta.url)
  const env = { ...process.env, FONTCONFIG_FILE: fileURLToPath(noSystemFonts) }
  await promisify(execFile)(process.execPath, [script, list], { env })
  return Promise.all(withOut.map(({ out }) => readFile(out)))
}

/** What is not as it was below. */
function boxOf(luma: Uint8Array, widthPx: number, heightPx: number, below: number) {
  const drawn = [...luma.subarray(0, widthPx * heightPx).entries()].filter(([, level]) => level !== below)
  const [columns, rows] = [drawn.map(([at]) => at % widthPx), drawn.map(([at]) => Math.floor(at / widthPx))]
  const [left, right] = [columns.reduce((a, b) => Math.min(a, b), widthPx), columns.reduce((a, b) => Math.max(a, b), 0)]
  const [top, bottom] = [rows.reduce((a, b) => Math.min(a, b), heightPx), rows.reduce((a, b) => Math.max(a, b), 0)]
  return { left, top, width: right - left + 1, height: bottom - top + 1 }
}
