import { Hono } from 'hono'

/** Says that the app answers; asks nothing of what lies behind it, so that a probe costs nothing. */
export function healthRoutes() {
  return new Hono().get('/', (context) => context.json({ status: 'ok' }))
}
