// What our faces can show of a text, for those who would rather have a video without a sign than none.
import { canShow, showable } from './fonts.ts'

/**
 * A pattern (ECMAScript and Python, for JSON Schema) of a character that can be said and shown: letters and digits that
 * a face has, in stretches of at least four of Unicode's order. What stands alone there ('ª') is shown too, but does
 * not make a script by itself; and nor does what lies beyond the first 65,536 characters.
 */
export function speakablePattern(): string {
  pattern ??= `[${stretches()
    .map(([first, last]) => `${escaped(first)}-${escaped(last)}`)
    .join('')}]`
  return pattern
}
let pattern: string | undefined

/** Whether there is anything in it that can be said and shown. */
export function isSpeakable(text: string): boolean {
  speakable ??= new RegExp(speakablePattern())
  return speakable.test(text)
}
let speakable: RegExp | undefined

/** `text` without control characters, halves of characters and what no face shows; `leftOut` names the last. */
export function drawable(text: string): { text: string; leftOut: string[] } {
  const leftOut = new Set<string>()
  let shown = text.replaceAll(unprintable, '')
  // What is left may grow together with its neighbour into a letter that no face has; then its plain letter stays.
  for (let round = 0; round < 5 && !canShow(shown); round++)
    shown = [...shown.normalize('NFC')]
      .map((character) => {
        if (canShow(character)) return character
        leftOut.add(character)
        return [...character.normalize('NFD')].filter((part) => part !== character && canShow(part))[0] ?? ''
      })
      .join('')
  return { text: shown, leftOut: [...leftOut] }
}

const unprintable = /(?![\n\t\r\u2028\u2029])[\p{Cc}\p{Cs}\uFFFD]/gu
const shortestStretch = 4

function stretches(): [number, number][] {
  const all: [number, number][] = []
  for (const codePoint of showable().filter((candidate) => candidate <= 0xffff && isLetter(candidate))) {
    const last = all.at(-1)
    if (last && last[1] === codePoint - 1) last[1] = codePoint
    else all.push([codePoint, codePoint])
  }
  return all.filter(([first, last]) => last - first + 1 >= shortestStretch)
}

/** None that a font would show and the script's cleaning takes out: fillers, and signs that are emoji too. */
function isLetter(codePoint: number): boolean {
  const character = String.fromCodePoint(codePoint)
  return (
    /[\p{L}\p{N}]/u.test(character) &&
    !/[\p{Extended_Pictographic}\p{Default_Ignorable_Code_Point}]/u.test(character) &&
    character.normalize('NFC') === character
  )
}

function escaped(codePoint: number): string {
  return `\\u${codePoint.toString(16).padStart(4, '0')}`
}
