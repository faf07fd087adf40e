// Puts finished files where they belong: all of them or none.
import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** `path` is where it was made, `name` what it is called below the folder. */
export type MadeFile = { path: string; name: string }

/** In their order: where the last one is, all are there. */
export async function placeAll(files: MadeFile[], outDir: string): Promise<void> {
  const placed: string[] = []
  try {
    for (const { path, name } of files) {
      const to = join(outDir, name)
      await mkdir(dirname(to), { recursive: true })
      await place(path, to)
      placed.push(to)
    }
  } catch (error) {
    for (const path of placed) await rm(path, { force: true })
    throw error
  }
}

/** A reader sees no file or the whole one, also when it was made on another disk. */
async function place(made: string, path: string): Promise<void> {
  try {
    await rename(made, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error
    const beside = `${path}.part`
    try {
      await copyFile(made, beside)
      await rename(beside, path)
    } catch (cause) {
      await rm(beside, { force: true })
      throw cause
    }
  }
}
