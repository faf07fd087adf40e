// Against dynalite on this machine. With CLIPFORGE_CONTRACT_TABLE everything here runs against that table of a real
// account instead (it needs our keys and indexes), under the SDK's own credentials and region:
//   AWS_REGION=us-east-1 CLIPFORGE_CONTRACT_TABLE=some-table \
//     npx vitest run --config test/contract/account.config.ts --retry 3 test/stores/videos/dynamodb.test.ts
// An index is behind its table for moments there, hence the further tries. Each test's items lie under keys of their
// own, and stay.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openApiKeys } from '../../../stores/videos/dynamodb/api-keys.ts'
import { openClaims } from '../../../stores/videos/dynamodb/claims.ts'
import { idempotencyKey, isoWeek, recordKey } from '../../../stores/videos/dynamodb/schema.ts'
import { openTable, type Item, type Table } from '../../../stores/videos/dynamodb/table.ts'
import { openDynamoVideos } from '../../../stores/videos/dynamodb.ts'
import { apiKeysContract } from '../../contract/api-keys.ts'
import { call, inSeconds, newVideo } from '../../contract/new-video.ts'
import { videoStoreContract } from '../../contract/video-store.ts'
import { startDynamo, type LoopbackDynamo } from '../../loopback/dynamodb.ts'

const realTable = process.env['CLIPFORGE_CONTRACT_TABLE']
let dynamo: LoopbackDynamo
beforeAll(async () => {
  dynamo = await startDynamo()
})
afterAll(() => dynamo.close())

async function emptyTable(): Promise<Table> {
  if (realTable) return within(`${randomUUID()}/`, openTable({ client: new DynamoDBClient({}), name: () => realTable }))
  const name = await dynamo.addTable()
  return openTable({ client: dynamo.client, name: () => name })
}

videoStoreContract('DynamoDB', async () => openDynamoVideos(await emptyTable()))

async function open() {
  const table = await emptyTable()
  return { table, store: openDynamoVideos(table) }
}
const ids = ({ videos }: { videos: { id: string }[] }) => videos.map(({ id }) => id)
async function all(table: Table, partition: string) {
  const items: Item[] = []
  for await (const item of table.query({ partition })) items.push(item)
  return items
}
/** The table, of which the first write that fits never comes back: as if its process died before it. */
function dyingAt(table: Table, fits: (item: Item) => boolean): Table {
  return {
    ...table,
    put: (item, condition) => (fits(item) ? Promise.reject(new Error('killed')) : table.put(item, condition)),
  }
}

describe('a process that dies between two writes', () => {
  test('of a creation leaves a key that the next one makes the same video of', async () => {
    const { table, store } = await open()
    const dying = openDynamoVideos(dyingAt(table, ({ sk }) => sk === 'RECORD'))
    await expect(dying.create(newVideo('v1', { notices: ['first'] }), 'order 7')).rejects.toThrow('killed')
    expect(await store.get('v1')).toBeUndefined()
    const made = await Promise.all(['v2', 'v3'].map((id) => store.create(newVideo(id), 'order 7')))
    expect(made.map(({ id, notices }) => [id, notices])).toEqual([
      ['v1', ['first']],
      ['v1', ['first']],
    ])
    expect(ids(await store.list('ann'))).toEqual(['v1'])
    await store.delete('v1')
    expect(await store.create(newVideo('v4'), 'order 7')).toMatchObject({ id: 'v4' })
  })

  test('whose id somebody else took meanwhile, frees the key', async () => {
    const { table, store } = await open()
    const dying = openDynamoVideos(dyingAt(table, ({ sk }) => sk === 'RECORD'))
    await expect(dying.create(newVideo('v1'), 'order 7')).rejects.toThrow('killed')
    await store.create(newVideo('v1', { owner: 'bob' }))
    expect(await store.create(newVideo('v2'), 'order 7')).toMatchObject({ id: 'v2', owner: 'ann' })
    expect(await store.get('v1')).toMatchObject({ owner: 'bob' })
  })

  test('of a deletion leaves the rest to the next sweep', async () => {
    const { table, store } = await open()
    await store.create(newVideo('v1'), 'order 7')
    await store.appendEvent('v1', { at: '', type: 'started' })
    let removals = 0
    const remove: Table['remove'] = (...of) =>
      ++removals > 2 ? Promise.reject(new Error('killed')) : table.remove(...of)
    await expect(openDynamoVideos({ ...table, remove }).delete('v1')).rejects.toThrow('killed')
    expect(await store.get('v1')).toBeUndefined()
    expect(await all(table, recordKey('v1').pk)).not.toEqual([])
    await new Promise((resolve) => setTimeout(resolve, 1100))
    await store.sweep()
    expect([
      ...(await all(table, recordKey('v1').pk)),
      ...(await all(table, idempotencyKey('ann', 'order 7').pk)),
    ]).toEqual([])
  })
})

