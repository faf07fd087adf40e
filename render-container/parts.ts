// What a render is joined from is kept under a hash of everything that goes into it. So a render that was killed goes
// on with what is missing, and a change of one scene makes its own parts again and no others.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { InputError } from '../core/errors.ts'
import { hashOf } from '../core/hash.ts'
import type { Composition } from '../core/ports.ts'
import { RENDERER_VERSION } from './version.ts'

/** `isKept` is false for what had to be made otherwise than its ingredients say. */
export type Part = { path: string; hash: string; isNew: boolean; isKept: boolean }

export type Parts = {
  /**
   * The file made of `ingredients` (all that changes its bytes): kept from before, or else made by `make` at the path
   * it is given, and kept now unless `make` gives false.
   */
  file: (extension: string, ingredients: unknown[], make: (path: string) => Promise<void | false>) => Promise<Part>
  /** The same for a small value, as JSON; `isAsWanted` is asked when it was made. */
  value: <Value>(ingredients: unknown[], make: () => Promise<Value>, isAsWanted?: () => boolean) => Promise<Value>
}

export function partsOf({ parts, scratchDir }: Pick<Composition, 'parts' | 'scratchDir'>): Parts {
  const file: Parts['file'] = async (extension, ingredients, make) => {
    const hash = hashOf(RENDERER_VERSION, extension, ...ingredients)
    const found = await parts.find(hash, extension)
    if (found !== undefined) return { path: found, hash, isNew: false, isKept: true }
    const path = join(scratchDir, `${hash}.${extension}`)
    const isKept = (await make(path)) !== false
    if (isKept) await parts.keep(hash, extension, path)
    return { path, hash, isNew: true, isKept }
  }
  return {
    file,
    value: async <Value>(ingredients: unknown[], make: () => Promise<Value>, isAsWanted = () => true) => {
      const { path } = await file('json', ingredients, async (at) => {
        await writeFile(at, JSON.stringify(await make()))
        return isAsWanted() ? undefined : false
      })
      return JSON.parse(await readFile(path, 'utf8')) as Value
    },
  }
}

export type SourceFile = { path: string; sha256: string }

/** The files that a timeline names, each fetched and hashed once, however many segments it is seen in. */
export function sourcesOf({ fetch }: Pick<Composition, 'fetch'>): (key: string) => Promise<SourceFile> {
  const sources = new Map<string, Promise<SourceFile>>()
  return (key) => {
    const known = sources.get(key)
    if (known) return known
    const source = fetch(key).then(async (path) => ({ path, sha256: await sha256Of(path, key) }))
    sources.set(key, source)
    return source
  }
}

async function sha256Of(path: string, key: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new InputError(`'${key}' of the timeline: ${path} cannot be read (${code}); check the path`, { cause })
  }
  return hash.digest('hex')
}
