// Makes the faces of assets/fonts known to the canvas, under names of their own.
import { GlobalFonts } from '@napi-rs/canvas'
import { readFile } from 'node:fs/promises'
import type { CaptionFontId } from '../../../../core/catalog.ts'
import { fontFor, type Font } from '../../../../core/fonts.ts'

const facesDir = new URL('../../../../assets/fonts/', import.meta.url)
const loading = new Map<string, Promise<void>>()

/** What `ctx.font` takes as families, so that all of `text` has a face. */
export async function familiesFor(text: string, language: string, face: CaptionFontId): Promise<string> {
  const font: Font = fontFor(text, language, face)
  const faces = [...(font.wanted ? [font.wanted] : []), font.primary, ...font.fallbacks]
  for (const { file } of faces) await load(file)
  return faces.map(({ file }) => `"${aliasOf(file)}"`).join(', ')
}

const aliasOf = (file: string): string => `card ${file}`

function load(file: string): Promise<void> {
  const known = loading.get(file)
  if (known) return known
  const loaded = readFile(new URL(file, facesDir)).then((bytes) => void GlobalFonts.register(bytes, aliasOf(file)))
  loading.set(file, loaded)
  return loaded
}
