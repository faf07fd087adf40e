import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../../stores/sqlite.ts'
import { openSqliteVideos } from '../../../stores/videos/sqlite.ts'
import { newVideo } from '../../contract/new-video.ts'
import { videoStoreContract } from '../../contract/video-store.ts'

let root: string
let databases: ReturnType<typeof openDatabase>[]

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'videos-'))
  databases = []
})
afterEach(() => {
  for (const db of databases) db.close()
  rmSync(root, { recursive: true })
})

function openStore() {
  const db = openDatabase(join(root, 'test.db'))
  databases.push(db)
  return openSqliteVideos(db)
}

function rowsIn(table: string) {
  return databases[0]?.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']
}

videoStoreContract('SQLite', openStore)

const video = newVideo('v1')
const longAgo = 1_600_000_000

describe('what belongs to a video', () => {
  test('cannot be written when the video is gone', async () => {
    const store = openStore()
    const gone = { name: 'NotFoundError', message: expect.stringContaining('v1') }
    const expired = { ...video, expiresAt: longAgo }
    for (const prepare of [() => store.delete('v1'), () => store.create(expired)]) {
      await prepare()
      await expect(store.appendEvent('v1', { at: video.createdAt, type: 'late' })).rejects.toMatchObject(gone)
      const call = { key: 'k', stage: 'narrate', provider: 'p', startedAt: video.createdAt }
      await expect(store.recordCall('v1', call)).rejects.toMatchObject(gone)
      await expect(store.settleCall('v1', 'k', { settledAt: '', charges: [] })).rejects.toMatchObject(gone)
      expect([await store.events('v1'), await store.calls('v1')]).toEqual([[], []])
    }
  })

  test('settling a call that was never recorded is an error that names it', async () => {
    const store = openStore()
    await store.create(video)
    const settling = store.settleCall('v1', 'a picture', { settledAt: '', charges: [] })
    await expect(settling).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('a picture'),
    })
  })
})

describe('an update', () => {
  test('with undefined takes the field away', async () => {
    const store = openStore()
    await store.create(video)
    await store.update('v1', 1, { status: 'failed', error: { name: 'E', message: 'm' }, expiresAt: longAgo * 2 })
    await store.update('v1', 2, { status: 'running', error: undefined, expiresAt: undefined })
    expect(await store.get('v1')).toStrictEqual({ ...video, status: 'running', version: 3 })
  })
})

describe('a cursor', () => {
  test('that is none is refused', async () => {
    await expect(openStore().list('ann', { before: 'yesterday' })).rejects.toMatchObject({ name: 'InputError' })
  })
})

describe('sweep', () => {
  test('deletes expired videos with all that is theirs, and gives how many', async () => {
    const store = openStore()
    await store.create(video)
    await store.create({ ...video, id: 'v2' }, 'order 7')
    await store.appendEvent('v2', { at: video.createdAt, type: 'started' })
    await store.update('v2', 1, { expiresAt: longAgo })
    expect([await store.sweep(), await store.sweep()]).toEqual([1, 0])
    expect(['video', 'event', 'idempotency'].map(rowsIn)).toEqual([1, 0, 0])
  })
})

describe('the queue', () => {
  const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`

  test('is what waits, of all owners, oldest first, in pages', async () => {
    const store = openStore()
    for (const n of [3, 1, 2]) await store.create(newVideo(`v${n}`, { createdAt: at(n), owner: `owner${n}` }))
    await store.create(newVideo('runs', { status: 'running', createdAt: at(0) }))
    await store.create(newVideo('late', { createdAt: at(4), expiresAt: longAgo }))
    const first = await store.listByState('queued', { limit: 2 })
    const second = await store.listByState('queued', { limit: 2, after: first.next })
    expect([first, second].map(({ videos }) => videos.map(({ id }) => id))).toEqual([['v1', 'v2'], ['v3']])
    expect(second.next).toBeUndefined()
    expect((await store.listByState('running')).videos.map(({ id }) => id)).toEqual(['runs'])
    expect(await store.countUnfinished()).toEqual({ queued: 3, running: 1 })
    expect([await store.countQueued('owner1'), await store.countQueued('nobody')]).toEqual([1, 0])
  })

  test('has a place for each that waits, and those behind move up', async () => {
    const store = openStore()
    for (const id of ['b', 'a', 'c']) await store.create(newVideo(id, { createdAt: at(1) }))
    await store.create(newVideo('first', { createdAt: at(0) }))
    const places = async () => Promise.all(['first', 'a', 'b', 'c'].map(store.queuePosition))
    expect(await places()).toEqual([1, 2, 3, 4])
    expect(await store.queuePositions(['c', 'nobody', 'first', 'b'])).toEqual({ first: 1, b: 3, c: 4 })
    await store.update('first', 1, { status: 'running' })
    await store.update('b', 1, { status: 'cancelled' })
    expect(await places()).toEqual([undefined, 1, undefined, 2])
    expect(await store.queuePositions(['first', 'a', 'b', 'c'])).toEqual({ a: 1, c: 2 })
    expect(await store.queuePosition('nobody')).toBeUndefined()
  })

  test('knows what an idempotency key has made, for its owner alone and for as long as that is there', async () => {
    const store = openStore()
    await store.create(video, 'key')
    expect(await store.createdWith(video.owner, 'key')).toMatchObject({ id: 'v1' })
    expect([await store.createdWith('somebody', 'key'), await store.createdWith(video.owner, 'other')]).toEqual([
      undefined,
      undefined,
    ])
    await store.update('v1', 1, { expiresAt: longAgo })
    expect(await store.createdWith(video.owner, 'key')).toBeUndefined()
  })

  test('tells places from the index, however long it is', () => {
    openStore()
    const plan = databases[0]!
      .prepare(
        "EXPLAIN QUERY PLAN SELECT count(*) FROM video WHERE record ->> 'status' = 'queued' AND (created_at, id) <= (?, ?)",
      )
      .all('', '')
    expect(plan).toMatchObject([{ detail: expect.stringContaining('COVERING INDEX video_by_state') as string }])
  })

  test('knows whom a webhook is to be told of', async () => {
    const store = openStore()
    const request = { ...video.request, webhookUrl: 'https://example.com/hook' }
    await store.create(newVideo('told', { request, status: 'running', createdAt: at(2) }))
    await store.create(newVideo('untold', { status: 'running', createdAt: at(2) }))
    await store.create(newVideo('old', { request, status: 'done', createdAt: at(1) }))
    expect(await store.withWebhook({ status: 'running' })).toEqual(['told'])
    expect(await store.withWebhook({ since: at(2) })).toEqual(['told'])
  })
})

describe('several processes', () => {
  test('append to one video at once without losing or repeating a number', async () => {
    const store = openStore()
    await store.create(video)
    const script = `
      import { openDatabase } from ${JSON.stringify(new URL('../../../stores/sqlite.ts', import.meta.url))}
      import { openSqliteVideos } from ${JSON.stringify(new URL('../../../stores/videos/sqlite.ts', import.meta.url))}
      const store = openSqliteVideos(openDatabase(${JSON.stringify(join(root, 'test.db'))}))
      for (let n = 0; n < 100; n++) await store.appendEvent('v1', { at: '', type: 'tick', process: process.pid })`
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
    await Promise.all([run(), run(), run()])
    const events = await store.events('v1')
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1))
    expect(new Set(events.map((event) => event['process'])).size).toBe(3)
  })
})
