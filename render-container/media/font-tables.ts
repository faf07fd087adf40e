// What a TrueType or OpenType font says of itself: https://learn.microsoft.com/typography/opentype/spec/
// Reading outside of the file throws RangeError, and no font can make it read more than the characters that there are.

/** As many as Unicode has: what maps more is no font but an attack. */
const MOST_CHARACTERS = 0x11_0000

export type FontTables = {
  isPostScript: boolean
  unitsPerEm: number
  winAscent: number
  winDescent: number
  /** OS/2 fsType: what the font's maker allows to be done with it. */
  embedding: number
  glyphCount: number
  /** Code point and glyph, in the order of code points. */
  glyphs: [number, number][]
  /** In units of the em. */
  advanceOf: (glyph: number) => number
  /** A name by its id (1 family, 4 whole name, 6 PostScript, 16 family of many styles), as Windows sees it. */
  nameOf: (id: number) => string | undefined
}

/** Throws Error for a font that lacks a table. */
export function readTables(font: Buffer): FontTables {
  const table = tablesOf(font)
  const os2 = table('OS/2')
  const hmtx = table('hmtx')
  const metricCount = table('hhea').readUInt16BE(34)
  const glyphCount = table('maxp').readUInt16BE(4)
  const names = table('name')
  return {
    isPostScript: font.toString('latin1', 0, 4) === 'OTTO',
    unitsPerEm: table('head').readUInt16BE(18),
    winAscent: os2.readUInt16BE(74),
    winDescent: os2.readUInt16BE(76),
    embedding: os2.readUInt16BE(8),
    glyphCount,
    glyphs: [...glyphsOf(table('cmap'), glyphCount)].toSorted(([a], [b]) => a - b),
    advanceOf: (glyph) => hmtx.readUInt16BE(Math.min(glyph, metricCount - 1) * 4),
    nameOf: (id) => nameIn(names, id),
  }
}

function tablesOf(font: Buffer): (tag: string) => Buffer {
  const offsets = new Map<string, number>()
  for (let record = 12; record < 12 + font.readUInt16BE(4) * 16; record += 16) {
    const [offset, length] = [font.readUInt32BE(record + 8), font.readUInt32BE(record + 12)]
    if (offset + length > font.length) throw new Error('the font ends before its tables do')
    offsets.set(font.toString('latin1', record, record + 4), offset)
  }
  return (tag) => {
    const offset = offsets.get(tag)
    if (offset === undefined) throw new Error(`the font has no ${tag} table`)
    return font.subarray(offset)
  }
}

const cmapFormats: Record<number, typeof format4 | undefined> = { 4: format4, 12: format12 }

/** Code point → glyph, from the Unicode subtables of format 4 (the first 65,536 characters) and 12 (all). */
function glyphsOf(cmap: Buffer, glyphCount: number): Map<number, number> {
  const glyphs = new Map<number, number>()
  let seen = 0
  for (let record = 4; record < 4 + cmap.readUInt16BE(2) * 8; record += 8) {
    const subtable = cmap.subarray(cmap.readUInt32BE(record + 4))
    for (const [codePoint, glyph] of cmapFormats[subtable.readUInt16BE(0)]?.(subtable) ?? []) {
      // A font has the same characters in two or three of these.
      if (++seen > 4 * MOST_CHARACTERS) throw new Error('its table of characters has no end')
      if (glyph !== 0 && glyph < glyphCount && codePoint < MOST_CHARACTERS) glyphs.set(codePoint, glyph)
    }
  }
  return glyphs
}

function* format4(subtable: Buffer): Generator<[number, number]> {
  const doubleCount = subtable.readUInt16BE(6)
  const [ends, starts, deltas, offsets] = [14, 16 + doubleCount, 16 + 2 * doubleCount, 16 + 3 * doubleCount]
  for (let at = 0; at < doubleCount; at += 2) {
    const start = subtable.readUInt16BE(starts + at)
    const delta = subtable.readUInt16BE(deltas + at)
    const offset = subtable.readUInt16BE(offsets + at)
    // The last segment is U+FFFF alone and maps to no glyph.
    for (let code = start; code <= subtable.readUInt16BE(ends + at) && code !== 0xffff; code++) {
      const glyph = offset === 0 ? code : subtable.readUInt16BE(offsets + at + offset + (code - start) * 2)
      yield [code, glyph === 0 ? 0 : (glyph + delta) & 0xffff]
    }
  }
}

function* format12(subtable: Buffer): Generator<[number, number]> {
  for (let group = 16; group < 16 + subtable.readUInt32BE(12) * 12; group += 12) {
    const start = subtable.readUInt32BE(group)
    const end = subtable.readUInt32BE(group + 4)
    const glyph = subtable.readUInt32BE(group + 8)
    for (let code = start; code <= end; code++) yield [code, glyph + code - start]
  }
}

/** On the Windows platform, which is what libass looks at; English where there are several. */
function nameIn(table: Buffer, id: number): string | undefined {
  const strings = table.readUInt16BE(4)
  let found: string | undefined
  for (let record = 6; record < 6 + table.readUInt16BE(2) * 12; record += 12) {
    if (table.readUInt16BE(record) !== 3 || table.readUInt16BE(record + 6) !== id) continue
    const start = strings + table.readUInt16BE(record + 10)
    const text = Buffer.from(table.subarray(start, start + table.readUInt16BE(record + 8)))
    const name = text.length % 2 === 0 ? text.swap16().toString('utf16le') : undefined
    if (table.readUInt16BE(record + 4) === 0x409) return name
    found ??= name
  }
  return found
}
