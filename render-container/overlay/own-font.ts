// A font of the user's own among ours, for one render.
import { copyFile, mkdir, readdir, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import data from '../../core/fonts-data.json' with { type: 'json' }
import type { OwnFace } from '../../core/fonts/face.ts'
import type { Timeline } from '../../core/timeline.ts'

/** What the user's own font is called in such a folder: libass looks into files, not at their names. */
export const ownFontFile = 'own-font'

export function ownFaceOf({ captions }: Pick<Timeline, 'captions'>): OwnFace | undefined {
  return typeof captions?.font === 'object' ? captions.font : undefined
}

/** `folder`, filled with links to all fonts in `fontsDir` and the user's own at `path`. */
export async function fontsBeside(folder: string, fontsDir: string, face: OwnFace, path: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  for (const file of await readdir(fontsDir)) {
    // One of ours by the same name would be drawn instead, and it measures otherwise.
    const isSameName = (data as Partial<Record<string, { name: string }>>)[file]?.name === face.name
    if (file.endsWith('.ttf') && !isSameName) await link(resolve(fontsDir, file), join(folder, file))
  }
  await link(resolve(path), join(folder, ownFontFile))
  return folder
}

/** Or a copy, on a system on which not everyone may make links. */
async function link(file: string, path: string): Promise<void> {
  await symlink(file, path).catch(() => copyFile(file, path))
}
