// Reads the faces in assets/fonts and writes core/fonts-data.json: which characters each face has and how far each
// advances the pen, so that core/fonts.ts can choose and measure without opening a font. Run it after a change of faces:
//   node scripts/build-fonts.ts
// Table layouts: https://learn.microsoft.com/typography/opentype/spec/
import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Extent } from '../core/fonts.ts'

const facesDir = new URL('../assets/fonts/', import.meta.url)
const dataFile = new URL('../core/fonts-data.json', import.meta.url)

/** Scripts whose letters change shape beside others, and the sign that joins two consonants; Arabic joins without one. */
const shapingScripts = [
  { letters: /[\p{Script=Arabic}&&[\p{Lo}\p{M}]]/v, virama: '' },
  { letters: /[\p{Script=Devanagari}&&[\p{Lo}\p{M}]]/v, virama: '\u094d' },
  { letters: /[\p{Script=Bengali}&&[\p{Lo}\p{M}]]/v, virama: '\u09cd' },
  { letters: /[\p{Script=Gurmukhi}&&[\p{Lo}\p{M}]]/v, virama: '\u0a4d' },
  { letters: /[\p{Script=Gujarati}&&[\p{Lo}\p{M}]]/v, virama: '\u0acd' },
  { letters: /[\p{Script=Tamil}&&[\p{Lo}\p{M}]]/v, virama: '\u0bcd' },
  { letters: /[\p{Script=Telugu}&&[\p{Lo}\p{M}]]/v, virama: '\u0c4d' },
  { letters: /[\p{Script=Kannada}&&[\p{Lo}\p{M}]]/v, virama: '\u0ccd' },
  { letters: /[\p{Script=Malayalam}&&[\p{Lo}\p{M}]]/v, virama: '\u0d4d' },
  { letters: /[\p{Script=Sinhala}&&[\p{Lo}\p{M}]]/v, virama: '\u0dca\u200d' },
  { letters: /[\p{Script=Khmer}&&[\p{Lo}\p{M}]]/v, virama: '\u17d2' },
]

/** Words that reach as far up and down as most do, for the script in a file's name: about coffee. */
const usualWords: Record<string, string> = {
  Latin: 'she had hot coffee all day',
  Arabic: 'بدأت القهوة كل يوم',
  Hebrew: 'היום נספר את סיפור הקפה',
  Devanagari: 'आज हम कॉफ़ी के इतिहास की कुछ बातें',
  Bengali: 'আজ আমরা কফির কিছু কথা বলব',
  Gurmukhi: 'ਅੱਜ ਅਸੀਂ ਕੌਫੀ ਬਾਰੇ ਕੁਝ',
  Gujarati: 'આજે આપણે કોફીના વિશે',
  Tamil: 'இன்று நாம் காபியின் வரலாறு',
  Telugu: 'ఈ రోజు మనం కాఫీ చరిత్ర',
  Kannada: 'ಇಂದು ನಾವು ಕಾಫಿಯ ಬಗ್ಗೆ',
  Malayalam: 'ഇന്ന് നമ്മൾ കാപ്പിയുടെ ചരിത്രം',
  Sinhala: 'අද අපි කෝපි ගැන',
  Thai: 'วันนี้เราจะพูดถึงที่น้ำ',
  Lao: 'ມື້ນີ້ ພວກເຮົາ ຢູ່ ກາເຟ',
  Khmer: 'ថ្ងៃនេះ យើង ប្រវត្តិ កាហ្វេ',
  Myanmar: 'ဒီနေ့ ကော်ဖီ မြန်မာ',
  Georgian: 'დღეს ყავის ისტორიაზე',
  Armenian: 'այսօր խոսենք սուրճի',
  Ethiopic: 'ዛሬ ስለ ቡና ታሪክ',
  JP: '今日は珈琲の歴史',
  SC: '今天我们来谈谈咖啡的历史',
  KR: '오늘은 커피의 역사',
}

const cmapFormats: Record<number, typeof format4 | undefined> = { 4: format4, 12: format12 }

const faces: Record<string, FaceData> = {}
for (const file of readdirSync(facesDir).toSorted()) {
  if (file.endsWith('.ttf')) faces[file] = readFace(file, readFileSync(new URL(file, facesDir)))
}
writeFileSync(dataFile, `${JSON.stringify(faces, undefined, 2)}\n`)

/** `heightEm` to `capitals`: see core/fonts.ts. `advances`, `joined`: see `packAdvances`. */
type FaceData = {
  name: string
  heightEm: number
  descentEm: number
  letters: Extent
  capitals: Extent
  advances: string
  joined: string
}
type Advance = [codePoint: number, hundredthsOfEm: number]

function readFace(file: string, font: Buffer): FaceData {
  const table = tablesOf(font)
  const unitsPerEm = table('head').readUInt16BE(18)
  const os2 = table('OS/2')
  const [winAscent, winDescent] = [os2.readUInt16BE(74), os2.readUInt16BE(76)]
  const advanceOf = advancesOf(table('hmtx'), table('hhea').readUInt16BE(34), unitsPerEm)
  const glyphs = [...glyphsOf(table('cmap'))].toSorted(([a], [b]) => a - b)
  const characters = glyphs.map(([codePoint]) => String.fromCodePoint(codePoint))
  const measure = shaperOf(font)
  const shaped = shapedAdvances(measure, characters)
  return {
    name: fullNameOf(table('name')),
    heightEm: round4((winAscent + winDescent) / unitsPerEm),
    descentEm: round4(winDescent / unitsPerEm),
    letters: extentOf(measure, usualWords[/^NotoSans(\w+)_/.exec(file)?.[1] ?? 'Latin']!),
    capitals: extentOf(measure, 'THE HAZE'),
    advances: packAdvances(glyphs.map(([code, glyph]) => [code, shaped.marks.get(code) ?? advanceOf(glyph)])),
    joined: packAdvances([...shaped.joined]),
  }
}

