// Messages for webhooks in the table: each beside the video it is about. What waits is in the index of states, by when
// it is due.
import { keptSeconds, type WebhookMessage, type Webhooks } from '../../core/webhooks.ts'
import { videoIdIn } from '../../core/webhooks/messages.ts'
import { type KeptSecret, newSecret, rotated, signingAt } from '../../core/webhooks/secrets.ts'
import { unixSeconds } from '../videos/dynamodb/record.ts'
import { webhookKey, webhooksDue, webhookSecretKey, webhooksOf } from '../videos/dynamodb/schema.ts'
import type { Item, Table } from '../videos/dynamodb/table.ts'

/** `due`, and `list` without a video, read an index, which may be behind by a moment. Throws TransientError. */
export function openDynamoWebhooks(table: Table): Webhooks {
  return {
    async put(message) {
      const { id, owner, createdAt } = message
      await table.put(
        {
          ...keyOf(id, message.videoId),
          ownerPk: webhooksOf(owner),
          ownerSk: `${createdAt}#${id}`,
          ...dueKeys(message),
          ...message,
          expiresAt: Math.floor(Date.parse(createdAt) / 1000) + keptSeconds,
        },
        { expression: 'attribute_not_exists(#pk)' },
      )
    },

    get: (id) => find(table, id),

    async due(now, limit) {
      // '$' sorts right behind the '#' that stands after the time.
      const items = table.query({ index: 'byState', partition: webhooksDue, last: `${now}$`, pageSize: limit })
      return firstOf(items, limit)
    },

    async list(owner, { videoId, limit = 50 } = {}) {
      if (videoId === undefined)
        return firstOf(
          table.query({ index: 'byOwner', partition: webhooksOf(owner), newestFirst: true, pageSize: limit }),
          limit,
        )
      const messages = await firstOf(ofVideo(table, videoId), Infinity)
      return messages
        .filter((message) => message.owner === owner)
        .toSorted((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1))
        .slice(0, limit)
    },

    async update(id, patch, expected) {
      const stored = await find(table, id)
      if (!stored || (expected !== undefined && stored.nextAttemptAt !== expected)) return false
      const changes = {
        ...patch,
        statePk: undefined,
        stateSk: undefined,
        ...dueKeys({ ...stored, ...patch }),
      }
      const condition =
        expected === undefined
          ? { expression: 'attribute_exists(#pk)' }
          : {
              expression: '#state = :waiting AND #nextAttemptAt = :expected',
              values: { waiting: 'waiting', expected },
            }
      const remove = Object.entries(changes).flatMap(([name, value]) => (value === undefined ? [name] : []))
      return (await table.update(keyOf(id), { set: changes, remove }, condition)) !== undefined
    },

    async forget(videoId) {
      for await (const { pk, sk } of ofVideo(table, videoId)) await table.remove({ pk, sk })
    },

    secret: async (owner) => (await secretsOf(table, owner))[0]!.secret,

    async rotateSecret(owner, now) {
      for (;;) {
        const kept = await secretsOf(table, owner)
        const next = rotated(kept, newSecret(), now)
        const asItWas = { expression: '#current = :current', values: { current: kept[0]!.secret } }
        if (await table.put(secretsItem(owner, next), asItWas)) return next[0]!.secret
      }
    },

    signingSecrets: async (owner, now) => signingAt(await secretsOf(table, owner), now),
  }
}

async function find(table: Table, id: string): Promise<WebhookMessage | undefined> {
  const item = videoIdIn(id) === undefined ? undefined : await table.get(keyOf(id))
  return item && isLive(item) ? messageOf(item) : undefined
}

/** Gives the first that have not expired. */
async function firstOf(items: AsyncIterable<Item>, limit: number): Promise<WebhookMessage[]> {
  const messages: WebhookMessage[] = []
  for await (const item of items) {
    if (isLive(item)) messages.push(messageOf(item))
    if (messages.length >= limit) break
  }
  return messages
}

function ofVideo(table: Table, videoId: string) {
  const { pk: partition, sk: first } = webhookKey(videoId, '')
  return table.query({ partition, first, last: 'WEBHOOK$' })
}

function keyOf(id: string, videoId = videoIdIn(id)!) {
  return webhookKey(videoId, id)
}

function dueKeys({ id, state, nextAttemptAt }: WebhookMessage) {
  const isDue = state === 'waiting' && nextAttemptAt !== undefined
  return isDue ? { statePk: webhooksDue, stateSk: `${nextAttemptAt}#${id}` } : {}
}

/** DynamoDB deletes what has expired hours or days later: until then it is hidden. */
function isLive({ expiresAt }: Item): boolean {
  return Number(expiresAt) >= unixSeconds()
}

function messageOf(item: Item): WebhookMessage {
  const { pk: _pk, sk: _sk, ownerPk: _ownerPk, ownerSk: _ownerSk, expiresAt: _expiresAt, ...rest } = item
  const { statePk: _statePk, stateSk: _stateSk, ...message } = rest
  return message as WebhookMessage
}

function placeOf({ createdAt, id }: WebhookMessage): string {
  return `${createdAt}#${id}`
}

async function secretsOf(table: Table, owner: string): Promise<KeptSecret[]> {
  const key = webhookSecretKey(owner)
  const item = await table.get(key)
  if (item) return JSON.parse(String(item['kept']))
  const made = [{ secret: newSecret() }]
  if (await table.put(secretsItem(owner, made), { expression: 'attribute_not_exists(#pk)' })) return made
  return secretsOf(table, owner)
}

function secretsItem(owner: string, kept: KeptSecret[]): Item {
  return { ...webhookSecretKey(owner), current: kept[0]!.secret, kept: JSON.stringify(kept) }
}
