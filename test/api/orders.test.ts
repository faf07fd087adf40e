import { afterEach, expect, it } from 'vitest'
import { openLimits } from '../../api/rates.ts'
import { openDatabase } from '../../stores/sqlite.ts'
import { openSqliteVideos } from '../../stores/videos/sqlite.ts'
import { openWorld, type World } from './world.ts'

let world: World
afterEach(() => world.close())

const body = { script: 'A goat found coffee.' }

it('counts what is ordered, and neither what is refused nor what was ordered before', async () => {
  const db = openDatabase(':memory:')
  const videos = openSqliteVideos(db)
  const limit = openLimits({ requestsPerMinute: 100, videosPerMinute: 2 })
  world = openWorld({ videos, createdWith: videos.createdWith, limit })
  const order = async (key: string, asked: object = body) =>
    (await world.ask('POST', '/v1/videos', { body: asked, headers: { 'Idempotency-Key': key } })).status
  // Without a service that writes, a topic is refused only once it is known who would write.
  expect([await order('a', { topic: 'goats' }), await order('a', { script: '…' })]).toEqual([422, 422])
  expect([await order('a'), await order('b'), await order('c')]).toEqual([202, 202, 429])
  expect([await order('a'), await order('b'), await order('a', { script: 'A cat.' })]).toEqual([202, 202, 409])
  db.close()
})

it('asks for the places of a whole page at once', async () => {
  const asked: string[][] = []
  world = openWorld({
    start: async () => 'waiting',
    queuePosition: () => Promise.reject(new Error('one by one')),
    queuePositions: async (ids) => {
      asked.push(ids)
      return { [ids[0]!]: 7 }
    },
  })
  const ids: string[] = []
  for (let n = 0; n < 3; n++) {
    const { body: made } = await world.ask('POST', '/v1/videos', { body })
    expect(made).toMatchObject({ queuePosition: 7 })
    ids.push(made['id'] as string)
  }
  const { body: page } = await world.ask('GET', '/v1/videos')
  expect(asked.at(-1)!.toSorted()).toEqual(ids.toSorted())
  expect(asked).toHaveLength(4)
  const places = (page['videos'] as { queuePosition?: number }[]).map(({ queuePosition }) => queuePosition)
  expect(places).toEqual([7, undefined, undefined])
})

it('says that the disk is full, and when to come again; what was kept before that is accepted', async () => {
  const full = Object.assign(new Error('database or disk is full'), { errcode: 13 })
  world = openWorld()
  const { create, appendEvent } = world.ports.videos
  world.ports.videos.create = () => Promise.reject(full)
  const refused = await world.ask('POST', '/v1/videos', { body })
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30'])
  expect(refused.body).toMatchObject({
    code: 'try-again',
    detail: expect.stringMatching(/^the disk is full/) as string,
  })
  Object.assign(world.ports.videos, { create, appendEvent: () => Promise.reject(full) })
  expect(await world.ask('POST', '/v1/videos', { body })).toMatchObject({ status: 202, body: { status: 'queued' } })
  world.ports.videos.appendEvent = appendEvent
})