describe('what is left of an earlier video', () => {
  test('never shows under a new one of the same id', async () => {
    const { table, store } = await open()
    await store.create(newVideo('v1'))
    for (const type of ['a', 'b']) await store.appendEvent('v1', { at: '', type })
    await store.recordCall('v1', call('k', { provider: 'old' }))
    await table.remove(recordKey('v1'))
    expect([await store.events('v1'), await store.calls('v1')]).toEqual([[], []])
    await store.create(newVideo('v1'))
    expect([await store.events('v1'), await store.calls('v1')]).toEqual([[], []])
    expect(await store.appendEvent('v1', { at: '', type: 'c' })).toBe(1)
    await store.recordCall('v1', call('k', { provider: 'new' }))
    expect(await store.calls('v1')).toEqual([call('k', { provider: 'new' })])
  })

  test('cannot be written to, nor can what was never recorded be settled', async () => {
    const { store } = await open()
    const gone = { name: 'NotFoundError', message: expect.stringContaining('v1') }
    const settled = { settledAt: '', charges: [] }
    for (const expiresAt of [undefined, inSeconds(-5)]) {
      if (expiresAt) await store.create(newVideo('v1', { expiresAt }))
      await expect(store.appendEvent('v1', { at: '', type: 'late' })).rejects.toMatchObject(gone)
      await expect(store.recordCall('v1', call('k'))).rejects.toMatchObject(gone)
      await expect(store.settleCall('v1', 'k', settled)).rejects.toMatchObject(gone)
    }
    await store.create(newVideo('v2'))
    await expect(store.settleCall('v2', 'a picture', settled)).rejects.toThrow(/a picture/)
  })
})

describe('the index of states', () => {
  test('gives the unfinished oldest first, and those done by their week', async () => {
    const { store } = await open()
    for (const day of [3, 1, 2])
      await store.create(newVideo(`day${day}`, { createdAt: `2026-01-0${day}T00:00:00.000Z` }))
    expect(ids(await store.listByState('queued'))).toEqual(['day1', 'day2', 'day3'])
    const first = await store.listByState('queued', { limit: 2 })
    expect(ids(await store.listByState('queued', { after: first.next, limit: 2 }))).toEqual(['day3'])
    await store.update('day1', 1, { status: 'running' })
    await store.update('day2', 1, { status: 'done' })
    await store.update('day3', 1, { status: 'failed' })
    expect(ids(await store.listByState('running'))).toEqual(['day1'])
    expect(await store.listByState('queued')).toEqual({ videos: [], next: undefined })
    expect(ids(await store.listDone(isoWeek(new Date())))).toEqual(['day2'])
    expect(ids(await store.listDone('2026-W01'))).toEqual([])
  })

  test.each([
    ['2026-11-23', '2026-W48'],
    ['2026-01-01', '2026-W01'],
    ['2027-01-03', '2026-W53'],
    ['2024-12-30', '2025-W01'],
    ['2021-01-03', '2020-W53'],
  ])('counts %s to the week %s', (day, week) => {
    expect(isoWeek(new Date(`${day}T23:59:59Z`))).toBe(week)
  })
})

describe('sweep', () => {
  test('deletes expired videos with all that is theirs, and gives how many', async () => {
    const { table, store } = await open()
    await store.create(newVideo('v1', { expiresAt: inSeconds(60) }))
    await store.create(newVideo('v2'), 'order 7')
    await store.appendEvent('v2', { at: '', type: 'started' })
    await store.update('v2', 1, { expiresAt: inSeconds(-5) })
    // The clock of the database may have deleted the video itself already.
    await store.create(newVideo('v3', { expiresAt: inSeconds(-5) }))
    await table.remove(recordKey('v3'))
    expect([await store.sweep(), await store.sweep()]).toEqual([1, 0])
    for (const id of ['v2', 'v3']) expect(await all(table, recordKey(id).pk)).toEqual([])
    expect(await table.get(idempotencyKey('ann', 'order 7'))).toBeUndefined()
    expect(await store.get('v1')).toMatchObject({ version: 1 })
  })
})

