// The HTTP app: the same wherever it runs. A group of routes a file in api/routes/.
import { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import { corsHeaders, corsMethods } from './cors.ts'
import { count } from './limits.ts'
import { openMemory } from './memory.ts'
import { metricsOf } from './metrics.ts'
import { methodsAt } from './methods.ts'
import { newRoutes } from './new-routes.ts'
import { documentRoutes } from './openapi.ts'
import type { ApiPorts, Caller } from './ports.ts'
import { isHangUp, Problem, problemOf, respond } from './problem.ts'
import { catalogRoutes } from './routes/catalog.ts'
import { healthRoutes } from './routes/health.ts'
import { keysRoutes } from './routes/keys.ts'
import { mcpRoutes } from './routes/mcp.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { originalRoutes } from './routes/original.ts'
import { shareRoutes } from './routes/shares.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { uploadRoutes } from './routes/uploads.ts'
import { usageRoutes } from './routes/usage.ts'
import { videoRoutes } from './routes/videos.ts'
import { quoteRoutes } from './routes/videos/make.ts'
import { webhookRoutes } from './routes/webhooks.ts'

/** What handlers find in their context besides the request. */
export type ApiEnv = { Variables: { caller: Caller; basePath: string } }

export function createApi(ports: ApiPorts): OpenAPIHono<ApiEnv> {
  const app = newRoutes()
  const memory = openMemory(ports)
  if (ports.gauges) app.use(metricsOf())
  app.use(safeHeaders)
  app.use(
    cors({
      origin: ports.corsOrigins,
      allowMethods: corsMethods,
      allowHeaders: corsHeaders,
      exposeHeaders: ['Location', 'Retry-After', 'RateLimit', 'RateLimit-Policy'],
      maxAge: 3600,
    }),
  )
  app.route('/health', healthRoutes())
  app.route('/shares', shareRoutes(ports, memory))
  if (ports.signIn) app.route('/sign-in', signInRoutes(ports.signIn))
  app.route('/api', originalRoutes(ports))

  // Before anything of a body is read.
  const keyed: MiddlewareHandler<ApiEnv> = async (context, next) => {
    const { caller, basePath } = await ports.surroundings(context.req.raw, context.env)
    if (!caller)
      throw new Problem('unauthorized', "no valid key came with the request; send 'Authorization: Bearer cf_…'")
    context.set('caller', caller)
    context.set('basePath', basePath)
    // What one owner asks is nothing that anybody may keep.
    context.header('Cache-Control', 'no-store')
    await count(context, ports, 'request')
    await next()
  }
  const areFiguresOpen = ports.areMetricsOpen === true
  for (const path of ['/v1/*', '/mcp', ...(areFiguresOpen ? [] : ['/metrics'])]) app.use(path, keyed)
  if (ports.gauges) app.route('/metrics', metricsRoutes(ports))
  app.route('/v1/videos', videoRoutes(ports, memory))
  app.route('/v1/quotes', quoteRoutes(ports))
  app.route('/v1/uploads', uploadRoutes(ports))
  app.route('/v1/catalog', catalogRoutes(ports))
  app.route('/v1/usage', usageRoutes(ports))
  app.route('/v1/keys', keysRoutes(ports))
  app.route('/v1/webhooks', webhookRoutes(ports))
  app.route('/mcp', mcpRoutes(ports, app))
  app.route('/', documentRoutes(ports, app))

  const methodsOf = methodsAt(app)
  app.notFound((context) => {
    const { path, method } = context.req
    const allow = methodsOf(path)
    const problem =
      allow.length > 0
        ? new Problem('wrong-method', `${method} is nothing that is done here; ${allow.join(', ')} is`, { allow })
        : new Problem('not-found', `there is nothing at ${path}`)
    return respond(context, problem)
  })
  app.onError((error, context) => {
    const problem = problemOf(error)
    if (problem.kind === 'internal' && !isHangUp(error, context.req.raw)) ports.onError(error)
    return respond(context, problem)
  })
  return app
}

/** For answers that are data: no page may be made of them, and none may frame them. What has its own keeps it. */
const safe = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
}

const safeHeaders: MiddlewareHandler = async (context, next) => {
  await next()
  for (const [name, value] of Object.entries(safe)) if (!context.res.headers.has(name)) context.header(name, value)
}
