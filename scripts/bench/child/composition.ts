// A film of the bench as the renderer takes it, with its parts kept in a folder.
import { existsSync } from 'node:fs'
import { copyFile, mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Composition, PartStore } from '../../../core/ports.ts'
import type { Minute } from '../minute/minute.ts'

export const fontsDir = fileURLToPath(new URL('../../../assets/fonts', import.meta.url))

/** Everything happens below `folder`; two with the same `folder` share their parts. */
export async function compositionOf({ timeline, files }: Minute, folder: string): Promise<Composition> {
  const [scratchDir, outDir, partsDir] = ['scratch', 'out', 'parts'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  for (const dir of [scratchDir, outDir, partsDir]) await mkdir(dir, { recursive: true })
  return {
    timeline,
    fetch: async (key) => files[key] ?? `${folder}/no-such-file/${key}`,
    parts: folderParts(partsDir, scratchDir),
    fontsDir,
    scratchDir,
    outDir,
  }
}

function folderParts(dir: string, scratchDir: string): PartStore {
  const pathOf = (hash: string, extension: string) => join(dir, `${hash}.${extension}`)
  return {
    find: async (hash, extension) => {
      if (!existsSync(pathOf(hash, extension))) return undefined
      const copy = join(scratchDir, `found-${hash}.${extension}`)
      await copyFile(pathOf(hash, extension), copy)
      return copy
    },
    keep: async (hash, extension, path) => {
      const beside = `${pathOf(hash, extension)}.part`
      await copyFile(path, beside)
      await rename(beside, pathOf(hash, extension))
    },
  }
}
