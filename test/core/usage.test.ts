import { expect, test } from 'vitest'
import type { CallRecord, VideoRecord } from '../../core/ports.ts'
import { usageOf } from '../../core/usage.ts'

const call = (provider: string, costMicroUsd: number, more: Partial<CallRecord> = {}): CallRecord => ({
  key: provider,
  stage: 'narrate',
  provider,
  startedAt: '',
  settledAt: '',
  charges: [{ provider, model: 'm', unit: 'characters', units: 100, costMicroUsd }],
  ...more,
})

/** Newest first, two a page; notes whose calls were asked for. */
function storeOf(videos: { day: string; status?: VideoRecord['status']; calls?: CallRecord[]; ms?: number }[]) {
  const asked: string[] = []
  const records = videos.map(({ day, status = 'done', ms }, index) => ({
    id: String(index),
    owner: 'ann',
    createdAt: `${day}T12:00:00.000Z`,
    status,
    ...(ms !== undefined && { made: { edition: 1, durationMs: ms, costMicroUsd: 0, at: '' } }),
  })) as VideoRecord[]
  return {
    asked,
    list: async (owner: string, { before = '0' } = {}) => {
      const from = Number(before)
      const all = records.filter((record) => record.owner === owner)
      return { videos: all.slice(from, from + 2), next: from + 2 < all.length ? String(from + 2) : undefined }
    },
    calls: async (id: string) => {
      asked.push(id)
      return videos[Number(id)]!.calls ?? []
    },
  }
}

test('videos count on their day, with all that their calls cost, over all pages', async () => {
  const store = storeOf([
    { day: '2026-12-01', calls: [call('openai', 9)] },
    { day: '2026-11-30', status: 'running', calls: [call('openai', 300_000)] },
    { day: '2026-11-30', ms: 61_500, calls: [call('elevenlabs', 50_000), call('openai', 1)] },
    { day: '2026-11-01', status: 'failed', calls: [call('openai', 0, { charges: undefined })] },
    { day: '2026-11-01', status: 'cancelled', calls: [call('gemini', 0, { charges: [], outcome: 'not made' })] },
    { day: '2026-10-31', calls: [call('openai', 9)] },
  ])
  expect(await usageOf(store, 'ann', { from: '2026-11-01', to: '2026-11-30' })).toEqual({
    from: '2026-11-01',
    to: '2026-11-30',
    totalMicroUsd: 350_001,
    durationMs: 61_500,
    videos: { made: 1, failed: 1, cancelled: 1, unfinished: 1 },
    byDay: [
      { date: '2026-11-01', videos: 2, costMicroUsd: 0 },
      { date: '2026-11-30', videos: 2, costMicroUsd: 350_001 },
    ],
    byService: [
      { service: 'openai', calls: 3, costMicroUsd: 300_001, units: { characters: 200 } },
      { service: 'elevenlabs', calls: 1, costMicroUsd: 50_000, units: { characters: 100 } },
    ],
  })
  expect(store.asked).toEqual(['1', '2', '3', '4'])
})

test('nobody else’s videos count', async () => {
  const store = storeOf([{ day: '2026-11-02', calls: [call('openai', 5)] }])
  const usage = await usageOf(store, 'bob', { from: '2026-11-01', to: '2026-11-30' })
  expect(usage).toMatchObject({ totalMicroUsd: 0, byDay: [], byService: [] })
})
