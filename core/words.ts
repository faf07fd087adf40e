// Where one word ends and the next begins, as a viewer sees them: with their punctuation, highlighted one by one.
import { baseLanguageOf } from './language.ts'
import { endsSentence } from './sentences.ts'
import { unspacedWordsOf } from './unspaced-words.ts'

/** A word as it is shown, with its punctuation; in scripts without spaces, what Intl.Segmenter calls a word. */
export type Word = {
  index: number
  text: string
  /** Whether a space stands between the word before and this one. */
  spaceBefore: boolean
  /** Which sentence of the script it belongs to, from 0. */
  sentence: number
}

/**
 * The words of a clean script (core/script.ts), in order and without loss: their texts with their spaces give the
 * script back, but for what white space there was. A mark that stands alone ('word — word', 'Ça va ?') belongs to the
 * word before it, an opening one to the word after; a no-break space keeps it apart.
 */
export function wordsOf(script: string, language: string): Word[] {
  const words: Word[] = []
  let sentence = 0
  for (const paragraph of script.split(/\n+/)) {
    const pieces = withoutLoneMarks(piecesOf(paragraph, language))
    for (const [index, { text, spaceBefore }] of pieces.entries()) {
      words.push({ index: words.length, text, spaceBefore: words.length > 0 && spaceBefore, sentence })
      const around = { before: pieces[index - 1]?.text, word: text, after: pieces[index + 1]?.text }
      if (endsSentence(around, language)) sentence++
    }
  }
  return words
}

/** The words from `first` to `last`, both included, as they stand in the script. */
export function textOf(words: readonly { text: string; spaceBefore: boolean }[], first: number, last: number): string {
  return words
    .slice(first, last + 1)
    .map(({ text, spaceBefore }, index) => (spaceBefore && index > 0 ? ` ${text}` : text))
    .join('')
}

type Piece = { text: string; spaceBefore: boolean }

function piecesOf(paragraph: string, language: string): Piece[] {
  return paragraph
    .split(/[ \n\t]+/)
    .filter(Boolean)
    .flatMap((chunk) => {
      const parts = needsSegmenter(chunk, language) ? unspacedWordsOf(chunk, language) : chunk.split(dash)
      return parts.map((text, index) => ({ text, spaceBefore: index === 0 }))
    })
}

// A dash or an ellipsis between two words without spaces ('coffee—dark', 'so…then') ends the first.
const dash = /(?<=[\p{L}\p{N}\p{P}](?:—|--|…|\.{3}))(?=[\p{L}\p{N}\p{Pi}\p{Ps}])/u

/** By the chunk's own letters, so that a Chinese name in an English script is divided too. Korean has spaces. */
function needsSegmenter(chunk: string, language: string): boolean {
  return baseLanguageOf(language) !== 'ko' && unspacedLetter.test(chunk)
}

/** Of a script that is written without spaces between words. */
export const unspacedLetter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Letters, digits and the signs that stand for words; a lone '%' or '€' belongs to the number before it. */
const sayable = /[\p{L}\p{N}&+=@#×÷]/u
const opening = /^[\p{Ps}\p{Pi}„‚¿¡]+$/u
/** After the end of a sentence a dash opens the next speaker's line: '— Ça va ? — Oui.' */
const opensSpeech = (previous: string, mark: string) => /^[—–-]$/.test(mark) && /[.!?…]["'”’»\s]*$/.test(previous)
const NO_BREAK_SPACE = '\u00A0'

function withoutLoneMarks(pieces: Piece[]): Piece[] {
  const whole: Piece[] = []
  let waiting: Piece | undefined
  for (const piece of pieces) {
    const previous = whole.at(-1)
    if (sayable.test(piece.text)) {
      whole.push(waiting ? glued(waiting, piece) : piece)
      waiting = undefined
    } else if (previous && !waiting && !opening.test(piece.text) && !opensSpeech(previous.text, piece.text)) {
      whole[whole.length - 1] = glued(previous, piece)
    } else {
      waiting = waiting ? glued(waiting, piece) : piece
    }
  }
  const previous = whole.pop()
  if (previous) whole.push(waiting ? glued(previous, waiting) : previous)
  return whole
}

function glued(first: Piece, second: Piece): Piece {
  return { ...first, text: `${first.text}${second.spaceBefore ? NO_BREAK_SPACE : ''}${second.text}` }
}
