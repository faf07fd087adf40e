// The one table: its attributes, its indexes, and the keys of everything that is kept in it. Data only, so that the
// stacks can make the table from it.
import type { VideoStatus } from '../../../core/video.ts'

/** Key attributes are strings; both indexes hold the whole item. `expiresAt`: Unix seconds after which it may go. */
export const tableSchema = {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: {
    byOwner: { partitionKey: 'ownerPk', sortKey: 'ownerSk' },
    byState: { partitionKey: 'statePk', sortKey: 'stateSk' },
  },
  timeToLive: 'expiresAt',
} as const

export type Key = { pk: string; sk: string }
export type IndexName = keyof typeof tableSchema.indexes

/** An attribute that is not there keeps an item out of the index. */
export type StateKeys = { statePk?: string; stateSk?: string }

export const recordKey = (id: string): Key => ({ pk: `VIDEO#${id}`, sk: 'RECORD' })
/** Ten digits: sorted as text, events stand in the order of their numbers. */
export const eventKey = (id: string, seq: number): Key => ({
  pk: `VIDEO#${id}`,
  sk: `EVENT#${String(seq).padStart(10, '0')}`,
})
export const callKey = (id: string, key: string): Key => ({ pk: `VIDEO#${id}`, sk: `CALL#${key}` })
/** That something of a video is to be deleted at a time. It stays until everything else is gone. */
export const expiryKey = (id: string, life: string, unixSeconds: number): Key => ({
  pk: `VIDEO#${id}`,
  sk: `EXPIRY#${unixSeconds}#${life}`,
})
/** An owner is encoded, so that no owner and key together look like another owner's. */
export const idempotencyKey = (owner: string, key: string): Key => ({
  pk: `IDEMPOTENCY#${encodeURIComponent(owner)}#${key}`,
  sk: 'IDEMPOTENCY',
})
export const apiKeyKey = (hash: string): Key => ({ pk: `KEY#${hash}`, sk: 'KEY' })
/** That another owner's key made it. */
export const issuedKeyKey = (hash: string): Key => ({ pk: `KEY#${hash}`, sk: 'ISSUED' })
/** Beside the video that the message is about. */
export const webhookKey = (videoId: string, id: string): Key => ({ pk: `VIDEO#${videoId}`, sk: `WEBHOOK#${id}` })
export const webhookSecretKey = (owner: string): Key => ({ pk: `WEBHOOK-SECRET#${owner}`, sk: 'SECRET' })
export const claimKey = (key: string): Key => ({ pk: `CLAIM#${key}`, sk: 'CLAIM' })

export const videosOf = (owner: string) => `OWNER#${owner}`
export const apiKeysOf = (owner: string) => `KEYS#${owner}`
export const apiKeysIssuedBy = (owner: string) => `ISSUED#${owner}`
export const webhooksOf = (owner: string) => `WEBHOOKS#${owner}`
export const doneIn = (week: string) => `done#${week}`
/** Partition of what is to be deleted, by the time at which it is due. */
export const expiring = 'expiring'

/** Partition of messages that wait to be sent, by the time at which they are due. */
export const webhooksDue = 'webhooks-due'

/** Where a video of that status stands in the index of states; nowhere when nobody asks for it by its state. */
export function stateKeys(video: { id: string; createdAt: string; status: VideoStatus }, now: Date): StateKeys {
  const { id, createdAt, status } = video
  if (status === 'queued' || status === 'running') return { statePk: status, stateSk: `${createdAt}#${id}` }
  return status === 'done' ? { statePk: doneIn(isoWeek(now)), stateSk: `${now.toISOString()}#${id}` } : {}
}

/** The week of ISO 8601 in UTC: '2026-W47'. Weeks begin on Monday and belong to the year that their Thursday is in. */
export function isoWeek(date: Date): string {
  const dayMs = 86_400_000
  const weekday = (date.getUTCDay() + 6) % 7
  const thursday = new Date(date.getTime() + (3 - weekday) * dayMs)
  const dayOfYear = Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / dayMs)
  return `${thursday.getUTCFullYear()}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, '0')}`
}
