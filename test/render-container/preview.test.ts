import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadImage } from '@napi-rs/canvas'
import { expect, test } from 'vitest'
import type { CodecId } from '../../core/output.ts'
import { preview } from '../../render-container/preview.ts'
import { chooseShots } from '../../render-container/preview/shots.ts'
import { storyboardTimes } from '../../render-container/preview/storyboard.ts'
import { chooseTiles } from '../../render-container/preview/tiles.ts'
import { planSegments } from '../../render-container/segments.ts'
import { sharedChild, temporaryFolder, timelineOf } from './media.ts'
import { rampSegments } from './ramp.ts'

const run = sharedChild()
const signal = new AbortController().signal

async function previewOf(sceneFrames: number[], codec: CodecId) {
  const folder = await temporaryFolder()
  const timeline = timelineOf(sceneFrames, { width: 320, height: 192 })
  const counts = planSegments(timeline).map(({ frameCount }) => frameCount)
  const videoPath = join(folder, 'video.mp4')
  await run('join', { ...(await rampSegments(run, folder, counts, { codec })), path: videoPath }, 'the join')
  const read = async () => {
    const files = await preview({ videoPath, timeline, outDir: folder }, signal)
    return Promise.all(Object.values(files).map((name) => readFile(join(folder, name))))
  }
  const [webp, jpeg, times] = (await read()) as [Buffer, Buffer, Buffer]
  return { webp, jpeg, times: times.toString(), again: read }
}

test.for(['h264', 'hevc', 'av1'] as const)(
  '%s: preview and storyboard show the video, marked, the same each time',
  async (codec) => {
    const { webp, jpeg, times, again } = await previewOf([60, 60, 60], codec)
    expect(webp.toString('latin1', 0, 4) + webp.toString('latin1', 8, 16)).toBe('RIFFWEBPVP8X')
    expect(webp.readUInt32LE(4)).toBe(webp.length - 8)
    const frames = webp.toString('latin1').split('ANMF').length - 1
    // Three scenes, a second of each.
    expect(frames).toBe(30)
    expect(webp.length).toBeLessThan(600_000)
    expect(webp.includes('compositeSynthetic')).toBe(true)
    expect(jpeg.includes('compositeSynthetic')).toBe(true)

    const cues = [...times.matchAll(/([\d:.]+) --> ([\d:.]+)\nstoryboard\.jpg#xywh=(\d+),(\d+),(\d+),(\d+)/g)]
    expect(cues.length).toBe(3)
    expect(cues[0]![1]).toBe('00:00:00.000')
    expect(cues.at(-1)![2]).toBe('00:00:06.000')
    const image = await loadImage(jpeg)
    expect([image.width, image.height]).toEqual([3 * Number(cues[0]![5]), Number(cues[0]![6])])
    expect(await again()).toEqual([webp, jpeg, Buffer.from(times)])
  },
)

test('a video of one frame has a preview too', async () => {
  const { webp, times } = await previewOf([1], 'h264')
  expect(webp.toString('latin1').split('ANMF').length - 1).toBe(1)
  expect(times).toContain('00:00:00.000 --> 00:00:00.033\nstoryboard.jpg#xywh=0,0,266,160')
})

test('shots come from different scenes, spread over the video, and from no transition', () => {
  const timeline = timelineOf([200, 200, 200, 200, 200, 200, 200, 200])
  const shots = chooseShots(planSegments(timeline), timeline)
  expect(shots.map(({ firstFrame }) => Math.floor(firstFrame / 200))).toEqual([0, 2, 4, 6])
  expect(shots.map(({ frameCount }) => frameCount)).toEqual([30, 30, 30, 30])
})

test('tiles cover the video without a gap, a hundred at most, and show scenes rather than transitions', () => {
  const timeline = timelineOf(Array.from({ length: 70 }, () => 257))
  const segments = planSegments(timeline)
  const tiles = chooseTiles(segments, timeline)
  expect(tiles.length).toBeLessThanOrEqual(100)
  expect(tiles.length).toBeGreaterThan(60)
  expect(tiles.map(({ firstFrame }) => firstFrame)).toEqual([0, ...tiles.slice(0, -1).map(({ endFrame }) => endFrame)])
  expect(tiles.at(-1)!.endFrame).toBe(timeline.durationFrames)
  const transitions = new Set(segments.filter(({ scenes }) => scenes.length > 1).map(({ firstFrame }) => firstFrame))
  expect(tiles.filter(({ frame }) => transitions.has(frame))).toEqual([])
})

test('cues count hours, and rows after ten tiles', () => {
  const tiles = Array.from({ length: 12 }, (_, at) => ({
    frame: 0,
    firstFrame: at * 11_000,
    endFrame: (at + 1) * 11_000,
  }))
  const times = storyboardTimes(tiles, { columns: 10, tileWidthPx: 90, tileHeightPx: 160 }, 30, 's.jpg')
  expect(times).toContain('01:07:13.333 --> 01:13:20.000\ns.jpg#xywh=90,160,90,160')
})
