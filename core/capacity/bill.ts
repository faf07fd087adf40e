// What a month costs, line by line: AWS from dated unit prices, the AI services from the catalogue's.
import { type Role, roles, services } from '../models.ts'
import { quoteOf } from '../quote.ts'
import { dataLines } from './bill/data.ts'
import { deliveryLines, operationsLines } from './bill/edges.ts'
import { functionLines } from './bill/functions.ts'
import { type BillLine, type Group, perVideoLine } from './bill/line.ts'
import { renderLines } from './bill/render.ts'
import { quoteFactsOf, type Workload } from './workload.ts'

export type MonthlyBill = {
  currency: 'USD'
  lines: BillLine[]
  groups: { group: Group; costMicroUsd: number }[]
  infrastructureMicroUsd: number
  servicesMicroUsd: number
  totalMicroUsd: number
  /** Rounded to a micro-dollar. */
  perVideo: { infrastructureMicroUsd: number; servicesMicroUsd: number; totalMicroUsd: number }
  /** What an AI service's price is not known for, or is estimated. */
  notes: string[]
}

/** Every total is the sum of its lines; a line is whole cents. */
export function billFor(workload: Workload): MonthlyBill {
  const { lines: serviceLines, notes } = linesOfServices(workload)
  const infrastructure = [
    ...renderLines(workload),
    ...functionLines(workload),
    ...dataLines(workload),
    ...deliveryLines(workload),
    ...operationsLines(workload),
  ]
  const lines = [...infrastructure, ...serviceLines]
  const names = [...new Set(lines.map(({ group }) => group))]
  const infrastructureMicroUsd = sumOf(infrastructure)
  const servicesMicroUsd = sumOf(serviceLines)
  const totalMicroUsd = sumOf(lines)
  const each = (microUsd: number) => Math.round(microUsd / workload.videosPerMonth)
  return {
    currency: 'USD',
    lines,
    groups: names.map((group) => ({ group, costMicroUsd: sumOf(lines.filter((line) => line.group === group)) })),
    infrastructureMicroUsd,
    servicesMicroUsd,
    totalMicroUsd,
    perVideo: {
      infrastructureMicroUsd: each(infrastructureMicroUsd),
      servicesMicroUsd: each(servicesMicroUsd),
      totalMicroUsd: each(totalMicroUsd),
    },
    notes,
  }
}

function linesOfServices(workload: Workload): { lines: BillLine[]; notes: string[] } {
  const { videosPerMonth, choices, today } = workload
  const quoted = quoteOf(quoteFactsOf(workload), choices, today).lines.filter(({ model }) => model !== 'embedded')
  const lines = quoted.map(({ role, provider, model, costMicroUsd }) => {
    const service = services[provider as keyof typeof services]?.name ?? provider
    return perVideoLine('AI services', `${service}, ${nameOf(role)}`, videosPerMonth, costMicroUsd, model)
  })
  return {
    lines,
    notes: [...new Set(quoted.flatMap(({ model, why }) => (why === undefined ? [] : `${model}: ${why}`)))],
  }
}

function nameOf(role: Role): string {
  return roles[role].name.toLowerCase()
}

function sumOf(lines: BillLine[]): number {
  return lines.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0)
}
