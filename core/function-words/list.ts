/** The small words of one language: lower case, no punctuation. */
export type FunctionWords = {
  /** Lean on the word after them: articles, prepositions, possessives. A line of text never ends with one. */
  proclitics: ReadonlySet<string>
  /** Open a clause. A line likes to begin with one. */
  conjunctions: ReadonlySet<string>
  /** Lean on the word before them: postpositions, particles. A line never begins with one. */
  enclitics: ReadonlySet<string>
  /** Pronouns, auxiliaries, adverbs: no say in where lines break, but they show the language. */
  others: ReadonlySet<string>
}

/** Each argument is a list with spaces between its words. */
export function list(proclitics: string, conjunctions: string, others: string, enclitics = ''): FunctionWords {
  return {
    proclitics: setOf(proclitics),
    conjunctions: setOf(conjunctions),
    enclitics: setOf(enclitics),
    others: setOf(others),
  }
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').filter(Boolean))
}
