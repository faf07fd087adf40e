// What the key can use, for `clipforge doctor`.
import { ServiceError } from '../../core/errors.ts'
import { connect } from './client.ts'
import { sortError } from './failures.ts'

/** `account`: what is left of it; absent when the key may not ask. Throws ServiceError. */
export async function probe(
  signal: AbortSignal,
): Promise<{ models: { id: string; retiresOn?: string }[] | undefined; account?: string }> {
  try {
    const { client } = await connect()
    const [models, account] = await Promise.all([
      client.models.list({ abortSignal: signal }),
      accountOf(signal).catch(() => undefined),
    ])
    return { models: models.map(({ modelId }) => ({ id: modelId })), ...(account === undefined ? {} : { account }) }
  } catch (error) {
    throw error instanceof ServiceError ? error : sortError(error)
  }
}

/** Not by the SDK's own method: it insists on some thirty fields of which two are needed. */
async function accountOf(signal: AbortSignal): Promise<string | undefined> {
  const { client, headers } = await connect()
  const response = await client.fetch('v1/user/subscription', { headers, signal })
  if (!response.ok) return undefined
  const { character_count: used, character_limit: limit } = (await response.json()) as Record<string, unknown>
  if (typeof used !== 'number' || typeof limit !== 'number') return undefined
  const grouped = (count: number) => count.toLocaleString('en')
  return `${grouped(Math.max(0, limit - used))} of ${grouped(limit)} characters left`
}
