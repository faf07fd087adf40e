// Making a video, once for each idempotency key. A key and its video are two items, and there are no transactions: so
// the key's item is written first and holds the whole video. Whoever finds a key without its video (its maker died
// between the two writes, or is between them now) writes that video, and everybody is given the same one.
import { randomUUID } from 'node:crypto'
import { ConflictError } from '../../../core/errors.ts'
import type { NewVideo, VideoRecord } from '../../../core/ports.ts'
import { endVideo, markExpiry } from './expiry.ts'
import { isLive, itemOf, recordOf, unixSeconds, type VideoItem } from './record.ts'
import { idempotencyKey, recordKey } from './schema.ts'
import type { Item, Table } from './table.ts'

type Remembered = Item & { life: string; video: VideoItem; atSeconds: number }
/** Nobody is between the two writes for this long: a key whose video is not there by then is free. */
const unfinishedSeconds = 3600

/** Throws ConflictError when the id exists. */
export async function createVideo(table: Table, video: NewVideo, key: string | undefined): Promise<VideoRecord> {
  const item = itemOf(video, { life: randomUUID(), idempotencyKey: key })
  if (key === undefined) return insert(table, item)

  const place = idempotencyKey(video.owner, key)
  for (;;) {
    const before = (await table.get(place)) as Remembered | undefined
    const made = before ? await finish(table, before) : undefined
    if (made) return made
    const remembered = { ...place, life: item.life, video: item, atSeconds: unixSeconds(), expiresAt: video.expiresAt }
    if (before || !(await table.put(remembered, { expression: 'attribute_not_exists(#pk)' }))) continue
    try {
      return await insert(table, item)
    } catch (error) {
      if (error instanceof ConflictError) await forget(table, remembered)
      throw error
    }
  }
}

/** The video that a key stands for; undefined when the key may have changed, or been freed, and is to be read again. */
async function finish(table: Table, before: Remembered): Promise<VideoRecord | undefined> {
  const found = (await table.get(recordKey(before.video.id))) as VideoItem | undefined
  if (found?.life === before.life) {
    if (isLive(found)) return recordOf(found)
    await endVideo(table, found)
    return undefined
  }
  // A video that is deleted loses its key first: a key that still stands has not had its video yet.
  const still = (await table.get({ pk: before.pk, sk: before.sk })) as Remembered | undefined
  if (still?.life !== before.life) return undefined
  if (before.atSeconds + unfinishedSeconds < unixSeconds() || !isLive(before.video)) await forget(table, before)
  else
    try {
      return await insert(table, before.video)
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      await forget(table, before)
    }
  return undefined
}

async function insert(table: Table, item: VideoItem): Promise<VideoRecord> {
  if (item.expiresAt !== undefined) await markExpiry(table, item, item.expiresAt)
  for (;;) {
    if (await table.put(item, { expression: 'attribute_not_exists(#pk)' })) return recordOf(item)
    const found = (await table.get(recordKey(item.id))) as VideoItem | undefined
    if (found?.life === item.life) return recordOf(found)
    if (found && isLive(found)) throw new ConflictError(`a video ${item.id} exists already`)
    // An expired video's id is free again.
    if (found) await endVideo(table, found)
  }
}

async function forget(table: Table, { pk, sk, life }: Item & { life: string }) {
  await table.remove({ pk, sk }, { expression: '#life = :life', values: { life } })
}
