import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Motion, Timeline } from '../../core/timeline.ts'
import { compose } from '../../render-container/compose.ts'
import { inspect } from '../../render-container/inspect.ts'
import { createStillnessWatch } from '../../render-container/inspect/stillness.ts'
import {
  babble,
  dots,
  fontsDir,
  panLeft,
  sharedChild,
  stillMotion,
  temporaryFolder,
  timelineOf,
  writePicture,
  writeWav,
  zoomIn,
} from './media.ts'

const never = new AbortController().signal
const run = sharedChild()

test('black, standing still, missing frames, silent words and a wrong size are all found', async () => {
  const folder = await temporaryFolder()
  const pictures = [
    await writePicture(join(folder, 'dots.jpg'), [400, 600], dots(1)),
    await writePicture(join(folder, 'black.png'), [400, 600], (context) => context.fillRect(0, 0, 400, 600)),
  ]
  const made = timelineOf([45, 45], { fade: 0, motions: [stillMotion] })
  const videoPath = await composed(folder, made, pictures, (t) => (t < 0.5 ? babble(t) : 0))
  // A scene that stands still and turns black in its middle, and one that ends too early.
  const claimed = {
    ...timelineOf([60, 45], { width: 480, height: 270, fade: 0, motions: [zoomIn] }),
    words: [{ startMs: 0, endMs: 3000 }],
  } as Timeline
  const findings = await inspect(
    { videoPath, timeline: claimed, captionsAss: undefined, fontsDir, hasNarration: true, hasSound: true },
    never,
  )
  expect(
    findings
      .filter(({ ok }) => !ok)
      .map(({ check }) => check)
      .toSorted(),
  ).toEqual(['black', 'duration', 'frames', 'silence under words', 'size', 'still'])
  // To two frames: every second one is looked at.
  const stretch = (name: string) =>
    findings
      .find(({ check }) => check === name)!
      .measured.match(/[\d.]+/g)!
      .map(Number)
  for (const [name, wanted] of [
    ['black', [0.5, 1.5]],
    ['still', [1.5, 0]],
  ] as const)
    for (const [at, seconds] of stretch(name).entries()) expect(Math.abs(seconds - wanted[at]!)).toBeLessThan(0.07)
})

test('pictures that are black or dark themselves, and scenes too slow to be seen to move, are no fault', () => {
  const black = () => 16
  const night = (x: number, y: number) => (x % 16 === 0 && y % 16 === 0 ? 200 : 17)
  const card = (x: number, y: number) => (Math.hypot(x - 50, y - 80) < 30 ? 30 + ((x * 7 + y * 13) % 50) * 4 : 235)
  for (const level of [black, night, card]) {
    const slow: Motion = { ...zoomIn, to: { zoom: 1.001, x: 0.5, y: 0.5 } }
    const watch = watched(timelineOf([60, 60], { fade: 0, motions: [slow] }), () => level)
    expect([watch.black.frames, watch.still.frames]).toEqual([0, 0])
  }
})

test('a picture that turns black for a moment, in a crossfade too, and one that freezes are found where they do', () => {
  const timeline = timelineOf([60, 60], { motions: [panLeft] })
  const moving = (frame: number) => (x: number, y: number) => 100 + 90 * Math.sin((x + frame / 4) / 3) * Math.sin(y / 5)
  const good = watched(timeline, moving)
  expect([good.black.frames, good.still.frames]).toEqual([0, 0])
  for (const from of [20, 56]) {
    const watch = watched(timeline, (frame) => (frame >= from && frame < from + 8 ? () => 16 : moving(frame)))
    expect(watch.black).toEqual({ firstFrame: from, frames: 8 })
  }
  const watch = watched(timeline, (frame) => moving(frame >= 70 && frame < 100 ? 70 : frame))
  expect(watch.still).toEqual({ firstFrame: 70, frames: 30 })
})

