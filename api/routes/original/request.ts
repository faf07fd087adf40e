/** Fields of the original and what they are here; the rest of what a client sends is not ours to judge. */
const fields = ['title', 'category', 'format', 'style', 'voice', 'script'] as const

/** For core/video.ts to judge. Names of styles and voices are the original's; empty fields are as if they were not there. */
export function requestOf(raw: unknown): Record<string, unknown> {
  const sent = Object(raw) as Record<string, unknown>
  const given = fields.flatMap((field) => (isEmpty(sent[field]) ? [] : [[field, sent[field]]]))
  return {
    ...Object.fromEntries(given),
    keywords: phrasesIn(sent['keywords']),
    negativeKeywords: phrasesIn(sent['negative_keywords']),
  }
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

/** 'goats, coffee' is two; more than a request may have, or longer ones, are left out. */
function phrasesIn(list: unknown): string[] {
  const parts = Array.isArray(list) ? list.filter((part) => typeof part === 'string') : [list]
  if (typeof parts[0] !== 'string') return []
  const phrases = (parts as string[]).flatMap((part) => part.split(/[,;\n]/)).map(plainPhrase)
  return [...new Set(phrases.filter((phrase) => phrase !== ''))].slice(0, 30)
}

/** As long as one may be, without half a character at its end. */
function plainPhrase(text: string): string {
  const shown = text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return [...shown].slice(0, 80).join('').trim()
}
