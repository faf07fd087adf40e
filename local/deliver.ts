// The finished video's folder: all of it or none of it, whatever happens in between.
import { createWriteStream, existsSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { InputError } from '../core/errors.ts'
import { type Deliverable, deliverableKey, deliverables } from '../core/keys.ts'
import type { ObjectStore } from '../core/ports.ts'
import { existingFolder, makeFolder } from './folders.ts'
import { isAlive } from './lease.ts'

const names = Object.keys(deliverables) as Deliverable[]

/** Throws InputError unless `outDir` can become the video's folder. Leaves nothing behind. */
export async function checkOut(outDir: string): Promise<void> {
  const parent = dirname(outDir)
  try {
    if (existsSync(outDir) && !(await stat(outDir)).isDirectory())
      throw new InputError(`out: ${outDir} is a file; name a folder with --out`)
    const place = existingFolder(parent)
    await rm(await stagingIn(place), { recursive: true })
    if (place === parent) await sweepStaging(parent)
  } catch (error) {
    if (error instanceof InputError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new InputError(`out: ${outDir} cannot be written (${code}); name another folder with --out`, { cause: error })
  }
}

/** The id of the video whose folder this is; undefined when there is nothing. Throws InputError for a folder of other things. */
export async function videoIn(outDir: string): Promise<string | undefined> {
  if (!existsSync(outDir)) return undefined
  const found = await readdir(outDir)
  if (found.length === 0) return undefined
  if (!found.includes('bill.json'))
    throw new InputError(
      `out: ${outDir} holds other files (${found.slice(0, 3).join(', ')} …); name another folder with --out`,
    )
  return (JSON.parse(readFileSync(join(outDir, 'bill.json'), 'utf8')) as { videoId: string }).videoId
}

export async function isComplete(outDir: string): Promise<boolean> {
  return names.every((name) => existsSync(join(outDir, name)))
}

/** Replaces `outDir` by the video's folder, with the two renames as the only moments that matter. */
export async function deliver(objects: ObjectStore, videoId: string, outDir: string): Promise<void> {
  const parent = dirname(outDir)
  makeFolder(parent)
  const staging = await stagingIn(parent)
  try {
    for (const name of names)
      await pipeline(
        await objects.read(deliverableKey(videoId, name)),
        createWriteStream(join(staging, name), { flush: true }),
      )
    if (!existsSync(outDir)) return await rename(staging, outDir)
    const old = join(parent, `${basename(staging)}-old`)
    await rename(outDir, old)
    await rename(staging, outDir)
    await rm(old, { recursive: true })
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw error
  }
}

/** Named after the process, so that the next run can tell a killed one's left-overs. */
const stagingPattern = /^\.clipforge-(\d+)-\w+(-old)?$/

async function stagingIn(parent: string): Promise<string> {
  const staging = await mkdtemp(join(parent, `.clipforge-${process.pid}-`))
  // mkdtemp makes folders for the owner alone; this one is to be shared like any other.
  await chmod(staging, 0o777 & ~process.umask())
  return staging
}

async function sweepStaging(parent: string) {
  for (const name of await readdir(parent)) {
    const pid = stagingPattern.exec(name)?.[1]
    if (pid && !isAlive(Number(pid))) await rm(join(parent, name), { recursive: true, force: true })
  }
}