test('a still scene may stand still, and a picture without detail cannot be seen to move', async () => {
  const folder = await temporaryFolder()
  const pictures = [
    await writePicture(join(folder, 'dots.jpg'), [400, 600], dots(1)),
    await writePicture(join(folder, 'plain.png'), [400, 600], (context) => {
      context.fillStyle = '#7a4'
      context.fillRect(0, 0, 400, 600)
    }),
  ]
  const timeline = timelineOf([30, 30], { fade: 0, motions: [stillMotion, zoomIn] })
  const videoPath = await composed(folder, timeline, pictures, babble)
  const findings = await inspect(
    { videoPath, timeline, captionsAss: undefined, fontsDir, hasNarration: true, hasSound: true },
    never,
  )
  expect(findings.filter(({ ok }) => !ok)).toEqual([])
})

test('captions that reach the edge, and captions in a font that is not there, are found', async () => {
  const folder = await temporaryFolder()
  const picture = await writePicture(join(folder, 'a.jpg'), [400, 600], dots(1))
  const videoPath = await composed(folder, timelineOf([30]), [picture], babble)
  const timeline = { ...timelineOf([30]), cues: [{ firstFrame: 0, lastFrame: 29 }] } as Timeline
  const found = await Promise.all(
    [ass('Inter SemiBold', 400), ass('Inter SemiBold', 20), ass('No Such Font', 400)].map((captionsAss) =>
      run('inspectPicture', { videoPath, timeline, captionsAss, fontsDir }, 'captions'),
    ),
  )
  const captions = found.map((findings) => findings.filter(({ check }) => check.startsWith('captions')))
  expect(captions.map((findings) => findings.map(({ ok }) => ok))).toEqual([
    [true, true],
    [true, false],
    [false, false],
  ])
})

test('a file that is no video is a finding, not a crash', async () => {
  const folder = await temporaryFolder()
  const videoPath = join(folder, 'text.mp4')
  await writeFile(videoPath, 'hello')
  const findings = await inspect(
    { videoPath, timeline: timelineOf([30]), captionsAss: undefined, fontsDir, hasNarration: true, hasSound: true },
    never,
  )
  expect(findings.map(({ check, ok }) => [check, ok])).toEqual([
    ['decodes', false],
    ['sound decodes', false],
  ])
})

/** Frames of 100x160, the level of each pixel by its place. */
function watched(timeline: Timeline, picture: (frame: number) => (x: number, y: number) => number) {
  const [widthPx, heightPx] = [100, 160]
  const watch = createStillnessWatch(timeline)
  for (let frame = 0; frame < timeline.durationFrames; frame++) {
    const level = picture(frame)
    const luma = Uint8Array.from({ length: widthPx * heightPx }, (_, at) =>
      level(at % widthPx, Math.floor(at / widthPx)),
    )
    watch.next(() => ({ luma, stride: widthPx, widthPx, heightPx }))
  }
  return watch.longest()
}

async function composed(
  folder: string,
  timeline: Timeline,
  picturePaths: string[],
  voice: (timeS: number) => number,
): Promise<string> {
  const scratchDir = join(folder, 'scratch')
  await mkdir(scratchDir)
  const seconds = timeline.durationFrames / timeline.fps
  const narrationPath = await writeWav(join(folder, 'voice.wav'), { rate: 16_000, channels: 1, seconds }, voice)
  const [videoPath, posterPath] = [join(folder, 'video.mp4'), join(folder, 'poster.jpg')]
  const rest = { captionsAss: undefined, musicPath: undefined, fontsDir, scratchDir, videoPath, posterPath }
  await compose({ timeline, picturePaths, narrationPath, ...rest }, () => {}, never)
  return videoPath
}

const ass = (font: string, marginV: number) => `[Script Info]
PlayResX: 1080
PlayResY: 1920
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Outline, Alignment, MarginL, MarginR, MarginV
Style: Words,${font},90,&H00FFFFFF,6,2,80,80,${marginV}
[Events]
Format: Start, End, Style, Text
Dialogue: 0:00:00.00,0:00:09.00,Words,Hello
`
