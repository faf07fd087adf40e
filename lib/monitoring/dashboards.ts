// What operators look at, as data: rows of charts, each a title and its lines.
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import {
  api,
  aws,
  delivery,
  firewall,
  formula,
  gpuHours,
  lambda,
  own,
  queue,
  renderQueues,
  states,
  table,
  tableErrors,
  total,
  type RenderQueue,
} from './measures.ts'
import type { Watched } from './watched.ts'

/** `left` and `right`: the lines by the axis that they are read off. `value`: the number alone, of the time shown. */
export type Chart = {
  title: string
  left: cloudwatch.IMetric[]
  right?: cloudwatch.IMetric[]
  kind?: 'lines' | 'stacked' | 'value'
}
export type Page = { heading: string; charts: Chart[] }[]

/** Is it working? */
export function overview(watched: Watched): Page {
  const { services, functions, replicaRegion } = watched
  const all = Object.keys(functions) as (keyof typeof functions)[]
  const perQueue = (line: (of: RenderQueue) => cloudwatch.IMetric) => renderQueues.map(line)
  const made = own('VideosMade', { statistic: 'Sum', minutes: 60, label: 'made' })
  const failed = own('VideosFailed', { statistic: 'Sum', minutes: 60, label: 'failed' })
  return [
    {
      heading: 'Videos',
      charts: [
        { title: 'Made and failed an hour', left: [made, failed], kind: 'stacked' },
        {
          title: 'Success rate, %',
          left: [
            formula(
              'IF(made + failed > 0, 100 * made / (made + failed), 100)',
              { made, failed },
              { minutes: 60, label: 'made' },
            ),
          ],
        },
        { title: 'Seconds from request to video', left: percentiles(['p50', 'p95'], 'VideoSeconds') },
        {
          title: 'Waiting',
          left: [own('VideosWaiting', { statistic: 'Maximum', minutes: 5, label: 'videos' })],
          right: [own('OldestWaitingSeconds', { statistic: 'Maximum', minutes: 5, label: 'oldest, seconds' })],
        },
        {
          title: 'Lost and found',
          left: [
            own('VideosStuck', { statistic: 'Maximum', minutes: 5, label: 'stuck' }),
            own('VideosRestarted', { statistic: 'Sum', minutes: 60, label: 'started again' }),
          ],
        },
        {
          title: 'Inbox',
          left: [
            queue(watched.uploadQueue, 'ApproximateNumberOfMessagesVisible', {
              statistic: 'Maximum',
              minutes: 5,
              label: 'files waiting',
            }),
            queue(watched.uploadDeadLetters, 'ApproximateNumberOfMessagesVisible', {
              statistic: 'Maximum',
              minutes: 5,
              label: 'dead letters',
            }),
          ],
          right: [own('UploadsRefused', { statistic: 'Sum', minutes: 60, label: 'lines refused' })],
        },
      ],
    },
    {
      heading: 'Rendering',
      charts: [
        {
          // A job reports its time when it ends, so that this is an average over the last hour, not the moment.
          title: 'Jobs at work (average of the hour)',
          left: perQueue((of) =>
            formula(
              `${of} / 3600`,
              { [of]: own('RenderSeconds', { statistic: 'Sum', minutes: 60, of }) },
              { minutes: 60, label: of },
            ),
          ),
          kind: 'stacked',
        },
        {
          title: 'Seconds a job waits, p90',
          left: perQueue((of) => own('RenderWaitSeconds', { statistic: 'p90', minutes: 15, of, label: of })),
        },
        {
          title: 'Seconds a job takes, p50',
          left: perQueue((of) => own('RenderSeconds', { statistic: 'p50', minutes: 60, of, label: of })),
        },
        {
          title: 'Jobs failed',
          left: perQueue((of) => own('RendersFailed', { statistic: 'Sum', minutes: 60, of, label: of })),
          kind: 'stacked',
        },
        { title: 'GPU hours a day', left: [gpuHours(24 * 60)] },
        {
          title: 'Workflows',
          left: ['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsFailed', 'ExecutionsAborted'].map((name) =>
            states(watched, name, { statistic: 'Sum', minutes: 15 }),
          ),
          right: ['ExecutionsTimedOut', 'ExecutionThrottled'].map((name) =>
            states(watched, name, { statistic: 'Sum', minutes: 15 }),
          ),
        },
      ],
    },
    {
      heading: 'API and delivery',
      charts: [
        {
          title: 'API: milliseconds',
          left: ['p50', 'p99'].map((statistic) => api(watched, 'Latency', { statistic, minutes: 5, label: statistic })),
        },
        {
          title: 'API: requests and errors',
          left: [api(watched, 'Count', { statistic: 'Sum', minutes: 5, label: 'requests' })],
          right: ['4XXError', '5XXError'].map((name) => api(watched, name, { statistic: 'Sum', minutes: 5 })),
        },
        {
          title: 'Firewall',
          left: ['AllowedRequests', 'BlockedRequests'].map((name) =>
            firewall(watched, name, { statistic: 'Sum', minutes: 5 }),
          ),
        },
        {
          title: 'Delivery: requests and bytes',
          left: [delivery(watched, 'Requests', { statistic: 'Sum', minutes: 15 })],
          right: [delivery(watched, 'BytesDownloaded', { statistic: 'Sum', minutes: 15 })],
        },
        {
          title: 'Delivery: errors, %',
          left: ['4xxErrorRate', '5xxErrorRate'].map((name) =>
            delivery(watched, name, { statistic: 'Average', minutes: 15 }),
          ),
        },
      ],
    },
    {
      heading: 'Functions and data',
      charts: [
        {
          title: 'Errors',
          left: all.map((name) => lambda(watched, name, 'Errors', { statistic: 'Sum', minutes: 15 })),
          kind: 'stacked',
        },
        {
          // Those of services are throttled on purpose: that is how an account's limit there is kept.
          title: 'Throttles',
          left: all.map((name) => lambda(watched, name, 'Throttles', { statistic: 'Sum', minutes: 15 })),
          kind: 'stacked',
        },
        {
          title: 'Milliseconds, p90',
          left: all.map((name) => lambda(watched, name, 'Duration', { statistic: 'p90', minutes: 15 })),
        },
        {
          title: 'At work at once',
          left: all.map((name) => lambda(watched, name, 'ConcurrentExecutions', { statistic: 'Maximum', minutes: 5 })),
        },
        {
          title: 'Services: requests that brought nothing',
          left: services.map((of) => own('ServiceFailures', { statistic: 'Sum', minutes: 15, of, label: of })),
          right: services.map((of) =>
            own('ServiceCalls', { statistic: 'Sum', minutes: 15, of, label: `${of}, charged` }),
          ),
        },
        {
          title: 'Database',
          left: ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'].map((name) =>
            table(watched, name, { statistic: 'Sum', minutes: 5 }),
          ),
          right: [
            tableErrors(watched, 5),
            ...['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) =>
              table(watched, name, { statistic: 'Sum', minutes: 5 }),
            ),
            ...(replicaRegion === undefined
              ? []
              : [
                  aws('AWS/DynamoDB', 'ReplicationLatency', {
                    statistic: 'Average',
                    minutes: 5,
                    label: 'replica behind, ms',
                    dimensions: { TableName: watched.table, ReceivingRegion: replicaRegion },
                  }),
                ]),
          ],
        },
      ],
    },
  ]
}

