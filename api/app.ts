// The HTTP app: the same wherever it runs. A route a file in api/routes/.
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import type { Caller, ApiPorts } from './ports.ts'
import { Problem, problemOf, respond } from './problem.ts'
import { healthRoutes } from './routes/health.ts'
import { uploadRoutes } from './routes/uploads.ts'
import { videoRoutes } from './routes/videos.ts'

/** What handlers find in their context besides the request. */
export type ApiEnv = { Variables: { caller: Caller; basePath: string } }

/** Larger than any request that would be accepted: 120 scenes with all that may be said about each. */
const requestLimitBytes = 1_000_000

export function createApi(ports: ApiPorts): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>()
  app.use(
    cors({
      origin: ports.corsOrigins,
      allowMethods: ['GET', 'POST'],
      allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key'],
      exposeHeaders: ['Location', 'Retry-After'],
    }),
  )
  const tooLarge = new Problem('too-large', `the request has more than ${requestLimitBytes / 1e6} MB; shorten it`)
  app.use(bodyLimit({ maxSize: requestLimitBytes, onError: (context) => respond(context, tooLarge) }))
  app.route('/health', healthRoutes())

  app.use('/v1/*', async (context, next) => {
    const { caller, basePath } = ports.surroundings(context.env)
    if (!caller)
      throw new Problem('unauthorized', "no valid key came with the request; send 'Authorization: Bearer cf_…'")
    context.set('caller', caller)
    context.set('basePath', basePath)
    // What one owner asks is nothing that anybody may keep.
    context.header('Cache-Control', 'no-store')
    await next()
  })
  app.route('/v1/videos', videoRoutes(ports))
  app.route('/v1/uploads', uploadRoutes(ports))

  app.notFound((context) => respond(context, new Problem('not-found', `there is nothing at ${context.req.path}`)))
  app.onError((error, context) => {
    const problem = problemOf(error)
    if (problem.kind === 'internal') ports.onError(error)
    return respond(context, problem)
  })
  return app
}
