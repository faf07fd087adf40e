import { describe, expect, it } from 'vitest'
import { randomOf } from '../../core/random.ts'
import { scenesOf } from '../../core/scenes.ts'
import { textOf, wordsOf } from '../../core/words.ts'

function scenes(script: string, language: string, wanted?: number): string[] {
  const words = wordsOf(script, language)
  return scenesOf(words, wanted).map(({ firstWord, lastWord }) => textOf(words, firstWord, lastWord))
}

const coffee =
  'Legend says coffee was found by a goat. In the highlands of Ethiopia, a young herder named Kaldi noticed that ' +
  'his flock danced all night. By the fifteenth century, coffee was grown in Yemen and traded in the port of Mocha. ' +
  'Ships took the beans to Venice, London and Vienna. And it all began with a goat.'

describe('as many scenes as the script asks for', () => {
  it('are whole sentences, and no weak fragment stands alone', () => {
    expect(scenes(coffee, 'en')).toEqual([
      'Legend says coffee was found by a goat.',
      'In the highlands of Ethiopia, a young herder named Kaldi noticed that his flock danced all night.',
      'By the fifteenth century, coffee was grown in Yemen and traded in the port of Mocha.',
      'Ships took the beans to Venice, London and Vienna. And it all began with a goat.',
    ])
  })

  it('gather sentences that would flash by', () => {
    expect(scenes('Stop. Breathe. Begin again. You are not late to your own life.', 'en')).toEqual([
      'Stop. Breathe. Begin again.',
      'You are not late to your own life.',
    ])
  })

  it('cut a sentence that would bore, at its strongest mark', () => {
    const script =
      'The stock market crashed in October of that year and millions of people lost their savings; banks across ' +
      'the entire country closed their doors, one after another, without any warning at all.'
    expect(scenes(script, 'en').map((text) => text.at(-1))).toEqual([';', '.'])
  })

  it.each([
    ['zh', '咖啡是一只山羊发现的。在埃塞俄比亚的山上，一个牧羊人注意到，他的羊整夜不睡觉，还跳起舞来。', 2],
    ['ja', 'コーヒーを見つけたのはヤギでした。一人のヤギ飼いが不思議なことに気づきました。', 2],
    ['de', 'Kaffee wurde von einer Ziege entdeckt.', 1],
  ])('%s: %s', (language, script, count) => {
    expect(scenes(script, language)).toHaveLength(count)
  })

  it('grow with the script: about one for each 4 to 9 seconds', () => {
    for (const sentences of [20, 60, 150]) {
      const words = wordsOf('The little goat danced on the hill until the sun came up. '.repeat(sentences).trim(), 'en')
      const secondsPerScene = words.length / 2.6 / scenesOf(words, undefined).length
      expect(secondsPerScene).toBeGreaterThan(4)
      expect(secondsPerScene).toBeLessThan(9)
    }
  })
})

describe('as many scenes as the user wants', () => {
  it.each([1, 2, 3, 5, 9, 20])('%i', (wanted) => {
    expect(scenes(coffee, 'en', wanted)).toHaveLength(wanted)
  })

  it('but no more than there are words', () => {
    expect(scenes('Only three words.', 'en', 10)).toEqual(['Only', 'three', 'words.'])
  })

  it('are cut at sentence ends while there are enough of them', () => {
    expect(scenes(coffee, 'en', 3).every((text) => text.endsWith('.'))).toBe(true)
  })
})

it('cover every word once and in order, whatever the script and the number', () => {
  const random = randomOf(11)
  const parts = ['goat', 'the', 'Dr.', 'danced,', 'up;', 'sun.', 'why?', 'and', '山羊发现。', '30', 'of']
  for (let round = 0; round < 150; round++) {
    const length = 1 + Math.floor(random() * 60)
    const script = Array.from({ length }, () => parts[Math.floor(random() * parts.length)]).join(' ')
    const words = wordsOf(script, 'en')
    const wanted = 1 + Math.floor(random() * 30)
    expect(scenesOf(words, wanted)).toHaveLength(Math.min(wanted, words.length))
    const found = scenesOf(words, round % 2 ? wanted : undefined)
    expect(found.flatMap(({ firstWord, lastWord }) => words.slice(firstWord, lastWord + 1))).toEqual(words)
    expect(found.every(({ firstWord, lastWord }) => firstWord <= lastWord)).toBe(true)
  }
})
