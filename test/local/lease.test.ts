import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { isAlive, takeLease } from '../../local/lease.ts'
import { openDatabase } from '../../stores/sqlite.ts'

const file = () => join(mkdtempSync(join(tmpdir(), 'lease-')), 'test.db')

it('is held by one process until it is returned', () => {
  const db = openDatabase(file())
  const release = takeLease(db, 'vid_1')
  expect(() => takeLease(db, 'vid_1')).toThrow(`vid_1 is being made by process ${process.pid}`)
  takeLease(db, 'vid_2')
  release()
  takeLease(db, 'vid_1')
})

it('falls free the moment its process is killed', async () => {
  const path = file()
  const root = new URL('../../', import.meta.url).href
  const code = `
    const { takeLease } = await import('${root}local/lease.ts')
    const { openDatabase } = await import('${root}stores/sqlite.ts')
    takeLease(openDatabase(${JSON.stringify(path)}), 'vid_1')
    console.log('held')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  const db = openDatabase(path)
  expect(() => takeLease(db, 'vid_1')).toThrow(`process ${child.pid}`)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isAlive(child.pid!)).toBe(false)
  takeLease(db, 'vid_1')
})
