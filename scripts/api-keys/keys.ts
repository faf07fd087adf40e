// What an operator does with API keys.
import { type ApiKeyRecord, type ApiKeys, checkOwnerName, newApiKey, worksAt } from '../../core/api-keys.ts'
import { InputError } from '../../core/errors.ts'
import { clip } from '../../core/explain.ts'
import type { UsagePlan } from './usage-plan.ts'

export type KeyPorts = { keys: ApiKeys; plan: UsagePlan; now: () => Date }

/** `key` is shown once. Throws InputError. */
export async function createKey(
  ports: KeyPorts,
  wish: { owner: string; name: string; plan: string },
): Promise<{ key: string; record: ApiKeyRecord }> {
  const owner = checkOwnerName(wish.owner)
  const { key, id, hash, usageIdentifier } = newApiKey()
  const { name, plan } = wish
  const record = { hash, id, owner, name, plan, createdAt: ports.now().toISOString(), usageIdentifier }
  // A key that is not counted yet would be refused; one that is counted and does not exist harms nobody.
  await ports.plan.enrol(usageIdentifier)
  await ports.keys.put(record)
  return { key, record }
}

/** Works within a minute: the gateway keeps the authorizer's answers for that long. Throws InputError. */
export async function revokeKey(ports: KeyPorts, wish: { owner: string; id: string }): Promise<ApiKeyRecord> {
  const record = await keyOf(ports, wish)
  const now = ports.now()
  await ports.keys.revoke(record.hash, now.toISOString())
  if (!(await isCounted(ports, record, now))) await ports.plan.withdraw(record.usageIdentifier)
  return record
}

/** Whether another key that works is counted under the same name: one that this one made, or that took its place. */
async function isCounted({ keys }: KeyPorts, { hash, owner, usageIdentifier }: ApiKeyRecord, now: Date) {
  const others = (await keys.list(owner)).filter((key) => key.hash !== hash && worksAt(key, now))
  return others.some((key) => key.usageIdentifier === usageIdentifier)
}

/** A new key of the same name; the old one works until it is revoked, so that nothing stops meanwhile. */
export async function rotateKey(
  ports: KeyPorts,
  wish: { owner: string; id: string },
): Promise<{ key: string; record: ApiKeyRecord }> {
  const record = await keyOf(ports, wish)
  const { owner, name, plan, id } = record
  if (!worksAt(record, ports.now())) throw new InputError(`id: the key '${id}' is revoked; create a new one`)
  return createKey(ports, { owner, name, plan })
}

async function keyOf({ keys }: KeyPorts, { owner, id }: { owner: string; id: string }): Promise<ApiKeyRecord> {
  const found = (await keys.list(checkOwnerName(owner))).find((key) => key.id === id)
  if (found) return found
  throw new InputError(`id: '${clip(owner)}' has no key '${clip(id)}'; list shows those that there are`)
}
