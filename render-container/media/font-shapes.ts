// How wide and how tall a font's letters come out, as a shaping engine has it.
import { createCanvas, GlobalFonts, type TextMetrics } from '@napi-rs/canvas'
import type { Extent } from '../../core/fonts/face.ts'

/** Scripts whose letters change shape beside others, and the sign that joins two consonants; Arabic joins without one. */
const shapingScripts = [
  { letters: /[\p{Script=Arabic}&&[\p{Lo}\p{M}]]/v, virama: '' },
  { letters: /[\p{Script=Devanagari}&&[\p{Lo}\p{M}]]/v, virama: '\u094d' },
  { letters: /[\p{Script=Bengali}&&[\p{Lo}\p{M}]]/v, virama: '\u09cd' },
  { letters: /[\p{Script=Gurmukhi}&&[\p{Lo}\p{M}]]/v, virama: '\u0a4d' },
  { letters: /[\p{Script=Gujarati}&&[\p{Lo}\p{M}]]/v, virama: '\u0acd' },
  { letters: /[\p{Script=Tamil}&&[\p{Lo}\p{M}]]/v, virama: '\u0bcd' },
  { letters: /[\p{Script=Telugu}&&[\p{Lo}\p{M}]]/v, virama: '\u0c4d' },
  { letters: /[\p{Script=Kannada}&&[\p{Lo}\p{M}]]/v, virama: '\u0ccd' },
  { letters: /[\p{Script=Malayalam}&&[\p{Lo}\p{M}]]/v, virama: '\u0d4d' },
  { letters: /[\p{Script=Sinhala}&&[\p{Lo}\p{M}]]/v, virama: '\u0dca\u200d' },
  { letters: /[\p{Script=Khmer}&&[\p{Lo}\p{M}]]/v, virama: '\u17d2' },
]

type Shaper = (text: string) => TextMetrics

/** Lengths are in hundredths of an em. Undefined when the engine does not take the font. */
export function shaperOf(font: Buffer): Shaper | undefined {
  const alias = `face-${GlobalFonts.families.length}`
  if (!GlobalFonts.register(font, alias)) return undefined
  const context = createCanvas(1, 1).getContext('2d')
  context.font = `100px "${alias}"`
  return (text) => context.measureText(text)
}

/**
 * What a character really adds to a word in those scripts, in hundredths of an em: `marks` on a consonant; `joined`,
 * consonants after a virama and Arabic letters before another one. Each is the median over its script's letters (at most
 * so many of them), since some pairs make a ligature of their own.
 */
export function shapedAdvances(
  measure: Shaper,
  characters: string[],
  lettersAtMost = Infinity,
): { marks: Map<number, number>; joined: Map<number, number> } {
  const width = (text: string) => measure(text).width
  const shaped = { marks: new Map<number, number>(), joined: new Map<number, number>() }
  for (const { letters, virama } of shapingScripts) {
    const own = characters.filter((character) => letters.test(character) && character.normalize('NFKC') === character)
    const bases = spread(
      own.filter((character) => /\p{Lo}/u.test(character)),
      lettersAtMost,
    )
    for (const character of own) {
      const isMark = /\p{M}/u.test(character)
      const gains = bases.map((base) => {
        if (isMark) return width(base + character) - width(base)
        return virama ? width(base + virama + character) - width(base) : width(character + base) - width(base)
      })
      const median = gains.toSorted((a, b) => a - b)[gains.length >> 1] ?? 0
      shaped[isMark ? 'marks' : 'joined'].set(character.codePointAt(0)!, Math.max(0, Math.ceil(median)))
    }
  }
  return shaped
}

/** Of all letters in `text`. */
export function extentOf(measure: Shaper, text: string): Extent {
  const { actualBoundingBoxAscent, actualBoundingBoxDescent } = measure(text)
  return { topEm: round4(actualBoundingBoxAscent / 100), footEm: round4(Math.max(0, actualBoundingBoxDescent) / 100) }
}

export function round4(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

function spread(letters: string[], atMost: number): string[] {
  const step = letters.length / atMost
  return step <= 1 ? letters : Array.from({ length: atMost }, (_, index) => letters[Math.floor(index * step)]!)
}
