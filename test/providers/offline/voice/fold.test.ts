import { expect, test } from 'vitest'
import { fold } from '../../../../providers/offline/voice/fold.ts'

test.each([
  ['accents', 'Café naïve São Übergröße Łódź', 'Cafe naive Sao Ubergrosse Lodz'],
  ['ligatures', 'ﬁne ﬂow œuvre', 'fine flow oeuvre'],
  ['quotation marks', '“so” ‘it’s’ „da“', `"so" 'it's' "da"`],
  ['dashes', 'a–b c—d e--f −5', 'a–b c—d e—f -5'],
  ['ellipses', 'so… and...', 'so… and…'],
  ['fractions and powers', '½ 3½ m²', '1/2 3 1/2 m^2'],
  ['full-width letters', 'Ａ１', 'A1'],
  ['what is not to be heard', 'Poké™ soft\u00ADhyphen zero\u200Bwidth Hi. 👍🏽❤️🇫🇷', 'Poke softhyphen zerowidth Hi.'],
])('folds %s to what the voice can read', (_, text, folded) => {
  expect(fold(text)).toBe(folded)
})

test('leaves other scripts as they are, so that they can be told', () => {
  expect(fold('北京 Ω')).toBe('北京 Ω')
})
