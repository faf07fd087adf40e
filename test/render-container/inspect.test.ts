import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Timeline } from '../../core/timeline.ts'
import { compose } from '../../render-container/compose.ts'
import { inspect } from '../../render-container/inspect.ts'
import { open } from './compositions.ts'
import {
  babble,
  dots,
  fontsDir,
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
  const { findings } = await inspect(
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
  const { findings } = await inspect(
    { videoPath, timeline, captionsAss: undefined, fontsDir, hasNarration: true, hasSound: true },
    never,
  )
  expect(findings.filter(({ ok }) => !ok)).toEqual([])
})

test('captions and cards that reach an edge or a platform’s own text, or in a font that is not there, are found', async () => {
  const plain = timelineOf([30])
  const word = { index: 0, text: 'Hello', firstFrame: 0 }
  const cue = { firstFrame: 0, lastFrame: 29, firstWord: 0, lastWord: 0 }
  const captioned = { ...plain, words: [word], cues: [cue], captions: { look: 'single' } } as Timeline
  const card = { ...plain, scenes: plain.scenes.map((scene) => ({ ...scene, card: { heading: 'Hello' } })) }
  const cases: [timeline: Timeline, captionsAss: string, ok: boolean[]][] = [
    [captioned, ass('Inter SemiBold', 400), [true, true]],
    [captioned, ass('Inter SemiBold', 20), [true, false]],
    [captioned, ass('Inter SemiBold', 1780), [true, false]],
    [captioned, ass('No Such Font', 400), [false, false]],
    [card, ass('Inter SemiBold', 900), [true, true]],
    [card, ass('Inter SemiBold', 20), [true, false]],
    // Nothing to be drawn: no look, and a cue that is only a sign no font has.
    [{ ...captioned, captions: undefined }, ass('No Such Font', 400), []],
    [{ ...captioned, words: [{ ...word, text: '🎉' }] } as Timeline, ass('No Such Font', 400), []],
  ]
  for (const [timeline, captionsAss, ok] of cases) {
    const { findings } = await run('inspectCaptions', { timeline, captionsAss, fontsDir }, 'captions')
    expect(findings.map((finding) => finding.ok)).toEqual(ok)
  }
})

test('without narration and music a video may be quiet; with music it may not', async () => {
  const folder = await temporaryFolder()
  const picture = await writePicture(join(folder, 'a.jpg'), [400, 600], dots(1))
  const timeline = timelineOf([30])
  const videoPath = await composed(folder, timeline, [picture])
  const ok = async (heard: Timeline) => {
    const task = { videoPath, timeline: heard, hasNarration: false, hasSound: true }
    const findings = await run('inspectSound', task, 'sound')
    return findings.find(({ check }) => check === 'loudness')!.ok
  }
  expect(await ok(timeline)).toBe(true)
  expect(await ok({ ...timeline, music: { key: 'music', mood: 'warm' } })).toBe(false)
})

test('a file that is no video is a finding, not a crash', async () => {
  const folder = await temporaryFolder()
  const videoPath = join(folder, 'text.mp4')
  await writeFile(videoPath, 'hello')
  const { findings } = await inspect(
    { videoPath, timeline: timelineOf([30]), captionsAss: undefined, fontsDir, hasNarration: true, hasSound: true },
    never,
  )
  expect(findings.map(({ check, ok }) => [check, ok])).toEqual([
    ['decodes', false],
    ['sound decodes', false],
  ])
})

/** Without a voice it is silent. */
async function composed(
  folder: string,
  timeline: Timeline,
  picturePaths: string[],
  voice?: (timeS: number) => number,
): Promise<string> {
  const files = Object.fromEntries(picturePaths.map((path, index) => [`picture-${index}`, path]))
  const seconds = timeline.durationFrames / timeline.fps
  let narration: Timeline['narration']
  if (voice) {
    files.voice = await writeWav(join(folder, 'voice.wav'), { rate: 16_000, channels: 1, seconds }, voice)
    narration = { key: 'voice', startMs: 0, durationMs: seconds * 1000 }
  }
  const composition = await open({ folder, timeline: { ...timeline, narration }, files })
  await compose(composition, () => {}, never)
  return join(composition.outDir, 'video.mp4')
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
