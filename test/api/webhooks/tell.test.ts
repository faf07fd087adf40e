import { describe, expect, it } from 'vitest'
import { tellStanding, tellWebhook } from '../../../api/webhooks/tell.ts'
import type { VideoRecord } from '../../../core/ports.ts'
import { newVideoId } from '../../../core/submit.ts'
import { parseRequest } from '../../../core/video.ts'
import { openDatabase } from '../../../stores/sqlite.ts'
import { openSqliteVideos } from '../../../stores/videos/sqlite.ts'
import { openSqliteWebhooks } from '../../../stores/webhooks/sqlite.ts'
import { newVideo } from '../../contract/new-video.ts'

const request = parseRequest({ script: 'A goat.', title: 'Goats', webhookUrl: 'https://example.com/hook' })

async function world(more: Partial<VideoRecord> = {}) {
  const db = openDatabase(':memory:')
  const [videos, webhooks] = [openSqliteVideos(db), openSqliteWebhooks(db)]
  let nowMs = Date.now()
  const ports = { videos, webhooks, now: () => new Date(nowMs) }
  const id = newVideoId()
  await videos.create(newVideo(id, { request, ...more }))
  const change = async (patch: Parameters<typeof videos.update>[2]) =>
    videos.update(id, (await videos.get(id))!.version, patch)
  const stand = async () => tellStanding(ports, (await videos.get(id))!)
  const happen = (type: string, about: object = {}) =>
    videos.appendEvent(id, { at: new Date(nowMs).toISOString(), type, ...about })
  const pass = (seconds: number) => (nowMs += seconds * 1000)
  const told = async () =>
    (await webhooks.list('ann', { videoId: id })).toReversed().map(({ type, body }) => {
      const said = JSON.parse(body) as { type: string; data: Record<string, unknown> }
      expect(said.type).toBe(type)
      return said
    })
  return { id, ports, webhooks, videos, change, stand, happen, pass, told }
}

describe('what a video’s webhook is told', () => {
  it('the whole of its way, each thing once, however often one looks', async () => {
    const { id, change, stand, happen, pass, told } = await world()
    await stand()
    expect(await told()).toEqual([])
    await happen('attempt', { attempt: 1 })
    await change({ status: 'running' })
    await happen('started', { stage: 'write' })
    for (const seconds of [1, 2, 3]) {
      pass(seconds)
      await stand()
    }
    expect((await told()).map(({ type }) => type)).toEqual(['video.started', 'video.progress'])
    await happen('started', { stage: 'compose' })
    await stand()
    expect(await told()).toHaveLength(2)
    pass(10)
    for (const _ of [1, 2]) await stand()
    expect((await told()).at(-1)!.data['percent']).toBeGreaterThan(40)
    pass(60)
    await change({
      status: 'done',
      notices: ['n'],
      made: { edition: 1, durationMs: 6500, costMicroUsd: 120_000, at: '' },
    })
    for (const _ of [1, 2]) await stand()
    const all = await told()
    expect(all.map(({ type }) => type)).toEqual([
      'video.started',
      'video.progress',
      'video.progress',
      'video.completed',
    ])
    expect(all.at(-1)!.data).toEqual({
      id,
      status: 'done',
      title: 'Goats',
      edition: 1,
      attempt: 1,
      path: `/v1/videos/${id}`,
      durationSeconds: 6.5,
      costUsd: 0.12,
      notices: ['n'],
    })
  })

  it('a failure in the words for users, and each attempt’s', async () => {
    const { change, stand, happen, pass, told } = await world()
    await happen('attempt', { attempt: 1 })
    await change({ status: 'failed', error: { name: 'TypeError', message: 'x is undefined at secret.ts:1' } })
    await stand()
    pass(1)
    await happen('attempt', { attempt: 2 })
    await change({ status: 'failed', error: { name: 'BudgetError', message: 'maxCostUsd: too little' } })
    for (const _ of [1, 2]) await stand()
    const errors = (await told()).map(({ data }) => data['error'])
    expect(errors).toEqual([
      { name: 'TypeError', message: expect.stringMatching(/^something on the way did not work/) },
      { name: 'BudgetError', message: 'maxCostUsd: too little' },
    ])
  })

  it('that it was cancelled, whoever says it first', async () => {
    const { ports, change, stand, told } = await world()
    const video = await change({ status: 'cancelled' })
    await tellWebhook(ports, video, 'video.cancelled')
    await stand()
    expect((await told()).map(({ type }) => type)).toEqual(['video.cancelled'])
  })

  it('another version of the video is another message', async () => {
    const { change, stand, pass, told } = await world()
    await change({ status: 'done' })
    await stand()
    pass(1)
    await change({ edition: { askedAt: '', number: 2, base: {} as never, scenes: {} } })
    await stand()
    expect((await told()).map(({ data }) => data['edition'])).toEqual([1, 2])
  })

  it('nothing, without one', async () => {
    const { ports, change, stand, told } = await world({ request: parseRequest({ script: 'A goat.' }) })
    const video = await change({ status: 'done' })
    await stand()
    await tellWebhook(ports, video, 'video.completed')
    expect(await told()).toEqual([])
  })
})
