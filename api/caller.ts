// Whose key came with a request, for whoever serves the API without a gateway in front of it.
import { type ApiKeys, hashOfKey, presentedKey, worksAt } from '../core/api-keys.ts'
import type { Caller } from './ports.ts'

const noteEveryMs = 60_000

/**
 * Undefined for a request without a key that works. Asked anew for each: a key is found by its hash in microseconds,
 * and one that is revoked lets nobody in any more. When it was last used is written at most once a minute.
 */
export function keyCaller(
  keys: Pick<ApiKeys, 'find' | 'used'>,
  now: () => Date = () => new Date(),
): (headers: Headers) => Promise<Caller | undefined> {
  return async (headers) => {
    const key = presentedKey(Object.fromEntries(headers))
    if (key === undefined) return undefined
    const record = await keys.find(hashOfKey(key))
    const at = now()
    if (!record || !worksAt(record, at)) return undefined
    const { hash, owner, id: keyId, plan, usageIdentifier, lastUsedAt } = record
    if (lastUsedAt === undefined || at.getTime() - Date.parse(lastUsedAt) >= noteEveryMs)
      await keys.used(hash, at.toISOString())
    return { owner, keyId, plan, usageIdentifier }
  }
}
