// Videos, their events and their calls in one DynamoDB table. Every write is one item with its condition.
import { ConflictError, InputError } from '../../core/errors.ts'
import type { VideoRecord, VideoStore } from '../../core/ports.ts'
import { createVideo } from './dynamodb/create.ts'
import { endVideo, markExpiry, sweepExpired } from './dynamodb/expiry.ts'
import { openHistory } from './dynamodb/history.ts'
import { asKept, isLive, live, recordOf, type VideoItem } from './dynamodb/record.ts'
import { doneIn, recordKey, stateKeys, tableSchema, videosOf } from './dynamodb/schema.ts'
import type { Range, Table } from './dynamodb/table.ts'

type Page = { after?: string; limit?: number }
type VideoPage = { videos: VideoRecord[]; next: string | undefined }

/**
 * `get`, `events` and `calls` show every write that was answered before. `list`, `listByState` and `listDone` read an
 * index, which may be behind by a moment: who acts on what they give reads the video first.
 */
export type DynamoVideos = VideoStore & {
  /** Unfinished videos of a state, oldest first. `after` is the cursor `next` of the page before. */
  listByState: (state: 'queued' | 'running', page?: Page) => Promise<VideoPage>
  /** Those that were done in that ISO week, in UTC ('2026-W47'), in the order in which they were. */
  listDone: (week: string, page?: Page) => Promise<VideoPage>
  /** Deletes the videos whose time is up, with all that belongs to them; gives how many. Reads hide them anyway. */
  sweep: () => Promise<number>
}

/** Throws TransientError when DynamoDB throttles or fails, and InputError for what is larger than an item may be. */
export function openDynamoVideos(table: Table): DynamoVideos {
  const find = async (id: string) => {
    const item = (await table.get(recordKey(id))) as VideoItem | undefined
    return item && isLive(item) ? item : undefined
  }
  const page = (range: Range & { index: keyof typeof tableSchema.indexes }, cursor: string | undefined, limit = 50) =>
    pageOf(table, { ...range, where: live(), pageSize: limit + 1 }, cursor, limit)

  return {
    ...openHistory(table),

    create: (video, idempotencyKey) => createVideo(table, video, idempotencyKey || undefined),

    async get(id) {
      const item = await find(id)
      return item && recordOf(item)
    },

    async update(id, version, patch) {
      const stored = await find(id)
      if (stored?.version !== version) throw movedOn(id, version, stored)
      const { life, createdAt } = stored as VideoItem & { createdAt: string }
      if (patch.expiresAt !== undefined) await markExpiry(table, stored, patch.expiresAt)
      const states =
        patch.status === undefined
          ? {}
          : {
              statePk: undefined,
              stateSk: undefined,
              ...stateKeys({ id, createdAt, status: patch.status }, new Date()),
            }
      const changes = { ...asKept(patch), ...states, version: version + 1 }
      const updated = await table.update(
        recordKey(id),
        {
          set: changes,
          remove: Object.entries(changes).flatMap(([name, value]) => (value === undefined ? [name] : [])),
        },
        { expression: '#life = :life AND #version = :version', values: { life, version } },
      )
      if (!updated) throw movedOn(id, version, await find(id))
      return recordOf(updated)
    },

    async list(owner, { before, limit } = {}) {
      if (before !== undefined && !/^\d{4}-\d\d-.*#./.test(before))
        throw new InputError(`'${before}' is no place in a list: give the 'next' of the page before`)
      return page({ index: 'byOwner', partition: videosOf(owner), last: before, newestFirst: true }, before, limit)
    },

    listByState: (state, { after, limit } = {}) =>
      page({ index: 'byState', partition: state, first: after }, after, limit),

    listDone: (week, { after, limit } = {}) =>
      page({ index: 'byState', partition: doneIn(week), first: after }, after, limit),

    async delete(id) {
      const item = (await table.get(recordKey(id))) as VideoItem | undefined
      if (item) await endVideo(table, item)
    },

    sweep: () => sweepExpired(table),
  }
}

function movedOn(id: string, version: number, stored: VideoItem | undefined) {
  return new ConflictError(
    `video ${id} is ${stored ? `at version ${stored.version}` : 'gone'}, not at ${version}: read it again`,
  )
}

/** `cursor`: the sort key of the last one that was given; the range begins with it. */
async function pageOf(
  table: Table,
  range: Range & { index: keyof typeof tableSchema.indexes },
  cursor: string | undefined,
  limit: number,
): Promise<VideoPage> {
  const { sortKey } = tableSchema.indexes[range.index]
  const videos: VideoRecord[] = []
  let last: string | undefined
  for await (const item of table.query(range)) {
    if (item[sortKey] === cursor) continue
    if (videos.length === limit) return { videos, next: last }
    videos.push(recordOf(item))
    last = String(item[sortKey])
  }
  return { videos, next: undefined }
}
