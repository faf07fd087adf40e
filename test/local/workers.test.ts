import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseRequest } from '../../core/video.ts'
import { type Home, openHome } from '../../local/home.ts'
import { openWorkers, type Workers } from '../../local/workers.ts'
import { openDatabase } from '../../stores/sqlite.ts'
import { openSqliteVideos } from '../../stores/videos/sqlite.ts'

let home: Home
let workers: Workers

beforeEach(async () => {
  home = openHome(mkdtempSync(join(tmpdir(), 'workers-')))
  workers = openWorkers(home, 1)
  const db = openDatabase(home.database)
  const request = parseRequest({ script: 'A goat found coffee.' })
  await openSqliteVideos(db).create({
    id: 'vid_1',
    owner: 'local',
    createdAt: new Date().toISOString(),
    status: 'running',
    request,
    notices: [],
  })
  db.close()
})
afterEach(async () => {
  await workers.close()
  rmSync(home.dir, { recursive: true, force: true })
})

const write = (input: object) => ({ stage: 'write' as const, input, waits: false })
const call = (signal = new AbortController().signal) => ({ signal, report: () => {} })

describe('openWorkers', () => {
  it('runs a stage in a process of its own and gives its output', async () => {
    await expect(workers.run(write({ videoId: 'vid_1' }), call())).resolves.toMatchObject({
      words: 4,
      language: 'en',
    })
  })

  it("keeps a stage's error under its name, and says which stage it was", async () => {
    await expect(workers.run(write({ videoId: 'vid_none' }), call())).rejects.toMatchObject({
      name: 'NotFoundError',
      message: 'write: no video vid_none',
    })
  })

  it('makes what is wrong with its folder the failure of the stage, not of the process', async () => {
    writeFileSync(home.database, 'this is no database, whatever its name says')
    await expect(workers.run(write({ videoId: 'vid_1' }), call())).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('is not a database') as string,
    })
  })

  it('goes on after a failure, one call after the other', async () => {
    const calls = ['vid_none', 'vid_1', 'vid_1'].map((videoId) => workers.run(write({ videoId }), call()))
    const settled = await Promise.allSettled(calls)
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  })

  it('kills the process of an aborted call and takes a new one for the next', async () => {
    const stop = new AbortController()
    const score = workers.run(write({ videoId: 'vid_1' }), call(stop.signal))
    stop.abort(new Error('cancelled'))
    await expect(score).rejects.toThrow('cancelled')
    await expect(workers.run(write({ videoId: 'vid_1' }), call())).resolves.toMatchObject({ words: 4 })
  })

  it('never starts a call that was aborted while it waited', async () => {
    const stop = new AbortController()
    const first = workers.run(write({ videoId: 'vid_1' }), call())
    const waiting = workers.run(write({ videoId: 'vid_1' }), call(stop.signal))
    stop.abort(new Error('cancelled'))
    await expect(waiting).rejects.toThrow('cancelled')
    await first
  })

  it('reports a process that dies as something to try again, and leaves no scratch folder', async () => {
    const dying = workers.run(write({ videoId: 'vid_1' }), call())
    const [told] = await Promise.allSettled([dying, workers.close()])
    expect(told).toMatchObject({
      status: 'rejected',
      reason: { name: 'TransientError', message: 'the write process died (SIGKILL)' },
    })
    expect(readdirSync(home.scratch)).toEqual([])
  })
})
