import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { loadImage } from '@napi-rs/canvas'
import { expect, test } from 'vitest'
import { captionsAssOf } from '../../core/captions.ts'
import type { ComposeProgress, Composition } from '../../core/ports.ts'
import type { SceneMedia } from '../../core/timeline.ts'
import { compose } from '../../render-container/compose.ts'
import { inspect } from '../../render-container/inspect.ts'
import { createPainter, type PaintedScene } from '../../render-container/painter.ts'
import { withPool } from '../../render-container/pool.ts'
import { scenesOnScreen } from '../../render-container/segments.ts'
import { open, sha256, smallComposition } from './compositions.ts'
import { clipChild, evenly, h264 } from './media/clips.ts'
import { decodeFrames, decodeSound, dots, fontsDir, panLeft, stillMotion, timelineOf, writePicture } from './media.ts'

const never = new AbortController().signal
const clips = clipChild()
const videoOf = (folder: string) => join(folder, 'out', 'video.mp4')
const posterOf = (folder: string) => join(folder, 'out', 'poster.jpg')

test('a whole video: every frame is there and every check passes', async () => {
  const described = await smallComposition()
  const { folder, timeline } = described
  const composition = await open(described)
  const progress: ComposeProgress[] = []
  const report = await compose(composition, (step) => progress.push(step), never)
  expect(report).toMatchObject({ encoder: 'libx264', encoderReason: expect.stringContaining('NVIDIA') })
  expect(report.files).toEqual({ video: 'video.mp4', poster: 'poster.jpg' })
  expect(progress.at(-1)).toMatchObject({ framesDone: 90, framesTotal: 90, secondsLeft: 0 })
  expect(progress.at(-1)!.framesPerSecond).toBeGreaterThan(1)
  expect(progress.every(({ framesDone }, at) => at === 0 || framesDone >= progress[at - 1]!.framesDone)).toBe(true)

  const videoPath = videoOf(folder)
  const captionsAss = captionsAssOf(timeline)
  const file = { videoPath, timeline, captionsAss, hasNarration: true, hasSound: true, fontsDir }
  const { findings } = await inspect(file, never)
  expect(findings.filter(({ ok }) => !ok)).toEqual([])
  expect(findings.map(({ check }) => check)).toContain('captions inside the safe area')

  expect(await decodeFrames(videoPath, timeline)).toHaveLength(90)
  expect((await decodeSound(videoPath)).length).toBe(3 * 48_000)

  const poster = await loadImage(await readFile(posterOf(folder)))
  expect([poster.width, poster.height]).toEqual([270, 480])
  for (const path of [videoPath, posterOf(folder)])
    expect((await readFile(path)).includes('digitalsourcetype/compositeSynthetic')).toBe(true)
})

test('no join shows: around it the frames are as true to the pictures as elsewhere, and in order', async () => {
  const described = await smallComposition()
  // Segments of 65 frames, then a crossfade of 10, then 65.
  const timeline = timelineOf([135, 5], { motions: [panLeft] })
  const composition = await open({ ...described, timeline })
  await compose(composition, () => {}, never)
  const frames = await decodeFrames(videoOf(described.folder), timeline)
  const painter = createPainter(await paintedScenes(composition), { widthPx: 270, heightPx: 480 })
  const paint = (frame: number) => painter.paint(frame)
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
  await compose(await open(undisturbed), () => {}, never)
  const { folder, parent, framesDone } = await composeInOwnProcess()
  while ((await framesDone()) < 20);
  process.kill((await childrenOf(parent))[0]!, 'SIGKILL')
  expect(await exitOf(parent)).toBe(0)
  expect(await sha256(videoOf(folder))).toBe(await sha256(videoOf(undisturbed.folder)))
  expect(await sha256(posterOf(folder))).toBe(await sha256(posterOf(undisturbed.folder)))
})

test('a render that was killed goes on with the segments that are missing', async () => {
  const { described, folder, parent } = await composeInOwnProcess()
  const isKept = (name: string) => name.endsWith('.mp4')
  // The first is kept while others are under way.
  while (!(await readdir(join(folder, 'parts')).catch(() => [])).some(isKept)) await sleep(5)
  parent.kill('SIGKILL')
  await exitOf(parent)
  expect(existsSync(videoOf(folder))).toBe(false)
  const { segmentsRendered, segmentsTotal } = await compose(await open(described), () => {}, never)
  expect(segmentsTotal).toBe(3)
  expect(segmentsRendered).toBeLessThan(segmentsTotal)
  const undisturbed = await smallComposition()
  await compose(await open(undisturbed), () => {}, never)
  expect(await sha256(videoOf(folder))).toBe(await sha256(videoOf(undisturbed.folder)))
})

test('another picture in one scene costs its body and its transitions; the same again costs nothing', async () => {
  const described = await smallComposition()
  // Four bodies and three crossfades.
  const timeline = timelineOf([30, 30, 30, 30])
  const picture = (index: number) => writePicture(join(described.folder, `p${index}.jpg`), [300, 500], dots(index))
  const files = {
    'picture-0': await picture(0),
    'picture-1': await picture(1),
    'picture-2': await picture(2),
    'picture-3': await picture(3),
  }
  const first = await compose(await open({ ...described, timeline, files }), () => {}, never)
  expect(first).toMatchObject({ segmentsRendered: 7, segmentsTotal: 7 })
  const again = await compose(await open({ ...described, timeline, files }), () => {}, never)
  expect(again).toMatchObject({ segmentsRendered: 0, integratedLufs: first.integratedLufs })
  const changed = { ...files, 'picture-1': await picture(9) }
  expect(await compose(await open({ ...described, timeline, files: changed }), () => {}, never)).toMatchObject({
    segmentsRendered: 3,
  })
  // A longer first scene moves the others in time, which costs them nothing but its own body and transition.
  const later = timelineOf([60, 30, 30, 30])
  expect(await compose(await open({ ...described, timeline: later, files }), () => {}, never)).toMatchObject({
    segmentsRendered: 2,
    segmentsTotal: 7,
  })
})

