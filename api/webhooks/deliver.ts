// Sends what is due. Any number of senders may do it at once: each message is claimed before it is sent. One that dies
// between sending and writing down leaves the message to the next, which sends it again under the same id.
import { Webhook } from 'standardwebhooks'
import type { WebhookMessage, Webhooks } from '../../core/webhooks.ts'
import { afterAttempt } from '../../core/webhooks/retry.ts'
import type { Post } from './post.ts'

export type SenderPorts = {
  webhooks: Webhooks
  post: Post
  /** In [0, 1). */
  random?: () => number
  /** Told once for each message whose address may not be called. */
  onRefused?: (message: WebhookMessage, reason: string) => void
}

/** Longer than an attempt takes, claim and record included. */
const claimMs = 30_000
const limits = {
  /** Messages that are looked at in one round. */
  round: 500,
  hosts: 24,
  perHost: 4,
  /** A host whose answers come goes on being sent to in the same round. */
  roundMs: 5000,
} as const

/**
 * One round: sends what is due at `now`, to each host a few at a time, and gives how many attempts it made. It is over
 * when the slowest answer is there or has been waited for (15 s); whatever is left is for the next round. A host that
 * does not answer gets no more in this one.
 */
export async function deliverDue(ports: SenderPorts, now = new Date()): Promise<number> {
  const due = await ports.webhooks.due(now.toISOString(), limits.round)
  const byHost = Object.values(Object.groupBy(due, ({ url }) => hostOf(url))).slice(0, limits.hosts)
  const endsMs = performance.now() + limits.roundMs
  const clock = clockFrom(now)
  const lanes = byHost.flatMap((messages = []) => {
    const host = { waiting: messages.values(), isSilent: false }
    return Array.from({ length: Math.min(limits.perHost, messages.length) }, async () => {
      let sent = 0
      for (const message of host.waiting) {
        if (await attempt(ports, message, clock, host)) sent++
        if (host.isSilent || performance.now() > endsMs) break
      }
      return sent
    })
  })
  // All of them come to their end, whatever a store says to one.
  const ended = await Promise.allSettled(lanes)
  const failed = ended.find(({ status }) => status === 'rejected')
  if (failed) throw (failed as PromiseRejectedResult).reason
  return ended.reduce((sum, lane) => sum + (lane.status === 'fulfilled' ? lane.value : 0), 0)
}

/** Gives whether it was sent by us. */
async function attempt(
  { webhooks, post, random = Math.random, onRefused }: SenderPorts,
  due: WebhookMessage,
  clock: () => Date,
  host: { isSilent: boolean },
): Promise<boolean> {
  const claim = {
    attempts: due.attempts + 1,
    nextAttemptAt: new Date(clock().getTime() + claimMs).toISOString(),
  }
  if (!(await webhooks.update(due.id, claim, due.nextAttemptAt))) return false
  const message = { ...due, ...claim }
  const headers = await signedHeaders(webhooks, message, clock())
  const outcome = await post(message.url, { headers, body: message.body })
  if (!('status' in outcome)) host.isSilent = true
  if (outcome.refused !== undefined && message.attempts === 1) onRefused?.(message, outcome.refused)
  const change = afterAttempt(message, outcome, { now: clock(), random: random() })
  // What arrived, arrived, whoever has claimed the message since.
  await webhooks.update(message.id, change, change.state === 'delivered' ? undefined : claim.nextAttemptAt)
  return true
}

async function signedHeaders(webhooks: Webhooks, { id, owner, body }: WebhookMessage, at: Date) {
  const secrets = await webhooks.signingSecrets(owner, at.toISOString())
  return {
    'content-type': 'application/json',
    'user-agent': 'ClipForge-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}

/** Goes on from `now`. */
function clockFrom(now: Date): () => Date {
  const startedMs = performance.now()
  return () => new Date(now.getTime() + performance.now() - startedMs)
}
