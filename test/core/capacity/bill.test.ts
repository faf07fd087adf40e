import { describe, expect, it } from 'vitest'
import { awakeHours } from '../../../core/capacity/awake.ts'
import { billFor } from '../../../core/capacity/bill.ts'
import { inSummaryLines, projectionFor, projections } from '../../../core/capacity/projections.ts'
import { peakOf, sizeFor } from '../../../core/capacity/workload.ts'
import { prices } from '../../../core/prices.ts'
import { workload } from './workload.ts'

/** '10,000 videos × 60 s ÷ 3,600 × $0.205 per h = $34.17', done again by what it says; micro-dollars. */
function redone(how: string): { computed: number; said: number } {
  const [product, said] = how.split(' = ')
  const numberIn = (text: string) =>
    Number(
      text
        .replaceAll(/[^\d.−]/g, ' ')
        .trim()
        .split(' ')[0]!
        .replace('−', '-'),
    )
  const value = (text: string) => numberIn(text.replaceAll(',', '').replace('$', ''))
  const computed = product!
    .split(/(?= [×÷] )/)
    .reduce(
      (sum, part) => (part.startsWith(' ÷') ? sum / value(part.slice(3)) : sum * value(part.replace(' × ', ''))),
      1,
    )
  return { computed: computed * 1e6, said: value(said!) * 1e6 }
}

function costOf(what: string, videosPerMonth = 10_000): number {
  const line = billFor(workload({ videosPerMonth })).lines.find((one) => one.what === what)
  return line!.costMicroUsd / 1e6
}

describe('the bill', () => {
  it.each([1, 100, 1000, 10_000, 250_000])(
    'says of every line of %i videos how it can be done again',
    (videosPerMonth) => {
      for (const { how, costMicroUsd, what } of billFor(workload({ videosPerMonth })).lines) {
        const { computed, said } = redone(how)
        expect(said, what).toBeCloseTo(costMicroUsd, 0)
        // To the cent, however it was rounded.
        expect(Math.abs(computed - costMicroUsd), `${what}: ${how}`).toBeLessThanOrEqual(5001)
      }
    },
  )

  it('adds up: whole cents, and every total is the sum of its lines', () => {
    const { lines, groups, totalMicroUsd, infrastructureMicroUsd, servicesMicroUsd } = billFor(workload())
    const sum = (costs: { costMicroUsd: number }[]) =>
      costs.reduce((total, { costMicroUsd }) => total + costMicroUsd, 0)
    for (const { costMicroUsd } of lines) expect(Math.abs(costMicroUsd % 10_000)).toBe(0)
    expect(sum(lines)).toBe(totalMicroUsd)
    expect(sum(groups)).toBe(totalMicroUsd)
    expect(infrastructureMicroUsd + servicesMicroUsd).toBe(totalMicroUsd)
    expect(sum(inSummaryLines({ lines }))).toBe(totalMicroUsd)
  })

  it('agrees with arithmetic by hand', () => {
    // 10,000 × (11 states + 7 pictures + start and end + half a retry) × $0.025 / 1,000
    expect(costOf('workflow')).toBe(5.13)
    expect(costOf('workflow, free each month')).toBe(-0.1)
    // 70,000 pictures × 13 s × 1,769 / 1,024 GB × $0.0000133334
    expect(costOf('function illustrate')).toBe(20.96)
    // 10,000 × 20 × 22.3 MB = 4,460 GB at $0.085, of which 1,000 are free
    expect(costOf('CloudFront, what is watched')).toBe(379.1)
    expect(costOf('CloudFront, free')).toBe(-85)
    // Below the allowance all of it is free.
    expect(costOf('CloudFront, what is watched', 100) + costOf('CloudFront, free', 100)).toBe(0)
    // 7 pictures of 1,120 tokens at $30 a million, and 400 tokens of prompt each at $1.50 a million
    expect(costOf('Gemini, illustrate')).toBe(2394)
    expect(costOf('GPU spot, always on')).toBe(149.65)
    expect(costOf('secrets')).toBe(1.6)
  })

  it('has no line for a service that makes nothing', () => {
    const choices = { ...workload().choices, narrate: 'embedded', plan: 'embedded', illustrate: 'embedded' }
    const { lines, servicesMicroUsd } = billFor(workload({ choices }))
    expect(servicesMicroUsd).toBe(0)
    expect(lines.filter(({ what }) => /openai|gemini|elevenlabs/i.test(what))).toEqual([])
  })

  it('names the price of each line of AWS, with source and date', () => {
    for (const { group, price } of billFor(workload()).lines) expect(group === 'AI services').toBe(price === undefined)
    for (const { source, date } of Object.values(prices)) {
      expect(source).not.toBe('')
      expect(date).toMatch(/^\d{4}(-\d\d){0,2}$/)
    }
  })
})

describe('machines that are awake', () => {
  it('follow the formula for one that is started by anybody', () => {
    const { machines, windowHours } = awakeHours(workload({ videosPerMonth: 1000, size: 'small' }))
    const rate = 1000 / 365
    expect(windowHours).toBeCloseTo(60 / 3600 + 20 / 60, 3)
    expect(machines[0]!.awakeHours).toBeCloseTo(365 * (1 - Math.exp(-rate * 0.35)), 1)
    expect(machines[0]!.boots).toBeCloseTo(1000 * Math.exp(-rate * 0.35), 0)
  })

  it('are never fewer hours than they render', () => {
    for (const videosPerMonth of [10, 1000, 10_000, 100_000]) {
      const { machines, renderHours, waitingHours, warmShare } = awakeHours(workload({ videosPerMonth }))
      const awake = machines.reduce((sum, { awakeHours: hours }) => sum + hours, 0)
      expect(awake + 0.1).toBeGreaterThanOrEqual(waitingHours)
      expect(renderHours * (1 - warmShare) + waitingHours).toBeGreaterThanOrEqual(awake - 0.1)
    }
  })
})

describe('projections', () => {
  it('are those of the nearest volume by ratio', () => {
    expect([1, 300, 320, 3000, 3200, 1e6].map((volume) => projectionFor(volume).videosPerMonth)).toEqual([
      100, 100, 1000, 1000, 10_000, 10_000,
    ])
  })

  it('have a cost summary that adds up', () => {
    for (const { summary, summaryTotal } of projections)
      expect(summary.reduce((sum, { usd }) => sum + usd, 0)).toBe(summaryTotal)
  })

  it('are of volumes that each have their size', () => {
    expect(projections.map(({ videosPerMonth }) => sizeFor(peakOf(videosPerMonth)))).toEqual([
      'small',
      'small',
      'enterprise',
    ])
  })
})
