// Whether a user's font can be used, and how its letters measure. In a child: what opens a font is native code.
import { readFile } from 'node:fs/promises'
import { InputError } from '../../core/errors.ts'
import { clip } from '../../core/explain.ts'
import { type FaceData, packAdvances } from '../../core/fonts/face.ts'
import { extentOf, round4, shapedAdvances, shaperOf } from './font-shapes.ts'
import { type FontTables, readTables } from './font-tables.ts'

export type FontFacts = { family: string; face: FaceData }

/** Each of a script's letters is measured beside so many others: half a second for the largest scripts. */
const LETTERS_BESIDE = 24

/** Throws InputError naming the file and what is wrong. */
export async function readFontFacts(path: string): Promise<FontFacts> {
  const bytes = await readFile(path)
  const tables = tablesIn(bytes, path)
  const { embedding, nameOf, isPostScript } = tables
  // Bit 1: no embedding at all. Old fonts may set bit 2 or 3 beside it, and then the mildest holds.
  if ((embedding & 0xe) === 0x2)
    throw new InputError(`${path} says that its maker does not allow it to be embedded; use a font that may be`)
  const name = nameOf(isPostScript ? 6 : 4)
  if (name === undefined || !isPlainName(name))
    throw new InputError(
      name === undefined
        ? `${path} says no name for itself; save it again with a font editor`
        : `${path} calls itself '${clip(name)}', with a sign that captions cannot name; rename the font`,
    )
  return { family: nameOf(16) ?? nameOf(1) ?? name, face: faceOf(bytes, tables, name, path) }
}

function tablesIn(bytes: Buffer, path: string): FontTables {
  let tables: FontTables | undefined
  try {
    tables = readTables(bytes)
  } catch (cause) {
    throw new InputError(`the font ${path} is broken or cut off; save or download it again`, { cause })
  }
  const { unitsPerEm, winAscent, winDescent, glyphs } = tables
  const heightEm = (winAscent + winDescent) / unitsPerEm
  if (!(unitsPerEm >= 16 && unitsPerEm <= 16_384) || !(heightEm >= 0.3 && heightEm <= 8) || glyphs.length === 0)
    throw new InputError(`the font ${path} has no letters of a usual size; use another one`)
  return tables
}

/** Nothing that the format of captions gives a meaning to. */
function isPlainName(name: string): boolean {
  return name.trim() === name && /^[^@,\\{}\p{Cc}\p{Cs}][^,\\{}\p{Cc}\p{Cs}]{0,99}$/u.test(name)
}

function faceOf(bytes: Buffer, tables: FontTables, name: string, path: string): FaceData {
  const { unitsPerEm, winAscent, winDescent, glyphs, advanceOf } = tables
  const measure = shaperOf(bytes)
  if (!measure) throw new InputError(`the font ${path} cannot be opened; save it again as TTF or OTF`)
  const characters = glyphs.map(([codePoint]) => String.fromCodePoint(codePoint))
  const shaped = shapedAdvances(measure, characters, LETTERS_BESIDE)
  const has = new Set(characters)
  /** In a script of its own a font may have no Latin letters: then its first ones stand for all. */
  const some = characters.filter((character) => /\p{L}/u.test(character)).slice(0, 40)
  const extent = (text: string) =>
    extentOf(measure, [...text].every((letter) => has.has(letter)) ? text : some.join(''))
  const advance = ([code, glyph]: [number, number]): [number, number] => [
    code,
    // Rounded up, so that a measured line is never wider than it was taken for.
    shaped.marks.get(code) ?? Math.ceil((advanceOf(glyph) * 100) / unitsPerEm),
  ]
  return {
    name,
    heightEm: round4((winAscent + winDescent) / unitsPerEm),
    descentEm: round4(winDescent / unitsPerEm),
    letters: extent('shehadhotcoffeeallday'),
    capitals: extent('THEHAZE'),
    advances: packAdvances(glyphs.map(advance)),
    joined: packAdvances([...shaped.joined]),
  }
}
