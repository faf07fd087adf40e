// Whether a sentence ends with a word. Intl.Segmenter splits after 'Dr.' and 'J. R. R.', so the word itself, its
// neighbour and lists of abbreviations decide; the same rule serves scenes, captions and the voice's pauses.
import { functionWordsOf } from './function-words.ts'
import { baseLanguageOf } from './language.ts'

/** A word among its neighbours; no `after` at the end of a paragraph, where a sentence ends in any case. */
export type WordInContext = { before?: string; word: string; after?: string }

export function endsSentence({ before, word, after }: WordInContext, language: string): boolean {
  if (after === undefined) return true
  const bare = word.replace(closers, '')
  if (baseLanguageOf(language) === 'el' && bare.endsWith(';')) return true
  if (/[。！？｡．][。！？…]*$/.test(bare)) return !(bare !== word && /^[とっ]/.test(after))
  if (/[؟۔।॥።፧։။។]$/.test(bare)) return true
  const next = after.replace(openers, '')
  if (/[!?…‼⁉]$|\.{2,}$/.test(bare)) return !/^\p{Ll}/u.test(next)
  if (!bare.endsWith('.') || /^\p{Ll}/u.test(next)) return false
  return !isListNumber(before, bare, language) && !isAbbreviation(bare.replace(openers, ''), next, language)
}

const closers = /[\s"'”’»)\]}›」』）】》〉]+$/u
const openers = /^[\s"'“‘„‚«‹([{¿¡»「『（【《〈—–-]+/u

/** '1.' at the start of an item, but not in 'on Jan. 1.' */
function isListNumber(before: string | undefined, text: string, language: string): boolean {
  if (!/^\d{1,2}\.$/.test(text)) return false
  return before === undefined || (/[.!?…:]$/.test(before) && !isAbbreviation(before, text, language))
}

function isAbbreviation(text: string, next: string, language: string): boolean {
  const name = text.slice(0, -1).toLowerCase()
  if (beforeName.has(name)) return true
  if (beforeNumber.has(name) && /^[\p{N}#]/u.test(next)) return true
  if (/^\d{1,2}$/.test(name) && ordinalDot.has(baseLanguageOf(language))) return !startsAfresh(next, language)
  if (name === 'a.m' || name === 'p.m') return clockNames.has(next.replace(/\P{L}+$/u, '').toLowerCase())
  return (insideOrEnd.has(name) || isInitials(text)) && !startsAfresh(next, language)
}

/** 'J.', 'z.' (of 'z. B.'), 'U.S.', 'т.е.' */
function isInitials(text: string): boolean {
  return /^(?:\p{L}\.)+$/u.test(text)
}

/** After 'U.S.' or 'J.' a capital may go on with the name ('U.S. Army') or begin a sentence ('U.S. The …'). */
function startsAfresh(next: string, language: string): boolean {
  if (!/^\p{Lu}/u.test(next)) return false
  const word = next.toLowerCase().replace(/[^\p{L}\p{M}]+$/u, '')
  const { proclitics, conjunctions, others } = functionWordsOf(language)
  return proclitics.has(word) || conjunctions.has(word) || others.has(word)
}

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** Never the end: a name follows. */
const beforeName = setOf(
  'dr mr mrs ms mx prof ste gen col capt cpt lt sgt maj adm gov sen rep rev hon pres hr fr frl dipl ing hl ' +
    'bzw z.b d.h u.a s.o vgl ca e.g i.e cf vs v.a m mm mme mlle sra srta dra ud uds exmo sig sig.ra dott avv ' +
    'av arch p.ej p.ex t.e т.е т.к т.н напр ул им проф г-н св dhr mevr drs ir bijv o.a bl.a t.ex f.eks np tzw tzn',
)

/** Not the end when a number follows: 'No. 5', 'Jan. 3'. */
const beforeNumber = setOf(
  'no nos nr núm nº n pp p pg pág pag s vol fig figs ch chap sec eq op ed jan feb mar apr jun jul aug sep sept ' +
    'oct okt nov dec dez déc janv févr avr juil ene abr dic стр рис гл № approx c ca est tel ext',
)

/** The end only if the next word is one that begins sentences. */
const insideOrEnd = setOf(
  'st mt ft ph.d jr sr inc ltd co corp llc bros etc al usw u.s.w ecc ee.uu vd ' +
    'г гг в вв н.э т.д т.п др руб тыс млн млрд str blvd ave rd dept univ mio mrd',
)

/** Languages that write the ordinal with a dot: 'am 3. Oktober', '19. Jahrhundert'. */
const ordinalDot = setOf('de da no nb nn fi is et lv cs sk sl hr sr bs pl hu tr')

/** What a time of day may be followed by. */
const clockNames = setOf(
  'monday tuesday wednesday thursday friday saturday sunday eastern central mountain pacific gmt utc est edt cst cdt ' +
    'mst mdt pst pdt cet cest bst',
)
