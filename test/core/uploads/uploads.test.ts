import { beforeEach, describe, expect, it, test } from 'vitest'
import { inboxExtensions } from '../../../core/inbox.ts'
import { ConflictError, InputError, NotFoundError } from '../../../core/errors.ts'
import { incomingKey, uploadKey, uploadWaitingKey } from '../../../core/keys.ts'
import type { ObjectStore, VideoStore } from '../../../core/ports.ts'
import { kindOfName, newUploadId, uploadExtensions, type UploadFacts, uploadIdShape } from '../../../core/uploads.ts'
import { checkUpload } from '../../../core/uploads/check.ts'
import { findUpload, listUploads, openUpload, removeUpload } from '../../../core/uploads/records.ts'
import { resolveUploads, shownRequest } from '../../../core/uploads/resolve.ts'
import { sweepIncoming } from '../../../core/uploads/sweep.ts'
import { parseRequest } from '../../../core/video.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openDiskObjects } from '../../../stores/objects/disk.ts'
import { openDatabase } from '../../../stores/sqlite.ts'
import { openSqliteVideos } from '../../../stores/videos/sqlite.ts'

let objects: ObjectStore
let videos: VideoStore
let clock: number
let refuses: string | undefined
const now = () => new Date((clock += 1000))
const sha256 = 'ab'.repeat(32)
const facts: UploadFacts = {
  kind: 'clip',
  bytes: 3,
  sha256,
  extension: 'mp4',
  contentType: 'video/mp4',
  durationMs: 4000,
}
const ports = () => ({
  objects,
  videos,
  now,
  inspectUpload: async (key: string, kind: UploadFacts['kind']) => {
    const bytes = await objects.get(key)
    if (refuses !== undefined) throw new InputError(refuses)
    const found = { ...facts, kind, extension: kind === 'clip' ? 'mp4' : 'png' }
    await objects.put(uploadKey('ann', sha256, found.extension), bytes, { contentType: found.contentType })
    return found
  },
})
beforeEach(() => {
  const dir = mkdtempSync(join(tmpdir(), 'uploads-'))
  const db = openDatabase(':memory:')
  objects = openDiskObjects({ dir, db })
  videos = openSqliteVideos(db)
  clock = Date.now() - 10_000
  refuses = undefined
  onTestFinished(() => {
    db.close()
    rmSync(dir, { recursive: true })
  })
})
const put = (key: string, text = 'abc') => objects.put(key, Buffer.from(text), { contentType: 'text/plain' })
const ready = async (kind: 'clip' | 'picture' = 'clip') => {
  const { id, sentTo } = await openUpload(ports(), 'ann', { name: 'a', kind })
  await put(sentTo)
  return checkUpload(ports(), 'ann', id)
}

