// How well a text can be parted after one of its words. Scenes and captions put their own price on each kind.
import { functionWordsOf } from './function-words.ts'
import { baseLanguageOf } from './language.ts'
import { endsSentence } from './sentences.ts'

/**
 * From the best place to part to the worst: the end of a sentence; ';', ':' or a dash; a comma or a bracket; before a
 * conjunction; before an article or preposition; before 'of'; anywhere; after a word such as 'he', 'was' or an adjective
 * that the next completes; inside what belongs together ('the | goat', 'Dr. | Smith', 'New | York', '3 | million').
 */
export type Break =
  | 'sentence'
  | 'clause'
  | 'comma'
  | 'conjunction'
  | 'preposition'
  | 'genitive'
  | 'plain'
  | 'tight'
  | 'bound'

type Shown = { text: string; spaceBefore: boolean; sentence?: number }

/** The break between the word at `index` and the next; the last word ends a sentence. */
export function breakAfter(words: readonly Shown[], index: number, language: string): Break {
  const word = words[index]
  const next = words[index + 1]
  if (!word || !next || sentenceEnds(words[index - 1], word, next, language)) return 'sentence'
  const mark = word.text.replace(/["'”’»\s]+$/u, '')
  if (/[;:；：؛—–…!?！？]$/u.test(mark) || /^[—–]/.test(next.text)) return 'clause'
  if (/[,،、，)\]}」』）】》]$/u.test(mark) || /^[([{“«„「『（【《]/u.test(next.text)) return 'comma'
  if (next.spaceBefore && unspaced.has(baseLanguageOf(language))) return 'comma'
  return breakBetween(words[index - 1]?.text, word.text, next.text, language)
}

function sentenceEnds(before: Shown | undefined, word: Shown, next: Shown, language: string): boolean {
  if (word.sentence !== undefined && next.sentence !== undefined) return word.sentence !== next.sentence
  return endsSentence({ before: before?.text, word: word.text, after: next.text }, language)
}

/** In these a space is what a comma is elsewhere. */
const unspaced = new Set(['th', 'lo', 'km', 'my'])

function breakBetween(before: string | undefined, word: string, next: string, language: string): Break {
  const { proclitics, conjunctions, enclitics, others } = functionWordsOf(language)
  const [left, right] = [coreOf(word), coreOf(next)]
  if (enclitics.has(right) || magnitudes.has(right)) return 'bound'
  if (conjunctions.has(right) && !conjunctions.has(left)) return proclitics.has(left) ? 'plain' : 'conjunction'
  if (
    proclitics.has(left) ||
    conjunctions.has(left) ||
    isOneName(word, next) ||
    isQuantity(word, next, right, language)
  )
    return 'bound'
  if (proclitics.has(right)) return genitive.has(right) ? 'genitive' : 'preposition'
  // What follows an article may be an adjective: 'the red | berries'.
  const open = others.has(left) || isStem(word, language) || proclitics.has(coreOf(before ?? ''))
  return open ? 'tight' : 'plain'
}

/** 'the port | of Mocha': what they open completes the noun before them. */
const genitive = new Set('of de du des d’ del della dello dei degli delle di do da dos das van von'.split(' '))

/** Words that always end a number: 'two | billion', 'dos mil | millones'. */
const magnitudes = new Set(
  (
    'hundred thousand million millions billion billions trillion hundert tausend millionen milliarden cent mille milliards ' +
    'mil millón millones milhão milhões bilhões mila milioni miliardi duizend miljoen miljard tusen miljoner miljarder ' +
    'tysięcy milionów miliardów тысяч тысячи миллиона миллионов миллиардов ألف مليون مليار हज़ार लाख करोड़'
  ).split(' '),
)

function coreOf(word: string): string {
  return word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, '')
}

/** 'New York', 'Dr. Smith', 'J. R.', 'Apollo 11', 'July 20'. */
function isOneName(word: string, next: string): boolean {
  return /^\p{P}*\p{Lu}/u.test(word) && /^[\p{Lu}\p{N}]/u.test(next)
}

/** '3 million', '20 July', '5 p.m.', '二十億 | 杯', but not '1969 | the …'. */
function isQuantity(word: string, next: string, right: string, language: string): boolean {
  const { proclitics, others } = functionWordsOf(language)
  return (
    /[\p{N}一二三四五六七八九十百千万億亿兩两][%.]?$/u.test(word) &&
    /^[\p{L}%°]/u.test(next) &&
    !proclitics.has(right) &&
    !others.has(right)
  )
}

/** A Japanese word that no particle closes goes on into the next: 'ヤギ | 飼いが'. */
function isStem(word: string, language: string): boolean {
  return baseLanguageOf(language) === 'ja' && /[\p{Script=Han}\p{Script=Katakana}ー\p{N}]$/u.test(word)
}
