// API keys, by the hash of the key. The key itself is kept nowhere.
import type { ApiKeyRecord, ApiKeys } from '../../../core/api-keys.ts'
import { NotFoundError } from '../../../core/errors.ts'
import { apiKeyKey, apiKeysIssuedBy, apiKeysOf, issuedKeyKey } from './schema.ts'
import type { Item, Table } from './table.ts'

/**
 * A key that another owner's key made stands under that owner a second time: there only the hash is kept, so that
 * nothing has to be changed in two places.
 */
export function openApiKeys(table: Table): ApiKeys {
  const find = async (hash: string) => {
    const item = await table.get(apiKeyKey(hash))
    return item && keyOf(item)
  }

  return {
    async put(key) {
      const { hash, owner, issuer, createdAt } = key
      const ownerSk = `${createdAt}#${hash}`
      // First the entry in the issuer's list: one that leads nowhere is passed over, a key in no list could not be revoked.
      if (issuer !== undefined && issuer !== owner)
        await table.put({ ...issuedKeyKey(hash), ownerPk: apiKeysIssuedBy(issuer), ownerSk, hash })
      await table.put({ ...apiKeyKey(hash), ownerPk: apiKeysOf(owner), ownerSk, ...key })
    },

    find,

    async list(owner) {
      const keys: ApiKeyRecord[] = []
      for await (const item of table.query({ index: 'byOwner', partition: apiKeysOf(owner) })) keys.push(keyOf(item))
      for await (const { hash } of table.query({ index: 'byOwner', partition: apiKeysIssuedBy(owner) })) {
        const key = await find(String(hash))
        if (key) keys.push(key)
      }
      return keys.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
    },

    async revoke(hash, at) {
      const worksStill = {
        expression: 'attribute_exists(#pk) AND (attribute_not_exists(#revokedAt) OR #revokedAt > :at)',
        values: { at },
      }
      if (await table.update(apiKeyKey(hash), { set: { revokedAt: at } }, worksStill)) return
      if (!(await table.get(apiKeyKey(hash)))) throw new NotFoundError(`there is no API key with the hash ${hash}`)
    },

    async used(hash, at) {
      const isLater = {
        expression: 'attribute_exists(#pk) AND (attribute_not_exists(#lastUsedAt) OR #lastUsedAt < :at)',
        values: { at },
      }
      await table.update(apiKeyKey(hash), { set: { lastUsedAt: at } }, isLater)
    },
  }
}

function placeOf({ createdAt, hash }: ApiKeyRecord): string {
  return `${createdAt}#${hash}`
}

function keyOf({ pk: _pk, sk: _sk, ownerPk: _ownerPk, ownerSk: _ownerSk, ...key }: Item): ApiKeyRecord {
  return key as ApiKeyRecord
}
