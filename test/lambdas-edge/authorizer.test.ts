import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newApiKey } from '../../core/api-keys.ts'
import { openAwsStores } from '../../stores/aws.ts'
import { createKey, type KeyPorts, revokeKey, rotateKey } from '../../scripts/api-keys/keys.ts'
import { context, logged, startAws } from './aws.ts'

let aws: Awaited<ReturnType<typeof startAws>>
let handler: typeof import('../../lambdas/authorizer.ts').handler
let ports: KeyPorts
const plan: string[] = []
beforeAll(async () => {
  aws = await startAws()
  ;({ handler } = await import('../../lambdas/authorizer.ts'))
  ports = {
    keys: openAwsStores().keys,
    plan: {
      enrol: async (identifier) => void plan.push(`+${identifier}`),
      withdraw: async (identifier) => void plan.push(`-${identifier}`),
    },
    now: () => new Date('2026-11-23T05:00:00.000Z'),
  }
})
afterAll(() => aws.close())

const stage = 'arn:aws:execute-api:us-east-1:123456789012:abc/live'
const ask = (headers: Record<string, string>) =>
  handler({ headers, methodArn: `${stage}/GET/v1/videos/x` } as unknown as APIGatewayRequestAuthorizerEvent, context())
const denied = {
  principalId: 'nobody',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: `${stage}/*` }],
  },
  context: {},
}

describe('the authorizer', () => {
  it('lets a key in, for the whole stage, and says whose it is and under what it is counted', async () => {
    const { key, record } = await createKey(ports, { owner: 'ann', name: 'laptop', plan: 'standard' })
    expect(plan).toEqual([`+${record.usageIdentifier}`])
    const answer = await ask({ authorization: `bearer ${key}` })
    expect(answer).toEqual({
      principalId: 'ann',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${stage}/*` }],
      },
      context: { owner: 'ann', keyId: record.id, plan: 'standard' },
      usageIdentifierKey: record.usageIdentifier,
    })
    expect(await ask({ 'X-API-KEY': key })).toEqual(answer)
    expect(await ask({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` })).toEqual(answer)
  })

  it('goes on counting a key that another one made, when the one it is counted with is revoked', async () => {
    const { record } = await createKey(ports, { owner: 'dan', name: '', plan: 'standard' })
    const { key: _, ...made } = newApiKey()
    const issued = { ...made, owner: 'own_1', issuer: 'dan', name: '', plan: 'standard', createdAt: '2026-11-23' }
    await ports.keys.put({ ...issued, usageIdentifier: record.usageIdentifier })
    const before = plan.length
    await revokeKey(ports, { owner: 'dan', id: record.id })
    expect(plan).toHaveLength(before)
    await revokeKey(ports, { owner: 'dan', id: issued.id })
    expect(plan.slice(before)).toEqual([`-${record.usageIdentifier}`])
  })

  it('answers all others alike, and never logs a key', async () => {
    const { key, record } = await createKey(ports, { owner: 'ben', name: '', plan: 'standard' })
    const unknown = newApiKey().key
    await revokeKey(ports, { owner: 'ben', id: record.id })
    expect(plan.at(-1)).toBe(`-${record.usageIdentifier}`)
    const log = await logged(async () => {
      for (const headers of [
        {},
        { authorization: `Bearer ${key}` },
        { authorization: `Bearer ${unknown}` },
        { authorization: `Bearer ${unknown.toLowerCase()}` },
        { authorization: 'Bearer hello' },
        { authorization: `Basic ${key}` },
      ])
        expect(await ask(headers as Record<string, string>)).toEqual(denied)
    })
    expect(log).not.toContain(key)
    expect(log).not.toContain(unknown)
  })

  it('knows a rotated key beside the old one, until that is revoked', async () => {
    const old = await createKey(ports, { owner: 'cat', name: 'ci', plan: 'standard' })
    const { key, record } = await rotateKey(ports, { owner: 'cat', id: old.record.id })
    expect(record).toMatchObject({ owner: 'cat', name: 'ci' })
    for (const each of [key, old.key]) expect(await ask({ 'x-api-key': each })).toMatchObject({ principalId: 'cat' })
    await revokeKey(ports, { owner: 'cat', id: old.record.id })
    expect(await ask({ 'x-api-key': old.key })).toEqual(denied)
    await expect(rotateKey(ports, { owner: 'cat', id: old.record.id })).rejects.toThrow('is revoked')
    // One that is to stop later works until then.
    await ports.keys.revoke(record.hash, new Date(Date.now() + 60_000).toISOString())
    expect(await ask({ 'x-api-key': key })).toMatchObject({ principalId: 'cat' })
    await ports.keys.revoke(record.hash, new Date(Date.now() - 1).toISOString())
    expect(await ask({ 'x-api-key': key })).toEqual(denied)
    await expect(revokeKey(ports, { owner: 'cat', id: 'x' })).rejects.toThrow("'cat' has no key 'x'")
  })
})