/** What does it cost? What AWS charges comes a day late in Cost Explorer; this is what is known at once. */
export function costs({ services }: Watched): Page {
  const dayMinutes = 24 * 60
  const perService = (name: 'ServiceCost' | 'ServiceUnits' | 'ServiceCalls', minutes: number) =>
    services.map((of) => own(name, { statistic: 'Sum', minutes, of, label: of }))
  return [
    {
      heading: 'Videos',
      charts: [
        {
          title: 'US dollars a video',
          left: [
            own('CostPerVideo', { statistic: 'Average', minutes: 60, label: 'average' }),
            ...percentiles(['p95'], 'CostPerVideo'),
          ],
        },
        {
          title: 'Videos a day',
          left: [own('VideosMade', { statistic: 'Sum', minutes: dayMinutes, label: 'made' })],
        },
        { title: 'GPU hours a day', left: [gpuHours(dayMinutes)] },
      ],
    },
    {
      heading: 'Services',
      charts: [
        { title: 'US dollars an hour', left: perService('ServiceCost', 60), kind: 'stacked' },
        { title: 'US dollars a day', left: perService('ServiceCost', dayMinutes), kind: 'stacked' },
        {
          title: 'US dollars in the time shown',
          left: [total(perService('ServiceCost', dayMinutes), { minutes: dayMinutes, label: 'all services' })],
          kind: 'value',
        },
        { title: 'Tokens, characters, images … an hour', left: perService('ServiceUnits', 60) },
        { title: 'Charged requests an hour', left: perService('ServiceCalls', 60) },
      ],
    },
  ]
}

function percentiles(all: string[], name: 'VideoSeconds' | 'CostPerVideo'): cloudwatch.IMetric[] {
  return all.map((statistic) => own(name, { statistic, minutes: 60, label: statistic }))
}
