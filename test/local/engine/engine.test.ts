// The engine with real workers, a real journal and small videos.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { deliverableKey } from '../../../core/keys.ts'
import { amend } from '../../../core/records.ts'
import { newVideoId } from '../../../core/submit.ts'
import { parseRequest } from '../../../core/video.ts'
import { chosenFor } from '../../../local/choices.ts'
import { type Engine, type EngineEvent, openEngine } from '../../../local/engine/engine.ts'
import { openQuietDatabase, openStores, type Stores } from '../../../local/stores.ts'
import { videoWorkflow } from '../../../local/video-workflow.ts'
import { openWorkers, type Workers } from '../../../local/workers.ts'
import { sqliteJournal } from '../../../local/workflow/journal.ts'
import { openSqliteVideos, type SqliteVideos } from '../../../stores/videos/sqlite.ts'

const small = { quality: 'draft', resolution: '720p', fps: 24, music: 'none', motion: 'still' }
let home: string
let stores: Stores
let events: EngineEvent[]
let begun: { engine: Engine; workers: Workers }[]

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'engine-'))
  stores = openStores(home)
  events = []
  begun = []
})
afterEach(async () => {
  for (const { engine } of begun) await engine.close()
  stores.db.close()
  rmSync(home, { recursive: true, force: true })
})

function begin(jobs = 1, more: Partial<SqliteVideos> = {}): Engine {
  const db = openQuietDatabase(stores.home)
  const workers = openWorkers(stores.home, 2)
  const maker = {
    videos: { ...openSqliteVideos(db), ...more },
    workers,
    workflow: videoWorkflow(),
    journal: sqliteJournal(db),
  }
  const engine = openEngine({ maker, db, jobs, onEvent: (event) => events.push(event) })
  begun.push({ engine, workers })
  return engine
}

/** Fails in its first stage, because nobody is here who writes: as good as a whole video to see who takes it when. */
const quick = { topic: 'goats' }

async function accept(wishes: object, createdAt = new Date().toISOString()): Promise<string> {
  const request = { ...parseRequest({ ...small, ...wishes }), choices: chosenFor({}).choices }
  const video = { id: newVideoId(), owner: 'ann', createdAt, status: 'queued' as const, request, notices: [] }
  return (await stores.videos.create(video)).id
}
const statusOf = async (id: string) => (await stores.videos.get(id))?.status
const told = (type: EngineEvent['type']) => events.filter((event) => event.type === type).map(({ videoId }) => videoId)
const until = (check: () => unknown, timeout = 90_000) => vi.waitFor(check, { timeout, interval: 20 })

