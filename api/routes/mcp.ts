// The tools over HTTP: each request stands for itself, with the key of whoever sends it, and is answered with JSON.
// What a tool asks goes through the whole API once more: nothing can be done here that could not be done there.
import { type Context, Hono } from 'hono'
import type { ApiEnv } from '../app.ts'
import { bodyOf } from '../body.ts'
import type { Ask } from '../mcp/ask.ts'
import type { ApiPorts } from '../ports.ts'

type Api = Pick<Hono<ApiEnv>, 'fetch'>

/** API Gateway gives up after 29 seconds. */
const longestWaitSeconds = 25
/** By convention: whoever asked has hung up. Nobody reads it. */
const goneStatus = 499

export function mcpRoutes(ports: Pick<ApiPorts, 'pageUrl'>, api: Api): Hono<ApiEnv> {
  return new Hono<ApiEnv>().post('/', async (context) => {
    const message = await bodyOf(context)
    // Many calls in one request would be counted as one. The protocol has none since its version of June 2025.
    if (Array.isArray(message)) return refused(context, 'a batch of messages is not taken; send one at a time')
    // Loaded with the first message: most who call the API never send one.
    const [{ mcpServer }, { WebStandardStreamableHTTPServerTransport }] = await Promise.all([
      import('../mcp.ts'),
      import('@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'),
    ])
    const pageUrl = ports.pageUrl === '' ? new URL(context.req.url).origin : ports.pageUrl
    const server = mcpServer({
      ask: within(api, context),
      longestWaitSeconds,
      pageLink: (id) => `${pageUrl}/#/videos/${id}`,
    })
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
    try {
      await server.connect(transport)
      const request = context.req.raw
      return await Promise.race([transport.handleRequest(request, { parsedBody: message }), hungUp(request.signal)])
    } finally {
      await server.close()
    }
  })
}

function refused(context: Context, message: string): Response {
  return context.json({ jsonrpc: '2.0', error: { code: -32_600, message }, id: null }, 400)
}

const keyHeaders = ['Authorization', 'X-Api-Key']

function within(api: Api, { req, env }: Context): Ask {
  return async (method, path, body, headers) => {
    const sent = new Headers(headers)
    for (const name of keyHeaders) {
      const key = req.header(name)
      if (key !== undefined) sent.set(name, key)
    }
    if (body !== undefined) sent.set('Content-Type', 'application/json')
    const json = body === undefined ? undefined : JSON.stringify(body)
    const request = new Request(new URL(path, req.url), { method, headers: sent, body: json })
    const answer = await api.fetch(request, env as object)
    return { status: answer.status, body: await answer.json() }
  }
}

function hungUp(signal: AbortSignal): Promise<Response> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(new Response(null, { status: goneStatus })), { once: true })
  })
}
