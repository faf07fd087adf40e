import { existsSync, lstatSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { InputError } from '../core/errors.ts'

/** The folder itself, or the nearest one above it that is there. Throws InputError at a link that leads nowhere. */
export function existingFolder(path: string): string {
  if (existsSync(path)) return path
  if (lstatSync(path, { throwIfNoEntry: false }))
    throw new InputError(`${path} is a link that leads nowhere; name another folder`)
  return existingFolder(dirname(path))
}

/** Makes a folder and those above it; gives those that it made. Node's own recursive mkdir never returns where nothing can be made, as in /proc. */
export function makeFolder(path: string): string[] {
  if (existsSync(path)) return []
  const above = makeFolder(dirname(path))
  try {
    mkdirSync(path)
    return [...above, path]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return above
  }
}
