import { expect, it } from 'vitest'
import { partition } from '../../core/partition.ts'

const squares = (wanted: number) => (first: number, last: number) => (last - first + 1 - wanted) ** 2

it('finds the cheapest division, of any number of spans or of a given one', () => {
  expect(partition(6, squares(2), { longest: 6 }).map(({ last }) => last)).toEqual([1, 3, 5])
  expect(partition(6, squares(2), { longest: 6, count: 2 }).map(({ last }) => last)).toEqual([2, 5])
  expect(partition(3, squares(9), { longest: 9, count: 3 }).map(({ last }) => last)).toEqual([0, 1, 2])
})

it('makes no span longer than allowed, nor one that costs infinity', () => {
  expect(partition(5, squares(5), { longest: 2 }).every(({ first, last }) => last - first < 2)).toBe(true)
  const notTwo = (first: number, last: number) => (last - first === 1 ? Infinity : squares(2)(first, last))
  expect(partition(4, notTwo, { longest: 4 }).some(({ first, last }) => last - first === 1)).toBe(false)
})

it('is as cheap as the best of all divisions tried one by one', () => {
  const price = (first: number, last: number) => ((first * 7 + last * 13) % 11) + (last - first)
  const all = (from: number): number =>
    from === 8 ? 0 : Math.min(...Array.from({ length: 8 - from }, (_, n) => price(from, from + n) + all(from + n + 1)))
  const found = partition(8, price, { longest: 8 }).reduce((sum, { first, last }) => sum + price(first, last), 0)
  expect(found).toBe(all(0))
})
