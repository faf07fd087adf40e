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
