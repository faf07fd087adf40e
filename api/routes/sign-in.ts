import { createRoute, z } from '@hono/zod-openapi'
import { json, problems } from '../answers.ts'
import { newRoutes } from '../new-routes.ts'
import { Problem } from '../problem.ts'

const signIn = createRoute({
  method: 'post',
  path: '/',
  operationId: 'signIn',
  tags: ['Sign-in'],
  security: [],
  summary: 'Sign in with a link',
  description: "The code of the link that the server's start printed, for a token that works like a key.",
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: z.strictObject({ code: z.string().min(1).max(200) }) } },
    },
  },
  responses: { ...json(200, z.object({ token: z.string() }), 'The token.'), ...problems(400, 401, 413, 415, 422) },
})

export function signInRoutes(exchange: (code: string) => Promise<string | undefined>) {
  return newRoutes().openapi(signIn, async (context) => {
    const token = await exchange(context.req.valid('json').code)
    if (token === undefined)
      throw new Problem('unauthorized', 'the link does not work (any more); restart the server for a new one')
    context.header('Cache-Control', 'no-store')
    return context.json({ token }, 200)
  })
}
