import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  appendFileSync,
  utimesSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Manifest } from '../../../core/inbox.ts'
import { chosenFor } from '../../../local/choices.ts'
import { checkInbox, type InboxEvent, watchInbox } from '../../../local/inbox/watch.ts'
import { openStores, type Stores } from '../../../local/stores.ts'

let root: string
let folder: string
let stores: Stores
let events: InboxEvent[]
let errors: Error[]
let end: (() => Promise<void>) | undefined

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'inbox-'))
  folder = join(root, 'drop')
  mkdirSync(folder)
  stores = openStores(join(root, 'home'))
  events = []
  errors = []
})
afterEach(async () => {
  await end?.()
  stores.db.close()
  rmSync(root, { recursive: true, force: true })
})

async function begin(pauses: { restMs?: number; firstPauseMs?: number } = {}) {
  await checkInbox(folder)
  end = watchInbox({
    folder,
    ports: {
      videos: stores.videos,
      objects: stores.objects,
      start: async () => 'waiting',
      choose: chosenFor,
      now: () => new Date(),
    },
    onEvent: (event) => events.push(event),
    onError: (error) => errors.push(error),
    restMs: 500,
    ...pauses,
  })
}
const drop = (name: string, text: string) => writeFileSync(join(folder, name), text)
const manifestOf = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.manifest.json`), 'utf8')) as Manifest
const videos = async () => (await stores.videos.list('local', { limit: 100 })).videos
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 8000, interval: 50 })

describe('a folder that is watched', () => {
  it('makes videos of the files in it, and says beside each what came of its lines', async () => {
    drop('goat.txt', 'A goat found coffee.')
    drop('two.jsonl', '{"script": "A cat."}\n{"scrip": "A dog."}\n')
    drop('table.CSV', 'title,script\nOne,A hen.\n')
    drop('notes.md', 'not for here')
    drop('.hidden.txt', 'not for here')
    mkdirSync(join(folder, 'folder.txt'))
    await begin()
    await until(() => expect(events.map(({ file }) => file).toSorted()).toEqual(['goat.txt', 'table.CSV', 'two.jsonl']))
    expect((await videos()).map(({ request }) => request.script ?? '').toSorted()).toEqual([
      'A cat.',
      'A goat found coffee.',
      'A hen.',
    ])
    expect(manifestOf('two.jsonl')).toMatchObject({
      counts: { requests: 2, accepted: 1, refused: 1 },
      entries: [
        { line: 1, ok: true },
        { line: 2, ok: false, error: expect.stringContaining('scrip: no such field') as string },
      ],
    })
    const ids = (await videos()).map(({ id }) => id)
    const named = ['goat.txt', 'table.CSV', 'two.jsonl'].flatMap((name) =>
      manifestOf(name).entries.flatMap((entry) => (entry.ok ? [entry.videoId] : [])),
    )
    expect(named.toSorted()).toEqual(ids.toSorted())
    expect(readdirSync(folder).filter((name) => name.endsWith('.manifest.json'))).toHaveLength(3)
    expect(errors).toEqual([])
  })

  it('takes nothing twice, over a restart and without its manifest too, but a changed file is another one', async () => {
    drop('goat.txt', 'A goat found coffee.')
    await begin()
    await until(() => expect(events).toHaveLength(1))
    await end!()
    await begin()
    rmSync(join(folder, 'goat.txt.manifest.json'))
    drop('goat.txt', 'A goat found coffee.')
    await until(() => expect(events).toHaveLength(2))
    expect(await videos()).toHaveLength(1)
    drop('goat.txt', 'A goat found tea instead.')
    await until(() => expect(events).toHaveLength(3))
    expect(await videos()).toHaveLength(2)
  })

  it('leaves a file alone that is still being written', async () => {
    await begin()
    drop('slow.txt', 'A goat')
    for (let n = 0; n < 5; n++) {
      await new Promise((resolve) => setTimeout(resolve, 400))
      appendFileSync(join(folder, 'slow.txt'), ' found coffee')
      expect(events).toEqual([])
    }
    writeFileSync(join(folder, '.moved'), 'A hen.')
    renameSync(join(folder, '.moved'), join(folder, 'moved.txt'))
    await until(() => expect(events).toHaveLength(2))
    expect((await videos()).map(({ request }) => request.script).includes(`A goat${' found coffee'.repeat(5)}`)).toBe(
      true,
    )
  })

  it('takes a file that is older than the one before it, once', async () => {
    await begin()
    drop('goat.jsonl', '{"script": "A goat."}\n')
    await until(() => expect(events).toHaveLength(1))
    drop('.older', '{"script": "A hen."}\n')
    utimesSync(join(folder, '.older'), 1e9, 1e9)
    renameSync(join(folder, '.older'), join(folder, 'goat.jsonl'))
    await until(() => expect(events).toHaveLength(2))
    const { id, request } = (await videos())[0]!
    expect([request.script, manifestOf('goat.jsonl').entries]).toEqual(['A hen.', [{ line: 1, ok: true, videoId: id }]])
    await stores.videos.delete(id)
    await end?.()
    await begin()
    await new Promise((resolve) => setTimeout(resolve, 2500))
    expect(events).toHaveLength(2)
  })

  it('waits for the end of a table whose last row has none', async () => {
    await begin()
    drop('half.csv', 'script,title\nA goat.,One\nHalf of a')
    await new Promise((resolve) => setTimeout(resolve, 1800))
    appendFileSync(join(folder, 'half.csv'), ' line,Two\n')
    await until(() => expect(events).toMatchObject([{ accepted: 2 }]))
    drop('open.csv', 'script,title\nA hen.,One')
    await until(() => expect(events).toMatchObject([{}, { accepted: 1 }]))
  })

  it('makes each line once of a file that grows after it was taken, and the manifest names all of them', async () => {
    const line = (name: string) => `${JSON.stringify({ script: `A ${name}.` })}\n`
    drop('grows.jsonl', line('goat') + line('cat') + line('dog'))
    await begin()
    await until(() => expect(events).toMatchObject([{ accepted: 3 }]))
    const [first] = manifestOf('grows.jsonl').entries
    await stores.videos.delete((first as { videoId: string }).videoId)
    appendFileSync(join(folder, 'grows.jsonl'), line('hen') + line('goat'))
    await until(() => expect(events).toMatchObject([{}, { accepted: 5 }]))
    // The same words on two lines are two videos, and what somebody has deleted stays deleted.
    expect((await videos()).map(({ request }) => request.script ?? '').toSorted()).toEqual([
      'A cat.',
      'A dog.',
      'A goat.',
      'A hen.',
    ])
    expect(manifestOf('grows.jsonl').entries.slice(0, 3)).toMatchObject([first, { line: 2 }, { line: 3 }])
  })

  it('lets others have their turn between two lines', async () => {
    drop('many.jsonl', '{"script": "A goat."}\n'.repeat(40))
    let turns = 0
    let counting = true
    const turn = () => void (turns++, counting && setImmediate(turn))
    const { create } = stores.videos
    const at: number[] = []
    stores.videos.create = async (...given) => {
      if (at.push(turns) === 1) turn()
      return create(...given)
    }
    await begin()
    await until(() => expect(events).toMatchObject([{ accepted: 40 }]))
    counting = false
    expect(new Set(at).size).toBe(40)
  })

  it('tries again what went wrong although the file stays as it is, and tells of it once', async () => {
    mkdirSync(join(folder, 'goat.txt.manifest.json'))
    drop('goat.txt', 'A goat found coffee.')
    await begin({ firstPauseMs: 100 })
    await until(() =>
      expect(errors.map(({ message }) => message)).toEqual([expect.stringMatching(/goat\.txt: EISDIR/)]),
    )
    await new Promise((resolve) => setTimeout(resolve, 2500))
    rmSync(join(folder, 'goat.txt.manifest.json'), { recursive: true })
    await until(() => expect(events).toMatchObject([{ file: 'goat.txt', accepted: 1 }]))
    expect(errors).toHaveLength(1)
  })

  it('says of a file of which nothing can be used why', async () => {
    drop('bad.json', '{"script": ')
    await begin()
    await until(() => expect(events).toMatchObject([{ file: 'bad.json', accepted: 0, refused: 1 }]))
    expect(manifestOf('bad.json')).toMatchObject({ error: expect.stringContaining('not JSON') as string })
  })

  it('has to be there', async () => {
    rmSync(folder, { recursive: true })
    await expect(begin()).rejects.toThrow(/^inbox: .* is no folder; make it first/)
  })
})
