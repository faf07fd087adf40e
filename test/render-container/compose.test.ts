import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { loadImage } from '@napi-rs/canvas'
import { expect, test } from 'vitest'
import type { ComposeProgress, Composition } from '../../core/ports.ts'
import type { Timeline } from '../../core/timeline.ts'
import { compose } from '../../render-container/compose.ts'
import { inspect } from '../../render-container/inspect.ts'
import { createPainter, type PaintedScene } from '../../render-container/painter.ts'
import { withPool } from '../../render-container/pool.ts'
import { scenesOnScreen } from '../../render-container/segments.ts'
import {
  babble,
  chord,
  decodeFrames,
  decodeSound,
  dots,
  fontsDir,
  panLeft,
  temporaryFolder,
  timelineOf,
  writePicture,
  writeWav,
} from './media.ts'

const never = new AbortController().signal
const captionsAss = `[Script Info]
PlayResX: 1080
PlayResY: 1920
YCbCr Matrix: TV.709
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, Outline, Alignment, MarginL, MarginR, MarginV
Style: Words,Inter SemiBold,90,&H00FFFFFF,&H00000000,6,2,80,80,420
[Events]
Format: Start, End, Style, Text
Dialogue: 0:00:00.00,0:00:01.00,Words,Hello world
Dialogue: 0:00:01.00,0:00:03.00,Words,again
`

test('a whole video: every frame is there and every check passes', async () => {
  const composition = await smallComposition()
  const progress: ComposeProgress[] = []
  const report = await compose(composition, (step) => progress.push(step), never)
  const { timeline, videoPath, posterPath } = composition
  expect(report).toMatchObject({ encoder: 'libx264', encoderReason: expect.stringContaining('NVIDIA') })
  expect(progress.at(-1)).toEqual({ framesDone: 90, framesTotal: 90 })
  expect(progress.every(({ framesDone }, at) => at === 0 || framesDone >= progress[at - 1]!.framesDone)).toBe(true)

  const cues = [
    [0, 29],
    [30, 89],
  ].map(([firstFrame, lastFrame]) => ({ firstFrame, lastFrame }))
  const words = [{ startMs: 0, endMs: 2400 }]
  const checked = { ...timeline, cues, words } as typeof timeline
  const findings = await inspect(
    { videoPath, timeline: checked, captionsAss, hasNarration: true, hasSound: true, fontsDir },
    never,
  )
  expect(findings.filter(({ ok }) => !ok)).toEqual([])
  expect(findings.map(({ check }) => check)).toContain('captions inside the safe area')

  const frames = await decodeFrames(videoPath, timeline)
  expect(frames).toHaveLength(90)
  // Joining moves no sample of the sound against the picture.
  const sound = await decodeSound(videoPath)
  expect(sound.length).toBe(3 * 48_000)
  expect(sound).toEqual((await decodeSound(join(composition.scratchDir, 'sound.mp4'))).subarray(0, sound.length))

  const poster = await loadImage(await readFile(posterPath))
  expect([poster.width, poster.height]).toEqual([270, 480])
  for (const path of [videoPath, posterPath])
    expect((await readFile(path)).includes('digitalsourcetype/compositeSynthetic')).toBe(true)
})

test('no join shows: around it the frames are as true to the pictures as elsewhere, and in order', async () => {
  const composition = await smallComposition()
  // Segments of 65 frames, then a crossfade of 10, then 65.
  const timeline = timelineOf([135, 5], { motions: [panLeft] })
  await compose({ ...composition, timeline, captionsAss: undefined }, () => {}, never)
  const frames = await decodeFrames(composition.videoPath, timeline)
  const paint = createPainter(await paintedScenes(timeline, composition), { widthPx: 270, heightPx: 480 })
  const psnr = frames.map((frame, at) => psnrDb(frame, paint(at)))
  const joins = [64, 65, 129, 130].map((at) => psnr[at]!)
  expect(Math.min(...joins)).toBeGreaterThanOrEqual(Math.min(...psnr.slice(1, 63), ...psnr.slice(67, 128)) - 0.5)
  // Each frame is nearest to the picture that it should be, not to the one before or after.
  for (const at of [63, 64, 65, 66]) {
    expect(psnr[at]).toBeGreaterThan(psnrDb(frames[at]!, paint(at - 1)))
    expect(psnr[at]).toBeGreaterThan(psnrDb(frames[at]!, paint(at + 1)))
  }
})

test('the same composition gives the same bytes, even when a child is killed in the middle of a segment', async () => {
  const undisturbed = await smallComposition()
  await compose(undisturbed, () => {}, never)
  const { composition, parent, framesDone } = await composeInOwnProcess()
  while ((await framesDone()) < 20);
  process.kill((await childrenOf(parent))[0]!, 'SIGKILL')
  expect(await exitOf(parent)).toBe(0)
  expect(await sha256(composition.videoPath)).toBe(await sha256(undisturbed.videoPath))
  expect(await sha256(composition.posterPath)).toBe(await sha256(undisturbed.posterPath))
})

