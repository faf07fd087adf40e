// What the requirements expect a month to cost, US dollars, as they state it for three volumes of videos a month.
import type { MonthlyBill } from './bill.ts'
import type { Group } from './bill/line.ts'

export type Projection = {
  videosPerMonth: number
  /** Their monthly projections: a range for the AI services, then server and total. */
  services: readonly [number, number]
  server: number
  total: number
  /** Their cost summary, which counts more and comes to more. */
  summary: { line: string; usd: number }[]
  summaryTotal: number
}

export const projections = [
  {
    videosPerMonth: 100,
    services: [30, 40],
    server: 150,
    total: 200,
    summary: [
      { line: 'servers', usd: 150 },
      { line: 'AI services', usd: 40 },
      { line: 'storage and delivery', usd: 20 },
      { line: 'monitoring', usd: 30 },
      { line: 'certificate and domain', usd: 15 },
    ],
    summaryTotal: 255,
  },
  {
    videosPerMonth: 1000,
    services: [300, 400],
    server: 400,
    total: 750,
    summary: [
      { line: 'servers', usd: 500 },
      { line: 'AI services', usd: 400 },
      { line: 'storage and delivery', usd: 100 },
      { line: 'database', usd: 50 },
      { line: 'monitoring', usd: 100 },
    ],
    summaryTotal: 1150,
  },
  {
    videosPerMonth: 10_000,
    services: [3000, 4000],
    server: 1500,
    total: 5500,
    summary: [
      { line: 'servers', usd: 1500 },
      { line: 'AI services', usd: 4000 },
      { line: 'storage and delivery', usd: 500 },
      { line: 'database', usd: 200 },
      { line: 'monitoring', usd: 300 },
    ],
    summaryTotal: 6500,
  },
] satisfies Projection[]

/** This bill in the lines of the cost summary. Certificates cost nothing on AWS, and a domain is not in the bill. */
export function inSummaryLines({ lines }: Pick<MonthlyBill, 'lines'>): { line: string; costMicroUsd: number }[] {
  const sums = new Map<string, number>()
  for (const { group, what, costMicroUsd } of lines) {
    const line = what.startsWith('table, ') ? 'database' : summaryLines[group]
    sums.set(line, (sums.get(line) ?? 0) + costMicroUsd)
  }
  return [...sums].map(([line, costMicroUsd]) => ({ line, costMicroUsd }))
}
const summaryLines: Record<Group, string> = {
  Render: 'servers',
  'Functions and workflow': 'servers',
  Data: 'storage and delivery',
  Delivery: 'storage and delivery',
  Operations: 'monitoring',
  'AI services': 'AI services',
}

/** The one whose volume is nearest by ratio (3,000 is nearer to 1,000 than 10,000 is to 3,000). */
export function projectionFor(videosPerMonth: number): Projection {
  const distance = (it: Projection) => Math.abs(Math.log(it.videosPerMonth / videosPerMonth))
  return projections.reduce<Projection>((best, it) => (distance(it) < distance(best) ? it : best), projections[0]!)
}
