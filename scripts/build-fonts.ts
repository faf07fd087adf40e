// Reads the faces in assets/fonts and writes core/fonts-data.json: which characters each face has and how far each
// advances the pen, so that core/fonts.ts can choose and measure without opening a font. Run it after a change of faces:
//   node scripts/build-fonts.ts
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type FaceData, packAdvances } from '../core/fonts/face.ts'
import { extentOf, round4, shapedAdvances, shaperOf } from '../render-container/media/font-shapes.ts'
import { readTables } from '../render-container/media/font-tables.ts'

const facesDir = new URL('../assets/fonts/', import.meta.url)
const dataFile = new URL('../core/fonts-data.json', import.meta.url)

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

const faces: Record<string, FaceData> = {}
for (const file of readdirSync(facesDir).toSorted()) {
  if (file.endsWith('.ttf')) faces[file] = readFace(file, readFileSync(new URL(file, facesDir)))
}
writeFileSync(dataFile, `${JSON.stringify(faces, undefined, 2)}\n`)

function readFace(file: string, font: Buffer): FaceData {
  const { unitsPerEm, winAscent, winDescent, glyphs, advanceOf, nameOf } = readTables(font)
  const measure = shaperOf(font)
  if (!measure) throw new Error(`${file} cannot be opened.`)
  const shaped = shapedAdvances(
    measure,
    glyphs.map(([codePoint]) => String.fromCodePoint(codePoint)),
  )
  return {
    name: nameOf(4)!,
    heightEm: round4((winAscent + winDescent) / unitsPerEm),
    descentEm: round4(winDescent / unitsPerEm),
    letters: extentOf(measure, usualWords[/^NotoSans(\w+)_/.exec(file)?.[1] ?? 'Latin']!),
    capitals: extentOf(measure, 'THE HAZE'),
    // Rounded up, so that a measured line is never wider than it was taken for.
    advances: packAdvances(
      glyphs.map(([code, glyph]) => [code, shaped.marks.get(code) ?? Math.ceil((advanceOf(glyph) * 100) / unitsPerEm)]),
    ),
    joined: packAdvances([...shaped.joined]),
  }
}
