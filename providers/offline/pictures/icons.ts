// The things a picture can show: colour icons as SVG out of Noto Emoji (Apache-2.0) and Fluent Emoji (MIT).
import { createRequire } from 'node:module'
import { loadImage, type Image } from '@napi-rs/canvas'

type IconSet = {
  icons: Record<string, { body: string; width?: number; height?: number }>
  width?: number
  height?: number
}
type SetName = 'noto' | 'fluent-emoji-flat'

/** Draws an icon as a square of `sizePx`. Throws when no set has it. */
export async function loadIcon(name: string, sizePx: number): Promise<Image> {
  const set = iconSet(setFor(name))
  const icon = set.icons[name]
  if (!icon) throw new Error(`No icon is called '${name}'; see providers/offline/pictures/keywords/icons.json.`)
  const width = icon.width ?? set.width ?? 16
  const height = icon.height ?? set.height ?? 16
  return loadImage(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${sizePx}" height="${sizePx}">${icon.body}</svg>`,
    ),
  )
}

export const hasIcon = (name: string): boolean =>
  name in iconSet('noto').icons || name in iconSet('fluent-emoji-flat').icons

/** Noto draws things best, Fluent animals: whole bodies, standing. */
function setFor(name: string): SetName {
  if (FLUENT_IS_BETTER.has(name) && name in iconSet('fluent-emoji-flat').icons) return 'fluent-emoji-flat'
  return name in iconSet('noto').icons ? 'noto' : 'fluent-emoji-flat'
}

const FLUENT_IS_BETTER = new Set(
  `goat ewe ram cow ox pig horse camel two-hump-camel elephant dog cat rabbit deer lion tiger bear fox wolf monkey llama
  giraffe honeybee butterfly bird eagle owl fish whale dolphin shark octopus turtle snake lizard rooster chicken duck swan
  bison sheep mouse rat zebra donkey leopard kangaroo gorilla mammoth rhinoceros hippopotamus`.split(/\s+/),
)

// Read once a process: Noto's file is 25 MB and takes about 0.2 s.
const sets = new Map<SetName, IconSet>()
const require = createRequire(import.meta.url)

function iconSet(name: SetName): IconSet {
  const known = sets.get(name)
  if (known) return known
  const set = require(`@iconify-json/${name}/icons.json`) as IconSet
  sets.set(name, set)
  return set
}
