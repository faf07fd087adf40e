import { describe, expect, it } from 'vitest'
import { cleanScript } from '../../core/script.ts'
import { randomOf } from '../../core/random.ts'
import { textOf, wordsOf } from '../../core/words.ts'

const shown = (script: string, language: string) =>
  wordsOf(script, language).map(({ text, spaceBefore }, index) => (spaceBefore || index === 0 ? '' : '+') + text)

/** '·' is the no-break space that keeps a lone mark apart from its word; '+' means no space before. */
describe('words as a viewer sees them', () => {
  it.each([
    ['en', 'He paid $3.50, e.g. "cash" (all).', ['He', 'paid', '$3.50,', 'e.g.', '"cash"', '(all).']],
    ['en', 'Fine — then - go on', ['Fine·—', 'then·-', 'go', 'on']],
    ['en', 'Coffee—dark and so…then', ['Coffee—', '+dark', 'and', 'so…', '+then']],
    ['en', 'AT&T & co. 1914–1918 well-known 3 + 4', ['AT&T', '&', 'co.', '1914–1918', 'well-known', '3', '+', '4']],
    ['fr', '« Ça va ? — Oui ; 50 % »', ['«·Ça', 'va·?', '—·Oui·;', '50·%·»']],
    ['fr', 'il y a 1\u00A0000\u00A0000 € ici', ['il', 'y', 'a', '1·000·000·€', 'ici']],
    ['es', '¿Qué? ¡ Hola !', ['¿Qué?', '¡·Hola·!']],
    ['de', '„Toll!“, rief er.', ['„Toll!“,', 'rief', 'er.']],
    ['ko', '커피는 염소가 발견했다.', ['커피는', '염소가', '발견했다.']],
    ['ja', '不思議なことに気づきました。', ['不思議なことに', '+気づきました。']],
    ['ja', '「すごい！」と彼は言った。', ['「すごい！」と', '+彼は', '+言った。']],
    ['ja', 'iPhone15を3.5万円で買った！', ['iPhone15を', '+3.5', '+万', '+円で', '+買った！']],
    ['zh', '“真奇怪！”他说，《红楼梦》很好。', ['“真', '+奇怪！”', '+他', '+说，', '+《红楼梦》', '+很好。']],
    ['zh', 'AI模型GPT-4约$150～$200', ['AI', '+模型', '+GPT-4', '+约', '+$150～', '+$200']],
    ['th', 'กาแฟถูกค้นพบ (แพะ) เรื่อยๆ 50%', ['กาแฟ', '+ถูก', '+ค้น', '+พบ', '(แพะ)', 'เรื่อยๆ', '50%']],
    ['en', 'The word 茶道 means tea.', ['The', 'word', '茶道', 'means', 'tea.']],
    ['ar', 'هل تعلم؟ نعم!', ['هل', 'تعلم؟', 'نعم!']],
    ['hi', 'कॉफी की खोज हुई।', ['कॉफी', 'की', 'खोज', 'हुई।']],
  ])('%s: %s', (language, script, words) => {
    expect(shown(script, language)).toEqual(words.map((word) => word.replaceAll('·', '\u00A0')))
  })
})

describe('sentences', () => {
  const sentencesOf = (script: string, language: string) =>
    wordsOf(script, language).reduce<string[]>((texts, { text, sentence }) => {
      texts[sentence] = texts[sentence] === undefined ? text : `${texts[sentence]} ${text}`
      return texts
    }, [])

  it.each([
    ['en', ['Dr. Smith met J. R. R. Tolkien at 5 p.m. on Jan. 3.', 'It rained.']],
    ['en', ['He joined the U.S. Army.', 'She left the U.S.', 'The end.']],
    ['en', ['At 5 p.m. Monday he left.', 'We met at 5 p.m.', 'Rain fell.']],
    ['en', ['Was it No. 5?', 'No.', 'Pi is 3.14 or so.', 'Really?!', 'Yes.']],
    ['en', ['“Why?” she asked.', '“Go!”', 'He went... and came back.', 'So…', 'Then what?']],
    ['en', ['1. Drink water.', '2. Sleep well.']],
    ['en', ['He was 12.', 'Then he left Apple Inc. for Smith Jr. and St. Peter.']],
    ['de', ['Am 3. Oktober 1990, d. h. im 20. Jahrhundert, fiel z. B. viel Regen.', 'Er war 12.', 'Das war alles.']],
    ['fr', ['M. Dupont dit « Bonjour ! » et sort.', 'Ça va ?', '— Oui.']],
    ['es', ['¿Qué hora es?', '¡Hola, Sr. García!', 'Vamos.']],
    ['pt', ['O Sr. Silva chegou.', 'E a Dra. Ana?']],
    ['ru', ['В 1969 г. Армстронг высадился на Луну.', '— Правда?', 'Да.']],
    ['el', ['Τι κάνεις;', 'Καλά.']],
    ['de-AT', ['Am 3. Oktober fiel Regen.', 'Das war alles.']],
    ['ar', ['هل تعلم؟', 'نعم!', 'إنها قهوة.']],
    ['he', ['מה שלומך?', 'טוב.']],
    ['hi', ['कॉफी की खोज हुई।', 'क्या आप जानते हैं?', 'हाँ।']],
    ['ko', ['정말이에요?', '네!']],
  ])('%s: %j', (language, sentences) => {
    const plain = sentencesOf(sentences.join(' '), language).map((text) => text.replaceAll('\u00A0', ' '))
    expect(plain).toEqual(sentences)
  })

  it.each([
    ['zh', '咖啡是一只山羊发现的。真的吗？是！', 3],
    ['ja', '「すごい！」と彼は言った。本当？はい。', 3],
  ])('%s without spaces: %s', (language, script, count) => {
    expect(sentencesOf(script, language)).toHaveLength(count)
  })

  it('end where a paragraph ends, with or without a mark', () => {
    expect(sentencesOf('The goat\n\nIt danced\n\nกาแฟ', 'en')).toHaveLength(3)
  })
})

it('joins a span of words as it stands in the script', () => {
  const words = wordsOf('Coffee—dark, warm.\n\nThe end.', 'en')
  expect(textOf(words, 0, 2)).toBe('Coffee—dark, warm.')
  expect(textOf(words, 1, 3)).toBe('dark, warm. The')
})

it('loses nothing of any text, and counts words and sentences up without a gap', () => {
  const random = randomOf(7)
  const parts = [
    'goat',
    'Dr.',
    '—',
    '«',
    '»',
    '"',
    '(',
    ')',
    '...',
    '3.14',
    '%',
    '山羊',
    '気づいた',
    '。',
    '「',
    '」',
    'กาแฟ',
    'é',
    '!',
    '-',
    ', ',
    ' ',
    ' ',
    '\n\n',
  ]
  for (let round = 0; round < 500; round++) {
    const raw = `a${Array.from({ length: 30 }, () => parts[Math.floor(random() * parts.length)]).join('')}`
    const script = cleanScript(raw)
    for (const language of ['en', 'ja', 'th', 'ko']) {
      const words = wordsOf(script, language)
      expect(textOf(words, 0, words.length - 1).replace(/\s/g, '')).toBe(script.replace(/\s/g, ''))
      expect(words.map(({ index }) => index)).toEqual([...words.keys()])
      expect(words.every(({ text }) => /[\p{L}\p{N}]/u.test(text))).toBe(true)
      const sentences = words.map(({ sentence }) => sentence)
      expect(new Set(sentences).size).toBe((sentences.at(-1) ?? 0) + 1)
      expect(sentences).toEqual(sentences.toSorted((a, b) => a - b))
    }
  }
})
