import { execFile, spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDiskObjects } from '../../../stores/objects/disk.ts'
import { openDatabase } from '../../../stores/sqlite.ts'
import { objectStoreContract } from '../../contract/object-store.ts'

const plain = { contentType: 'text/plain' }
const bytes = (text: string) => new TextEncoder().encode(text)
let root: string
let databases: ReturnType<typeof openDatabase>[]

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'objects-'))
  databases = []
})
afterEach(() => {
  for (const db of databases) db.close()
  rmSync(root, { recursive: true })
})

const objectsDir = () => join(root, 'objects')
function openStore() {
  const db = openDatabase(join(root, 'test.db'))
  databases.push(db)
  return openDiskObjects({ dir: objectsDir(), db })
}

objectStoreContract('disk with SQLite', openStore)

describe('the folder of bodies', () => {
  test('holds one file for each object, and nothing of what was replaced, deleted, refused or failed', async () => {
    const store = openStore()
    await store.put('kept', bytes('1'), plain)
    await store.put('kept', bytes('2'), plain)
    await store.put('kept', bytes('3'), { ...plain, ifAbsent: true })
    await Promise.all([1, 2, 3].map((n) => store.put('raced', bytes(`${n}`), { ...plain, ifAbsent: true })))
    await store.put('deleted', bytes('4'), plain)
    await store.delete('deleted')
    await expect(store.put('failed', broken(), plain)).rejects.toThrow('broken')
    expect(readdirSync(objectsDir())).toHaveLength(2)
  })

  test('loses at opening what nobody names and nobody has written to for an hour, and nothing else', async () => {
    const store = openStore()
    await store.put('kept', bytes('body'), plain)
    const [kept = ''] = readdirSync(objectsDir())
    const [oldBody, oldPart, youngBody, youngPart] = [
      randomUUID(),
      `${randomUUID()}.part`,
      randomUUID(),
      `${randomUUID()}.part`,
    ]
    for (const name of [oldBody, oldPart, youngBody, youngPart, 'notes.txt'])
      writeFileSync(join(objectsDir(), name), 'x')
    const twoHoursAgo = new Date(Date.now() - 7_200_000)
    for (const name of [kept, oldBody, oldPart, 'notes.txt'])
      utimesSync(join(objectsDir(), name), twoHoursAgo, twoHoursAgo)
    openStore()
    expect(readdirSync(objectsDir()).toSorted()).toEqual([kept, youngBody, youngPart, 'notes.txt'].toSorted())
    expect(await store.get('kept')).toEqual(Buffer.from('body'))
  })

  test('that cannot be made is a user’s mistake, named in one line', () => {
    writeFileSync(objectsDir(), 'a file in the way')
    expect(openStore).toThrow(/objects.*choose another/)
    expect(openStore).toThrow(expect.objectContaining({ name: 'InputError' }))
  })
})

describe('pathOf', () => {
  test('gives the body’s own file, which is not writable', async () => {
    const store = openStore()
    await store.put('../a.wav', bytes('sound'), plain)
    const path = await store.pathOf('../a.wav')
    expect(path.startsWith(objectsDir())).toBe(true)
    expect(readFileSync(path, 'utf8')).toBe('sound')
    expect([statSync(path).mode & 0o377, statSync(objectsDir()).mode & 0o077]).toEqual([0, 0])
    await expect(store.pathOf('nothing')).rejects.toMatchObject({ name: 'NotFoundError' })
  })
})

describe('a lost body', () => {
  test('is an error that names the file, not an endless search', async () => {
    const store = openStore()
    await store.put('k', bytes('body'), plain)
    rmSync(await store.pathOf('k'))
    await expect(store.get('k')).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('is no object to who would make it again', async () => {
    const store = openStore()
    await store.put('k', bytes('body'), plain)
    rmSync(await store.pathOf('k'))
    expect(await store.head('k')).toBeUndefined()
    await store.put('k', bytes('again'), { ...plain, ifAbsent: true })
    expect(await store.get('k')).toEqual(Buffer.from(bytes('again')))
  })
})

describe('a full disk', () => {
  // A limit on the size of files stops a write in its middle, like a full disk, and needs no rights.
  test('gives the system’s error with its code, and leaves nothing behind', async () => {
    const script = `
      import { openDatabase } from ${JSON.stringify(new URL('../../../stores/sqlite.ts', import.meta.url))}
      import { openDiskObjects } from ${JSON.stringify(new URL('../../../stores/objects/disk.ts', import.meta.url))}
      const store = openDiskObjects({ dir: ${JSON.stringify(objectsDir())}, db: openDatabase(${JSON.stringify(join(root, 'test.db'))}) })
      await store.put('k', new Uint8Array(1000), { contentType: 'old' })
      const code = await store.put('k', new Uint8Array(3_000_000), { contentType: 'new' }).catch((error) => error.code)
      console.log(code, (await store.head('k')).contentType)`
    const node = `exec "$0" --input-type=module -e "$1"`
    const { stdout } = await promisify(execFile)('sh', ['-c', `ulimit -f 2000; ${node}`, process.execPath, script])
    expect(stdout).toBe('EFBIG old\n')
    expect(readdirSync(objectsDir())).toHaveLength(1)
  })
})

describe('several processes', () => {
  test('killed while they overwrite one key leave it whole, and what was acknowledged stays', async () => {
    mkdirSync(objectsDir())
    let acknowledged = 0
    for (let round = 1; round <= 4; round++) {
      const last = await Promise.all([overwriteUntilKilled(round * 1000), overwriteUntilKilled(round * 1000 + 500)])
      acknowledged = Math.max(...last)
      const store = openStore()
      const [info, body] = [await store.head('overwritten'), await store.get('overwritten')]
      expect(info).toMatchObject({ bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') })
      const numbers = new Set(new Uint32Array(body.buffer, body.byteOffset, body.length / 4))
      expect(numbers.size).toBe(1)
      // One of the two wrote last; a body may be stored just before its number is printed.
      const [stored = 0] = numbers
      expect(last.some((n) => stored >= n && stored <= n + 1)).toBe(true)
    }
    expect(acknowledged).toBeGreaterThan(4000)
    // Nothing more than what each of the eight kills interrupted: one new body, one replaced one.
    expect(readdirSync(objectsDir()).length).toBeLessThanOrEqual(1 + 8 * 2)
  })
})

/** Gives the last number that the process printed before it was killed. */
async function overwriteUntilKilled(from: number): Promise<number> {
  const program = new URL('overwriting-process.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, root, `${from}`], { stdio: ['ignore', 'pipe', 'inherit'] })
  let last = 0
  for await (const line of createInterface(child.stdout)) {
    last = Number(line)
    if (last === from + 5) setTimeout(() => child.kill('SIGKILL'), Math.random() * 30)
  }
  return last
}

async function* broken() {
  yield bytes('half')
  throw new Error('broken')
}
