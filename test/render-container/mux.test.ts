import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder, sharedChild } from './media.ts'
import { isEveryFrameOnce, rampSegments, watch } from './ramp.ts'

const run = sharedChild()

// Also segments so short that an encoder has not begun to reorder before they end.
const counts = [1, 2, 25, 7, 3]
const total = 38

test.for([
  ['h264', 24, 'avc1'],
  ['hevc', 30, 'hvc1'],
  ['av1', 60, 'av01'],
] as const)(
  '%s segments at %i fps join with every frame once, at its time, under the tag %s',
  async ([codec, fps, tag]) => {
    const folder = await temporaryFolder()
    const task = await rampSegments(run, folder, counts, { codec, fps })
    const path = join(folder, 'video.mp4')
    await run('join', { ...task, path }, 'the join')
    const watched = await watch(path)
    expect(watched.frames.length).toBe(total)
    expect(isEveryFrameOnce(watched, total, fps)).toBe(true)
    expect(Math.abs(watched.soundStartS!)).toBeLessThan(0.005)
    expect(Math.abs(watched.soundSamples / 48_000 - total / fps)).toBeLessThan(1 / fps)
    const bytes = await readFile(path)
    expect(bytes.includes(tag)).toBe(true)
    // The index before the media.
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
    expect(bytes.includes('compositeSynthetic')).toBe(true)

    const [again] = (await rampSegments(run, await temporaryFolder(), counts, { codec, fps })).segments
    expect(await readFile(again!.path)).toEqual(await readFile(task.segments[0]!.path))
  },
)

test('segments that do not belong together are refused', async () => {
  const folder = await temporaryFolder()
  const task = await rampSegments(run, folder, [5, 5], { codec: 'h264' })
  const other = await rampSegments(run, folder, [5, 5], { codec: 'h264', quality: 'draft' })
  const path = join(folder, 'video.mp4')
  const mixed = { ...task, segments: [task.segments[0]!, other.segments[1]!], path }
  await expect(run('join', mixed, 'the join')).rejects.toThrow('other settings than the first')
  const short = task.segments.map((segment) => ({ ...segment, frameCount: 6 }))
  await expect(run('join', { ...task, segments: short, path }, 'the join')).rejects.toThrow('has 5 frames, not 6')
  await expect(run('join', { ...task, codec: 'av1', path }, 'the join')).rejects.toThrow('is not encoded as av1')
})
