// What this process measures of itself, for Prometheus. Nothing of it says who asked for what.
import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

export type VideoEnd = 'done' | 'failed' | 'cancelled'
type Waiting = () => Promise<{ queued: number; running: number }>

let measures: ReturnType<typeof newMeasures> | undefined
/** One for the process, made when it is first asked for: where nobody asks, nothing is measured. */
function processMeasures() {
  return (measures ??= newMeasures())
}

function newMeasures() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'clipforge_' })
  return {
    registry,
    requests: new Histogram({
      name: 'clipforge_http_request_duration_seconds',
      help: 'Until the answer began, by the pattern of the path; of a stream, until it was opened.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    accepted: new Counter({
      name: 'clipforge_videos_accepted_total',
      help: 'Answers that accepted a video; sent again under its Idempotency-Key, it counts again.',
      registers,
    }),
    finished: new Counter({
      name: 'clipforge_videos_finished_total',
      help: 'Videos that came to an end in this process, by how.',
      labelNames: ['status'],
      registers,
    }),
    waiting: new Gauge({
      name: 'clipforge_videos',
      help: 'Videos that wait and that are being made.',
      labelNames: ['status'],
      registers,
    }),
  }
}

/** Told by whoever runs videos in this process. */
export function countEnd(status: VideoEnd): void {
  processMeasures().finished.inc({ status })
}

const accepting = new Set(['/v1/videos', '/v1/videos/:id/variants'])

/** Measures every request that comes through it. To stand before everything else. */
export function metricsOf(): MiddlewareHandler {
  const { requests, accepted } = processMeasures()
  return async (context, next) => {
    const stop = requests.startTimer()
    await next()
    const route = patternOf(matchedRoutes(context).map(({ path }) => path))
    const { method } = context.req
    const { status } = context.res
    stop({ method, route, status })
    if (status === 202 && method === 'POST' && accepting.has(route)) accepted.inc()
  }
}

/** The last one that is a path of its own: what stands for many paths is what measures, limits and checks keys. */
function patternOf(paths: string[]): string {
  return paths.findLast((path) => !path.includes('*')) ?? 'none'
}

/** In Prometheus's text format. */
export async function metricsText(waiting: Waiting | undefined): Promise<{ text: string; contentType: string }> {
  const { registry, waiting: gauge } = processMeasures()
  const counts = await waiting?.()
  if (counts) for (const [status, count] of Object.entries(counts)) gauge.set({ status }, count)
  return { text: await registry.metrics(), contentType: registry.contentType }
}
