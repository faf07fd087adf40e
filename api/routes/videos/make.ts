// Videos are ordered here, and priced before that.
import { createRoute } from '@hono/zod-openapi'
import { InputError } from '../../../core/errors.ts'
import { needsWriter } from '../../../core/stages/write.ts'
import { factsOf, type Quote as CoreQuote, type QuoteFacts, quoteOf } from '../../../core/quote.ts'
import { checkWish, submit } from '../../../core/submit.ts'
import { accepted } from '../../accept.ts'
import { json, refusals } from '../../answers.ts'
import { bodyOf } from '../../body.ts'
import { countOrder } from '../../limits.ts'
import type { Memory } from '../../memory.ts'
import { newRoutes } from '../../new-routes.ts'
import type { ApiPorts } from '../../ports.ts'
import { idempotencyHeader } from '../../schemas/idempotency.ts'
import { Quote, VideoSummary } from '../../schemas/videos.ts'
import { refTo } from '../../schemas/video-request.ts'
import { summaryOf } from '../../view.ts'
import { tags } from './theirs.ts'

const body = { required: true, content: { 'application/json': { schema: refTo('VideoRequest') } } }

const make = createRoute({
  method: 'post',
  path: '/',
  operationId: 'makeVideo',
  tags,
  summary: 'Make a video',
  description:
    'Takes the order and answers at once. What cannot be done to the letter is done as well as it can be, and `notices` say so. With an Idempotency-Key the same request makes one video, however often it is sent. Texts of scenes that come to more than 15,000 characters together are too large (413).',
  request: {
    headers: idempotencyHeader,
    body,
  },
  responses: {
    202: {
      ...json(202, VideoSummary, 'It is going to be made.')[202],
      headers: { Location: { description: 'Where to look at it.', schema: { type: 'string' as const } } },
    },
    ...refusals(400, 404, 409, 413, 415, 422),
  },
})

export function makeRoutes(ports: ApiPorts, memory: Memory) {
  return newRoutes().openapi(make, async (context) => {
    const { owner } = context.get('caller')
    const idempotencyKey = context.req.valid('header')['idempotency-key']
    const raw = await bodyOf(context)
    const { request, notices } = await accepted(ports, owner, raw)
    const wish = { owner, request, notices, ...(idempotencyKey !== undefined && { idempotencyKey }) }
    // What is refused is no order, so it is not counted.
    checkWish(ports, wish)
    await countOrder(context, ports, idempotencyKey)
    const video = await submit(ports, wish)
    context.header('Location', `${context.get('basePath')}/v1/videos/${video.id}`)
    return context.json(await summaryOf(ports, memory, video), 202)
  })
}

const quote = createRoute({
  method: 'post',
  path: '/',
  operationId: 'quoteVideo',
  tags,
  summary: 'Ask for the price of a video',
  description: 'What the same request would cost at POST /v1/videos, by the prices of today. Nothing is made.',
  request: { body },
  responses: { ...json(200, Quote, 'The price.'), ...refusals(400, 404, 413, 415, 422) },
})

export function quoteRoutes(ports: ApiPorts) {
  return newRoutes().openapi(quote, async (context) => {
    const { request, notices } = await accepted(ports, context.get('caller').owner, await bodyOf(context))
    const chosen = ports.choose(request)
    // What would be refused when it is made has no price.
    if (request.topic !== undefined && chosen.choices.write === 'embedded') throw new InputError(needsWriter)
    const today = ports.now().toISOString().slice(0, 10)
    const facts = factsOf(request)
    const priced = quoteOf(facts, chosen.choices, today)
    return context.json(shown(priced, facts, [...notices, ...chosen.notices]), 200)
  })
}

function shown({ totalUsd, atMostUsd, lines }: CoreQuote, facts: QuoteFacts, notices: string[]): Quote {
  const { words, characters, seconds, scenes, pictures } = facts
  return {
    currency: 'USD',
    totalUsd,
    atMostUsd,
    words,
    characters,
    seconds,
    scenes,
    pictures,
    lines: lines.map(({ role, provider, model, unit, units, costMicroUsd, isEstimate, why }) => ({
      role,
      provider,
      model,
      unit,
      units,
      costUsd: costMicroUsd / 1e6,
      isEstimate,
      ...(why !== undefined && { why }),
    })),
    notices,
  }
}
