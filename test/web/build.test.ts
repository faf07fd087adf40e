import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'

const folder = await buildWeb()
const page = await readFile(join(folder, 'index.html'), 'utf8')
const named = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => name!)

test('what the first load runs stays small: 60 kB compressed', async () => {
  const scripts = named.filter((name) => name.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(0)
  const sizes = await Promise.all(scripts.map(async (name) => (await stat(join(folder, `${name}.gz`))).size))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  expect(total).toBeLessThan(60_000)
})

test('every file that the page names has its content in its name, and stands compressed beside itself', async () => {
  expect(named.length).toBeGreaterThanOrEqual(4)
  for (const name of named) {
    expect(name).toMatch(/^assets\/.+-\w{8}\.(?:js|css|svg)$/)
    const bytes = await readFile(join(folder, name))
    expect(gunzipSync(await readFile(join(folder, `${name}.gz`)))).toEqual(bytes)
    expect(brotliDecompressSync(await readFile(join(folder, `${name}.br`)))).toEqual(bytes)
  }
})

test('nothing is inline, and nothing comes from elsewhere', () => {
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/)
  expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/)
  expect(named.filter((name) => /^(?:https?:)?\/\//.test(name))).toEqual([])
})

test('the page says by itself that the API is where it came from', async () => {
  expect(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'))).toEqual({})
})

test('samples stand under the addresses that the catalogue gives', async () => {
  expect((await stat(join(folder, 'samples/styles/warm-fable.webp'))).size).toBeGreaterThan(1000)
})

test('a second build of the same changes no file', async () => {
  const before = await stat(join(folder, 'index.html'))
  expect(await buildWeb()).toBe(folder)
  expect((await stat(join(folder, 'index.html'))).mtimeMs).toBe(before.mtimeMs)
})
