// The end of a video: all that belongs to it goes. A marker that is written first, and deleted last, is in the index
// of states under the time when it is due: so whoever dies half-way, the next sweep goes on.
import { callKey, eventKey, expiring, expiryKey, idempotencyKey, recordKey } from './schema.ts'
import type { Item, Table } from './table.ts'
import { isLive, unixSeconds, type VideoItem } from './record.ts'

type Ending = { id: string; life: string }
/** Written before the video's own item: it may be that this one never came, or says something else by now. */
const unsettledSeconds = 3600

/** `dueSeconds`: Unix time. */
export async function markExpiry(table: Table, { id, life }: Ending, dueSeconds: number): Promise<void> {
  await table.put({
    ...expiryKey(id, life, dueSeconds),
    id,
    life,
    dueSeconds,
    statePk: expiring,
    stateSk: `${sortable(dueSeconds)}#${id}#${life}`,
  })
}

/** Deletes at once. Killed meanwhile, the next sweep does the rest. */
export async function endVideo(table: Table, video: VideoItem): Promise<void> {
  await markExpiry(table, video, unixSeconds())
  await purge(table, video)
}

/** Ends every video whose time is up; gives how many. */
export async function sweepExpired(table: Table): Promise<number> {
  let ended = 0
  const last = sortable(unixSeconds())
  for await (const item of table.query({ index: 'byState', partition: expiring, last })) {
    const marker = item as Item & Ending & { dueSeconds: number }
    const video = (await table.get(recordKey(marker.id))) as VideoItem | undefined
    if (video?.life !== marker.life || !isLive(video)) ended += (await purge(table, marker)) ? 1 : 0
    else if (marker.dueSeconds + unsettledSeconds < unixSeconds())
      await table.remove(expiryKey(marker.id, marker.life, marker.dueSeconds))
  }
  return ended
}

/**
 * Deletes everything of one life of an id, and nothing of another: somebody may make a new video under the id
 * meanwhile. Gives whether the video's own item was still there.
 */
async function purge(table: Table, { id, life }: Ending): Promise<boolean> {
  const ofThisLife = { expression: '#life = :life', values: { life } }
  const record = (await table.get(recordKey(id))) as (VideoItem & { owner: string }) | undefined
  const found = record?.life === life
  if (found && record.idempotencyKey !== undefined)
    await table.remove(idempotencyKey(record.owner, record.idempotencyKey), ofThisLife)
  if (found) await table.remove(recordKey(id), ofThisLife)
  const { pk } = recordKey(id)
  const belongings = [
    { first: callKey(id, '').sk, last: 'CALL$' },
    { first: eventKey(id, 0).sk, last: 'EVENT$' },
    // The markers are the last.
    { first: 'EXPIRY#', last: 'EXPIRY$' },
  ]
  for (const range of belongings) {
    const keys: string[] = []
    for await (const { sk } of table.query({ partition: pk, ...range, where: ofThisLife })) keys.push(sk)
    for (let from = 0; from < keys.length; from += deletionsAtOnce)
      await Promise.all(keys.slice(from, from + deletionsAtOnce).map((sk) => table.remove({ pk, sk }, ofThisLife)))
  }
  return found
}

const deletionsAtOnce = 25

/** Twelve digits stand in the order of the numbers for 30,000 years. */
function sortable(seconds: number): string {
  return String(seconds).padStart(12, '0')
}
