// The words as they are drawn, and the font for all of them.
import { canShow, type Font, fontFor } from '../fonts.ts'
import type { CaptionOptions, TimedWord } from '../timeline.ts'

/** In capitals when asked, by the rules of the language ('ß' → 'SS', Turkish 'i' → 'İ'), unless no face has them. */
export function shownWords(words: TimedWord[], language: string, isUpperCase: boolean | undefined): TimedWord[] {
  if (!isUpperCase) return words
  return words.map((word) => {
    const text = word.text.toLocaleUpperCase(language)
    return canShow(text) ? { ...word, text } : word
  })
}

/** Plain captions are in a lighter face where their script has one. */
export function captionFontFor(shown: TimedWord[], language: string, options: CaptionOptions): Font {
  const name = options.font ?? (options.look === 'minimal' ? 'inter' : undefined)
  return fontFor(shown.map((word) => word.text).join(' '), language, name)
}
