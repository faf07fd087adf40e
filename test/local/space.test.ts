import { existsSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { fullDiskLine, isDiskFull } from '../../local/space.ts'

const thrownBy = (work: () => void): unknown => {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}

it.runIf(existsSync('/dev/full'))('knows a full disk from the file system, also as a cause', () => {
  const full = thrownBy(() => writeFileSync('/dev/full', 'x'))
  expect(isDiskFull(full)).toBe(true)
  expect(isDiskFull(new Error('compose failed', { cause: full }))).toBe(true)
  expect(isDiskFull(new Error('compose failed'))).toBe(false)
})

it('knows a full disk from SQLite', () => {
  const db = new DatabaseSync(':memory:')
  db.exec('PRAGMA max_page_count = 2; CREATE TABLE page (bytes BLOB)')
  expect(isDiskFull(thrownBy(() => db.exec('INSERT INTO page VALUES (zeroblob(100000))')))).toBe(true)
})

it('says it once', () => {
  const line = fullDiskLine('ENOSPC: no space left on device, write')
  expect(line).toBe('the disk is full (ENOSPC: no space left on device, write); free some space')
  expect(fullDiskLine(line)).toBe(line)
})
