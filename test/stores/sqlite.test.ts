import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { InputError } from '../../core/errors.ts'
import { openDatabase, transaction } from '../../stores/sqlite.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sqlite-'))
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

/** The one line that opening `file` is refused with. */
function refusal(file: string): string {
  try {
    openDatabase(file).close()
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  return 'opened'
}

describe('opening a database', () => {
  test('makes the folders that lead to it, and opens again what it made', () => {
    const file = join(root, 'a/b/test.db')
    for (let time = 1; time <= 2; time++) openDatabase(file).close()
    expect(existsSync(file)).toBe(true)
  })

  test('keeps it from everybody but its owner, whatever it was before', () => {
    const file = join(root, 'home/test.db')
    const modes = () => ['', '-wal', '-shm'].map((ending) => statSync(`${file}${ending}`).mode & 0o777)
    mkdirSync(join(root, 'home'), { mode: 0o755 })
    const first = openDatabase(file)
    expect([modes(), statSync(join(root, 'home')).mode & 0o777]).toEqual([[0o600, 0o600, 0o600], 0o700])
    for (const ending of ['', '-wal', '-shm']) chmodSync(`${file}${ending}`, 0o644)
    openDatabase(file).close()
    expect(modes()).toEqual([0o600, 0o600, 0o600])
    first.close()
  })

  test('by eight processes at once, when none is there yet, works for all', async () => {
    const script = `
      import { openDatabase } from ${JSON.stringify(new URL('../../stores/sqlite.ts', import.meta.url))}
      openDatabase(${JSON.stringify(join(root, 'new/test.db'))}).close()`
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
    await expect(Promise.all(Array.from({ length: 8 }, run))).resolves.toHaveLength(8)
  })

  test('keeps every commit over a power cut, and lets readers in while one writes', () => {
    const db = openDatabase(join(root, 'test.db'))
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
    expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
    expect(db.prepare('PRAGMA busy_timeout').get()).toEqual({ timeout: 5000 })
    db.close()
  })
})

describe('a file that is not ours to use is refused in one line', () => {
  test('when it is no database', () => {
    const file = join(root, 'notes.txt')
    writeFileSync(file, 'these are notes and no database, '.repeat(200))
    expect(refusal(file)).toMatch(/notes\.txt is not a database: .*choose another folder$/)
  })

  test("when it is another program's", () => {
    const file = join(root, 'other.db')
    const db = new DatabaseSync(file)
    db.exec('CREATE TABLE video (title TEXT)')
    db.close()
    expect(refusal(file)).toMatch(/other\.db is another program's database: choose another folder$/)
  })

  test('when a newer ClipForge wrote it', () => {
    const file = join(root, 'test.db')
    const db = openDatabase(file)
    db.exec('PRAGMA user_version = 7')
    db.close()
    expect(refusal(file)).toMatch(/newer ClipForge \(schema 7, .*update ClipForge/)
  })

  test('when it is a folder', () => {
    mkdirSync(join(root, 'test.db'))
    expect(refusal(join(root, 'test.db'))).toMatch(/cannot be opened/)
  })

  test('when its folder cannot be made', () => {
    writeFileSync(join(root, 'file'), '')
    expect(refusal(join(root, 'file/test.db'))).toMatch(/file cannot be written \(E\w+\): choose another one$/)
  })

  // Root may write anywhere.
  test.skipIf(process.getuid?.() === 0)('when its folder is read-only', () => {
    mkdirSync(join(root, 'locked'))
    chmodSync(join(root, 'locked'), 0o555)
    expect(refusal(join(root, 'locked/test.db'))).toMatch(/cannot be (opened|written)/)
  })
})

describe('a transaction', () => {
  test('that fails has done nothing, and the next one works', () => {
    const db = openDatabase(join(root, 'test.db'))
    db.exec('CREATE TABLE number (n INTEGER) STRICT')
    const insert = db.prepare('INSERT INTO number VALUES (?)')
    const failing = () =>
      transaction(db, () => {
        insert.run(1)
        throw new Error('changed my mind')
      })
    expect(failing).toThrow('changed my mind')
    expect(transaction(db, () => insert.run(2).changes)).toBe(1)
    expect(db.prepare('SELECT n FROM number').all()).toEqual([{ n: 2 }])
    db.close()
  })

  test('for which there is no room says ENOSPC, as the file system does', () => {
    const db = openDatabase(join(root, 'test.db'))
    db.exec('CREATE TABLE body (bytes BLOB) STRICT')
    db.exec('PRAGMA max_page_count = 4')
    const filling = () => transaction(db, () => db.exec('INSERT INTO body VALUES (zeroblob(100000))'))
    expect(filling).toThrow(expect.objectContaining({ code: 'ENOSPC' }))
    expect(db.prepare('SELECT count(*) AS n FROM body').get()).toEqual({ n: 0 })
    db.close()
  })
})
