// A video's own item. `life` is drawn when a video is made: what belongs to it carries the same, so that a video that
// is made under the id of one that is gone never shows what was left of that one.
import type { NewVideo, VideoRecord } from '../../../core/ports.ts'
import { recordKey, stateKeys, videosOf } from './schema.ts'
import type { Condition, Item } from './table.ts'

export type VideoItem = Item & {
  id: string
  life: string
  version: number
  expiresAt?: number
  idempotencyKey?: string
}

export function itemOf(video: NewVideo, more: { life: string; idempotencyKey: string | undefined }): VideoItem {
  return {
    ...recordKey(video.id),
    ownerPk: videosOf(video.owner),
    ownerSk: `${video.createdAt}#${video.id}`,
    ...stateKeys(video, new Date()),
    ...asKept(video),
    version: 1,
    ...more,
  }
}

export function recordOf(item: Item): VideoRecord {
  const {
    id,
    owner,
    createdAt,
    status,
    version,
    request,
    error,
    notices,
    expiresAt,
    made,
    variantOf,
    origin,
    edition,
  } = item as Item & Omit<VideoRecord, 'request' | 'edition'> & { request: string; edition?: string }
  return {
    id,
    owner,
    createdAt,
    status,
    version,
    request: JSON.parse(request),
    ...(error !== undefined && { error }),
    notices,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(edition !== undefined && { edition: JSON.parse(edition) }),
    ...(made !== undefined && { made }),
    ...(variantOf !== undefined && { variantOf }),
    ...(origin !== undefined && { origin }),
  }
}

/** What is kept as text comes back exactly as it was, whatever is in it. */
export function asKept<Fields extends { request?: unknown; edition?: unknown }>(fields: Fields) {
  return {
    ...fields,
    ...(fields.request !== undefined && { request: JSON.stringify(fields.request) }),
    ...(fields.edition !== undefined && { edition: JSON.stringify(fields.edition) }),
  }
}

export function unixSeconds(): number {
  return Math.floor(Date.now() / 1000)
}

/** DynamoDB deletes what has expired hours or days later: until then it is hidden. */
export function isLive({ expiresAt = Infinity }: VideoItem): boolean {
  return expiresAt >= unixSeconds()
}

export function live(): Required<Condition> {
  return {
    expression: '(attribute_not_exists(#expiresAt) OR #expiresAt >= :now)',
    values: { now: unixSeconds() },
  }
}
