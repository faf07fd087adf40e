import { describe, expect, it } from 'vitest'
import { TransientError } from '../../core/errors.ts'
import { videoOf } from '../../core/records.ts'
import { retry } from '../../core/retry.ts'
import { attemptOf } from '../../core/submit.ts'
import { make, worldWith } from './edition/made.ts'
import { videoId } from './stages/ports.ts'

const wishes = { script: 'A goat danced. The monks slept.' }

async function worldIn(status: 'failed' | 'cancelled' | 'done' | 'running') {
  const world = await worldWith(wishes)
  const { version } = await make(world, videoId, 'assemble')
  const error = status === 'failed' ? { name: 'AccountError', message: 'empty' } : undefined
  return { ...world, video: await world.ports.videos.update(videoId, version, { status, error }) }
}

describe('retry', () => {
  it.each(['failed', 'cancelled'] as const)(
    'makes a %s video under a new attempt and buys nothing again',
    async (status) => {
      const world = await worldIn(status)
      const before = await world.ports.videos.calls(videoId)
      const again = await retry(world.edits, world.video)
      expect(again).toMatchObject({ status: 'running' })
      expect(again.error).toBeUndefined()
      expect(world.started).toEqual([`${videoId}-1`])
      expect(await make(world)).toMatchObject({ status: 'done' })
      expect(await world.ports.videos.calls(videoId)).toEqual(before)
    },
  )

  it('leaves a video alone that is being made, and refuses one that is done', async () => {
    const running = await worldIn('running')
    expect(await retry(running.edits, running.video)).toEqual(running.video)
    expect(running.started).toEqual([])
    const done = await worldIn('done')
    await expect(retry(done.edits, done.video)).rejects.toMatchObject({ name: 'ConflictError' })
  })

  it('is accepted although it cannot be started at the moment', async () => {
    const { edits, ports, video } = await worldIn('failed')
    const start = () => Promise.reject(new TransientError('busy'))
    expect(await retry({ ...edits, start }, video)).toMatchObject({ status: 'queued' })
    expect(await videoOf(ports.videos, videoId)).toMatchObject({ status: 'queued' })
    expect(attemptOf(await ports.videos.events(videoId))).toBe(1)
  })
})