test('when the parent is killed its children end by themselves', async () => {
  const { parent, framesDone } = await composeInOwnProcess()
  while ((await framesDone()) < 10);
  const children = await childrenOf(parent)
  expect(children.length).toBeGreaterThan(0)
  parent.kill('SIGKILL')
  await expect.poll(() => running(children), { timeout: 2000 }).toEqual([])
})

test('an abort ends it within a second, with no file and no child left', async () => {
  const composition = await smallComposition()
  const controller = new AbortController()
  let abortedAt = 0
  const onProgress = ({ framesDone }: ComposeProgress) => {
    if (framesDone < 10 || abortedAt > 0) return
    abortedAt = performance.now()
    controller.abort(new Error('enough'))
  }
  await expect(compose(composition, onProgress, controller.signal)).rejects.toThrow('enough')
  expect(performance.now() - abortedAt).toBeLessThan(1000)
  expect(await readdir(join(composition.videoPath, '..'))).not.toContain('video.mp4')
  expect(await childrenOf({ pid: process.pid })).toEqual([])
})

test('a scene whose picture is missing is named, and nothing is left', async () => {
  const composition = await smallComposition()
  const picturePaths = [composition.picturePaths[0]!, '/nowhere/picture.jpg']
  await expect(compose({ ...composition, picturePaths }, () => {}, never)).rejects.toMatchObject({
    name: 'InputError',
    message: 'scene 2: the picture /nowhere/picture.jpg is not there; check the path',
  })
  expect(await readdir(join(composition.videoPath, '..'))).not.toContain('video.mp4')
})

async function smallComposition(): Promise<Composition> {
  const folder = await temporaryFolder()
  const scratchDir = join(folder, 'scratch')
  await mkdir(scratchDir)
  return {
    timeline: timelineOf([45, 45]),
    captionsAss,
    picturePaths: await Promise.all(
      [1, 2].map((seed) => writePicture(join(folder, `${seed}.jpg`), [400, 600], dots(seed))),
    ),
    narrationPath: await writeWav(join(folder, 'voice.wav'), { rate: 16_000, channels: 1, seconds: 2.5 }, babble),
    musicPath: await writeWav(join(folder, 'music.wav'), { rate: 48_000, channels: 2, seconds: 2 }, chord),
    fontsDir,
    scratchDir,
    videoPath: join(folder, 'video.mp4'),
    posterPath: join(folder, 'poster.jpg'),
  }
}

async function composeInOwnProcess() {
  const composition = await smallComposition()
  const file = join(composition.scratchDir, 'composition.json')
  await writeFile(file, JSON.stringify(composition))
  const script = fileURLToPath(new URL('compose-once.ts', import.meta.url))
  const parent = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = parent.stdout[Symbol.asyncIterator]()
  const framesDone = async () => {
    const { value } = (await lines.next()) as { value?: Buffer }
    return Number(value?.toString().match(/"framesDone":(\d+)(?!.*framesDone)/s)?.[1])
  }
  return { composition, parent, framesDone }
}

async function childrenOf({ pid }: Pick<ChildProcess, 'pid'>): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args='])
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, ...args]) => Number(parent) === pid && args.join(' ').endsWith('worker.ts'))
    .map(([child]) => Number(child))
}

/** Those that have not ended: one that has may wait seconds for the system to take it off its list (state Z). */
async function running(pids: number[]): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,stat='])
  const processes = stdout.split('\n').map((line) => line.trim().split(/\s+/) as [string, string])
  return processes
    .filter(([pid, state]) => pids.includes(Number(pid)) && !state.startsWith('Z'))
    .map(([pid]) => Number(pid))
}

const exitOf = (child: ChildProcess) => new Promise((resolve) => child.on('exit', resolve))
const sha256 = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')

async function paintedScenes(timeline: Timeline, { picturePaths, scratchDir }: Composition): Promise<PaintedScene[]> {
  const frame = { widthPx: timeline.width, heightPx: timeline.height }
  return withPool(1, never, ({ run }) =>
    Promise.all(
      scenesOnScreen(timeline).map(async (scene) => {
        const planesPath = join(scratchDir, `expected-${scene.index}.yuv`)
        const task = { path: picturePaths[scene.index]!, scene: scene.index, motion: scene.motion, frame, planesPath }
        return { ...scene, picture: await run('picture', task, 'picture') }
      }),
    ),
  )
}

function psnrDb(a: Uint8Array, b: Uint8Array): number {
  const squares = a.reduce((sum, level, at) => sum + (level - b[at]!) ** 2, 0)
  return 10 * Math.log10((255 ** 2 * a.length) / squares)
}
