import { describe, expect, it } from 'vitest'
import { phrasesOf } from '../../core/phrases.ts'
import { randomOf } from '../../core/random.ts'
import type { TimedWord } from '../../core/timeline.ts'
import { textOf, wordsOf } from '../../core/words.ts'

/** Words said at a natural pace, with 300 ms after each sentence. */
function said(script: string, language: string): TimedWord[] {
  let startMs = 0
  return wordsOf(script, language).map(({ index, text, spaceBefore }) => {
    const letters = [...text].length
    const durationMs = /[\u3040-\u9FFF]/.test(text)
      ? letters * 180
      : /[ก-๛]/.test(text)
        ? letters * 80
        : 120 + letters * 45
    const word = { index, text, spaceBefore, startMs, endMs: startMs + durationMs, firstFrame: 0, timeFrom: 'voice' }
    startMs += durationMs + (/[.!?。।]$/.test(text) ? 300 : 0)
    return word as TimedWord
  })
}

function phrases(words: TimedWord[], language: string, widest = 36): string[] {
  const widthOf = (text: string) => [...text].reduce((sum, letter) => sum + (/[\u3000-\uFFEF]/.test(letter) ? 2 : 1), 0)
  const fits = (first: number, last: number) => widthOf(textOf(words, first, last)) <= widest
  return phrasesOf(words, fits, { language }).map(({ firstWord, lastWord }) => textOf(words, firstWord, lastWord))
}

describe('phrases read well', () => {
  it.each([
    [
      'en',
      'His goats had eaten the red berries of a small bush, and now they would not sleep. | ' +
        'His goats had eaten | the red berries | of a small bush, | and now they would not sleep.',
    ],
    [
      'en',
      'Dr. Smith met J. R. R. Tolkien at 5 p.m. in New York. | Dr. Smith met | J. R. R. Tolkien | at 5 p.m. in New York.',
    ],
    ['en', 'Stop. Breathe. Begin again. | Stop. | Breathe. | Begin again.'],
    ['en', 'Ships took it to Venice, London and New York. | Ships took it to Venice, | London and New York.'],
    [
      'de',
      'Am 3. Oktober 1990 feierte man, weil die Mauer gefallen war. | ' +
        'Am 3. Oktober 1990 feierte man, | weil die Mauer gefallen war.',
    ],
    [
      'fr',
      'Le café a été découvert par une chèvre, il y a mille ans. | Le café a été découvert | par une chèvre, | il y a mille ans.',
    ],
    ['es', 'Hoy se beben más de dos mil millones de tazas. | Hoy se beben | más de dos mil millones | de tazas.'],
    ['pt', 'Um pastor viu que as suas cabras não dormiam. | Um pastor viu | que as suas cabras não dormiam.'],
    [
      'ru',
      'В горах пастух заметил, что его козы не спят всю ночь. | В горах пастух заметил, | что его козы | не спят всю ночь.',
    ],
    ['ar', 'حيث لاحظ راعٍ أن ماعزه لا ينام. هل تعلم لماذا؟ | حيث لاحظ راعٍ | أن ماعزه لا ينام. | هل تعلم لماذا؟'],
    ['he', 'רועה שם לב, כי הן אכלו את הפירות האדומים. | רועה שם לב, | כי הן אכלו את הפירות האדומים.'],
    ['hi', 'कॉफी की खोज एक हज़ार साल पहले हुई। | कॉफी की खोज | एक हज़ार साल पहले हुई।'],
    ['zh', '在埃塞俄比亚的山上，一个牧羊人注意到。 | 在埃塞俄比亚的山上， | 一个牧羊人注意到。'],
    ['ja', 'エチオピアの山で、一人のヤギ飼いが気づきました。 | エチオピアの山で、 | 一人のヤギ飼いが | 気づきました。'],
    ['ko', '한 목동이 이상한 것을 보았습니다. 춤을 추었습니다. | 한 목동이 이상한 것을 보았습니다. | 춤을 추었습니다.'],
    ['th', 'กาแฟถูกค้นพบโดยแพะตัวหนึ่ง ในภูเขาของเอธิโอเปีย | กาแฟถูกค้นพบ | โดยแพะตัวหนึ่ง | ในภูเขาของเอธิโอเปีย'],
  ])('%s: %s', (language, example) => {
    const [script = '', ...wanted] = example.split(' | ')
    expect(phrases(said(script, language), language)).toEqual(wanted)
  })
})

