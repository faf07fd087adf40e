// Which of the faces in assets/fonts shows a text, and how wide it comes out. libass is given names and sizes only and
// finds no substitute by itself (measured: with no system fonts it draws boxes), so every character's face is chosen here.
import type { CaptionFontId } from './catalog.ts'
import { InputError } from './errors.ts'
import { type Extent, type FaceData, type OwnFace, unpackAdvances } from './fonts/face.ts'
import data from './fonts-data.json' with { type: 'json' }

export type { Extent }

type FaceFile = keyof typeof data
/** One of ours by its file, or the user's own. */
type Face = FaceFile | OwnFace
export type FontFace = {
  /** Below assets/fonts; the key of one that the user uploaded. */
  file: string
  /** What libass looks it up by. */
  name: string
  /** A line's height, and its part below the baseline: OS/2 win metrics. libass takes a font size for this height. */
  heightEm: number
  descentEm: number
  /** Of usual words in the face's own script, in small letters where it has them, and of Latin capitals. */
  letters: Extent
  capitals: Extent
}
/**
 * `fallbacks` show what `primary` lacks. Together they have every character of the text that they are for. `wanted` is
 * the named face for the words that it can show, where most of the text is in letters that it lacks.
 */
export type Font = { primary: FontFace; fallbacks: FontFace[]; wanted?: FontFace }
type FontRun = { text: string; face: FontFace }

/**
 * The font for all of `text`: the named or the user's own face when it has most of the letters, else the first face that has every letter
 * and digit, those that suit the language first; where no face has all, the one that has most. Other faces show the
 * rest. Emoji do not count.
 *
 * @param language A BCP 47 tag such as 'ja' or 'zh-TW'.
 * @throws InputError when some character is in no face.
 */
export function fontFor(text: string, language: string, name?: CaptionFontId | OwnFace): Font {
  const suited = facesByLanguage[language.toLowerCase().split('-')[0] ?? ''] ?? []
  const candidates = [...new Set([...suited, ...faceOrder])]
  const characters = [...text.normalize('NFC')].filter((character) => needsFace(character))
  const letters = characters.filter((character) => /[\p{L}\p{M}\p{N}]/u.test(character))
  const named = typeof name === 'string' ? namedFaces[name] : name
  const isNamedForMost = named && lackedBy(named, letters).length * 2 <= letters.length
  const primary: Face = isNamedForMost ? named : faceWithMost([...new Set(letters)], candidates)
  const fallbacks: FaceFile[] = []
  let missing = lackedBy(primary, [...new Set(characters)])
  while (missing.length > 0) {
    const face = faceWithMost(missing, candidates)
    const stillMissing = lackedBy(face, missing)
    if (stillMissing.length === missing.length) throw new InputError(cannotShow(missing))
    fallbacks.push(face)
    missing = stillMissing
  }
  const font = { primary: faceOf(primary), fallbacks: fallbacks.map((file) => faceOf(file)) }
  return named && named !== primary ? { ...font, wanted: faceOf(named) } : font
}

/** Whether every character of `text` that needs a face is in one of ours. */
export function canShow(text: string): boolean {
  const characters = [...text.normalize('NFC')].filter((character) => needsFace(character))
  return characters.every((character) => faceOrder.some((file) => advancesOf(file).has(character)))
}

/** Every code point that one of our faces has, rising. */
export function showable(): number[] {
  const characters = new Set(faceOrder.flatMap((file) => [...advancesOf(file).keys()]))
  return [...characters].map((character) => character.codePointAt(0)!).toSorted((a, b) => a - b)
}

/**
 * `text` as it can be drawn, cut where the face changes: what no face of the font has (emoji, controls) is left out,
 * any white space is a plain space. A letter and its marks stay together, and so do the letters of a word where one
 * face has them all. Empty when nothing is left to see.
 */
