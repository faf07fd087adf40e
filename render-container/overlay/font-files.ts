// The fonts that a script names, in a folder of their own: libass opens every font in its folder each time that a
// filter starts, 20 ms for all of ours, 3 ms for one.
import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import data from '../../core/fonts-data.json' with { type: 'json' }
import { ownFontFile } from './own-font.ts'

const files = new Map(Object.entries(data).map(([file, { name }]) => [name, file]))

/** A folder of links beside the script; all of `fontsDir` when the script names a font that is not one of ours. */
export function fontsFor({ ass, assPath, fontsDir }: { ass: string; assPath: string; fontsDir: string }): string {
  const named = new Set([...ass.matchAll(faceName)].map(([, inStyle, inText]) => inStyle ?? inText!))
  const wanted = [...named].map((name) => fileIn(fontsDir, name))
  if (wanted.includes(undefined)) return fontsDir
  const folder = `${assPath}.fonts`
  try {
    mkdirSync(folder, { recursive: true })
    for (const file of wanted as string[]) link(resolve(fontsDir, file), join(folder, file))
    return folder
  } catch {
    return fontsDir // a system on which not everyone may make links
  }
}

/** The user's own font has none of our names, or takes the place of ours (own-font.ts). */
function fileIn(fontsDir: string, name: string): string | undefined {
  const file = files.get(name)
  return [file, ownFontFile].find((known) => known !== undefined && existsSync(join(fontsDir, known)))
}

/** The second field of a style; an override in an event. */
const faceName = /^Style: *[^,]*,([^,\n]*)|\\fn([^\\}]*)/gm

/** Another child may have made it. */
function link(file: string, path: string): void {
  try {
    symlinkSync(file, path)
  } catch (error) {
    if (!existsSync(path)) throw error
  }
}