describe('limits', () => {
  test('a video that is larger than an item may be is refused in one line', async () => {
    const { store } = await open()
    const tooLong = { name: 'InputError', message: expect.stringMatching(/VIDEO#v1 RECORD is larger than the 400 KB/) }
    await expect(store.create(newVideo('v1', { notices: ['x'.repeat(500_000)] }))).rejects.toMatchObject(tooLong)
    await store.create(newVideo('v1'))
    await expect(store.update('v1', 1, { notices: ['x'.repeat(500_000)] })).rejects.toMatchObject(tooLong)
    await expect(store.list('ann', { before: 'yesterday' })).rejects.toMatchObject({ name: 'InputError' })
  })

  test('a table that is throttled is asked again, and then is a TransientError', async () => {
    let asked = 0
    const server = createServer((_, response) => {
      asked++
      const body = {
        __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
        message: 'slow',
      }
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
    const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 2 })
    const store = openDynamoVideos(openTable({ client, name: () => 'clipforge' }))
    await expect(store.get('v1')).rejects.toMatchObject({
      name: 'TransientError',
      message: expect.stringMatching(/^DynamoDB could not read VIDEO#v1 RECORD: ProvisionedThroughputExceeded/),
    })
    expect(asked).toBeGreaterThan(1)
    client.destroy()
    server.close()
  })
})

describe('claims', () => {
  test('are somebody’s alone until they are released or their time is up', async () => {
    const claims = openClaims(await emptyTable())
    const taken = await Promise.all(['a', 'b', 'c', 'd'].map((holder) => claims.take('k', holder, 60)))
    expect(taken.filter(Boolean)).toHaveLength(1)
    const holder = ['a', 'b', 'c', 'd'][taken.indexOf(true)]!
    expect(await claims.take('k', holder, 60)).toBe(true)
    await claims.release('k', 'nobody')
    expect(await claims.take('k', 'nobody', 60)).toBe(false)
    await claims.release('k', holder)
    expect(await claims.take('k', 'next', -1)).toBe(true)
    expect(await claims.take('k', 'last', 60)).toBe(true)
  })
})

describe('API keys in DynamoDB', () => {
  apiKeysContract(async () => openApiKeys(await emptyTable()))

  test('that one died over making is in no list', async () => {
    const { table } = await open()
    const key = { hash: 'h1', id: '1', owner: 'ben', issuer: 'ann', name: '', plan: '', createdAt: '2026-01-02' }
    const dying = openApiKeys(dyingAt(table, ({ sk }) => sk === 'KEY'))
    await expect(dying.put({ ...key, usageIdentifier: 'u' })).rejects.toThrow('killed')
    expect(await openApiKeys(table).list('ann')).toEqual([])
    await openApiKeys(table).put({ ...key, usageIdentifier: 'u' })
    expect(await openApiKeys(table).list('ann')).toEqual([{ ...key, usageIdentifier: 'u' }])
  })
})

/** The same table, as if nothing were in it but what has `prefix` before its partition keys. */
function within(prefix: string, table: Table): Table {
  const partitions = ['pk', 'ownerPk', 'statePk']
  const add = <Named extends Record<string, unknown>>(item: Named): Named => ({
    ...item,
    ...Object.fromEntries(
      partitions.filter((name) => item[name] !== undefined).map((name) => [name, prefix + String(item[name])]),
    ),
  })
  const own = (item: Item): Item => ({
    ...item,
    ...Object.fromEntries(
      partitions
        .filter((name) => item[name] !== undefined)
        .map((name) => [name, String(item[name]).slice(prefix.length)]),
    ),
  })
  return {
    async get(key) {
      const item = await table.get(add(key))
      return item && own(item)
    },
    put: (item, condition) => table.put(add(item), condition),
    async update(key, { set, remove }, condition) {
      const item = await table.update(add(key), { set: add(set), remove }, condition)
      return item && own(item)
    },
    remove: (key, condition) => table.remove(add(key), condition),
    async *query(range) {
      for await (const item of table.query({ ...range, partition: prefix + range.partition })) yield own(item)
    },
  }
}
