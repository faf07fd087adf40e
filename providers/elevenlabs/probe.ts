// What the key can use, for `clipforge doctor`.
import { ServiceError } from '../../core/errors.ts'
import { ask, type Reply } from './client.ts'
import { sortError } from './failures.ts'

/** `account`: what is left of it; absent when the key may not ask. Throws ServiceError. */
export async function probe(
  signal: AbortSignal,
): Promise<{ models: { id: string; retiresOn?: string }[] | undefined; account?: string }> {
  try {
    const [models, account] = await Promise.all([
      ask('models', {}, signal).then(answerOf),
      accountOf(signal).catch(() => undefined),
    ])
    return { models: models.map((id) => ({ id })), ...(account === undefined ? {} : { account }) }
  } catch (error) {
    throw error instanceof ServiceError ? error : sortError(error)
  }
}

async function accountOf(signal: AbortSignal): Promise<string | undefined> {
  const left = answerOf(await ask('subscription', {}, signal))
  const { character_count: used, character_limit: limit } = left ?? {}
  if (typeof used !== 'number' || typeof limit !== 'number') return undefined
  const grouped = (count: number) => count.toLocaleString('en')
  return `${grouped(Math.max(0, limit - used))} of ${grouped(limit)} characters left`
}

function answerOf<Answer>(reply: Reply<Answer>): Answer {
  if ('error' in reply) throw reply.error
  return reply.answer
}
