import { expect, it } from 'vitest'
import { hashOf } from '../../core/hash.ts'

it('is the same for the same things said in another order', () => {
  expect(hashOf({ a: 1, b: { c: 2, d: 3 } })).toBe(hashOf({ b: { d: 3, c: 2 }, a: 1 }))
})

it('tells lists apart by their order and parts by their borders', () => {
  expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]))
  expect(hashOf('ab', 'c')).not.toBe(hashOf('a', 'bc'))
})
