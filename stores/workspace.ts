import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { hashOf } from '../core/hash.ts'
import type { ObjectStore } from '../core/ports.ts'
import type { Workspace } from '../core/stage.ts'

/** A stage's folder under `parent`, filled from the object store and emptied when the stage ends. */
export async function openWorkspace(parent: string, objects: ObjectStore): Promise<Workspace> {
  await mkdir(parent, { recursive: true })
  const dir = await mkdtemp(join(parent, 'stage-'))
  const scratchDir = join(dir, 'scratch')
  await mkdir(scratchDir)
  return {
    dir,
    scratchDir,
    fetch: async (key) => {
      const path = join(dir, `${hashOf(key).slice(0, 24)}${extname(key)}`)
      await pipeline(await objects.read(key), createWriteStream(path))
      return path
    },
    store: async (path, key, contentType) => void (await objects.put(key, createReadStream(path), { contentType })),
    // Whatever is still being written must not hide why the stage ended; what is left is swept.
    close: () => rm(dir, { recursive: true, force: true, maxRetries: 5 }).catch(() => {}),
  }
}
