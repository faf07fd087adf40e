import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/** The folder itself, or the nearest one above it that is there. */
export function existingFolder(path: string): string {
  return existsSync(path) ? path : existingFolder(dirname(path))
}

/** Makes a folder and those above it. Node's own recursive mkdir never returns where nothing can be made, as in /proc. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
