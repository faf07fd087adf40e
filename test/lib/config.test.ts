import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isPlaceholderKey, parseConfig, settingsOf, sizes } from '../../lib/config.ts'

const rsa = (modulusLength: number) =>
  generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ type: 'spki', format: 'pem' }).toString()

describe('what an installation is', () => {
  it('needs nothing to be said', () => {
    expect(parseConfig({})).toMatchObject({
      name: 'clipforge',
      size: 'small',
      region: 'us-east-1',
      services: { openai: { concurrency: 20 }, elevenlabs: { concurrency: 2 }, gemini: { concurrency: 20 } },
      corsOrigins: ['*'],
      monthlyBudgetUsd: 300,
      overrides: {},
    })
    expect(parseConfig({}).replicaRegion).toBeUndefined()
  })

  it('has two different placeholders for the keys that sign', () => {
    const [first, second] = parseConfig({}).signingPublicKeys
    expect(first).not.toBe(second)
    expect(isPlaceholderKey(first) && isPlaceholderKey(second)).toBe(true)
  })

  it('takes keys of RSA-2048 and P-256 and no others', () => {
    const keys: [string, string] = [rsa(2048), parseConfig({}).signingPublicKeys[0]]
    expect(parseConfig({ signingPublicKeys: keys }).signingPublicKeys).toStrictEqual(keys)
    expect(isPlaceholderKey(keys[0])).toBe(false)
    expect(() => parseConfig({ signingPublicKeys: [rsa(1024), keys[1]] })).toThrow(
      /signingPublicKeys\.0 = .*RSA of 2048 bits or ECDSA P-256/,
    )
  })

  it('gets its budget from its own word, then the overrides, then its size', () => {
    expect(settingsOf(parseConfig({ size: 'medium' })).monthlyBudgetUsd).toBe(1200)
    expect(settingsOf(parseConfig({ overrides: { monthlyBudgetUsd: 7 } })).monthlyBudgetUsd).toBe(7)
    expect(settingsOf(parseConfig({ overrides: { monthlyBudgetUsd: 7 }, monthlyBudgetUsd: 9 })).monthlyBudgetUsd).toBe(
      9,
    )
  })

  it('takes any part of a size over', () => {
    const settings = settingsOf(parseConfig({ size: 'enterprise', overrides: { render: { warmVcpus: 8 } } }))
    expect(settings.render).toStrictEqual({ ...sizes.enterprise.render, warmVcpus: 8 })
    expect(settings.alarms).toStrictEqual(sizes.enterprise.alarms)
  })

  it('lets in its own domain only, where it has one', () => {
    const domain = { name: 'video.example', certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/a' }
    expect(parseConfig({ domain }).corsOrigins).toStrictEqual(['https://video.example'])
  })

  it.each([
    [{ size: 'huge' }, /^deploy\.json: size = "huge": .*small.*medium.*enterprise/],
    [{ name: 'Clip Forge' }, /^deploy\.json: name = "Clip Forge": must be 2 to 18 of a-z/],
    [{ region: 'Frankfurt' }, /^deploy\.json: region = "Frankfurt": is no region/],
    [{ replicaRegion: 'us-east-1' }, /^deploy\.json: replicaRegion = "us-east-1": must not be the region itself$/],
    [{ services: { openai: { concurrency: 0 } } }, /^deploy\.json: services\.openai\.concurrency = 0: /],
    [{ services: { acme: { concurrency: 1 } } }, /^deploy\.json: services(\.acme)? = /],
    [{ alertEmail: 'me' }, /^deploy\.json: alertEmail = "me": is no e-mail address$/],
    [{ corsOrigins: ['video.example'] }, /^deploy\.json: corsOrigins\.0 = "video\.example": is neither/],
    [{ corsOrigins: ['https://video.example/page'] }, /^deploy\.json: corsOrigins\.0 = /],
    [{ overrides: { render: { warmvCpus: 4 } } }, /^deploy\.json: overrides\.render = .*warmvCpus/],
    [{ regoin: 'us-east-1' }, /^deploy\.json: the whole file = .*regoin/],
    [
      { domain: { name: 'a.example', certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/a' } },
      /^deploy\.json: domain\.certificateArn = .*us-east-1/,
    ],
  ])('says in one line what is wrong with %j', (raw, message) => {
    expect(() => parseConfig(raw)).toThrow(message)
    expect(() => parseConfig(raw)).toThrow(/^[^\n]+$/)
  })
})
