import { describe, expect, it } from 'vitest'
import { scriptOf, write } from '../../../core/stages/write.ts'
import { parseRequest } from '../../../core/video.ts'
import { portsFor, videoId } from './ports.ts'

const script = (raw: object) => scriptOf(parseRequest(raw))

describe('scriptOf', () => {
  it('takes the first sentence for a title, cut at a word when it is long', () => {
    expect(script({ script: 'A goat found coffee. Then it slept.' }).title).toBe('A goat found coffee')
    const long = 'In the highlands of Ethiopia a young herder noticed that his goats were dancing all night.'
    expect(script({ script: long }).title).toBe('In the highlands of Ethiopia a young herder noticed that his …')
  })

  it('finds the language, unless it is told', () => {
    expect(script({ script: 'Die Ziege fand den Kaffee und tanzte die ganze Nacht.' }).language).toBe('de')
    expect(script({ script: 'Die Ziege.', language: 'en' }).language).toBe('en')
  })

  it("joins the scenes' texts, and knows which words are whose", () => {
    const { words, spans, text } = script({ scenes: [{ text: 'A goat. It danced.' }, { text: 'The monks slept.' }] })
    expect(text).toBe('A goat. It danced.\n\nThe monks slept.')
    expect(spans).toEqual([
      { firstWord: 0, lastWord: 3 },
      { firstWord: 4, lastWord: 6 },
    ])
    expect(words.map(({ index, sentence, spaceBefore }) => [index, sentence, spaceBefore])).toEqual([
      [0, 0, false],
      [1, 0, true],
      [2, 1, true],
      [3, 1, true],
      [4, 2, true],
      [5, 2, true],
      [6, 2, true],
    ])
  })

  it('has one seed for one script, and another for another', () => {
    expect(script({ script: 'A goat.' }).seed).toBe(script({ script: 'A goat.', style: 'anime' }).seed)
    expect(script({ script: 'A goat.' }).seed).not.toBe(script({ script: 'A sheep.' }).seed)
    expect(script({ script: 'A goat.', seed: 7 }).seed).toBe(7)
  })

  it.each([
    [{ scenes: [{ text: 'A goat.' }, { text: '🐐' }] }, /^scenes\.1\.text: it has no words to say/],
    [
      { scenes: Array.from({ length: 4 }, () => ({ text: 'word '.repeat(1000) })) },
      /^scenes: it is 20,00\d characters long/,
    ],
    [{ script: 'A goat.', scenes: 3 }, /^scenes: 3 scenes cannot share 2 words/],
    [{ script: 'A goat 𓃵.' }, /^script: no font can show .*U\+130F5/],
    [{ script: 'A goat.', watermark: '𓃵' }, /^watermark: no font can show/],
    [{ script: 'A goat.', titleCard: 'Goats 𓃵' }, /^titleCard: no font can show/],
    [{ script: 'A goat.', titleCard: true, title: '🐐' }, /^title: '🐐' has nothing that can be drawn; emoji cannot/],
    [{ script: 'A goat.', endCard: '🐐' }, /^endCard: '🐐' has nothing that can be drawn/],
    [{ topic: 'goats' }, /^topic: .*OPENAI_API_KEY/],
  ])('refuses what cannot be made, before anything is: %j', (raw, line) => {
    expect(() => script(raw)).toThrow(line)
  })
})

describe('write', () => {
  it("stops at a file that is not the user's own, before anything is made", async () => {
    const ports = await portsFor({ script: 'A goat.', logo: 'owners/eve/uploads/logo.png' })
    await expect(write({ videoId }, ports)).rejects.toThrow(/^logo: .* is no upload of yours$/)
    expect((await ports.objects.list('')).objects).toEqual([])
  })

  it('does not mind a title that no card shows', () => {
    expect(script({ script: 'A goat.', title: '🐐' }).title).toBe('🐐')
  })
})