test('when the parent is killed its children end by themselves', async () => {
  const { parent, framesDone } = await composeInOwnProcess()
  while ((await framesDone()) < 10);
  const children = await childrenOf(parent)
  expect(children.length).toBeGreaterThan(0)
  parent.kill('SIGKILL')
  await expect.poll(() => running(children), { timeout: 2000 }).toEqual([])
})

test('a clip that its child dies of, twice, is replaced by a plain background and named; nothing of it is kept', async () => {
  const described = await smallComposition()
  const path = join(described.folder, 'clip.mp4')
  const clip = await clips.make({ path, ...h264, width: 320, height: 240, times: evenly(30, 30) })
  const media: SceneMedia[] = [{ kind: 'clip', key: 'clip', fit: 'cover', fromMs: 0, speed: 1 }]
  const plain = timelineOf([60], { media, motions: [stillMotion], width: 540, height: 960 })
  const timeline = { ...plain, output: { ...plain.output, hls: true } }
  const silent = { ...described, timeline, files: { clip } }
  let deaths = 0
  const report = await compose(
    await open(silent),
    ({ framesDone }) => {
      // Whoever renders the clip's frames dies of them, twice.
      if (framesDone === 0 || deaths === 2) return
      const { status } = spawnSync('pkill', ['-KILL', '-P', String(process.pid), '-f', 'render-container/worker.ts'])
      // What the dead child said last may still come when there is no other yet.
      if (status === 0) deaths++
    },
    never,
  )
  expect(deaths).toBe(2)
  expect(report.notices).toEqual(['scene 1: its clip cannot be decoded at frame 0; a plain background stands there'])
  const frames = await decodeFrames(videoOf(silent.folder), timeline)
  expect(frames).toHaveLength(60)
  expect(new Set(frames[30]!.subarray(0, 540 * 960)).size).toBeLessThan(4)
  const smaller = join(silent.folder, 'out', 'hls', '360p.mp4')
  const replacedSmaller = await sha256(smaller)
  expect(await compose(await open(silent), () => {}, never)).toMatchObject({ segmentsRendered: 1, notices: [] })
  expect(await sha256(smaller)).not.toBe(replacedSmaller)
})

test('an abort ends it within a second, with no file and no child left', async () => {
  const described = await smallComposition()
  const composition = await open(described)
  const controller = new AbortController()
  let abortedAt = 0
  const onProgress = ({ framesDone }: ComposeProgress) => {
    if (framesDone < 10 || abortedAt > 0) return
    abortedAt = performance.now()
    controller.abort(new Error('enough'))
  }
  await expect(compose(composition, onProgress, controller.signal)).rejects.toThrow('enough')
  expect(performance.now() - abortedAt).toBeLessThan(1000)
  expect(existsSync(composition.outDir)).toBe(false)
  expect(await childrenOf({ pid: process.pid })).toEqual([])
})

test('a picture that is missing is named, and nothing is left', async () => {
  const { files, ...described } = await smallComposition()
  const composition = await open({ ...described, files: { ...files, 'picture-1': '/nowhere/picture.jpg' } })
  await expect(compose(composition, () => {}, never)).rejects.toMatchObject({
    name: 'InputError',
    message: "'picture-1' of the timeline: /nowhere/picture.jpg cannot be read (ENOENT); check the path",
  })
  expect(existsSync(composition.outDir)).toBe(false)
})

async function composeInOwnProcess() {
  const described = await smallComposition()
  const { folder } = described
  const file = join(folder, 'described.json')
  await writeFile(file, JSON.stringify(described))
  const script = fileURLToPath(new URL('compose-once.ts', import.meta.url))
  const parent = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = parent.stdout[Symbol.asyncIterator]()
  const framesDone = async () => {
    const { value } = (await lines.next()) as { value?: Buffer }
    return Number(value?.toString().match(/"framesDone":(\d+)(?!.*framesDone)/s)?.[1])
  }
  return { described, folder, parent, framesDone }
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

async function paintedScenes({ timeline, fetch, scratchDir }: Composition): Promise<PaintedScene[]> {
  const frame = { widthPx: timeline.width, heightPx: timeline.height, fps: timeline.fps }
  return withPool(1, never, ({ run }) =>
    Promise.all(
      scenesOnScreen(timeline).map(async (scene) => {
        const planesPath = join(scratchDir, `expected-${scene.index}.yuv`)
        const { index, motion, media } = scene
        const task = { path: await fetch(media.key), scene: index, media, motion, frame, planesPath }
        return { ...scene, prepared: (await run('media', task, 'picture')).prepared }
      }),
    ),
  )
}

function psnrDb(a: Uint8Array, b: Uint8Array): number {
  const squares = a.reduce((sum, level, at) => sum + (level - b[at]!) ** 2, 0)
  return 10 * Math.log10((255 ** 2 * a.length) / squares)
}
