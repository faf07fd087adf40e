// Keys of this installation, for whoever sits at its keyboard.
import { type ApiKeyRecord, type ApiKeys, newApiKey, worksAt } from '../../core/api-keys.ts'

/** For the owner, who may have several. Gives the key itself, which is kept nowhere. */
export async function makeKey(
  keys: ApiKeys,
  owner: string,
  name: string,
): Promise<{ key: string; record: ApiKeyRecord }> {
  const { key, ...record } = newApiKey()
  const made = { ...record, owner, name, plan: 'local', createdAt: new Date().toISOString() }
  await keys.put(made)
  return { key, record: made }
}

/** The first key of all; undefined when there was one before, revoked or not. */
export async function makeFirstKey(keys: ApiKeys, owner: string): Promise<string | undefined> {
  if ((await keys.list(owner)).length > 0) return undefined
  return (await makeKey(keys, owner, 'first key')).key
}

export function stateOf(key: ApiKeyRecord, now: Date): string {
  if (!worksAt(key, now)) return `revoked ${key.revokedAt!.slice(0, 16).replace('T', ' ')}`
  return key.lastUsedAt === undefined ? 'never used' : `last used ${key.lastUsedAt.slice(0, 16).replace('T', ' ')}`
}