export function fontRuns(text: string, font: Font): FontRun[] {
  const faces = [font.primary, ...font.fallbacks]
  const runs: FontRun[] = []
  for (const [piece] of text.normalize('NFC').replaceAll(/\s+/g, ' ').matchAll(alphabeticWord)) {
    const isWord = alphabetic.test(piece)
    const whole = isWord ? faceWith(piece, font.wanted ? [font.wanted, ...faces] : faces) : undefined
    for (const part of whole ? [piece] : partsOf(piece, faces)) {
      const face = whole ?? faceWith(part, faces)
      const last = runs.at(-1)
      if (last && face && (last.face === face || joiner.test(part))) last.text += part
      else if (face) runs.push({ text: part, face })
    }
  }
  return runs.some((run) => /[^\s\p{Cf}]/u.test(run.text)) ? runs : []
}

/** Letters with their marks, but one by one where no face has them together. */
function partsOf(text: string, faces: FontFace[]): string[] {
  const clusters = [...graphemes.segment(text)].map(({ segment }) => segment)
  return clusters.flatMap((cluster) => (faceWith(cluster, faces) ? cluster : [...cluster]))
}

function faceWith(part: string, faces: FontFace[]): FontFace | undefined {
  const characters = [...part].filter((character) => !joiner.test(character))
  return faces.find((face) => characters.every((character) => advancesIn(face).has(character)))
}

/**
 * How far `text` moves the pen, in em. A sum of advances, without kerning: measured against a shaping engine over 24
 * faces it is 3 % under at the least and 2 % over on average, but 10 % over in Devanagari and 16 % in Malayalam.
 */
export function widthEm(text: string, font: Font): number {
  let hundredths = 0
  for (const run of fontRuns(text, font)) {
    const advances = advancesIn(run.face)
    const joined = joinedAdvancesIn(run.face)
    for (const { 0: character, index } of run.text.matchAll(/\P{Cf}/gu)) {
      const isJoined = arabicLetter.test(character)
        ? arabicLetterNext.test(run.text.slice(index + character.length))
        : afterVirama.test(run.text.slice(0, index))
      hundredths += (isJoined ? joined.get(character) : undefined) ?? advances.get(character) ?? 0
    }
  }
  return hundredths / 100
}

/** Between two words: those are in the primary face, whatever the words are in. */
export function spaceEm({ primary }: Font): number {
  return (advancesIn(primary).get(' ') ?? 0) / 100
}

const letter = String.raw`[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Nd}]`
const wordStart = String.raw`[\(“"„‘'¿¡#@$€£]*${letter}`
const wordGoesOn = String.raw`[\p{M}\p{Cf}\p{Pd}’'.,:;!?…\)”"“%&\/+_]`
/** A word in an alphabet with its marks, or what stands between two of them. */
const alphabeticWord = new RegExp(`${wordStart}(?:${letter}|${wordGoesOn})*|(?:(?!${wordStart}).)+`, 'gsu')
const alphabetic = new RegExp(letter, 'u')

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Drawn only for those who name them, and for cards. */
const namedFaces: Record<CaptionFontId, FaceFile> = {
  montserrat: 'Montserrat_800ExtraBold.ttf',
  inter: 'Inter_600SemiBold.ttf',
  anton: 'Anton_400Regular.ttf',
  bangers: 'Bangers_400Regular.ttf',
  'dm-serif': 'DMSerifDisplay_400Regular.ttf',
}

/** The first that has every character is taken; Japanese before Chinese, which has the kana too but not its shapes. */
const faceOrder: FaceFile[] = [
  'Montserrat_800ExtraBold.ttf',
  'NotoSans_700Bold.ttf',
  'NotoSansArabic_700Bold.ttf',
  'NotoSansHebrew_700Bold.ttf',
  'NotoSansDevanagari_700Bold.ttf',
  'NotoSansBengali_700Bold.ttf',
  'NotoSansGurmukhi_700Bold.ttf',
  'NotoSansGujarati_700Bold.ttf',
  'NotoSansTamil_700Bold.ttf',
  'NotoSansTelugu_700Bold.ttf',
  'NotoSansKannada_700Bold.ttf',
  'NotoSansMalayalam_700Bold.ttf',
  'NotoSansSinhala_700Bold.ttf',
  'NotoSansThai_700Bold.ttf',
  'NotoSansLao_700Bold.ttf',
  'NotoSansKhmer_700Bold.ttf',
  'NotoSansMyanmar_700Bold.ttf',
  'NotoSansGeorgian_700Bold.ttf',
  'NotoSansArmenian_700Bold.ttf',
  'NotoSansEthiopic_700Bold.ttf',
  'NotoSansJP_700Bold.ttf',
  'NotoSansSC_700Bold.ttf',
  'NotoSansKR_700Bold.ttf',
]

