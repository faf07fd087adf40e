import { describe, expect, test } from 'vitest'
import {
  cardinal,
  digits,
  ordinal,
  plural,
  quantity,
  roman,
  year,
} from '../../../../providers/offline/voice/numbers.ts'

const said = (words: string[]) => words.join(' ')

describe('numbers', () => {
  test.each([
    ['0', 'zero'],
    ['10', 'ten'],
    ['100', 'one hundred'],
    ['115', 'one hundred fifteen'],
    ['1,000,001', 'one million one'],
    ['70000', 'seventy thousand'],
    ['20000000000000000', 'twenty quadrillion'],
    ['1000000000000000000', `one${' zero'.repeat(18)}`],
  ])('the cardinal of %s is %s', (written, words) => {
    expect(said(cardinal(written))).toBe(words)
  })

  test.each([
    ['1', 'first'],
    ['12', 'twelfth'],
    ['20', 'twentieth'],
    ['23', 'twenty third'],
    ['100', 'one hundredth'],
  ])('the ordinal of %s is %s', (written, words) => {
    expect(said(ordinal(written))).toBe(words)
  })

  test.each([
    ['1066', 'ten sixty six'],
    ['1475', 'fourteen seventy five'],
    ['1900', 'nineteen hundred'],
    ['1905', 'nineteen oh five'],
    ['2000', 'two thousand'],
    ['2004', 'two thousand four'],
    ['2024', 'twenty twenty four'],
  ])('the year %s is %s', (written, words) => {
    expect(said(year(written))).toBe(words)
  })

  test('a decimal is said digit by digit after the point, and a leading zero makes digits', () => {
    expect(said(quantity('3.14'))).toBe('three point one four')
    expect(said(quantity('.5'))).toBe('point five')
    expect(said(quantity('007'))).toBe('zero zero seven')
    expect(said(digits('555-01'))).toBe('five five five zero one')
  })

  test('plurals follow spelling', () => {
    expect(said(plural(['nineteen', 'ninety']))).toBe('nineteen nineties')
    expect(said(plural(['six']))).toBe('sixes')
  })

  test('a Roman numeral is read only when it is written as the Romans wrote it', () => {
    expect(['I', 'IV', 'VIII', 'XIX', 'XXXIX'].map(roman)).toEqual([1, 4, 8, 19, 39])
    expect(['', 'IIX', 'VV', 'IIII', 'CD'].map(roman)).toEqual([undefined, undefined, undefined, undefined, undefined])
  })
})
