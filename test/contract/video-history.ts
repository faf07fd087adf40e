// What every VideoStore promises about a video's events and calls. `make` gives an empty store.
import { beforeEach, describe, expect, test } from 'vitest'
import type { VideoStore } from '../../core/ports.ts'
import { call, newVideo } from './new-video.ts'

const charge = { provider: 'embedded', model: 'draw-1', unit: 'images', units: 1, costMicroUsd: 40_000 }
const event = (n: number) => ({ at: '2026-01-02T03:04:05.678Z', type: 'progress', n, nested: { done: [1, 2] } })

export function videoHistoryContract(name: string, make: () => VideoStore | Promise<VideoStore>) {
  describe(`${name} as the history of videos`, () => {
    let store: VideoStore
    beforeEach(async () => {
      store = await make()
    })

    describe('events', () => {
      beforeEach(async () => {
        await store.create(newVideo('v1'))
        await store.create(newVideo('v2'))
      })

      test('are numbered from 1 for each video and come back whole, in order', async () => {
        expect(await store.appendEvent('v1', event(10))).toBe(1)
        expect(await store.appendEvent('v1', event(20))).toBe(2)
        expect(await store.appendEvent('v2', event(30))).toBe(1)
        expect(await store.events('v1')).toEqual([
          { seq: 1, ...event(10) },
          { seq: 2, ...event(20) },
        ])
        expect(await store.events('v2')).toEqual([{ seq: 1, ...event(30) }])
      })

      test('fifty appended at once are numbered 1 to 50 without a gap', async () => {
        const given = await Promise.all(Array.from({ length: 50 }, (_, n) => store.appendEvent('v1', event(n))))
        const oneToFifty = Array.from({ length: 50 }, (_, i) => i + 1)
        expect(given.toSorted((a, b) => a - b)).toEqual(oneToFifty)
        const events = await store.events('v1')
        expect(numbers(events)).toEqual(oneToFifty)
        for (const { seq, n } of events) expect(given[Number(n)]).toBe(seq)
      })

      test('are given after a number and up to a limit', async () => {
        for (let n = 1; n <= 12; n++) await store.appendEvent('v1', event(n))
        expect(numbers(await store.events('v1', { after: 9 }))).toEqual([10, 11, 12])
        expect(numbers(await store.events('v1', { limit: 2 }))).toEqual([1, 2])
        expect(numbers(await store.events('v1', { after: 3, limit: 2 }))).toEqual([4, 5])
        expect(numbers(await store.events('v1', { after: 12 }))).toEqual([])
      })
    })

    describe('calls', () => {
      beforeEach(async () => {
        await store.create(newVideo('v1'))
        await store.create(newVideo('v2'))
      })

      test('come back in the order they were first recorded, per video', async () => {
        const [z, a, m] = [call('z'), call('a', { stage: 'narrate', scene: undefined }), call('m')]
        for (const each of [z, a, m]) await store.recordCall('v1', each)
        await store.recordCall('v2', call('other'))
        await store.recordCall('v1', z)
        expect(await store.calls('v1')).toEqual([z, { ...a, scene: undefined }, m])
        expect((await store.calls('v2')).map(({ key }) => key)).toEqual(['other'])
      })

      test('recorded again keep the first record, settled or not', async () => {
        await store.recordCall('v1', call('k', { provider: 'first' }))
        await store.recordCall('v1', call('k', { provider: 'second' }))
        expect(await store.calls('v1')).toEqual([call('k', { provider: 'first' })])
        const settled = { settledAt: '2026-01-02T03:04:09.000Z', charges: [charge] }
        await store.settleCall('v1', 'k', settled)
        await store.recordCall('v1', call('k', { provider: 'third' }))
        expect(await store.calls('v1')).toEqual([{ ...call('k', { provider: 'first' }), ...settled }])
      })

      test('twenty times at once under one key leave one record', async () => {
        await Promise.all(Array.from({ length: 20 }, (_, i) => store.recordCall('v1', call('k', { scene: i }))))
        expect(await store.calls('v1')).toHaveLength(1)
      })

      test('show what they cost once settled; the others stay open', async () => {
        await store.recordCall('v1', call('paid'))
        await store.recordCall('v1', call('open'))
        const settled = { settledAt: '2026-01-02T03:04:09.000Z', charges: [charge, { ...charge, costMicroUsd: 0 }] }
        await store.settleCall('v1', 'paid', settled)
        expect(await store.calls('v1')).toEqual([{ ...call('paid'), ...settled }, call('open')])
      })

      test('settled at once keep every settlement', async () => {
        const keys = Array.from({ length: 15 }, (_, i) => `k${i}`)
        for (const key of keys) await store.recordCall('v1', call(key))
        await Promise.all(
          keys.map((key, i) =>
            store.settleCall('v1', key, { settledAt: '2026-01-02T03:04:09.000Z', charges: [{ ...charge, units: i }] }),
          ),
        )
        expect((await store.calls('v1')).map(({ charges }) => charges?.[0]?.units)).toEqual(keys.map((_, i) => i))
      })
    })
  })
}

function numbers(events: { seq: number }[]) {
  return events.map(({ seq }) => seq)
}
