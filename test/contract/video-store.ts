// What every VideoStore promises. `make` gives an empty store.
import { beforeEach, describe, expect, test } from 'vitest'
import type { VideoRecord, VideoStore } from '../../core/ports.ts'
import { call, inSeconds, newVideo } from './new-video.ts'
import { videoHistoryContract } from './video-history.ts'

const conflict = { name: 'ConflictError' }

export function videoStoreContract(name: string, make: () => VideoStore | Promise<VideoStore>) {
  videoHistoryContract(name, make)

  describe(`${name} as a video store`, () => {
    let store: VideoStore
    beforeEach(async () => {
      store = await make()
    })

    describe('creating', () => {
      test('keeps the video as it is, at version 1', async () => {
        const video = newVideo('v1', { notices: ['no voice for Japanese'], expiresAt: inSeconds(3600) })
        expect(await store.create(video)).toEqual({ ...video, version: 1 })
        expect(await store.get('v1')).toEqual({ ...video, version: 1 })
      })

      test('a second video under one id is a conflict and changes nothing', async () => {
        await store.create(newVideo('v1'))
        await expect(store.create(newVideo('v1', { owner: 'bob' }))).rejects.toMatchObject(conflict)
        expect(await store.get('v1')).toMatchObject({ owner: 'ann' })
        expect((await store.list('bob')).videos).toEqual([])
      })

      test('with an idempotency key seen before gives the video as it now is, and creates nothing', async () => {
        await store.create(newVideo('v1'), 'order 7')
        await store.update('v1', 1, { status: 'running' })
        expect(await store.create(newVideo('v2'), 'order 7')).toMatchObject({ id: 'v1', status: 'running', version: 2 })
        expect(await store.get('v2')).toBeUndefined()
        expect((await store.list('ann')).videos).toHaveLength(1)
      })

      test('keeps the idempotency keys of owners apart', async () => {
        await store.create(newVideo('v1'), 'order 7')
        expect(await store.create(newVideo('v2', { owner: 'bob' }), 'order 7')).toMatchObject({
          id: 'v2',
          owner: 'bob',
        })
      })

      test('that fails does not use up the idempotency key', async () => {
        await store.create(newVideo('v1'))
        await expect(store.create(newVideo('v1'), 'order 7')).rejects.toMatchObject(conflict)
        expect(await store.create(newVideo('v2'), 'order 7')).toMatchObject({ id: 'v2' })
      })

      test('twenty times at once under one idempotency key makes one video, which all are given', async () => {
        const made = await Promise.all(Array.from({ length: 20 }, (_, i) => store.create(newVideo(`v${i}`), 'order 7')))
        expect(new Set(made.map(({ id }) => id)).size).toBe(1)
        expect((await store.list('ann')).videos.map(({ id }) => id)).toEqual([made[0]!.id])
      })

      test('twenty times at once under one id succeeds once', async () => {
        const made = await Promise.allSettled(Array.from({ length: 20 }, () => store.create(newVideo('v1'))))
        expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      })
    })

    describe('updating', () => {
      beforeEach(async () => {
        await store.create(newVideo('v1', { notices: ['kept'] }))
      })

      test('changes what the patch names and counts the version up', async () => {
        const error = { name: 'FaultyVideoError', message: 'the sound is silent' }
        expect(await store.update('v1', 1, { status: 'failed', error })).toMatchObject({ status: 'failed', version: 2 })
        const expected: VideoRecord = { ...newVideo('v1'), notices: ['kept'], status: 'failed', error, version: 2 }
        expect(await store.get('v1')).toEqual(expected)
        await store.update('v1', 2, { notices: ['a', 'b'], expiresAt: inSeconds(60) })
        expect(await store.get('v1')).toMatchObject({ notices: ['a', 'b'], status: 'failed', version: 3 })
      })

      test.each([0, 2, 99])('from version %i when 1 is stored is a conflict and changes nothing', async (version) => {
        await expect(store.update('v1', version, { status: 'done' })).rejects.toMatchObject(conflict)
        expect(await store.get('v1')).toMatchObject({ status: 'queued', version: 1 })
      })

      test('a video that is not there is a conflict and creates nothing', async () => {
        await expect(store.update('nobody', 1, { status: 'done' })).rejects.toMatchObject(conflict)
        expect(await store.get('nobody')).toBeUndefined()
      })

      test('twenty times at once from one version succeeds once', async () => {
        const updates = await Promise.allSettled(
          Array.from({ length: 20 }, (_, i) => store.update('v1', 1, { notices: [`${i}`] })),
        )
        const won = updates.flatMap((update) => (update.status === 'fulfilled' ? [update.value] : []))
        const lost = updates.flatMap((update) => (update.status === 'rejected' ? [update.reason] : []))
        expect(won).toHaveLength(1)
        expect(lost).toEqual(Array.from({ length: 19 }, () => expect.objectContaining(conflict)))
        expect(await store.get('v1')).toEqual(won[0])
      })
    })

    describe('listing', () => {
      test('gives the newest first, and only that owner’s', async () => {
        for (const day of [2, 1, 3])
          await store.create(newVideo(`day${day}`, { createdAt: `2026-01-0${day}T00:00:00.000Z` }))
        await store.create(newVideo('other', { owner: 'bob' }))
        const { videos, next } = await store.list('ann')
        expect(ids(videos)).toEqual(['day3', 'day2', 'day1'])
        expect(videos[0]).toEqual(await store.get('day3'))
        expect(next).toBeUndefined()
        expect(await store.list('nobody')).toEqual({ videos: [], next: undefined })
      })

      test.each([1, 2, 3, 7, 8])(
        'in pages of %i neither loses nor repeats videos of the same millisecond',
        async (limit) => {
          const all = ['v-1', 'v1', 'V1', 'v10', 'v2', 'ä', 'z z']
          for (const id of all) await store.create(newVideo(id))
          const found = await pages(store, 'ann', limit)
          expect(found.flat().toSorted()).toEqual(all.toSorted())
          expect(Math.max(...found.map((page) => page.length))).toBeLessThanOrEqual(limit)
        },
      )

      test('goes on from its place when newer videos come and the last one seen is deleted', async () => {
        for (const day of [1, 2, 3, 4])
          await store.create(newVideo(`day${day}`, { createdAt: `2026-01-0${day}T00:00:00.000Z` }))
        const { videos, next } = await store.list('ann', { limit: 2 })
        await store.create(newVideo('day5', { createdAt: '2026-01-05T00:00:00.000Z' }))
        await store.delete(videos[1]!.id)
        expect(ids((await store.list('ann', { before: next })).videos)).toEqual(['day2', 'day1'])
      })
    })

    describe('expiry', () => {
      test('hides a video whose time is up from get and list, and lets its id and idempotency key be used again', async () => {
        await store.create(newVideo('v1', { expiresAt: inSeconds(-5) }), 'order 7')
        await store.create(newVideo('v2', { expiresAt: inSeconds(60) }))
        expect(await store.get('v1')).toBeUndefined()
        expect((await store.list('ann')).videos.map(({ id }) => id)).toEqual(['v2'])
        await expect(store.update('v1', 1, { status: 'done' })).rejects.toMatchObject(conflict)
        expect(await store.create(newVideo('v1', { owner: 'ann' }), 'order 7')).toMatchObject({ id: 'v1', version: 1 })
        expect(await store.get('v1')).toMatchObject({ id: 'v1', version: 1 })
      })

      test('in pages loses no live video between expired ones', async () => {
        for (const n of [1, 2, 3, 4, 5, 6])
          await store.create(newVideo(`v${n}`, { createdAt: `2026-01-0${n}T00:00:00.000Z` }))
        for (const n of [1, 3, 5]) await store.update(`v${n}`, 1, { expiresAt: inSeconds(-5) })
        expect((await pages(store, 'ann', 2)).flat()).toEqual(['v6', 'v4', 'v2'])
      })

      test('set by an update takes effect', async () => {
        await store.create(newVideo('v1'))
        await store.update('v1', 1, { expiresAt: inSeconds(-5) })
        expect(await store.get('v1')).toBeUndefined()
      })
    })

    describe('deleting', () => {
      test('takes events, calls and idempotency keys along, and leaves other videos alone', async () => {
        for (const id of ['v1', 'v2']) {
          await store.create(newVideo(id), `order of ${id}`)
          await store.appendEvent(id, { at: '2026-01-02T03:04:05.678Z', type: 'started' })
          await store.recordCall(id, call('k'))
        }
        await store.delete('v1')
        expect(await store.get('v1')).toBeUndefined()
        expect([await store.events('v1'), await store.calls('v1')]).toEqual([[], []])
        expect((await store.list('ann')).videos.map(({ id }) => id)).toEqual(['v2'])
        expect([await store.events('v2'), await store.calls('v2')]).toEqual([[expect.anything()], [call('k')]])
        expect(await store.create(newVideo('v3'), 'order of v1')).toMatchObject({ id: 'v3' })
        await store.create(newVideo('v1'))
        expect(await store.appendEvent('v1', { at: '2026-01-02T03:04:05.678Z', type: 'started' })).toBe(1)
        expect(await store.calls('v1')).toEqual([])
      })

      test('what is not there is no error', async () => {
        await expect(store.delete('nobody')).resolves.toBeUndefined()
      })
    })
  })
}

function ids(videos: VideoRecord[]) {
  return videos.map(({ id }) => id)
}

async function pages(store: VideoStore, owner: string, limit: number): Promise<string[][]> {
  const found: string[][] = []
  let before: string | undefined
  do {
    const page = await store.list(owner, { before, limit })
    found.push(ids(page.videos))
    before = page.next
  } while (before !== undefined)
  return found
}
