// Alarms about the services and what everything costs.
import { gpuHours, own, shareOf } from '../measures.ts'
import { dayMinutes, sum, type AlarmSpec } from './spec.ts'

export const moneyAlarms = {
  'service-failing': {
    means: 'A service fails often: its part is made by whoever stands in, or videos wait and fail.',
    perService: true,
    metric: (_, of) =>
      shareOf(
        {
          failed: own('ServiceFailures', { ...sum(15), of }),
          well: own('ServiceCalls', { ...sum(15), of }),
        },
        { atLeast: 5, minutes: 15, label: `${of} failed share` },
      ),
    above: () => 0.25,
    periods: [2, 2],
    missing: 'fine',
  },
  'service-cost': {
    means: "A tenth of the month's money went to one service within a day.",
    perService: true,
    metric: (_, of) => own('ServiceCost', { ...sum(dayMinutes), of }),
    above: ({ monthlyBudgetUsd }) => monthlyBudgetUsd / 10,
    periods: [1, 1],
    missing: 'fine',
  },
  'video-cost': {
    means: 'Videos cost more than planned, on average over six hours.',
    metric: () => own('CostPerVideo', { statistic: 'Average', minutes: 6 * 60 }),
    above: ({ alarms: { costPerVideoUsd } }) => costPerVideoUsd,
    periods: [1, 1],
    missing: 'fine',
  },
  'gpu-hours': {
    means: 'GPU machines rendered for longer within a day than planned.',
    metric: () => gpuHours(dayMinutes),
    above: ({ alarms: { gpuHoursPerDay } }) => gpuHoursPerDay,
    periods: [1, 1],
    missing: 'fine',
  },
} as const satisfies Record<string, AlarmSpec>
