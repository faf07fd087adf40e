// A video's events as they happen: server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
import { createRoute, z } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import { refusals } from '../../answers.ts'
import type { Memory } from '../../memory.ts'
import { newRoutes } from '../../new-routes.ts'
import type { ApiPorts } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { follow } from '../../follow.ts'
import { idParam, tags, theirs } from './theirs.ts'

/** Each holds a connection and asks the store several times a second. */
const streamsPerOwner = 20
const comeAgainSeconds = 5

const place = z
  .string()
  .regex(/^[0-9]{1,9}$/, 'must be the id of an event')
  .transform(Number)
  .optional()
  .openapi({ type: 'integer', minimum: 0, maximum: 999_999_999 })

const oneEvent = {
  type: 'object' as const,
  description: 'One event; `data` is JSON.',
  properties: {
    event: { type: 'string' as const, enum: ['status', 'progress', 'plan', 'scene', 'narration', 'end'] },
    data: { type: 'string' as const, contentMediaType: 'application/json' },
    id: { type: 'string' as const, description: 'Where to go on.' },
    retry: { type: 'integer' as const, description: 'Milliseconds until the answer is to be asked for again.' },
  },
}

const events = createRoute({
  method: 'get',
  path: '/{id}/events',
  operationId: 'followVideo',
  tags,
  summary: 'Follow a video',
  description:
    'Server-sent events until the video is over: `status`, `progress` ({percent, secondsLeft?, steps}), `plan` ({scenes}), `scene` ({number}: its picture is there), `narration`, and `end` ({status}). After `plan`, `scene` and `narration` ask for the video. An answer that ends without `end` is to be asked for again, with the last id as Last-Event-ID, as EventSource does by itself.',
  request: {
    params: idParam,
    query: z.object({ after: place }),
  },
  responses: {
    200: {
      description: 'The events.',
      content: { 'text/event-stream': { schema: oneEvent } },
    },
    ...refusals(404, 422),
  },
})

export function eventRoutes(ports: ApiPorts, memory: Memory) {
  const open = new Map<string, number>()
  const change = (owner: string, by: number) => {
    const count = (open.get(owner) ?? 0) + by
    if (count > 0) open.set(owner, count)
    else open.delete(owner)
  }
  return newRoutes().openapi(events, async (context) => {
    const video = await theirs(ports, context)
    // EventSource sends it by itself; what is none of our ids is no place to go on from.
    const { data: last } = place.safeParse(context.req.header('Last-Event-ID'))
    const after = last ?? context.req.valid('query').after
    if (context.req.method === 'HEAD') return context.body(null, 200, { 'Content-Type': 'text/event-stream' })
    const { owner } = video
    if ((open.get(owner) ?? 0) >= streamsPerOwner)
      throw new Problem('limited', `${streamsPerOwner} streams of events are open already; close one of them first`, {
        retryAfterSeconds: comeAgainSeconds,
      })
    change(owner, 1)
    const { raw } = context.req
    const mayStay = async () => (await ports.surroundings(raw, context.env)).caller?.owner === owner
    return streamSSE(context, async (stream) => {
      const gone = new AbortController()
      stream.onAbort(() => gone.abort())
      try {
        for await (const message of follow(ports, memory, video, { after, signal: gone.signal, mayStay })) {
          if (stream.aborted) return
          if ('comment' in message) await stream.write(`: ${message.comment}\n\n`)
          else await stream.writeSSE({ ...message, data: JSON.stringify(message.data) })
        }
      } finally {
        change(owner, -1)
      }
    })
  })
}
