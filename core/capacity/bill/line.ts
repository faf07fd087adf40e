// One line of the plan's bill, with the arithmetic that a person can do again.
import { freeEachMonth, type PriceId, prices } from '../../prices.ts'

export type Group = 'Render' | 'Functions and workflow' | 'Data' | 'Delivery' | 'Operations' | 'AI services'

/** `how`: the factors as they are multiplied and divided, with what comes of them. Money is whole cents in micro-dollars. */
export type BillLine = { group: Group; what: string; how: string; costMicroUsd: number; price?: PriceId }

/** A factor of a product, shown as it is used; `÷` divides. */
export type Factor = readonly [value: number, label: string] | readonly ['÷', value: number, label?: string]

/** What `factors` come to at the unit price. A free allowance has a negative factor. */
export function pricedLine(group: Group, what: string, price: PriceId, factors: readonly Factor[]): BillLine {
  const { usd, per, unit } = prices[price]
  const quantity = product(factors)
  const costMicroUsd = wholeCents(quantity * (usd / per) * 1_000_000)
  const each = per === 1 ? `$${usd} per ${unit}` : `$${usd} ÷ ${number(per)} ${unit}`
  return { group, what, price, costMicroUsd, how: `${textOf(factors)} × ${each} = ${dollars(costMicroUsd)}` }
}

/** What is given away of `used`, as a line of its own below the one that charges for all of it. */
export function freeLine(group: Group, what: string, price: keyof typeof freeEachMonth, used: number): BillLine {
  return pricedLine(group, what, price, [[-Math.min(used, freeEachMonth[price]), 'free']])
}

/** For what has a price for each video already. `of`: whose price it is. */
export function perVideoLine(group: Group, what: string, videos: number, microUsd: number, of: string): BillLine {
  const costMicroUsd = wholeCents(videos * microUsd)
  const how = `${number(videos)} videos × $${number(microUsd / 1_000_000)} of ${of} = ${dollars(costMicroUsd)}`
  return { group, what, costMicroUsd, how }
}

export function product(factors: readonly Factor[]): number {
  return factors.reduce((sum, factor) => (factor[0] === '÷' ? sum / factor[1] : sum * factor[0]), 1)
}

/** Rounded before it is used, so that what is shown is what was multiplied. */
export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits))
}

/** With at most six digits behind the point, and a comma between thousands. */
export function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 6 }).replace('-', '−')
}

/** '$1,234.50'; nothing below a cent is shown, or counted. */
export function dollars(microUsd: number): string {
  const usd = Math.abs(microUsd / 1_000_000).toLocaleString('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  })
  return `${microUsd < 0 ? '−' : ''}$${usd}`
}

function wholeCents(microUsd: number): number {
  return Math.round(microUsd / 10_000) * 10_000 || 0
}

function textOf(factors: readonly Factor[]): string {
  return factors
    .map((factor, i) => {
      if (factor[0] === '÷') return ` ÷ ${number(factor[1])}${factor[2] ? ` ${factor[2]}` : ''}`
      const label = factor[0] === 1 ? factor[1].replace(/^(\w{2,})s\b/, '$1') : factor[1]
      return `${i === 0 ? '' : ' × '}${number(factor[0])} ${label}`
    })
    .join('')
}
