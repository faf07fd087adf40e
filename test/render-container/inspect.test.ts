import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Motion, Timeline } from '../../core/timeline.ts'
import { compose } from '../../render-container/compose.ts'
import { inspect } from '../../render-container/inspect.ts'
import { withPool } from '../../render-container/pool.ts'
import {
  babble,
  dots,
  fontsDir,
  stillMotion,
  temporaryFolder,
  timelineOf,
  writePicture,
  writeWav,
  zoomIn,
} from './media.ts'

const never = new AbortController().signal

test('black, standing still, missing frames, silent words and a wrong size are all found', async () => {
  const folder = await temporaryFolder()
  const pictures = [
    await writePicture(join(folder, 'dots.jpg'), [400, 600], dots(1)),
    await writePicture(join(folder, 'black.png'), [400, 600], (context) => context.fillRect(0, 0, 400, 600)),
  ]
  const made = timelineOf([45, 45], { fade: 0, motions: [stillMotion] })
  const videoPath = await composed(folder, made, pictures, (t) => (t < 0.5 ? babble(t) : 0))
  const moving: Motion = zoomIn
  const claimed = {
    ...timelineOf([45, 60], { width: 480, height: 270, motions: [moving] }),
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
  expect(findings.find(({ check }) => check === 'black')!.measured).toBe('1.50 s at 1.50 s')
  expect(findings.find(({ check }) => check === 'still')!.measured).toBe('1.50 s at 0.00 s')
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
  const found = await withPool(1, never, ({ run }) =>
    Promise.all(
      [ass('Inter SemiBold', 400), ass('Inter SemiBold', 20), ass('No Such Font', 400)].map((captionsAss) =>
        run('inspectPicture', { videoPath, timeline, captionsAss, fontsDir }, 'captions'),
      ),
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
