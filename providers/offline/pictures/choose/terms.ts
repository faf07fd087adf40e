// The words of a text in the forms in which keyword lists may know them.
import { stopWords } from './stopwords.ts'

export type Term = {
  /** As it stands in the text, lower case. */
  word: string
  /** What to look up, the likeliest first. */
  forms: string[]
  /** Two neighbouring words. */
  pair: boolean
  /** Whether only the form without a plural ending may be in a list. */
  plural: boolean
  /** Something done rather than a thing, as far as the word before and the ending tell. */
  verb: boolean
}

/** Single words and pairs of neighbours ('black hole'), without words that say nothing. */
export function termsOf(text: string, language: string): Term[] {
  const stop = stopWords(language)
  const words = segments(text, language)
  const terms: Term[] = []
  for (const [index, word] of words.entries()) {
    const next = words[index + 1]
    if (next !== undefined) {
      const pair = SPACELESS.test(word)
        ? [word + next]
        : [`${word} ${next}`, `${word}-${next}`, ...stems(next, language).map((stem) => `${word} ${stem}`)]
      terms.push({ word: `${word} ${next}`, forms: pair, pair: true, plural: false, verb: false })
    }
    if (stop.has(word) || tooShort(word)) continue
    const forms = [word, ...stems(word, language).filter((stem) => !stop.has(stem))]
    const verb = language === 'en' && (DOERS.has(words[index - 1] ?? '') || /[^e]ed$|ing$/.test(word))
    terms.push({ word, forms, pair: false, plural: language === 'en' && !verb && /[^s]s$/.test(word), verb })
  }
  return terms
}

// English words after which a verb stands.
const DOERS = new Set(
  'i you he she it we they who will would can could should must might may not never then let lets'.split(' '),
)
const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u
const tooShort = (word: string): boolean =>
  word.length < (/\p{Script=Han}/u.test(word) ? 1 : SPACELESS.test(word) ? 2 : 3) && word !== 'ai'

function segments(text: string, language: string): string[] {
  return [...segmenter(language).segment(text.toLowerCase())]
    .filter((part) => part.isWordLike)
    .map((part) => part.segment.replace(/[’']s$/, '').replace(ELISION, ''))
}

// "l'or", "d'eau", "dell'arte": the article is not part of the word.
const ELISION = /^(?:l|d|j|n|s|c|m|t|qu|un|dell|all|nell|sull)[’'](?=\p{L}{2})/u

const segmenters = new Map<string, Intl.Segmenter>()

function segmenter(language: string): Intl.Segmenter {
  const known = segmenters.get(language)
  if (known) return known
  const made = new Intl.Segmenter(isLocale(language) ? language : 'en', { granularity: 'word' })
  segmenters.set(language, made)
  return made
}

function isLocale(language: string): boolean {
  try {
    return Intl.Segmenter.supportedLocalesOf(language).length > 0
  } catch {
    return false
  }
}

/** Simple endings, enough to find a keyword: 'berries' → 'berry', 'caballos' → 'caballo', 'Bäume' → 'Baum'. */
function stems(word: string, language: string): string[] {
  if (language === 'ar') return [word, ...bare(word)].flatMap((form) => [form, ...shortened(form, language)]).slice(1)
  const found = shortened(word, language)
  return language === 'de' ? [...found, ...found.map(withoutUmlaut).filter((form) => !found.includes(form))] : found
}

const withoutUmlaut = (word: string): string => word.replaceAll('ä', 'a').replaceAll('ö', 'o').replaceAll('ü', 'u')

/** Arabic writes 'and', 'the', 'to' and 'with' onto the word. */
function bare(word: string): string[] {
  const forms = [/^[وفبكل]?ال/, /^لل/, /^[وفبلك]/].map((prefix) => word.replace(prefix, ''))
  return [...new Set(forms)].filter((form) => form !== word && form.length > 2)
}

function shortened(word: string, language: string): string[] {
  const rules = endings[language] ?? []
  return rules.flatMap(([ending, replacements]) =>
    word.length > ending.length + 2 && word.endsWith(ending) && !(ending === 's' && word.endsWith('ss'))
      ? replacements.map((replacement) => word.slice(0, word.length - ending.length) + replacement)
      : [],
  )
}

const endings: Record<string, [ending: string, replacements: string[]][]> = {
  en: [
    ['ies', ['y']],
    ['ves', ['f']],
    ['es', ['', 'e']],
    ['s', ['']],
    ['ing', ['', 'e']],
    ['ed', ['', 'e']],
    ['ers', ['', 'e', 'er']],
    ['er', ['', 'e']],
  ],
  es: [
    ['ces', ['z']],
    ['es', ['', 'e']],
    ['s', ['']],
  ],
  pt: [
    ['ões', ['ão']],
    ['es', ['', 'e']],
    ['s', ['']],
  ],
  fr: [
    ['aux', ['al', 'au']],
    ['x', ['']],
    ['es', ['', 'e']],
    ['s', ['']],
  ],
  it: [
    ['i', ['o', 'e']],
    ['e', ['a']],
    ['chi', ['co']],
  ],
  de: [
    ['en', ['', 'e']],
    ['er', ['']],
    ['es', ['']],
    ['e', ['']],
    ['n', ['']],
    ['s', ['']],
  ],
  nl: [
    ['en', ['']],
    ['s', ['']],
    ['je', ['']],
  ],
  sv: [
    ['arna', ['']],
    ['en', ['']],
    ['et', ['']],
    ['ar', ['', 'a']],
    ['or', ['a']],
  ],
  ru: [
    ['ами', ['', 'а']],
    ['ов', ['']],
    ['ы', ['', 'а']],
    ['и', ['', 'а', 'я', 'ь']],
    ['у', ['', 'а']],
    ['а', ['']],
    ['е', ['', 'а']],
  ],
  hi: [
    ['ों', ['', 'ा']],
    ['ें', ['']],
    ['े', ['ा']],
  ],
  ar: [
    ['ات', ['ة']],
    ['ين', ['']],
  ],
}