describe('uploads', () => {
  it('have ids that sort newest first', () => {
    const ids = [1e12, 1e12 + 1, 1.9e12, 2e12].map((ms) => newUploadId(new Date(ms)))
    expect(ids.toSorted()).toEqual(ids.toReversed())
    for (const id of ids) expect(id).toMatch(uploadIdShape)
  })

  it('are taken for what their names say, in any case', () => {
    expect(['a.JPEG', 'b.tar.mp4', '日本.Otf', 'x.CSV', 'a', 'a.exe', '.mp3', 'a.mp3/'].map(kindOfName)).toEqual([
      'picture',
      'clip',
      'font',
      'script',
      undefined,
      undefined,
      'music',
      undefined,
    ])
    expect(uploadExtensions.script).toEqual(inboxExtensions)
  })

  it('wait for their bytes, are ready once checked, and stay so', async () => {
    const { id, sentTo } = await openUpload(ports(), 'ann', { name: '../../etc/passwd\ud800', kind: 'clip' })
    expect(sentTo).toBe(`incoming/ann/${id}`)
    expect(await findUpload(objects, 'ann', id)).toMatchObject({ state: 'waiting', name: '../../etc/passwd\ufffd' })
    await expect(checkUpload(ports(), 'ann', id)).rejects.toThrow(ConflictError)
    await put(sentTo)
    const [first, second] = await Promise.all([checkUpload(ports(), 'ann', id), checkUpload(ports(), 'ann', id)])
    expect(first).toMatchObject({ state: 'ready', key: uploadKey('ann', sha256, 'mp4'), facts })
    expect(second).toEqual(first)
    expect(await checkUpload(ports(), 'ann', id)).toEqual(first)
    expect(await objects.head(sentTo)).toBeUndefined()
    expect(await objects.head(uploadWaitingKey('ann', id))).toBeUndefined()
  })

  it('are refused with the reason, until another file is sent', async () => {
    const { id, sentTo } = await openUpload(ports(), 'ann', { name: 'a', kind: 'clip' })
    await put(sentTo)
    refuses = 'a is broken'
    for (let time = 0; time < 2; time++)
      expect(await checkUpload(ports(), 'ann', id)).toMatchObject({ state: 'refused', reason: 'a is broken' })
    refuses = undefined
    expect(await checkUpload(ports(), 'ann', id)).toMatchObject({ state: 'refused' })
    await put(sentTo)
    expect(await checkUpload(ports(), 'ann', id)).toMatchObject({ state: 'ready' })
  })

  it('of requests go to the inbox under a name that nobody minds, and are read there as their names say', async () => {
    const script = async (name: string) => (await openUpload(ports(), 'ann', { name, kind: 'script' })).sentTo
    expect(await script('../My list/über.CSV')).toMatch(/^inbox\/ann\/[\w-]{22}\/My-list-über\.csv$/)
    expect(await script('a.manifest.json')).toMatch(/\/a-manifest\.json$/)
    expect(await script('notes.md')).toMatch(/\/notes-md\.txt$/)
    const { id, sentTo } = await openUpload(ports(), 'ann', { name: 'a.json', kind: 'script' })
    await put(sentTo, '{"script": ')
    expect(await checkUpload(ports(), 'ann', id)).toMatchObject({ state: 'refused' })
    await put(sentTo, '{"script": "A goat."}')
    expect(await checkUpload(ports(), 'ann', id)).toMatchObject({ state: 'ready', facts: { bytes: 21 } })
  })

  it("are nobody else's", async () => {
    const { id } = await ready()
    for (const wanted of [id, 'upl_0', `../../ann/uploads/records/${id}`])
      await expect(findUpload(objects, 'ben', wanted)).rejects.toThrow(NotFoundError)
    await expect(checkUpload(ports(), 'ben', id)).rejects.toThrow(NotFoundError)
    await expect(removeUpload(ports(), 'ben', id)).rejects.toThrow(NotFoundError)
    expect(await listUploads(objects, 'ben', { limit: 10 })).toEqual({ uploads: [] })
  })

  it('are listed newest first, page by page', async () => {
    const ids: string[] = []
    for (let count = 0; count < 5; count++) ids.push((await openUpload(ports(), 'ann', { name: 'a', kind: 'clip' })).id)
    const seen: string[] = []
    for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
      const page = await listUploads(objects, 'ann', { limit: 2, ...(after !== undefined && { after }) })
      seen.push(...page.uploads.map(({ id }) => id))
      after = page.next
    }
    expect(seen).toEqual(ids.toReversed())
  })

  it('may wait in their hundreds and no more; what never came makes room a day later', async () => {
    for (let count = 0; count < 200; count++) await openUpload(ports(), 'ann', { name: 'a', kind: 'clip' })
    await expect(openUpload(ports(), 'ann', { name: 'a', kind: 'clip' })).rejects.toThrow(/^200 uploads wait/)
    await openUpload(ports(), 'ben', { name: 'a', kind: 'clip' })
    clock += 25 * 60 * 60 * 1000
    await openUpload(ports(), 'ann', { name: 'a', kind: 'clip' })
    expect((await listUploads(objects, 'ann', { limit: 100 })).uploads).toHaveLength(1)
  })

  it('go with their bytes when the last of the same bytes goes, but not while a video is made with them', async () => {
    const [first, second] = [await ready(), await ready()]
    const key = uploadKey('ann', sha256, 'mp4')
    await removeUpload(ports(), 'ann', first.id)
    expect(await objects.head(key)).toBeDefined()
    await expect(findUpload(objects, 'ann', first.id)).rejects.toThrow(NotFoundError)
    const request = await resolveUploads(parseRequest({ script: 'A goat.', intro: second.id }), 'ann', objects)
    const video = { id: 'vid_1', owner: 'ann', createdAt: now().toISOString(), notices: [], request }
    await videos.create({ ...video, status: 'running' })
    await expect(removeUpload(ports(), 'ann', second.id)).rejects.toThrow(/^the video vid_1 is being made with it/)
    await videos.update('vid_1', 1, { status: 'done' })
    await removeUpload(ports(), 'ann', second.id)
    expect((await objects.list('')).objects).toEqual([])
  })
})

