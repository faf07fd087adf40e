import { type ApiKeyRecord, worksAt } from '../../core/api-keys.ts'
import type { ApiPorts } from '../ports.ts'

/**
 * Revokes it. When it was the last key by which `by` let somebody into a space, what was made in that space goes too,
 * and so on: a key that fell into wrong hands leaves none behind that whoever made it cannot see.
 */
export async function endKey(ports: Pick<ApiPorts, 'keys' | 'now'>, key: ApiKeyRecord, by: string): Promise<void> {
  const now = ports.now()
  await ports.keys.revoke(key.hash, now.toISOString())
  const { owner: space, issuer } = key
  if (issuer !== by || space === by) return
  const keys = await ports.keys.list(space)
  const isOpen = keys.some(
    (other) => other.hash !== key.hash && other.owner === space && other.issuer === by && worksAt(other, now),
  )
  if (isOpen) return
  const made = keys.filter((other) => other.issuer === space && worksAt(other, now))
  for (const each of made) await endKey(ports, each, space)
}
