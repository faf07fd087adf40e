// Where uploads are kept: a small object for each, beside the bytes. No table, so it is the same in both worlds.
import { randomBytes } from 'node:crypto'
import { ConflictError, NotFoundError } from '../errors.ts'
import { clip } from '../explain.ts'
import { inboxKey } from '../inbox.ts'
import { faceKeyOf, incomingKey, uploadRecordKey, uploadUseKey, uploadWaitingKey } from '../keys.ts'
import { json, readJson } from '../once.ts'
import type { ObjectStore, VideoStore } from '../ports.ts'
import { uploadsOf } from '../request/uploads.ts'
import { extensionOf, kindOfName, newUploadId, type SentKind, uploadIdShape, type UploadRecord } from '../uploads.ts'

/** Of one owner at a time: enough for any video, and little to clean up after somebody who only asks for forms. */
const waitingLimit = 200
/** A form works for an hour: what has not come a day later does not come any more. */
export const waitingMs = 24 * 60 * 60 * 1000

type Kept = { objects: ObjectStore; now: () => Date }

/** Throws ConflictError when too many wait already. */
export async function openUpload(
  { objects, now }: Kept,
  owner: string,
  { name, kind }: { name: string; kind: SentKind },
): Promise<UploadRecord> {
  await makeRoom({ objects, now }, owner)
  const createdAt = now()
  const id = newUploadId(createdAt)
  // A folder of its own for each, so that two files of one name are two.
  const folder = randomBytes(16).toString('base64url')
  const sentTo = kind === 'script' ? inboxKey(owner, folder, fileNameOf(name)) : incomingKey(owner, id)
  const record: UploadRecord = {
    id,
    owner,
    name: name.toWellFormed(),
    kind,
    createdAt: createdAt.toISOString(),
    sentTo,
    state: 'waiting',
  }
  await objects.put(uploadWaitingKey(owner, id), new Uint8Array(), { contentType: 'text/plain' })
  await keepRecord(objects, record)
  return record
}

/** Others' uploads are not there. Throws NotFoundError. */
export async function findUpload(objects: ObjectStore, owner: string, id: string): Promise<UploadRecord> {
  const record = uploadIdShape.test(id) ? await recordAt(objects, uploadRecordKey(owner, id)) : undefined
  if (record) return record
  throw new NotFoundError(`there is no upload '${clip(id)}' of yours`)
}

/** Newest first. `after` is the id that the page before ended with. */
export async function listUploads(
  objects: ObjectStore,
  owner: string,
  { after, limit }: { after?: string; limit: number },
): Promise<{ uploads: UploadRecord[]; next?: string }> {
  const prefix = uploadRecordKey(owner, '').slice(0, -'.json'.length)
  const page = await objects.list(prefix, {
    limit,
    ...(after !== undefined && { after: uploadRecordKey(owner, after) }),
  })
  // One that was deleted since the list was made is left out.
  const records = await Promise.all(page.objects.map(({ key }) => recordAt(objects, key)))
  return {
    uploads: records.filter((record) => record !== undefined),
    ...(page.next !== undefined && { next: page.next.slice(prefix.length, -'.json'.length) }),
  }
}

/** Once it is decided what came of it. The marker that it waits goes last: until then it is counted. */
export async function settleUpload(objects: ObjectStore, record: UploadRecord): Promise<void> {
  const { owner, id, kind, sentTo } = record
  if (record.state === 'ready' && kind !== 'script')
    await objects.put(uploadUseKey(record.key, id), new Uint8Array(), { contentType: 'text/plain' })
  await keepRecord(objects, record)
  if (kind !== 'script') await objects.delete(sentTo)
  await objects.delete(uploadWaitingKey(owner, id))
}

/** How many of the owner's latest videos are looked at for one that is being made with it. */
const videosLookedAt = 500

/**
 * With its bytes, unless another upload has the same ones. Throws NotFoundError, and ConflictError while a video is being
 * made with it.
 */
export async function removeUpload(
  { objects, videos }: { objects: ObjectStore; videos: Pick<VideoStore, 'list'> },
  owner: string,
  id: string,
): Promise<void> {
  const record = await findUpload(objects, owner, id)
  if (record.state === 'ready' && record.kind !== 'script') {
    const video = await unfinishedWith(videos, owner, record.key)
    if (video !== undefined)
      throw new ConflictError(`the video ${video} is being made with it; wait until it is done, or cancel it`)
    await objects.delete(uploadUseKey(record.key, id))
    const others = await objects.list(uploadUseKey(record.key, ''), { limit: 1 })
    if (others.objects.length === 0) {
      await objects.delete(record.key)
      if (record.kind === 'font') await objects.delete(faceKeyOf(record.key))
    }
  }
  // What was sent to the inbox is a video by now or a line in its manifest.
  if (record.kind !== 'script') await objects.delete(record.sentTo)
  await objects.delete(uploadWaitingKey(owner, id))
  await objects.delete(uploadRecordKey(owner, id))
}

/** Deletes what never came, and throws ConflictError when there still are too many that wait. */
async function makeRoom({ objects, now }: Kept, owner: string): Promise<void> {
  const prefix = uploadWaitingKey(owner, '')
  const { objects: waiting } = await objects.list(prefix, { limit: waitingLimit })
  const isOver = ({ modifiedAt }: { modifiedAt: string }) => now().getTime() - Date.parse(modifiedAt) > waitingMs
  const over = waiting.filter(isOver).map(({ key }) => key.slice(prefix.length))
  for (const id of over)
    for (const key of [incomingKey(owner, id), uploadRecordKey(owner, id), uploadWaitingKey(owner, id)])
      await objects.delete(key)
  if (waiting.length - over.length >= waitingLimit)
    throw new ConflictError(
      `${waitingLimit} uploads wait for their files or their check already; check or delete some of them first`,
    )
}

async function unfinishedWith(
  { list }: Pick<VideoStore, 'list'>,
  owner: string,
  key: string,
): Promise<string | undefined> {
  let before: string | undefined
  for (let seen = 0; seen < videosLookedAt;) {
    const { videos, next } = await list(owner, { limit: 100, ...(before !== undefined && { before }) })
    const found = videos.find(({ status, request, edition }) => {
      if (status !== 'queued' && status !== 'running') return false
      const changed = Object.values(edition?.scenes ?? {}).flatMap((scene) => [scene.picture, scene.clip])
      return [...uploadsOf(request).map(({ file }) => file), ...changed].includes(key)
    })
    if (found) return found.id
    if (next === undefined) return undefined
    before = next
    seen += videos.length
  }
  return undefined
}

async function keepRecord(objects: ObjectStore, record: UploadRecord): Promise<void> {
  await objects.put(uploadRecordKey(record.owner, record.id), json(record), { contentType: 'application/json' })
}

async function recordAt(objects: ObjectStore, key: string): Promise<UploadRecord | undefined> {
  try {
    return (await readJson(objects, key)) as UploadRecord
  } catch (error) {
    if (error instanceof NotFoundError) return undefined
    throw error
  }
}

/**
 * What nobody along the way minds: no folders, no spaces, no control characters. The extension stays, because it says how
 * the inbox reads the file; one that it does not know is plain text.
 */
function fileNameOf(name: string): string {
  const isKnown = kindOfName(name) === 'script'
  const extension = isKnown ? extensionOf(name) : 'txt'
  const plain = (isKnown ? name.slice(0, -extension.length - 1) : name)
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}_-]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
  return `${[...plain].slice(0, 80).join('') || 'file'}.${extension}`
}