it('parts phrases at a silence', () => {
  const words = said('He opened the old door slowly', 'en')
  const late = words.map((word, i) =>
    i < 2 ? word : { ...word, startMs: word.startMs + 451, endMs: word.endMs + 451 },
  )
  expect(phrases(late, 'en')[0]).toBe('He opened')
  expect(phrases(words, 'en')[0]).not.toBe('He opened')
})

it('lasts at most 2.6 seconds, however slow the voice', () => {
  const slow = said('The goats were dancing all night long upon the hill', 'en').map((word) => ({
    ...word,
    startMs: word.startMs * 2.5,
    endMs: word.endMs * 2.5,
  }))
  for (const { firstWord, lastWord } of phrasesOf(slow, () => true, { language: 'en' })) {
    expect((slow[lastWord]?.endMs ?? 0) - (slow[firstWord]?.startMs ?? 0)).toBeLessThanOrEqual(2600)
  }
})

it('has at most six words, or fourteen Chinese characters, or what the caller allows', () => {
  const english = said(
    'goats and people danced on every hill of the land until the sun rose over it '.repeat(5).trim(),
    'en',
  )
  const wordsIn = ({ firstWord, lastWord }: { firstWord: number; lastWord: number }) => lastWord - firstWord + 1
  expect(Math.max(...phrasesOf(english, () => true, { language: 'en' }).map(wordsIn))).toBeLessThanOrEqual(6)
  const wide = phrasesOf(english, () => true, { language: 'en', idealWords: 7, maxWords: 9 }).map(wordsIn)
  expect(Math.max(...wide)).toBeGreaterThan(6)
  const chinese = said('全世界每天要喝掉二十多亿杯咖啡而且没有人知道这一切是从一只山羊开始的', 'zh')
  expect(phrases(chinese, 'zh', 99).every((text) => [...text].length <= 14)).toBe(true)
})

it('never begins a phrase with a mark or a small kana, nor ends one with an article, a title or half a name', () => {
  const script =
    'The goat of Mr. Brown ran from New York to the old town on 5 July and ate 3 million of the berries in the hills'
  expect(
    phrases(said(script, 'en'), 'en', 22).filter((text) => /(?:^| )(?:the|of|from|to|on|New|Mr\.|5|3)$/i.test(text)),
  ).toEqual([])
  const japanese = said('ちょっと待って、きゃっと叫んだヤギは「メェー」と鳴いて、ずっと踊っていたのです。', 'ja')
  expect(phrases(japanese, 'ja', 14).filter((text) => /^[、。ーゃゅょっ」]/.test(text))).toEqual([])
})

it('covers every word once and in order, and fits, whatever the words', () => {
  const random = randomOf(5)
  const parts = ['goat', 'the', 'Dr.', 'danced,', 'up;', 'sun.', 'why?', 'and', 'in', '30', 'of', 'mountain', 'Yemen']
  for (let round = 0; round < 200; round++) {
    const length = 2 + Math.floor(random() * 40)
    const words = said(Array.from({ length }, () => parts[Math.floor(random() * parts.length)]).join(' '), 'en')
    const fits = (first: number, last: number) => textOf(words, first, last).length <= 24
    const found = phrasesOf(words, fits, { language: 'en' })
    expect(found.flatMap(({ firstWord, lastWord }) => words.slice(firstWord, lastWord + 1))).toEqual(words)
    expect(found.every(({ firstWord, lastWord }) => firstWord === lastWord || fits(firstWord, lastWord))).toBe(true)
  }
})

it('leaves no word alone where it can go with its neighbours', () => {
  for (const script of [
    'The first coffee house in all of Japan opened in Tokyo.',
    'So we went on, slowly, to the very top of it.',
  ]) {
    for (const widest of [18, 24, 36]) {
      expect(phrases(said(script, 'en'), 'en', widest).filter((text) => !text.includes(' '))).toEqual([])
    }
  }
})
