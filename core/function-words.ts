// The small words of each language tell it from its neighbours (language.ts) and lean one way or the other,
// which says where a line of text may break (breaks.ts).
import { latin } from './function-words/latin.ts'
import { list, type FunctionWords } from './function-words/list.ts'
import { baseLanguageOf } from './language.ts'
import { alone, arabic, cyrillic, devanagari } from './function-words/other-scripts.ts'

const languages = { ...latin, ...cyrillic, ...arabic, ...devanagari, ...alone }
const none = list('', '', '')

/** The lists of a language (BCP-47); empty lists for a language that we have none for. */
export function functionWordsOf(language: string): FunctionWords {
  return languages[baseLanguageOf(language)] ?? none
}
