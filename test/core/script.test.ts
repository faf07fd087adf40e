import { describe, expect, it } from 'vitest'
import { InputError } from '../../core/errors.ts'
import { cleanScript, emojiOf } from '../../core/script.ts'

describe('a script that cannot be told', () => {
  it.each([
    ['empty', '', 'script: it is empty; write at least one sentence'],
    ['blank', ' \n\t\r\n ', 'script: it is empty; write at least one sentence'],
    [
      'one character too long',
      'x'.repeat(15_001),
      'script: it is 15,001 characters long and the limit is 15,000; shorten it or split it',
    ],
    [
      'far too long',
      'word '.repeat(20_000),
      'script: it is 100,000 characters long and the limit is 15,000; shorten it or split it',
    ],
    [
      'a control character',
      'One.\r\nTwo \u0007 three.',
      'script: it has a control character (U+0007 at line 2, column 5); delete it',
    ],
    ['a null', 'a\u0000', 'script: it has a control character (U+0000 at line 1, column 2); delete it'],
    [
      'half an emoji',
      '😀 is \uD83D',
      'script: it has half a character, a lone surrogate (U+D83D at line 1, column 6); delete it',
    ],
    [
      'text that was decoded wrongly',
      'caf\uFFFD',
      'script: a character was lost in decoding (U+FFFD at line 1, column 4); save the text as UTF-8',
    ],
    ['only emoji', '🎉🎉 🇮🇹', "script: it has no words to say, only '🎉🎉 🇮🇹'; write at least one sentence"],
    ['only marks', '... — !!!', "script: it has no words to say, only '... — !!!'; write at least one sentence"],
  ])('is refused: %s', (_, raw, message) => {
    expect(() => cleanScript(raw)).toThrow(new InputError(message))
  })

  it('counts characters as an editor does, and lets the longest script through', () => {
    expect(cleanScript('𝒜'.repeat(15_000))).toHaveLength(30_000)
  })
})

describe('a clean script', () => {
  it.each([
    ['line ends and spaces', 'One.\r\n\r\n\r\nTwo   and\tthree.\u3000', 'One.\n\nTwo and three.'],
    ['invisible characters', '\uFEFFso\u00ADft zero\u200Bwidth Auf\u200Clage', 'soft zerowidth Auflage'],
    ['composed letters', 'cafe\u0301', 'café'],
    ['joiners that shape letters', 'می\u200Cخواهم क्\u200Dष', 'می\u200Cخواهم क्\u200Dष'],
    ['one number in one piece', '1\u202F000\u202F000 people, 10\u00A0km', '1\u00A0000\u00A0000 people, 10 km'],
    ['emoji', 'I love pizza 🍕. Wow❤! Go 👨‍👩‍👧 team 👍🏽', 'I love pizza. Wow! Go team'],
    ['keycaps and signs', '1️⃣ Drink ©️ 2024™', '1 Drink © 2024™'],
    ['stage directions', '[laughs] So (pause) we went.', '[laughs] So (pause) we went.'],
  ])('keeps what is said: %s', (_, raw, clean) => {
    expect(cleanScript(raw)).toBe(clean)
  })

  it.each([
    ['headings', '# The goat #\nIt danced.', 'The goat\n\nIt danced.'],
    ['lists', 'Three:\n- one\n* two\n• [x] three\n1. Four', 'Three:\n\none\n\ntwo\n\nthree\n\n1. Four'],
    ['rules and fences', 'a\n---\nb\n* * *\n```js\nc\n```', 'a\n\nb\n\nc'],
    ['emphasis', '**bold**, *it*, _em_, __b__, ~~s~~, `code`, **重要**な', 'bold, it, em, b, s, code, 重要な'],
    ['links', 'See [the page](https://example.org/a_b) ![x](y.png)now', 'See the page now'],
    ['tags', '<p>One <b>two</b></p>three<br/>four', 'One two\n\nthree\n\nfour'],
    ['quotes', '> said\n> so', 'said so'],
  ])('has no markup: %s', (_, raw, clean) => {
    expect(cleanScript(raw)).toBe(clean)
  })

  it.each(['2 * 3 * 4', 'snake_case_name', 'a < b and b > c', '5 - 3', 'well-known *'])('leaves %j alone', (text) => {
    expect(cleanScript(text)).toBe(text)
  })

  it('joins lines that an editor wrapped, and keeps lines that were ended on purpose', () => {
    const wrapped =
      'Coffee was discovered in the highlands by a goat\nherder who saw his goats dance until Sunday\nMorning came.'
    expect(cleanScript(wrapped)).toBe(wrapped.replaceAll('\n', ' '))
    expect(cleanScript('Roses are red\nViolets are blue')).toBe('Roses are red\n\nViolets are blue')
    expect(cleanScript('在埃塞俄比亚的山上，\n他不睡觉。')).toBe('在埃塞俄比亚的山上，他不睡觉。')
  })

  it('is the same when cleaned again', () => {
    const clean = cleanScript('# Coffee\n\n- **One** 🐐 goat\n- 2 * 2 monks\n\nThe   end.')
    expect(cleanScript(clean)).toBe(clean)
  })
})

it('finds the emoji of a text in order, and no digits or signs among them', () => {
  expect(emojiOf('🇮🇹 pizza 🍕 1️⃣ ©️ ❤ 👨‍👩‍👧 👍🏽 #1')).toEqual(['🇮🇹', '🍕', '❤', '👨‍👩‍👧', '👍🏽'])
})
