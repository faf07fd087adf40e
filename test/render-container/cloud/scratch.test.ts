import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { scratchDir, sweepScratch } from '../../../render-container/cloud/scratch.ts'

test('the fast disk where there is one, else the temporary folder', async () => {
  expect(scratchDir(import.meta.dirname)).toBe(join(import.meta.dirname, 'clipforge-render'))
  expect(scratchDir('/nowhere')).toBe(join(tmpdir(), 'clipforge-render'))
})

test('what a killed job left is deleted, what runs is not', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'scratch-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  await mkdir(join(dir, 'stage-old', 'scratch'), { recursive: true })
  await mkdir(join(dir, 'stage-new'))
  await utimes(join(dir, 'stage-old'), new Date(0), new Date(0))
  await sweepScratch(dir, Date.now())
  expect(await readdir(dir)).toEqual(['stage-new'])
  await expect(sweepScratch(join(dir, 'not-there'), Date.now())).resolves.toBeUndefined()
})
