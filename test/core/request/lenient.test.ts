import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawable, isSpeakable, speakablePattern } from '../../../core/drawable.ts'
import { InputError } from '../../../core/errors.ts'
import { canShow } from '../../../core/fonts.ts'
import { lenient, sayable } from '../../../core/request/lenient.ts'
import { scriptOf } from '../../../core/stages/write.ts'
import { parseRequest } from '../../../core/video.ts'

/** What scripts are made of, and what breaks them: markup, emoji, invisible signs, letters that no font has. */
const pieces = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom('<b>', '---', '\n', '# ', '[a](/b)', '![x](/y)', '*', '`', '> ', 'a\u0325', '\u200b', '\u200d'),
  fc.constantFrom('ﬁ', '中', 'ん', '1️⃣', 'م', '<p>', '\\', '_a_', '```js', 'A', '0', '\u0301', '\ufe0f', '𒀀', '🦊'),
)
const texts = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(''))

function isAccepted(make: () => unknown): boolean {
  try {
    make()
    return true
  } catch (error) {
    if (error instanceof InputError && error.message.startsWith('script: ')) return false
    throw error
  }
}

describe('leniency', () => {
  it('accepts every script that fits the pattern, and refuses every other', () => {
    const fits = new RegExp(speakablePattern())
    fc.assert(
      fc.property(texts, texts, fc.integer({ min: 1, max: 9 }), (said, drawn, scenes) => {
        const more = drawn.trim() === '' || /[\p{Cc}\p{Cs}]/u.test(drawn) ? {} : { titleCard: drawn, endCard: drawn }
        const request = parseRequest({ script: said, scenes, ...more })
        const make = () => scriptOf(lenient(request).request)
        expect(isAccepted(make)).toBe(fits.test(said))
      }),
      { numRuns: 600 },
    )
  })

  it.each([
    ['A 𒀀 goat.', 'A  goat.', ['𒀀']],
    ['A\u0000 goat\uFFFD.', 'A goat.', []],
    ['q\u0325\u0301 goat', 'q\u0325\u0301 goat', []],
  ])('leaves out of %j what no font has', (text, shown, leftOut) => {
    expect(drawable(text)).toEqual({ text: shown, leftOut })
    expect(canShow(drawable(text).text)).toBe(true)
  })

  it('tells what can be said from what cannot', () => {
    for (const text of ['A', 'ß', '7', '的', 'ん', 'अ', 'ก', 'ב', 'م'])
      expect([text, isSpeakable(text)]).toEqual([text, true])
    for (const text of ['', '…', '🦊', '𒀀', '\u3164', 'ℹ']) expect([text, isSpeakable(text)]).toEqual([text, false])
  })

  it('says everything that is done otherwise', () => {
    const asked = parseRequest({ script: 'Two words.', scenes: [{}, { prompt: 'b' }, { prompt: 'c' }], endCard: '🦊' })
    const { request, notices } = lenient(asked)
    expect(request).toMatchObject({ scenes: [{}, { prompt: 'b' }], endCard: undefined })
    expect(notices).toEqual([
      expect.stringMatching(/^endCard: left away/),
      expect.stringMatching(/^scenes: 2 instead of 3/),
    ])
    expect(lenient(parseRequest({ script: 'Fine.', titleCard: true, title: 'Fine' })).notices).toEqual([])
  })

  it('counts characters as people do', () => {
    expect(sayable('text', `a${'🦊'.repeat(14_999)}`, [])).toHaveLength(1 + 2 * 14_999)
    expect(() => sayable('text', `a${'🦊'.repeat(15_000)}`, [])).toThrow('text: must have at most 15000 characters')
  })
})
