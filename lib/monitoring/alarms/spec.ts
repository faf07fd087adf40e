// What an alarm is, and what several of them are made of.
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import type { ServiceId } from '../../../core/models.ts'
import type { SizeSettings } from '../../config.ts'
import type { FunctionName } from '../../functions.ts'
import { functionsOf, lambda, queue, total } from '../measures.ts'
import type { Watched } from '../watched.ts'

/**
 * `missing`: what no data means. 'fine': nothing happened, and nothing is what a quiet hour looks like. 'bad': whoever
 * should have reported did not. 'as before': AWS stops reporting on what lies still, which mends nothing.
 */
export type AlarmSpec = {
  /** For the people who wait for videos or pay for them. */
  means: string
  metric: (watched: Watched, service: ServiceId) => cloudwatch.IMetric
  /** So many of so many periods of the metric in a row. */
  periods: [number, number]
  missing: 'fine' | 'bad' | 'as before'
  /** One for each service that the installation has. */
  perService?: true
  /** Only in such an installation. */
  where?: (watched: Watched) => boolean
} & ({ above: Threshold; below?: undefined } | { below: Threshold; above?: undefined })
/** In the metric's unit; what is on it is still well. */
type Threshold = (settings: SizeSettings) => number

/** The sweeper looks after videos once in so many minutes (lib/workflow). */
export const sweepMinutes = 5
export const dayMinutes = 24 * 60

export const none: Threshold = () => 0

/** As many failures in an hour as the size allows at its peak, but never so few that one bad hour of one user alarms. */
export const failuresAnHour: Threshold = ({ videosPerHour, alarms: { failedShare } }) =>
  Math.max(2, videosPerHour * failedShare)

export function sum(minutes: number): { statistic: 'Sum'; minutes: number } {
  return { statistic: 'Sum', minutes }
}

/** The sum over all functions of a kind. */
export function ofKind(
  watched: Watched,
  kind: 'stage' | 'edge' | 'housekeeping',
  metricName: 'Errors' | 'Throttles',
  { minutes, but }: { minutes: number; but?: FunctionName },
): cloudwatch.IMetric {
  const names = functionsOf(watched, kind).filter((name) => name !== but)
  return total(
    names.map((name) => lambda(watched, name, metricName, sum(minutes))),
    { minutes, label: metricName },
  )
}

/** Messages that lie in a queue. */
export function waiting(queueName: string): cloudwatch.IMetric {
  return queue(queueName, 'ApproximateNumberOfMessagesVisible', { statistic: 'Maximum', minutes: 5 })
}
