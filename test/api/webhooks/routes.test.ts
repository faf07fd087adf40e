import { OpenAPIHono } from '@hono/zod-openapi'
import { beforeEach, expect, it } from 'vitest'
import type { ApiEnv } from '../../../api/app.ts'
import { problemOf, respond } from '../../../api/problem.ts'
import { webhookRoutes } from '../../../api/routes/webhooks.ts'
import { WebhookDelivery } from '../../../api/schemas/house.ts'
import type { Webhooks } from '../../../core/webhooks.ts'
import { openDatabase } from '../../../stores/sqlite.ts'
import { openSqliteWebhooks } from '../../../stores/webhooks/sqlite.ts'
import { newMessage } from '../../contract/webhooks.ts'

let webhooks: Webhooks
let app: OpenAPIHono<ApiEnv>
beforeEach(() => {
  webhooks = openSqliteWebhooks(openDatabase(':memory:'))
  app = new OpenAPIHono<ApiEnv>()
  app.use(async (context, next) => {
    context.set('caller', { owner: context.req.header('x-owner') ?? 'ann' })
    await next()
  })
  app.route('/v1/webhooks', webhookRoutes({ webhooks, now: () => new Date() }))
  app.onError((error, context) => respond(context, problemOf(error)))
})

async function ask(path: string, method = 'GET', owner = 'ann') {
  const answer = await app.request(`/v1/webhooks${path}`, { method, headers: { 'x-owner': owner } })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const idsIn = ({ body }: { body: Record<string, unknown> }) =>
  (body['webhooks'] as { id: string }[]).map((each) => WebhookDelivery.parse(each).id)

it('lists what one’s own videos told, and nobody else’s', async () => {
  const [older, newer] = [newMessage({ createdAt: new Date(Date.now() - 1000).toISOString() }), newMessage()]
  const others = newMessage({ owner: 'ben', lastAnswer: 'secret' })
  for (const message of [older, newer, others]) await webhooks.put(message)
  const all = await ask('')
  expect(all.status).toBe(200)
  expect(idsIn(all)).toEqual([newer.id, older.id])
  expect(JSON.stringify(all.body)).not.toMatch(/secret|example\.com|body/)
  expect(idsIn(await ask('?limit=1'))).toEqual([newer.id])
  expect(idsIn(await ask(`?videoId=${older.videoId}`))).toEqual([older.id])
  expect(idsIn(await ask(`?videoId=${others.videoId}`))).toEqual([])
})

it.each(['?limit=0', '?limit=101', '?limit=1.5', '?limit=', '?limit=a', '?videoId=x', '?videoId='])(
  '%s breaks a rule',
  async (query) => {
    expect(await ask(query)).toMatchObject({ status: 422 })
  },
)

it('sends a message again, one’s own', async () => {
  const message = newMessage({
    state: 'delivered',
    attempts: 3,
    lastAnswer: '204',
    deliveredAt: new Date().toISOString(),
  })
  delete message.nextAttemptAt
  await webhooks.put(message)
  expect(await ask(`/${message.id}/replay`, 'POST', 'ben')).toMatchObject({ status: 404 })
  expect(await ask('/msg_x/replay', 'POST')).toMatchObject({ status: 404 })
  expect(await webhooks.get(message.id)).toMatchObject({ state: 'delivered' })
  const answer = await ask(`/${message.id}/replay`, 'POST')
  expect(answer).toMatchObject({ status: 202, body: { id: message.id, state: 'waiting', attempts: 0 } })
  expect(answer.body).not.toHaveProperty('deliveredAt')
  expect(WebhookDelivery.strict().parse(answer.body)).toBeTruthy()
  expect((await webhooks.due(new Date().toISOString(), 10)).map(({ id }) => id)).toEqual([message.id])
})

it('shows one’s own secret, the same until it is replaced', async () => {
  const first = await ask('/secret')
  expect(first).toMatchObject({ status: 200, body: { secret: expect.stringMatching(/^whsec_/) } })
  expect(await ask('/secret')).toEqual(first)
  expect((await ask('/secret', 'GET', 'ben')).body).not.toEqual(first.body)
  const second = await ask('/secret/rotate', 'POST')
  expect(second.body).not.toEqual(first.body)
  expect((await ask('/secret')).body).toEqual(second.body)
})

it('says of itself what it takes', () => {
  const document = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: '', version: '' } })
  const limit = document.paths!['/v1/webhooks']!.get!.parameters!.find(
    (each) => 'name' in each && each.name === 'limit',
  )
  expect(limit).toMatchObject({ in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } })
})
