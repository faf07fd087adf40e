// What webhooks were told, for whoever wants to see it, to have it again, or to check that it came from us.
import { createRoute, type RouteHandler, z } from '@hono/zod-openapi'
import { NotFoundError } from '../../core/errors.ts'
import { clip } from '../../core/explain.ts'
import type { WebhookMessage } from '../../core/webhooks.ts'
import { json, refusals } from '../answers.ts'
import type { ApiEnv } from '../app.ts'
import { newRoutes } from '../new-routes.ts'
import type { ApiPorts } from '../ports.ts'
import { WebhookDelivery, WebhookList, webhookListLength, WebhookQuery, WebhookSecret } from '../schemas/house.ts'

const tags = ['Webhooks']

const list = createRoute({
  method: 'get',
  path: '/',
  operationId: 'listWebhooks',
  tags,
  summary: 'List messages to webhooks',
  description:
    'What was told, or is still to be told, of your videos, newest first; of the last 30 days. `videoId` of a video that is not yours finds nothing.',
  request: { query: WebhookQuery },
  responses: { ...json(200, WebhookList, 'The messages.'), ...refusals(422) },
})
const replay = createRoute({
  method: 'post',
  path: '/{id}/replay',
  operationId: 'replayWebhook',
  tags,
  summary: 'Send a message again',
  description: 'The same message under the same webhook-id, at once and with all its attempts, whatever became of it.',
  request: { params: z.object({ id: z.string().openapi({ description: 'The id of the message.' }) }) },
  responses: { ...json(202, WebhookDelivery, 'It is going to be sent.'), ...refusals(404) },
})
const secret = createRoute({
  method: 'get',
  path: '/secret',
  operationId: 'webhookSecret',
  tags,
  summary: 'The secret that messages are signed with',
  description: 'As Standard Webhooks has it: HMAC-SHA256 with the key that stands in base64 behind `whsec_`.',
  responses: { ...json(200, WebhookSecret, 'The secret.'), ...refusals() },
})
const rotate = createRoute({
  method: 'post',
  path: '/secret/rotate',
  operationId: 'rotateWebhookSecret',
  tags,
  summary: 'Replace the secret',
  description: 'The one before signs beside the new one for another 24 hours: messages carry both signatures.',
  responses: { ...json(200, WebhookSecret, 'The new secret.'), ...refusals() },
})

export function webhookRoutes({ webhooks, now }: Pick<ApiPorts, 'webhooks' | 'now'>) {
  const handlers = {
    list: async (context) => {
      const { videoId, limit = webhookListLength.usual } = context.req.valid('query')
      const { owner } = context.get('caller')
      const found = await webhooks.list(owner, { limit: Number(limit), ...(videoId !== undefined && { videoId }) })
      return context.json({ webhooks: found.map(viewOf) }, 200)
    },

    replay: async (context) => {
      const { id } = context.req.valid('param')
      const message = await webhooks.get(id)
      const again = {
        state: 'waiting',
        attempts: 0,
        nextAttemptAt: now().toISOString(),
        deliveredAt: undefined,
      } as const
      if (message?.owner !== context.get('caller').owner || !(await webhooks.update(id, again)))
        throw new NotFoundError(`there is no message '${clip(id)}' about a video of yours`)
      return context.json(viewOf({ ...message, ...again }), 202)
    },

    secret: async (context) => context.json({ secret: await webhooks.secret(context.get('caller').owner) }, 200),

    rotate: async (context) => {
      const replaced = await webhooks.rotateSecret(context.get('caller').owner, now().toISOString())
      return context.json({ secret: replaced }, 200)
    },
  } satisfies {
    list: RouteHandler<typeof list, ApiEnv>
    replay: RouteHandler<typeof replay, ApiEnv>
    secret: RouteHandler<typeof secret, ApiEnv>
    rotate: RouteHandler<typeof rotate, ApiEnv>
  }
  return newRoutes()
    .openapi(list, handlers.list)
    .openapi(replay, handlers.replay)
    .openapi(secret, handlers.secret)
    .openapi(rotate, handlers.rotate)
}

function viewOf(message: Omit<WebhookMessage, 'deliveredAt'> & { deliveredAt?: string | undefined }): WebhookDelivery {
  const { id, videoId, type, state, createdAt, attempts, nextAttemptAt, deliveredAt, lastAnswer } = message
  return {
    id,
    videoId,
    type,
    state,
    createdAt,
    attempts,
    ...(nextAttemptAt !== undefined && { nextAttemptAt }),
    ...(deliveredAt !== undefined && { deliveredAt }),
    ...(lastAnswer !== undefined && { lastAnswer }),
  }
}
