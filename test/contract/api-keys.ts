// What every ApiKeys does. `open` gives an empty one.
import { expect, test } from 'vitest'
import type { ApiKeyRecord, ApiKeys } from '../../core/api-keys.ts'

const key = (hash: string, more: Partial<ApiKeyRecord> = {}): ApiKeyRecord => ({
  hash,
  id: `id-${hash}`,
  owner: 'ann',
  name: 'her laptop',
  plan: 'standard',
  createdAt: '2026-01-02T00:00:00.000Z',
  usageIdentifier: 'clipforge-1',
  ...more,
})
const hashes = (keys: ApiKeyRecord[]) => keys.map(({ hash }) => hash)

/** `eventually` tries again until it holds, where a list may be behind. */
export function apiKeysContract(
  open: () => Promise<ApiKeys>,
  eventually: (check: () => Promise<void>) => Promise<unknown> = (check) => check(),
) {
  test('keys are found by their hash, as they were put', async () => {
    const keys = await open()
    const whole = key('h1', { issuer: 'eve', lastUsedAt: '2026-01-03', revokedAt: '2026-01-04' })
    await keys.put(whole)
    await keys.put(key('h2'))
    expect(await keys.find('h1')).toEqual(whole)
    expect(await keys.find('h2')).toEqual(key('h2'))
    expect(await keys.find('h3')).toBeUndefined()
  })

  test('an owner lists its own and those that its keys made, oldest first, each once', async () => {
    const keys = await open()
    await keys.put(key('h3', { createdAt: '2026-01-04' }))
    await keys.put(key('h1', { createdAt: '2026-01-02', owner: 'ben', issuer: 'ann' }))
    await keys.put(key('h2', { createdAt: '2026-01-03', issuer: 'ann' }))
    await keys.put(key('h4', { createdAt: '2026-01-05', owner: 'cat', issuer: 'ben' }))
    await eventually(async () => {
      expect(await keys.list('ann')).toEqual([
        key('h1', { createdAt: '2026-01-02', owner: 'ben', issuer: 'ann' }),
        key('h2', { createdAt: '2026-01-03', issuer: 'ann' }),
        key('h3', { createdAt: '2026-01-04' }),
      ])
      expect(hashes(await keys.list('ben'))).toEqual(['h1', 'h4'])
      expect(hashes(await keys.list('cat'))).toEqual(['h4'])
      expect(await keys.list('dan')).toEqual([])
    })
  })

  test('of several times of revocation the earliest holds', async () => {
    const keys = await open()
    await keys.put(key('h1', { owner: 'ben', issuer: 'ann' }))
    for (const at of ['2026-03-05', '2026-02-01', '2026-04-01']) await keys.revoke('h1', at)
    expect((await keys.find('h1'))?.revokedAt).toBe('2026-02-01')
    // The issuer sees it at once: there is one record of a key.
    await eventually(async () =>
      expect((await keys.list('ann')).map(({ revokedAt }) => revokedAt)).toEqual(['2026-02-01']),
    )
    await expect(keys.revoke('h9', '2026-02-01')).rejects.toMatchObject({ name: 'NotFoundError' })
  })

  test('the last use never goes back, and a key that is not there is not made by it', async () => {
    const keys = await open()
    await keys.put(key('h1'))
    for (const at of ['2026-02-02', '2026-02-01']) await keys.used('h1', at)
    expect((await keys.find('h1'))?.lastUsedAt).toBe('2026-02-02')
    await keys.used('h9', '2026-02-01')
    expect(await keys.find('h9')).toBeUndefined()
  })
}
