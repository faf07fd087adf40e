// Alarms about what people touch: the API, uploads, delivery.
import { api, cloudFrontRegion, delivery, firewall, formula, queue } from '../measures.ts'
import { none, ofKind, sum, waiting, type AlarmSpec } from './spec.ts'

export const edgesAlarms = {
  'api-slow': {
    means: 'One request in a hundred takes too long.',
    metric: (watched) => api(watched, 'Latency', { statistic: 'p99', minutes: 5 }),
    above: ({ alarms: { apiP99Ms } }) => apiP99Ms,
    periods: [3, 4],
    missing: 'fine',
  },
  'api-errors': {
    means: 'Requests fail through no fault of those who make them.',
    metric: (watched) =>
      formula(
        'IF(failed >= 3, failed / requests, 0)',
        { failed: api(watched, '5XXError', sum(5)), requests: api(watched, 'Count', sum(5)) },
        { minutes: 5, label: '5xx share' },
      ),
    above: () => 0.01,
    periods: [2, 3],
    missing: 'fine',
  },
  'firewall-blocking': {
    means: 'The firewall turns away a crowd: an attack, or users who should get in.',
    metric: (watched) => firewall(watched, 'BlockedRequests', sum(5)),
    // Half of what a single address may send before it is stopped.
    above: ({ wafRequestsPerFiveMinutes }) => wafRequestsPerFiveMinutes / 2,
    periods: [1, 1],
    missing: 'fine',
  },
  'delivery-errors': {
    means: 'Videos or the page do not load.',
    metric: (watched) => delivery(watched, '5xxErrorRate', { statistic: 'Average', minutes: 5 }),
    // Percent of requests.
    above: () => 2,
    periods: [3, 4],
    missing: 'fine',
    // An alarm can only watch metrics of its own region.
    where: ({ region }) => region === cloudFrontRegion,
  },
  'edges-throttled': {
    means: "Requests or uploads are turned away or wait: the account's Lambda concurrency is used up.",
    metric: (watched) => ofKind(watched, 'edge', 'Throttles', { minutes: 5 }),
    above: none,
    periods: [2, 3],
    missing: 'fine',
  },
  'edges-failing': {
    means: 'The API, its check of keys, or the reading of uploads fails.',
    metric: (watched) => ofKind(watched, 'edge', 'Errors', { minutes: 5 }),
    above: () => 2,
    periods: [1, 1],
    missing: 'fine',
  },
  'uploads-waiting': {
    means: 'Files in the inbox are not read.',
    metric: ({ uploadQueue }) =>
      queue(uploadQueue, 'ApproximateAgeOfOldestMessage', { statistic: 'Maximum', minutes: 5 }),
    above: () => 15 * 60,
    periods: [2, 2],
    missing: 'fine',
  },
  'upload-dead-letters': {
    means: 'Uploads could not be read at all; their videos are not made.',
    metric: ({ uploadDeadLetters }) => waiting(uploadDeadLetters),
    above: none,
    periods: [1, 1],
    // A queue that nothing happens to is not reported after six hours, and its messages are still there.
    missing: 'as before',
  },
} as const satisfies Record<string, AlarmSpec>
