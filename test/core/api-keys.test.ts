import { describe, expect, it } from 'vitest'
import {
  checkOwnerName,
  hashOfKey,
  isOwnerName,
  keyIdOf,
  newApiKey,
  newOwnerName,
  presentedKey,
} from '../../core/api-keys.ts'

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`

describe('an API key', () => {
  const { key, id, hash } = newApiKey()

  it('has an id, 256 bits of secret and a hash', () => {
    expect(key).toMatch(/^cf_[\w-]{22}_[\w-]{43}$/)
    expect(keyIdOf(key)).toBe(id)
    expect(hashOfKey(key)).toBe(hash)
    expect(newApiKey().key).not.toBe(key)
  })

  it.each<Record<string, string>>([
    { Authorization: `Bearer ${key}` },
    { authorization: `bearer  ${key}` },
    { 'X-API-Key': ` ${key} ` },
    { 'x-api-key': key, authorization: `Bearer ${key}` },
    { authorization: basic(`${key}:`) },
    { Authorization: basic(`clipforge:${key}`).replace('Basic', 'basic') },
  ])('is found in %j', (headers) => {
    expect(presentedKey(headers)).toBe(key)
  })

  it.each<Record<string, string>>([
    {},
    { authorization: key },
    { authorization: `Basic ${key}` },
    { authorization: `Bearer ${key.toUpperCase()}` },
    { authorization: `Bearer ${key}x` },
    { authorization: `Bearer ${key}`, 'x-api-key': newApiKey().key },
    { cookie: key },
    { authorization: basic(`${key}:${newApiKey().key}`) },
    { authorization: basic(`${key}x:`) },
    { authorization: basic('ann:secret'), 'x-api-key': key },
  ])('is not found in %j', (headers) => {
    expect(presentedKey(headers)).toBeUndefined()
  })

  it('belongs to an owner whose name can stand in a key', () => {
    expect(checkOwnerName('Ann_1-b')).toBe('Ann_1-b')
    expect(isOwnerName(newOwnerName())).toBe(true)
    expect(newOwnerName()).not.toBe(newOwnerName())
    for (const name of ['', '../x', 'a/b', 'ä', '-a', 'a'.repeat(65)])
      expect(() => checkOwnerName(name)).toThrow(/^owner: /)
  })
})
