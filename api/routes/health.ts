import { createRoute, z } from '@hono/zod-openapi'
import { json } from '../answers.ts'
import { newRoutes } from '../new-routes.ts'

const health = createRoute({
  method: 'get',
  path: '/',
  operationId: 'health',
  tags: ['Health'],
  security: [],
  summary: 'Whether the API answers',
  responses: json(200, z.object({ status: z.literal('ok') }), 'It does.'),
})

/** Says that the app answers; asks nothing of what lies behind it, so that a probe costs nothing. */
export function healthRoutes() {
  return newRoutes().openapi(health, (context) => context.json({ status: 'ok' as const }, 200))
}
