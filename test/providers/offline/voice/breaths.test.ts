import { expect, test } from 'vitest'
import { wordsOf } from '../../../../core/words.ts'
import { breathsOf } from '../../../../providers/offline/voice/breaths.ts'

const englishWords = (text: string) => wordsOf(text, 'en')
const texts = (script: string) => breathsOf(englishWords(script), 'en').breaths.map(({ text }) => text)

test('each sentence is one utterance that ends with its own mark', () => {
  expect(texts('One, two! Is it “three”? (Four — five.) “Stop.”')).toEqual([
    'one, two!',
    'is it three?',
    'four, five.',
    'stop.',
  ])
})

test('a sentence without a sound is in no breath', () => {
  expect(texts('Good. … Bye.')).toEqual(['good.', 'bye.'])
  expect(breathsOf(englishWords('— 🍕'), 'en').breaths).toEqual([])
})

test('a very long sentence is cut, at a comma where there is one', () => {
  const clause = 'word '.repeat(30).trim()
  const { breaths } = breathsOf(englishWords(`${clause}, ${clause} ${clause}.`), 'en')
  expect(breaths.map(({ sayings }) => sayings.length)).toEqual([30, 45, 15])
  expect(breaths.map(({ text }) => text.at(-1))).toEqual([',', ',', '.'])
  expect(breaths.map(({ endsSentence }) => endsSentence)).toEqual([false, false, true])
  expect(breaths.flatMap(({ sayings }) => sayings.map(({ word }) => word))).toEqual(
    Array.from({ length: 90 }, (_, i) => i),
  )
})
