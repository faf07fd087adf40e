import { expect, it } from 'vitest'
import { billOf, neededMicroUsd } from '../../core/cost.ts'

const call = { key: 'k', stage: 'illustrate', scene: 2, provider: 'p', startedAt: '2026-11-22T10:00:00Z' }
const charge = { provider: 'p', model: 'm', unit: 'images', units: 1, costMicroUsd: 39_000 }

it('has a line per charge with its stage and scene, and a total to the micro-dollar', () => {
  const settled = Array.from({ length: 7 }, (_, scene) => ({ ...call, scene, settledAt: 'later', charges: [charge] }))
  const bill = billOf('vid_1', settled, [])
  expect(bill.lines).toHaveLength(7)
  expect(bill.lines[3]).toEqual({ stage: 'illustrate', scene: 3, ...charge })
  expect([bill.totalMicroUsd, bill.totalUsd]).toEqual([273_000, 0.273])
})

it('shows a call without a result as money that may have been spent', () => {
  const { unsettled, totalMicroUsd } = billOf('vid_1', [call], [])
  expect(unsettled).toEqual([{ stage: 'illustrate', scene: 2, provider: 'p', startedAt: call.startedAt }])
  expect(totalMicroUsd).toBe(0)
})

it('tells what a video that stopped at its limit needs at least to go on', () => {
  const settledAt = 'later'
  const bought = { ...call, key: 'a', settledAt, charges: [charge] }
  const lost = { ...call, key: 'b', settledAt, charges: [], outcome: 'lost' as const, estimateMicroUsd: 1000 }
  const stopped = { ...call, settledAt, charges: [], outcome: 'not made' as const, estimateMicroUsd: 40_000 }
  expect(neededMicroUsd([bought, lost])).toBeUndefined()
  expect(neededMicroUsd([bought, lost, stopped, { ...stopped, key: 'l' }])).toBe(120_000)
  // Bought at the next try.
  expect(neededMicroUsd([stopped, { ...bought, key: 'k#2' }, { ...stopped, key: 'l' }])).toBe(79_000)
})
