import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { contentTypeOf, deliverableKey, deliverables, deliverablesOf, isUploadOf, uploadKey } from '../../core/keys.ts'
import { openDiskObjects } from '../../stores/objects/disk.ts'
import { openDatabase } from '../../stores/sqlite.ts'

describe('isUploadOf', () => {
  it('tells the owner of an upload by its key', () => {
    const key = uploadKey('ada', 'a1b2c3', 'mp4')
    expect(isUploadOf('ada', key)).toBe(true)
    expect(isUploadOf('ad', key)).toBe(false)
    expect(isUploadOf('ada', key.replace('uploads', 'assets'))).toBe(false)
  })

  it.each(['', '../a.mp4', 'a/b.mp4', '..', 'a', 'a.mp4/..'])('knows no upload called %j', (name) => {
    expect(isUploadOf('ada', `owners/ada/uploads/${name}`)).toBe(false)
  })
})

describe('deliverablesOf', () => {
  it('names what every video has, and the files of HLS that this one has', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'keys-'))
    const db = openDatabase(join(dir, 'test.db'))
    onTestFinished(() => {
      db.close()
      rmSync(dir, { recursive: true })
    })
    const objects = openDiskObjects({ dir: join(dir, 'objects'), db })
    const all = Object.keys(deliverables)
    const segments = Array.from({ length: 12 }, (_, n) => `hls/720p/${String(n).padStart(5, '0')}.m4s`)
    for (const name of [...all, 'hls/master.m3u8', ...segments])
      await objects.put(deliverableKey('vid_1', name), new Uint8Array(1), { contentType: contentTypeOf(name) })
    // Another video's id may begin with this one's.
    await objects.put(deliverableKey('vid_10', 'hls/other.m3u8'), new Uint8Array(1), { contentType: 'text/plain' })
    const inPages: typeof objects.list = (prefix, page) => objects.list(prefix, { ...page, limit: 5 })
    const names = await deliverablesOf({ list: inPages }, 'vid_1')
    expect(names.slice(0, all.length)).toEqual(all)
    expect(names.slice(all.length).toSorted()).toEqual([...segments, 'hls/master.m3u8'].toSorted())
  })
})

describe('contentTypeOf', () => {
  it.each([
    ['hls/master.m3u8', 'application/vnd.apple.mpegurl'],
    ['hls/720p/init.mp4', 'video/mp4'],
    ['preview.webp', 'image/webp'],
    ['some.constructor', 'application/octet-stream'],
    ['README', 'application/octet-stream'],
  ])('of %s is %s', (name, type) => {
    expect(contentTypeOf(name)).toBe(type)
  })
})
