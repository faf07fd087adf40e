import { expect, test } from 'vitest'
import { keyCaller } from '../../api/caller.ts'
import { newApiKey } from '../../core/api-keys.ts'
import { openHouse } from './house.ts'

const headersOf = (headers: Record<string, string | undefined>) =>
  new Headers(Object.entries(headers) as [string, string][])
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`

test('a key is known as a bearer’s, in x-api-key, and as the name or the password of an address', async () => {
  const { keys, keyOf } = openHouse()
  const key = await keyOf('ann')
  const callerOf = keyCaller(keys)
  const caller = await callerOf(new Headers({ Authorization: `Bearer ${key}` }))
  expect(caller).toEqual({
    owner: 'ann',
    keyId: expect.stringMatching(/^[\w-]{22}$/),
    plan: 'standard',
    usageIdentifier: expect.stringContaining('clipforge-'),
  })
  for (const headers of [
    { 'X-Api-Key': key },
    { Authorization: basic(`${key}:`) },
    { Authorization: basic(`:${key}`) },
    { Authorization: basic(`clipforge:${key}`) },
    { Authorization: basic(key) },
  ])
    expect(await callerOf(headersOf(headers))).toEqual(caller)
})

test('nobody else is let in', async () => {
  const { keys, keyOf } = openHouse()
  const [key, other] = [await keyOf('ann'), await keyOf('bob')]
  const callerOf = keyCaller(keys)
  for (const headers of [
    {},
    { Authorization: `Bearer ${newApiKey().key}` },
    { Authorization: basic(`${key}:${other}`) },
    { Authorization: basic(`ann:${key}x`) },
    { Authorization: `Basic ${key}` },
    { Authorization: basic(`${key}:`), 'X-Api-Key': other },
  ])
    expect(await callerOf(headersOf(headers))).toBeUndefined()
})

test('the last use is written once a minute, and a revoked key stops at its time', async () => {
  const { keys, keyOf } = openHouse()
  const key = await keyOf('ann')
  const headers = new Headers({ Authorization: `Bearer ${key}` })
  const written: string[] = []
  let nowMs = Date.parse('2026-11-23T08:00:00.000Z')
  const used = async (hash: string, at: string) => {
    written.push(at)
    await keys.used(hash, at)
  }
  const callerOf = keyCaller({ ...keys, used }, () => new Date(nowMs))
  for (const passMs of [0, 30_000, 29_999, 1, 59_999]) {
    nowMs += passMs
    expect(await callerOf(headers)).toBeDefined()
  }
  expect(written).toEqual(['2026-11-23T08:00:00.000Z', '2026-11-23T08:01:00.000Z'])
  const [{ hash, lastUsedAt } = { hash: '' }] = await keys.list('ann')
  expect(lastUsedAt).toBe('2026-11-23T08:01:00.000Z')
  await keys.revoke(hash, '2026-11-23T08:05:00.000Z')
  nowMs = Date.parse('2026-11-23T08:04:59.999Z')
  expect(await callerOf(headers)).toBeDefined()
  nowMs += 1
  expect(await callerOf(headers)).toBeUndefined()
})