/**
 * Where the order above would choose wrongly. Devanagari is in Noto Sans too, but without all its conjuncts. The Chinese
 * face has all of Big5 and so shows Traditional Chinese, in the mainland's shapes.
 */
const facesByLanguage: Record<string, FaceFile[]> = {
  hi: ['NotoSansDevanagari_700Bold.ttf'],
  mr: ['NotoSansDevanagari_700Bold.ttf'],
  ne: ['NotoSansDevanagari_700Bold.ttf'],
  ja: ['NotoSansJP_700Bold.ttf', 'NotoSansSC_700Bold.ttf'],
  zh: ['NotoSansSC_700Bold.ttf'],
  yue: ['NotoSansSC_700Bold.ttf'],
  ko: ['NotoSansKR_700Bold.ttf'],
}

const joiner = /^[\p{Cf}\p{Variation_Selector}]+$/u
const arabicLetter = /[\p{Script=Arabic}&&\p{L}]/v
const arabicLetterNext = /^\p{M}*[\p{Script=Arabic}&&\p{L}]/v
/** The signs that join a consonant to the one before, in the scripts of scripts/build-fonts.ts. */
const afterVirama = /[\u094d\u09cd\u0a4d\u0acd\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u17d2]\p{Cf}*$/u

/** The earliest candidate among those that lack fewest of the characters. */
function faceWithMost(characters: string[], candidates: FaceFile[]): FaceFile {
  const lacking = candidates.map((file) => lackedBy(file, characters).length)
  return candidates[lacking.indexOf(Math.min(...lacking))]!
}

function lackedBy(face: Face, characters: string[]): string[] {
  return characters.filter((character) => !advancesOf(face).has(character))
}

function faceOf(face: Face): FontFace {
  const { name, heightEm, descentEm, letters, capitals } = dataOf(face)
  const shown = { file: typeof face === 'string' ? face : face.key, name, heightEm, descentEm, letters, capitals }
  dataByFace.set(shown, dataOf(face))
  return shown
}

function dataOf(face: Face): FaceData {
  return typeof face === 'string' ? data[face] : face
}

/** What a face that was given out measures by. */
const dataByFace = new WeakMap<FontFace, FaceData>()

function needsFace(character: string): boolean {
  return !/[\s\p{Cc}\p{Cf}\p{Variation_Selector}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u20e3]/u.test(
    character,
  )
}

/** Names at most five characters. */
function cannotShow(characters: string[]): string {
  const named = characters.slice(0, 5).map((character) => {
    const hex = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
    return `“${character}” (U+${hex})`
  })
  const more = characters.length > named.length ? ` and ${characters.length - named.length} more` : ''
  return `script: no font can show ${named.join(', ')}${more}. Take them out or write them in another way.`
}

const [advancesFrom, joinedAdvancesFrom] = [unpacked('advances'), unpacked('joined')]

function advancesOf(face: Face): Map<string, number> {
  return advancesFrom(dataOf(face))
}

function advancesIn(face: FontFace): Map<string, number> {
  return advancesFrom(dataByFace.get(face)!)
}

function joinedAdvancesIn(face: FontFace): Map<string, number> {
  return joinedAdvancesFrom(dataByFace.get(face)!)
}

/** Characters → hundredths of an em, read once of each face. */
function unpacked(field: 'advances' | 'joined'): (face: FaceData) => Map<string, number> {
  const read = new WeakMap<FaceData, Map<string, number>>()
  return (face) => {
    const known = read.get(face) ?? unpackAdvances(face[field])
    read.set(face, known)
    return known
  }
}
