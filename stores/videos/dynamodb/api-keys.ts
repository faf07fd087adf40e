// API keys, by the hash of the key. The key itself is kept nowhere.
import { NotFoundError } from '../../../core/errors.ts'
import { apiKeyKey, apiKeysOf } from './schema.ts'
import type { Item, Table } from './table.ts'

/** `hash`: SHA-256 in hex. Times are ISO 8601. `usageIdentifier`: what API Gateway counts the key's requests under. */
export type ApiKeyRecord = {
  hash: string
  id: string
  owner: string
  name: string
  plan: string
  createdAt: string
  lastUsedAt?: string
  revokedAt?: string
  usageIdentifier: string
}
export type ApiKeys = {
  put: (key: ApiKeyRecord) => Promise<void>
  /** Revoked ones too. As it is now: a key that was revoked a moment ago shows as revoked. */
  find: (hash: string) => Promise<ApiKeyRecord | undefined>
  /** Oldest first. A key that was made a moment ago may be missing. */
  list: (owner: string) => Promise<ApiKeyRecord[]>
  /** Keeps the time of the first revocation. Throws NotFoundError. */
  revoke: (hash: string, at: string) => Promise<void>
}

export function openApiKeys(table: Table): ApiKeys {
  return {
    async put(key) {
      await table.put({
        ...apiKeyKey(key.hash),
        ownerPk: apiKeysOf(key.owner),
        ownerSk: `${key.createdAt}#${key.hash}`,
        ...key,
      })
    },

    async find(hash) {
      const item = await table.get(apiKeyKey(hash))
      return item && keyOf(item)
    },

    async list(owner) {
      const keys: ApiKeyRecord[] = []
      for await (const item of table.query({ index: 'byOwner', partition: apiKeysOf(owner) })) keys.push(keyOf(item))
      return keys
    },

    async revoke(hash, at) {
      const unrevoked = { expression: 'attribute_exists(#pk) AND attribute_not_exists(#revokedAt)' }
      if (await table.update(apiKeyKey(hash), { set: { revokedAt: at } }, unrevoked)) return
      if (!(await table.get(apiKeyKey(hash)))) throw new NotFoundError(`there is no API key with the hash ${hash}`)
    },
  }
}

function keyOf({ pk: _pk, sk: _sk, ownerPk: _ownerPk, ownerSk: _ownerSk, ...key }: Item): ApiKeyRecord {
  return key as ApiKeyRecord
}
