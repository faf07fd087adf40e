import { expect, test } from 'vitest'
import type { VideoEvent } from '../../../core/ports.ts'
import { progressEvents } from '../../../render-container/cloud/progress.ts'

const at = (done: number) => ({ stage: 'compose', done, total: 10, unit: 'frames' })

test('one event now, then none until its time, and the last one in any case', async () => {
  const written: VideoEvent[] = []
  const progress = progressEvents(async (event) => void written.push(event), { everyMs: 60_000, onLost: () => {} })
  progress.report(at(1))
  await expect.poll(() => written.length).toBe(1)
  for (const done of [2, 3, 4]) progress.report(at(done))
  await progress.end()
  progress.report(at(5))
  expect(written.map(({ done }) => done)).toEqual([1, 4])
})

test('an event that cannot be written is told and harms nothing', async () => {
  const lost: unknown[] = []
  const append = async () => {
    throw new Error('no table')
  }
  const progress = progressEvents(append, { everyMs: 0, onLost: (error) => lost.push(error) })
  progress.report(at(1))
  await expect.poll(() => lost.length).toBe(1)
  progress.report(at(2))
  await progress.end()
  expect(lost).toHaveLength(2)
})

test('never two writes at once', async () => {
  let [writing, most] = [0, 0]
  const append = async () => {
    most = Math.max(most, ++writing)
    await new Promise((resolve) => setTimeout(resolve, 2))
    writing--
  }
  const progress = progressEvents(append, { everyMs: 0, onLost: () => {} })
  for (let done = 0; done < 20; done++) {
    progress.report(at(done))
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await progress.end()
  expect(most).toBe(1)
})
