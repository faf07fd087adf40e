// One request to an address that a user named, and as little as possible of its answer.
import type { Agent } from 'undici'
import { checkWebhookUrl } from '../../core/webhooks/url.ts'
import { type Outcome, retryAfterMsOf } from '../../core/webhooks/retry.ts'
import { guardedAgent, type GuardOptions, RefusedAddressError } from './guard.ts'

/** Never throws. `refused`: for the operator, why nothing was sent. */
export type Post = (
  url: string,
  message: { headers: Record<string, string>; body: string },
) => Promise<Outcome & { refused?: string }>

/** From the look-up of the host to the answer's headers. */
const patienceMs = 15_000
/** What an answer says is nothing to us: its body is read this far, so that the connection can be used again. */
const bodyLimitBytes = 4096
const bodyPatienceMs = 1000

/** `close` waits for what is under way. */
export function openPost(options: GuardOptions & { patienceMs?: number }): { post: Post; close: () => Promise<void> } {
  const agent = guardedAgent(options)
  return { post: (url, message) => post(agent, options, url, message), close: () => agent.close() }
}

async function post(
  agent: Agent,
  { allowed, patienceMs: withinMs = patienceMs }: { allowed: readonly string[]; patienceMs?: number },
  url: string,
  { headers, body }: Parameters<Post>[1],
): ReturnType<Post> {
  try {
    checkWebhookUrl(url, allowed)
    const { protocol, host, pathname, search } = new URL(url)
    const answer = await agent.request({
      origin: `${protocol}//${host}`,
      path: `${pathname}${search}`,
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(withinMs),
    })
    await answer.body
      .dump({ limit: bodyLimitBytes, signal: AbortSignal.timeout(bodyPatienceMs) })
      .catch(() => answer.body.destroy())
    const retryAfterMs = retryAfterMsOf([answer.headers['retry-after']].flat()[0], new Date())
    return { status: answer.statusCode, ...(retryAfterMs !== undefined && { retryAfterMs }) }
  } catch (error) {
    return failureOf(error, withinMs)
  }
}

function failureOf(error: unknown, withinMs: number): Awaited<ReturnType<Post>> {
  const { name, code = '', message } = error as { name: string; code?: string; message: string }
  // What was right when it was asked for, and is not any more: the operator has taken it from the list.
  if (name === 'InputError') return { reason: 'this address may not be called', isFinal: true, refused: message }
  // The same words for both: whoever asks does not learn which names there are in the house.
  if (error instanceof RefusedAddressError) return { reason: noAddress, refused: message }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { reason: noAddress }
  if (name === 'TimeoutError' || code === 'UND_ERR_CONNECT_TIMEOUT')
    return { reason: `no answer within ${withinMs / 1000} s` }
  return { reason: `no answer${/^\w+$/.test(code) ? ` (${code})` : ''}` }
}

const noAddress = 'the host has no public address'
