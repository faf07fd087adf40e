import { api, delivery, watch } from '../usage.ts'
import type { Workload } from '../workload.ts'
import { requestsOf, videoMbOf } from './data.ts'
import { type BillLine, freeLine, pricedLine, product, rounded } from './line.ts'

/** What goes out to people, and what they ask. */
export function deliveryLines(workload: Workload): BillLine[] {
  const { videosPerMonth: videos, viewsPerVideo: views } = workload
  const { requestsPerView, watchedShare } = delivery
  const sent = [
    [videos, 'videos'],
    [views, 'views'],
    [rounded(videoMbOf(workload) * watchedShare, 1), 'MB'],
    ['÷', 1000],
  ] as const
  const asked = [
    [videos, 'videos'],
    [views, 'views'],
    [requestsPerView, 'requests'],
  ] as const
  const apiRequests = [
    [videos, 'videos'],
    [api.requestsPerVideo, 'requests'],
  ] as const
  return [
    pricedLine('Delivery', 'CloudFront, what is watched', 'egress', sent),
    freeLine('Delivery', 'CloudFront, free', 'egress', product(sent)),
    pricedLine('Delivery', 'CloudFront, requests', 'egressRequests', asked),
    freeLine('Delivery', 'CloudFront, requests free', 'egressRequests', product(asked)),
    pricedLine('Delivery', 'API Gateway', 'api', apiRequests),
    pricedLine('Delivery', 'firewall (WAF)', 'wafAcl', [[1, 'ACL']]),
    pricedLine('Delivery', 'firewall, rules', 'wafRule', [[api.wafRules, 'rules']]),
    pricedLine('Delivery', 'firewall, requests', 'wafRequests', apiRequests),
  ]
}

/** What is written down and watched, and what is kept secret. */
export function operationsLines(workload: Workload): BillLine[] {
  const { videosPerMonth: videos } = workload
  const logsGb = rounded((videos * watch.logsMbPerVideo + watch.logsMbPerMonth) / 1000, 3)
  const line = (what: string, ...rest: [Parameters<typeof pricedLine>[2], Parameters<typeof pricedLine>[3]]) =>
    pricedLine('Operations', what, ...rest)
  return [
    line('logs, written', 'logs', [[logsGb, 'GB']]),
    line('logs, kept 30 days', 'logStorage', [[logsGb, 'GB']]),
    line('metrics of our own', 'metrics', [[watch.metrics, 'metrics']]),
    line('alarms', 'alarms', [[watch.alarms, 'alarms']]),
    line('dashboards', 'dashboards', [[watch.dashboards, 'dashboards']]),
    line('traces', 'traces', [
      [videos, 'videos'],
      [watch.tracesPerVideo, 'traces'],
    ]),
    line('audit trail of written objects', 'trail', [
      [videos, 'videos'],
      [requestsOf(workload).puts, 'events'],
    ]),
    line('encryption keys', 'keys', [[watch.keys, 'keys']]),
    line('encryption, requests', 'keyRequests', [
      [videos, 'videos'],
      [watch.keyRequestsPerVideo, 'requests'],
    ]),
    line('secrets', 'secrets', [[watch.secrets, 'secrets']]),
    line('secrets, requests', 'secretRequests', [
      [videos, 'videos'],
      [watch.secretRequestsPerVideo, 'requests'],
    ]),
  ]
}
