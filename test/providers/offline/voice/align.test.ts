import { expect, test } from 'vitest'
import { wordsOfPhones } from '../../../../providers/offline/voice/align.ts'

const phones = (text: string) => text.split(' ')

test('phones that are as expected go to their words', () => {
  expect(wordsOfPhones(phones('dh ax k ae t'), [phones('dh ax'), phones('k ae t')])).toEqual([0, 0, 1, 1, 1])
})

test('a phone that context changed stays with its word', () => {
  expect(wordsOfPhones(phones('dh iy ae p ax l'), [phones('dh ax'), phones('ae p ax l')])).toEqual([0, 0, 1, 1, 1, 1])
})

test('a word without phones owns none, and one phone too many goes with the word before', () => {
  expect(wordsOfPhones(phones('k ae t s r ah n'), [phones('k ae t'), [], phones('r ah n')])).toEqual([
    0, 0, 0, 0, 2, 2, 2,
  ])
})

test('the same word twice in a row is two words', () => {
  expect(wordsOfPhones(phones('n ow n ow'), [phones('n ow'), phones('n ow')])).toEqual([0, 0, 1, 1])
})
