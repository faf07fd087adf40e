// The finished video's folder: all of it or none of it, whatever happens in between.
import { createWriteStream, existsSync } from 'node:fs'
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { InputError } from '../core/errors.ts'
import { deliverableKey, deliverables, deliverablesOf } from '../core/keys.ts'
import type { ObjectStore } from '../core/ports.ts'
import { existingFolder, makeFolder } from './folders.ts'
import { isAlive } from './lease.ts'

/** What a video's folder may hold besides the files that every video has. */
const hlsFolder = 'hls'
const entries = [...Object.keys(deliverables), hlsFolder]

/** Throws InputError unless `outDir` can become the video's folder. Leaves nothing behind. */
export async function checkOut(outDir: string): Promise<void> {
  try {
    // The longest path that will be made; a system that has a limit says so here already.
    await lstat(join(outDir, `.clipforge-${process.pid}-abcdef`, 'timeline.json')).catch(unlessAbsent)
    if (existsSync(outDir) && !(await stat(outDir)).isDirectory())
      throw new InputError(`out: ${outDir} is a file; name a folder with --out`)
    const place = existingFolder(outDir)
    await rm(await stagingIn(place), { recursive: true })
    if (place === outDir || place === dirname(outDir)) await sweepStaging(place)
  } catch (error) {
    if (error instanceof InputError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC') throw error
    throw new InputError(`out: ${outDir} cannot be written (${code}); name another folder with --out`, { cause: error })
  }
}

/** The id of the video whose folder this is; undefined when there is nothing. Throws InputError for a folder of other things. */
export async function videoIn(outDir: string): Promise<string | undefined> {
  if (!existsSync(outDir)) return undefined
  // What begins with a dot is the system's own: .DS_Store, lost staging folders, .gitkeep.
  const found = (await readdir(outDir)).filter((name) => !name.startsWith('.'))
  if (found.length === 0) return undefined
  const videoId = found.includes('bill.json') ? await videoOfBill(join(outDir, 'bill.json')) : undefined
  if (videoId !== undefined) return videoId
  const more = found.length > 3 ? ' …' : ''
  throw new InputError(
    `out: ${outDir} holds other files (${found.slice(0, 3).join(', ')}${more}); name another folder with --out`,
  )
}

async function videoOfBill(path: string): Promise<string | undefined> {
  try {
    const { videoId } = Object(JSON.parse(await readFile(path, 'utf8'))) as { videoId?: unknown }
    return typeof videoId === 'string' ? videoId : undefined
  } catch {
    return undefined
  }
}

export async function isComplete(objects: ObjectStore, videoId: string, outDir: string): Promise<boolean> {
  return (await deliverablesOf(objects, videoId)).every((name) => existsSync(join(outDir, name)))
}

/**
 * Puts the video's files into `outDir`, where they replace another video's and nothing else. Everything is written
 * beside it first; what is left then are renames, which no full disk stops.
 */
export async function deliver(objects: ObjectStore, videoId: string, outDir: string): Promise<void> {
  // A folder that is there may be a link, a volume or where somebody stands: it stays, and its files are replaced.
  const isThere = existsSync(outDir)
  const place = isThere ? outDir : dirname(outDir)
  const made = makeFolder(place)
  const staging = await stagingIn(place)
  try {
    for (const name of await deliverablesOf(objects, videoId)) {
      const path = join(staging, name)
      await mkdir(dirname(path), { recursive: true })
      await pipeline(await bodyOf(objects, videoId, name), createWriteStream(path, { flush: true }))
    }
    if (isThere) await replaceFiles(staging, outDir)
    else await rename(staging, outDir)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    // What somebody else has put something into meanwhile stays.
    for (const folder of made.toReversed()) await rmdir(folder).catch(() => {})
    throw error
  }
}

async function bodyOf(objects: ObjectStore, videoId: string, name: string) {
  try {
    return await objects.read(deliverableKey(videoId, name))
  } catch (error) {
    throw new Error(
      `${name} of ${videoId} is gone from the folder that keeps all videos; move that folder away (CLIPFORGE_HOME, else .clipforge) and make the video anew`,
      { cause: error },
    )
  }
}

/** The bill names the video, so it comes first: stopped on the way, the folder is an incomplete one of this video. */
async function replaceFiles(staging: string, outDir: string) {
  await rename(join(staging, 'bill.json'), join(outDir, 'bill.json'))
  const others = entries.filter((name) => name !== 'bill.json')
  for (const name of others) await rm(join(outDir, name), { recursive: true, force: true })
  for (const name of await readdir(staging)) await rename(join(staging, name), join(outDir, name))
  await rmdir(staging)
}

function unlessAbsent(error: NodeJS.ErrnoException) {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
}

/** Named after the process, so that the next run can tell a killed one's left-overs. */
const stagingPattern = /^\.clipforge-(\d+)-\w+$/

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
