import { Hono } from 'hono'
import { metricsText } from '../metrics.ts'
import type { ApiPorts } from '../ports.ts'

/** For Prometheus: figures of the process, none of an owner. */
export function metricsRoutes({ gauges }: Pick<ApiPorts, 'gauges'>) {
  return new Hono().get('/', async (context) => {
    const { text, contentType } = await metricsText(gauges)
    return context.body(text, 200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' })
  })
}
