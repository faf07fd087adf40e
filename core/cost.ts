// Money is integer micro-dollars (1 USD = 1,000,000), so sums are exact.
import type { CallRecord } from './ports.ts'

export type BillLine = {
  stage: string
  scene?: number
  provider: string
  model: string
  unit: string
  units: number
  costMicroUsd: number
}
export type Bill = {
  videoId: string
  currency: 'USD'
  totalMicroUsd: number
  totalUsd: number
  lines: BillLine[]
  /** Calls that were begun and whose result never arrived: they may have been charged by the provider. */
  unsettled: { stage: string; scene?: number; provider: string; startedAt: string }[]
}

/** One line per charge of each call, and `compute` for the machine's own work. */
export function billOf(videoId: string, calls: CallRecord[], compute: BillLine[]): Bill {
  const charged = calls.flatMap(({ stage, scene, charges }) =>
    (charges ?? []).map((charge) => ({ stage, ...(scene === undefined ? {} : { scene }), ...charge })),
  )
  const lines = [...charged, ...compute]
  const totalMicroUsd = lines.reduce((sum, line) => sum + line.costMicroUsd, 0)
  const unsettled = calls
    .filter((call) => !call.settledAt)
    .map(({ stage, scene, provider, startedAt }) => ({
      stage,
      ...(scene === undefined ? {} : { scene }),
      provider,
      startedAt,
    }))
  return { videoId, currency: 'USD', totalMicroUsd, totalUsd: totalMicroUsd / 1_000_000, lines, unsettled }
}