function tablesOf(font: Buffer): (tag: string) => Buffer {
  const offsets = new Map<string, number>()
  for (let record = 12; record < 12 + font.readUInt16BE(4) * 16; record += 16) {
    offsets.set(font.toString('latin1', record, record + 4), font.readUInt32BE(record + 8))
  }
  return (tag) => {
    const offset = offsets.get(tag)
    if (offset === undefined) throw new Error(`The font has no ${tag} table.`)
    return font.subarray(offset)
  }
}

/** Glyph → advance in hundredths of an em, rounded up so that a measured line is never wider than it was taken for. */
function advancesOf(hmtx: Buffer, metricCount: number, unitsPerEm: number): (glyph: number) => number {
  return (glyph) => Math.ceil((hmtx.readUInt16BE(Math.min(glyph, metricCount - 1) * 4) * 100) / unitsPerEm)
}

/**
 * What a character really adds to a word in those scripts, as the shaping engine of @napi-rs/canvas has it, in
 * hundredths of an em: `marks` on a consonant; `joined`, consonants after a virama and Arabic letters before another one.
 * Each is the median over its script's letters, since some pairs make a ligature of their own.
 */
function shapedAdvances(
  measure: Shaper,
  characters: string[],
): { marks: Map<number, number>; joined: Map<number, number> } {
  const width = (text: string) => measure(text).width
  const shaped = { marks: new Map<number, number>(), joined: new Map<number, number>() }
  for (const { letters, virama } of shapingScripts) {
    const own = characters.filter((character) => letters.test(character) && character.normalize('NFKC') === character)
    const bases = own.filter((character) => /\p{Lo}/u.test(character))
    for (const character of own) {
      const isMark = /\p{M}/u.test(character)
      const gains = bases.map((base) => {
        if (isMark) return width(base + character) - width(base)
        return virama ? width(base + virama + character) - width(base) : width(character + base) - width(base)
      })
      const median = gains.toSorted((a, b) => a - b)[gains.length >> 1] ?? 0
      shaped[isMark ? 'marks' : 'joined'].set(character.codePointAt(0)!, Math.max(0, Math.ceil(median)))
    }
  }
  return shaped
}

/** Of all letters in `text`. */
function extentOf(measure: Shaper, text: string): Extent {
  const { actualBoundingBoxAscent, actualBoundingBoxDescent } = measure(text)
  return { topEm: round4(actualBoundingBoxAscent / 100), footEm: round4(Math.max(0, actualBoundingBoxDescent) / 100) }
}

type Shaper = (text: string) => TextMetrics

/** Lengths are in hundredths of an em. */
function shaperOf(font: Buffer): Shaper {
  const alias = `face-${GlobalFonts.families.length}`
  GlobalFonts.register(font, alias)
  const context = createCanvas(1, 1).getContext('2d')
  context.font = `100px "${alias}"`
  return (text) => context.measureText(text)
}

/** Code point → glyph, from the Unicode subtables of format 4 (the first 65,536 characters) and 12 (all). */
function glyphsOf(cmap: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>()
  for (let record = 4; record < 4 + cmap.readUInt16BE(2) * 8; record += 8) {
    const subtable = cmap.subarray(cmap.readUInt32BE(record + 4))
    const pairs = cmapFormats[subtable.readUInt16BE(0)]?.(subtable) ?? []
    for (const [codePoint, glyph] of pairs) if (glyph !== 0) glyphs.set(codePoint, glyph)
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
    const [start, end, glyph] = [0, 4, 8].map((field) => subtable.readUInt32BE(group + field)) as [
      number,
      number,
      number,
    ]
    for (let code = start; code <= end; code++) yield [code, glyph + code - start]
  }
}

/** Name 4 on the Windows platform, which is what libass looks a face up by. */
function fullNameOf(name: Buffer): string {
  const strings = name.readUInt16BE(4)
  for (let record = 6; record < 6 + name.readUInt16BE(2) * 12; record += 12) {
    if (name.readUInt16BE(record) !== 3 || name.readUInt16BE(record + 6) !== 4) continue
    const start = strings + name.readUInt16BE(record + 10)
    return Buffer.from(name.subarray(start, start + name.readUInt16BE(record + 8)))
      .swap16()
      .toString('utf16le')
  }
  throw new Error('The font has no full name.')
}

/**
 * Runs of neighbouring code points with one advance, each as 'gap,length,advance' in base 36: `gap` counts from the end
 * of the run before, `advance` is in hundredths of an em. A length of 1 and an advance like the run before are left out.
 */
function packAdvances(advances: Advance[]): string {
  const runs: { start: number; length: number; advance: number }[] = []
  for (const [codePoint, advance] of advances) {
    const last = runs.at(-1)
    if (last && last.advance === advance && last.start + last.length === codePoint) last.length++
    else runs.push({ start: codePoint, length: 1, advance })
  }
  return runs
    .map((run, index) => {
      const before = runs[index - 1] ?? { start: 0, length: 0, advance: -1 }
      const gap = run.start - before.start - before.length
      const parts = [gap, run.length === 1 ? '' : run.length, run.advance === before.advance ? '' : run.advance]
      return parts
        .map((part) => part.toString(36))
        .join(',')
        .replace(/,+$/, '')
    })
    .join(' ')
}

function round4(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
