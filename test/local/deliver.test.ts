import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Deliverable, deliverableKey, deliverables } from '../../core/keys.ts'
import type { ObjectStore } from '../../core/ports.ts'
import { checkOut, deliver, isComplete, videoIn } from '../../local/deliver.ts'
import { openDiskObjects } from '../../stores/objects/disk.ts'
import { openDatabase } from '../../stores/sqlite.ts'

let dir: string
let out: string
let db: ReturnType<typeof openDatabase>
let objects: ObjectStore

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'deliver-'))
  out = join(dir, 'films', 'coffee')
  db = openDatabase(join(dir, 'test.db'))
  objects = openDiskObjects({ dir: join(dir, 'objects'), db })
  for (const id of ['vid_1', 'vid_2'])
    for (const [name, contentType] of Object.entries(deliverables) as [Deliverable, string][])
      await objects.put(deliverableKey(id, name), new TextEncoder().encode(JSON.stringify({ videoId: id, name })), {
        contentType,
      })
})
afterEach(() => {
  db.close()
  rmSync(dir, { recursive: true })
})

describe('deliver', () => {
  it('puts all files of the video into a new folder', async () => {
    await deliver(objects, 'vid_1', out)
    expect(readdirSync(out).toSorted()).toEqual(Object.keys(deliverables).toSorted())
    expect(await isComplete(objects, 'vid_1', out)).toBe(true)
    expect(await videoIn(out)).toBe('vid_1')
  })

  it('replaces every file of another video, and none of anybody else', async () => {
    await deliver(objects, 'vid_1', out)
    writeFileSync(join(out, 'notes.txt'), 'mine')
    await deliver(objects, 'vid_2', out)
    for (const name of Object.keys(deliverables))
      expect(JSON.parse(readFileSync(join(out, name), 'utf8')), name).toEqual({ videoId: 'vid_2', name })
    expect(readFileSync(join(out, 'notes.txt'), 'utf8')).toBe('mine')
    expect(readdirSync(out)).toHaveLength(Object.keys(deliverables).length + 1)
    expect(readdirSync(join(dir, 'films'))).toEqual(['coffee'])
  })

  it('brings the folder of HLS along, and takes away that of a video before', async () => {
    const playlist = 'hls/master.m3u8'
    const body = new TextEncoder().encode('#EXTM3U')
    await objects.put(deliverableKey('vid_1', playlist), body, { contentType: 'application/vnd.apple.mpegurl' })
    await deliver(objects, 'vid_1', out)
    expect(readFileSync(join(out, playlist), 'utf8')).toBe('#EXTM3U')
    expect(await isComplete(objects, 'vid_1', out)).toBe(true)
    await deliver(objects, 'vid_2', out)
    expect(existsSync(join(out, 'hls'))).toBe(false)
  })

  it('goes through a link into the folder that it leads to', async () => {
    mkdirSync(join(dir, 'films'))
    mkdirSync(join(dir, 'disk'))
    symlinkSync(join(dir, 'disk'), out)
    await deliver(objects, 'vid_1', out)
    expect(lstatSync(out).isSymbolicLink()).toBe(true)
    expect(await isComplete(objects, 'vid_1', join(dir, 'disk'))).toBe(true)
  })

  it('leaves neither folder nor half of one when a file is missing', async () => {
    await objects.delete(deliverableKey('vid_1', 'qc.json'))
    await expect(deliver(objects, 'vid_1', out)).rejects.toThrow('qc.json')
    expect(existsSync(join(dir, 'films'))).toBe(false)
    mkdirSync(out, { recursive: true })
    await expect(deliver(objects, 'vid_1', out)).rejects.toThrow('qc.json')
    expect(readdirSync(out)).toEqual([])
  })
})

describe('checkOut', () => {
  it('leaves no trace of having tried', async () => {
    await checkOut(out)
    expect(existsSync(join(dir, 'films'))).toBe(false)
  })

  it('refuses a file, and a place under a file', async () => {
    writeFileSync(join(dir, 'file'), '')
    await expect(checkOut(join(dir, 'file'))).rejects.toThrow(/^out: .* is a file/)
    await expect(checkOut(join(dir, 'file', 'out'))).rejects.toThrow(/^out: .* cannot be written \((ENOTDIR|EEXIST)\)/)
  })

  it('refuses what could only fail in the end: a link that leads nowhere, a name that is too long', async () => {
    symlinkSync(join(dir, 'nowhere'), join(dir, 'link'))
    for (const path of [join(dir, 'link'), join(dir, 'link', 'out')])
      await expect(checkOut(path)).rejects.toThrow(/link is a link that leads nowhere; name another folder/)
    for (const path of [join(dir, 'x'.repeat(300)), join(dir, 'folder/'.repeat(700))])
      await expect(checkOut(path)).rejects.toThrow(/cannot be written \(ENAMETOOLONG\)/)
    expect(readdirSync(dir)).not.toContain('folder')
  })

  it("sweeps a killed process's staging folder, and no living one's", async () => {
    mkdirSync(join(dir, 'films'))
    mkdirSync(join(dir, 'films', '.clipforge-999999999-abc'))
    mkdirSync(join(dir, 'films', `.clipforge-${process.pid}-abc`))
    await checkOut(out)
    expect(readdirSync(join(dir, 'films'))).toEqual([`.clipforge-${process.pid}-abc`])
  })
})

describe('videoIn', () => {
  it("refuses a folder of somebody's other files", async () => {
    mkdirSync(out, { recursive: true })
    writeFileSync(join(out, 'thesis.doc'), 'years of work')
    await expect(videoIn(out)).rejects.toThrow(/holds other files \(thesis\.doc/)
    expect(readFileSync(join(out, 'thesis.doc'), 'utf8')).toBe('years of work')
  })
  it('does not take another program’s bill.json for ours', async () => {
    mkdirSync(out, { recursive: true })
    for (const bill of ['{"total":3}', 'not JSON', '[]']) {
      writeFileSync(join(out, 'bill.json'), bill)
      await expect(videoIn(out)).rejects.toThrow(/holds other files \(bill\.json\)/)
    }
  })

  it('overlooks what begins with a dot', async () => {
    mkdirSync(out, { recursive: true })
    writeFileSync(join(out, '.DS_Store'), '')
    expect(await videoIn(out)).toBeUndefined()
  })
})