describe('resolveUploads', () => {
  it('puts keys in the place of ids, and shownRequest ids in the place of keys', async () => {
    const clip = await ready()
    const picture = await ready('picture')
    const wish = {
      scenes: [
        { text: 'A goat.', picture: picture.id },
        { text: 'A cow.', clip: clip.id },
      ],
      logo: picture.id,
    }
    const request = parseRequest(wish)
    const resolved = await resolveUploads(request, 'ann', objects)
    const keys = { clip: uploadKey('ann', sha256, 'mp4'), picture: uploadKey('ann', sha256, 'png') }
    expect(resolved).toMatchObject({
      scenes: [{ picture: keys.picture }, { clip: keys.clip }],
      logo: keys.picture,
      media: { [keys.clip]: { durationMs: 4000, hasSound: false } },
    })
    expect(shownRequest(resolved)).toEqual(request)
    const plain = parseRequest({ script: 'A goat.' })
    expect(await resolveUploads(plain, 'ann', objects)).toBe(plain)
  })

  it('names the field of what is not there, not ready, of another kind, or no id', async () => {
    const clip = await ready()
    const waiting = await openUpload(ports(), 'ann', { name: 'a', kind: 'clip' })
    const resolve = (wish: object, owner = 'ann') =>
      resolveUploads(parseRequest({ script: 'A goat.', ...wish }), owner, objects)
    await expect(resolve({ intro: clip.id }, 'ben')).rejects.toThrow(/^intro: there is no upload 'upl_.*' of yours$/)
    await expect(resolve({ intro: clip.id }, 'ben')).rejects.toThrow(NotFoundError)
    await expect(resolve({ outro: waiting.id })).rejects.toThrow(/^outro: the upload '.*' is not ready \(waiting\)/)
    await expect(resolve({ outro: waiting.id })).rejects.toThrow(NotFoundError)
    await expect(resolve({ logo: clip.id })).rejects.toThrow(/^logo: must be a picture; the upload '.*' is a clip$/)
    await expect(resolve({ captions: { font: clip.id } })).rejects.toThrow(/^captions\.font: must be a font; /)
    await expect(resolve({ musicFile: uploadKey('ann', sha256, 'mp4') })).rejects.toThrow(
      /^musicFile: must be the id of an upload/,
    )
  })
})

test('what was sent and never checked goes after a day', async () => {
  const { id } = await openUpload(ports(), 'ann', { name: 'a', kind: 'clip' })
  await objects.put(incomingKey('ann', id), Buffer.from('a'), { contentType: 'x/y' })
  await sweepIncoming(objects, new Date(Date.now() + 23 * 3_600_000))
  expect(await objects.head(incomingKey('ann', id))).toBeDefined()
  await sweepIncoming(objects, new Date(Date.now() + 25 * 3_600_000))
  expect(await objects.head(incomingKey('ann', id))).toBeUndefined()
  expect((await findUpload(objects, 'ann', id)).state).toBe('waiting')
})
