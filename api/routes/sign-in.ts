import { createRoute, z } from '@hono/zod-openapi'
import { json, problems } from '../answers.ts'
import { bodyOf, checked } from '../body.ts'
import { newRoutes } from '../new-routes.ts'
import { refTo } from '../schemas/video-request.ts'
import { Problem } from '../problem.ts'

const SignIn = z.strictObject({ code: z.string().min(1).max(200) }).openapi('SignIn')

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
      content: { 'application/json': { schema: refTo('SignIn') } },
    },
  },
  responses: { ...json(200, z.object({ token: z.string() }), 'The token.'), ...problems(400, 401, 413, 415, 422) },
})

export function signInRoutes(exchange: (code: string) => Promise<string | undefined>) {
  const routes = newRoutes()
  routes.openAPIRegistry.register('SignIn', SignIn)
  return routes.openapi(signIn, async (context) => {
    const token = await exchange(checked(SignIn, await bodyOf(context)).code)
    if (token === undefined)
      throw new Problem('unauthorized', 'the link does not work (any more); restart the server for a new one')
    context.header('Cache-Control', 'no-store')
    return context.json({ token }, 200)
  })
}