describe('the engine', { timeout: 120_000 }, () => {
  it('makes what waits and writes down what happens', async () => {
    const id = await accept({ script: 'A dog.' })
    begin()
    await until(() => expect(told('done')).toEqual([id]))
    expect(await statusOf(id)).toBe('done')
    expect(await stores.objects.head(deliverableKey(id, 'video.mp4'))).toBeDefined()
    const kept = await stores.videos.events(id)
    expect(kept[0]).toMatchObject({ type: 'attempt', attempt: 1 })
    expect(kept.filter(({ type }) => type === 'done').map(({ stage }) => stage)).toEqual(
      expect.arrayContaining(['write', 'narrate', 'plan', 'illustrate', 'assemble', 'compose', 'publish']),
    )
    expect(kept.find(({ type, stage }) => type === 'done' && stage === 'illustrate')).toMatchObject({
      scene: 0,
      output: { pictureKey: expect.any(String) as string },
    })
  })

  it('takes the oldest first', async () => {
    const ids = new Map<number, string>()
    for (const day of [2, 1, 3]) ids.set(day, await accept(quick, `2026-01-0${day}T00:00:00.000Z`))
    begin()
    await until(() => expect(told('failed')).toEqual([1, 2, 3].map((day) => ids.get(day))))
  })

  it('looks by itself for what another process has accepted', async () => {
    begin()
    await new Promise((resolve) => setTimeout(resolve, 100))
    const id = await accept(quick)
    await until(() => expect(told('failed')).toEqual([id]))
    expect(await stores.videos.get(id)).toMatchObject({
      status: 'failed',
      error: { name: 'InputError', message: expect.stringContaining('topic') as string },
    })
  })

  it('leaves alone what the command line makes, and goes on with what a server left behind', async () => {
    const mine = await accept({ script: 'A goat.' })
    await stores.videos.update(mine, 1, { status: 'running', origin: 'command line' })
    const orphan = await accept({ script: 'A goat.' })
    await stores.videos.appendEvent(orphan, { at: '2026-01-01T00:00:00.000Z', type: 'attempt', attempt: 1 })
    await stores.videos.update(orphan, 1, { status: 'running' })
    begin()
    await until(() => expect(told('done')).toEqual([orphan]))
    expect(events[0]).toMatchObject({ videoId: orphan, type: 'started', attempt: 1, resumed: true })
    expect(await statusOf(mine)).toBe('running')
  })

  it('ends what is cancelled here or elsewhere at once, and takes the next', async () => {
    const script = 'A goat found coffee. '.repeat(40)
    // In this order, also when they are accepted in the same millisecond.
    const here = await accept({ script }, '2026-01-01T00:00:00.000Z')
    const elsewhere = await accept({ script: `${script}More.` }, '2026-01-02T00:00:00.000Z')
    const next = await accept(quick, '2026-01-03T00:00:00.000Z')
    const engine = begin(2)
    await until(() => expect(told('started')).toEqual([here, elsewhere]))
    await amend(stores.videos, here, () => ({ status: 'cancelled' }))
    await engine.stop(here)
    expect(engine.running()).not.toContain(here)
    await amend(stores.videos, elsewhere, () => ({ status: 'cancelled' }))
    await until(() => expect(told('cancelled').toSorted()).toEqual([here, elsewhere].toSorted()), 10_000)
    await until(() => expect(told('failed')).toEqual([next]))
    expect(await statusOf(here)).toBe('cancelled')
  })

  it('pauses while the disk is full, tells of it once, and goes on when there is room', async () => {
    const ids = [await accept(quick, '2026-01-01T00:00:00.000Z'), await accept(quick)]
    const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    let tries = 0
    let isFull = true
    const update: SqliteVideos['update'] = async (...given) => {
      if (!isFull) return stores.videos.update(...given)
      tries++
      throw full
    }
    begin(1, { update })
    await until(() => expect(tries).toBe(2), 20_000)
    expect(events).toMatchObject([
      { type: 'paused', videoId: ids[0], message: 'the disk is full (no space left); free some space' },
    ])
    isFull = false
    await until(() => expect(told('failed')).toEqual(ids))
    expect(told('started')).toEqual(ids)
    expect(told('paused')).toEqual([ids[0]])
  })

  it('shares the queue with another one: no video is made twice', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => accept(quick)))
    begin(2)
    begin(2)
    await until(() => expect(told('failed').toSorted()).toEqual(ids.toSorted()))
    expect(told('started').toSorted()).toEqual(ids.toSorted())
  })

  it('is only paused by its end: the next one goes on in the same journal', async () => {
    const id = await accept({ script: 'A goat found coffee.' })
    const first = begin()
    await until(async () =>
      expect((await stores.videos.events(id)).some(({ type, stage }) => type === 'done' && stage === 'write')).toBe(
        true,
      ),
    )
    await first.close()
    expect(await statusOf(id)).toBe('running')
    begin()
    await until(() => expect(told('done')).toEqual([id]))
    const kept = await stores.videos.events(id)
    expect(kept.filter(({ type }) => type === 'attempt')).toHaveLength(1)
    expect(kept.filter(({ type, stage }) => type === 'started' && stage === 'write')).toHaveLength(1)
    expect(kept.some(({ type, stage }) => type === 'reused' && stage === 'write')).toBe(true)
  })
})

describe('a process that waits for a service', () => {
  it('keeps others from asking for the same video until it has come to its end', async () => {
    const child = holdCalls('vid_1')
    await once(child.stdout!, 'data')
    const { callLeases } = await import('../../../local/call-leases.ts')
    const callsOf = callLeases(stores.db)
    let isMine = false
    const mine = callsOf('vid_1', new AbortController().signal).then((release) => {
      isMine = true
      return release
    })
    const releaseOther = await callsOf('vid_2', new AbortController().signal)
    releaseOther()
    await new Promise((resolve) => setTimeout(resolve, 250))
    expect(isMine).toBe(false)
    child.kill('SIGKILL')
    ;(await mine)()
  })
})

function holdCalls(videoId: string): ChildProcess {
  const root = new URL('../../../', import.meta.url).href
  const code = `
    const { takeLease } = await import('${root}local/lease.ts')
    const { openDatabase } = await import('${root}stores/sqlite.ts')
    takeLease(openDatabase(${JSON.stringify(stores.home.database)}), 'calls of ${videoId}')
    console.log('held')
    setInterval(() => {}, 1000)`
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
}
