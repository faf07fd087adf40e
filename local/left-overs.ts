// What nothing on this machine leads to any more: swept when a server starts.
import type { DatabaseSync } from 'node:sqlite'
import { partsPrefix } from '../core/keys.ts'
import type { ObjectStore, VideoStore } from '../core/ports.ts'
import { videoOfExecution } from './attempt.ts'
import { dropExecution, executionIds } from './workflow/journal.ts'

type Stores = { db: DatabaseSync; objects: ObjectStore; videos: Pick<VideoStore, 'get'> }

/** As in the cloud, where the bucket's own rule deletes them (lib/data/buckets.ts). */
const partsAgeMs = 7 * 86_400_000

/**
 * Parts of renders that are older than a week, whoever made them: they can be made again, and of those that a killed
 * render has left nobody knows. And the journals of videos that are gone.
 */
export async function sweepLeftOvers({ db, objects, videos }: Stores, now: Date): Promise<void> {
  for (const id of executionIds(db)) if (!(await videos.get(videoOfExecution(id)))) dropExecution(db, id)
  const oldest = new Date(now.getTime() - partsAgeMs).toISOString()
  for (let after: string | undefined; ;) {
    const page = await objects.list(partsPrefix, { ...(after !== undefined && { after }) })
    for (const { key, modifiedAt } of page.objects) if (modifiedAt < oldest) await objects.delete(key)
    if (page.next === undefined) return
    after = page.next
  }
}
