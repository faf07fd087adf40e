import { expect, test } from 'vitest'
import { usageRoutes } from '../../api/routes/usage.ts'
import { Usage } from '../../api/schemas/house.ts'
import { newVideo } from '../contract/new-video.ts'
import { openHouse } from './house.ts'

async function open() {
  const house = openHouse()
  house.app.route('/v1/usage', usageRoutes(house.ports))
  const ann = await house.keyOf('ann')
  return { ...house, ann, usage: (query = '') => house.ask(ann, 'GET', `/v1/usage${query}`) }
}

test('of this month, when nothing else is asked for', async () => {
  const { usage, videos, keyOf, ask } = await open()
  for (const [id, day] of [
    ['v1', '2026-10-31'],
    ['v2', '2026-11-01'],
    ['v3', '2026-11-23'],
  ] as const) {
    await videos.create(newVideo(id, { owner: 'ann', createdAt: `${day}T00:00:00.000Z` }))
    const call = { key: 'k', stage: 'narrate', provider: 'openai', startedAt: '', estimateMicroUsd: 9 }
    await videos.recordCall(id, call)
    const charges = [{ provider: 'openai', model: 'm', unit: 'characters', units: 7, costMicroUsd: 1500 }]
    await videos.settleCall(id, 'k', { settledAt: '', charges, outcome: 'made' })
  }
  const { status, body } = await usage()
  expect(status).toBe(200)
  expect(Usage.strict().parse(body)).toEqual({
    from: '2026-11-01',
    to: '2026-11-30',
    currency: 'USD',
    totalUsd: 0.003,
    seconds: 0,
    videos: { made: 0, failed: 0, cancelled: 0, unfinished: 2 },
    byDay: [
      { date: '2026-11-01', videos: 1, costUsd: 0.0015 },
      { date: '2026-11-23', videos: 1, costUsd: 0.0015 },
    ],
    byService: [{ service: 'openai', calls: 2, costUsd: 0.003, units: { characters: 14 } }],
  })
  await videos.delete('v3')
  expect((await usage()).body.totalUsd).toBe(0.0015)
  expect((await ask(await keyOf('bob'), 'GET', '/v1/usage')).body.totalUsd).toBe(0)
})

test.each([
  ['?from=2024-02-10', '2024-02-10', '2024-02-29'],
  ['?to=2026-12-31', '2026-12-01', '2026-12-31'],
  ['?from=2026-01-01&to=2026-12-31', '2026-01-01', '2026-12-31'],
  ['?from=2024-01-01&to=2024-12-31', '2024-01-01', '2024-12-31'],
  ['?from=0001-01-01', '0001-01-01', '0001-01-31'],
  ['?from=9999-12-01', '9999-12-01', '9999-12-31'],
  ['?from=2026-02-02&to=2026-02-01', '2026-02-01', '2026-02-02'],
  ['?from=2025-01-01&to=2026-01-02', '2025-01-02', '2026-01-02'],
  ['?from=0000-01-01&to=0000-01-09', '0000-01-01', '0000-01-09'],
])('%s is from %s to %s', async (query, from, to) => {
  expect(await (await open()).usage(query)).toMatchObject({ status: 200, body: { from, to } })
})

test.each([
  ['?from=2026-02-30', 'from: '],
  ['?from=yesterday', 'from: '],
  ['?to=2026-1-1', 'to: '],
])('%s is refused', async (query, told) => {
  const { status, body } = await (await open()).usage(query)
  expect(status).toBe(422)
  expect(body.detail).toContain(told)
})
