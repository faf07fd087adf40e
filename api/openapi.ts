// /openapi.json: made of the schemas that read what is sent and write what is answered, with what all routes share.
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { ApiEnv } from './app.ts'
import { newRoutes } from './new-routes.ts'
import { completed, type OpenApi } from './openapi/complete.ts'
import type { ApiPorts } from './ports.ts'
import { referencePage } from './reference.ts'
import { requestSchemas } from './schemas/video-request.ts'

/** The document's version is the API's: it changes when what was valid is not valid any more. */
const apiVersion = '1.0.0'

const description = `A script or a topic goes in; a narrated, illustrated, word-captioned short video comes out, with its bill.

Every request needs a key: \`Authorization: Bearer cf_…\` (or \`x-api-key\`). Bodies are JSON in UTF-8.

What goes wrong is told as RFC 9457 has it (\`application/problem+json\`), with a stable \`code\` and, where a rule is broken, \`errors\` by field. 404 is also what others' videos, uploads and keys are to you.

With every answer \`RateLimit\` says what is left; 429 says in \`Retry-After\` when to come again.`

export function documentRoutes(ports: ApiPorts, app: OpenAPIHono<ApiEnv>) {
  const made = new Map<string, { document: OpenApi; page?: string }>()
  /** Anew each day, as models retire, and for each address that the API has. */
  const today = async ({ req, env }: Context) => {
    const { basePath } = await ports.surroundings(req.raw, env)
    const day = ports.now().toISOString().slice(0, 10)
    const name = `${day} ${basePath}`
    const known = made.get(name) ?? { document: documentOf(ports, app, { day, basePath }) }
    if (made.size >= mostKept) made.clear()
    made.set(name, known)
    return known
  }
  return newRoutes()
    .get('/openapi.json', async (context) => context.json((await today(context)).document, 200, publicFor))
    .get('/reference', async (context) => {
      const known = await today(context)
      known.page ??= await referencePage(known.document)
      return context.html(known.page, 200, { ...publicFor, 'Content-Security-Policy': referencePolicy })
    })
}

const mostKept = 4
const publicFor = { 'Cache-Control': 'public, max-age=300' }
const referencePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

function documentOf(
  ports: Pick<ApiPorts, 'available'>,
  app: OpenAPIHono<ApiEnv>,
  { day, basePath }: { day: string; basePath: string },
): OpenApi {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'ClipForge', version: apiVersion, description },
    servers: [{ url: basePath || '/' }],
    security: [{ bearer: [] }, { header: [] }],
  })
  return completed(document as unknown as OpenApi, requestSchemas({ available: ports.available(), today: day }))
}
