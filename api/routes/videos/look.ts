// Videos are looked at here, one and many, and shown to others.
import { createRoute, z } from '@hono/zod-openapi'
import { ConflictError } from '../../../core/errors.ts'
import { json, refusals } from '../../answers.ts'
import { detailsOf } from '../../details.ts'
import { pageOf } from '../../list.ts'
import type { Memory } from '../../memory.ts'
import { newRoutes } from '../../new-routes.ts'
import type { ApiPorts } from '../../ports.ts'
import { ListQuery, listQueryDocumented } from '../../schemas/video-asks.ts'
import { Share, VideoDetails, VideoList } from '../../schemas/videos.ts'
import { shareToken } from '../../shares.ts'
import { madeEdition, summariesOf } from '../../view.ts'
import { idParam, tags, theirs } from './theirs.ts'

const { limit, status } = ListQuery.shape
const list = createRoute({
  method: 'get',
  path: '/',
  operationId: 'listVideos',
  tags,
  summary: 'List videos',
  description:
    'Newest first, page by page. With a filter a page may be short or empty and still have a `next`: then there is more to look through. `q` is found in titles, topics and scripts; `from` and `to` are days of UTC, both included.',
  request: {
    query: z.object({
      ...ListQuery.shape,
      limit: limit.openapi(listQueryDocumented.limit),
      status: status.openapi({
        ...listQueryDocumented.status,
        param: { name: 'status', in: 'query', required: false },
      }),
    }),
  },
  responses: { ...json(200, VideoList, 'A page of them.'), ...refusals(404, 422) },
})

const look = createRoute({
  method: 'get',
  path: '/{id}',
  operationId: 'getVideo',
  tags,
  summary: 'Look at a video',
  description:
    'How far it is, its scenes as they come to be, what it costs, and when it is done links to its files. While a change is made, links are of the version before.',
  request: { params: idParam },
  responses: { ...json(200, VideoDetails, 'The video.'), ...refusals(404) },
})

const share = createRoute({
  method: 'post',
  path: '/{id}/share',
  operationId: 'shareVideo',
  tags,
  summary: 'Share a video',
  description: 'A link to a page that plays it, for people without a key. The same each time; it ends with the video.',
  request: { params: idParam },
  responses: { ...json(200, Share, 'The link.'), ...refusals(404, 409) },
})

export function lookRoutes(ports: ApiPorts, memory: Memory) {
  return newRoutes()
    .openapi(list, async (context) => {
      const { videos, next } = await pageOf(ports.videos, context.get('caller').owner, context.req.valid('query'))
      const summaries = await summariesOf(ports, memory, videos)
      return context.json({ videos: summaries, ...(next !== undefined && { next }) }, 200)
    })
    .openapi(look, async (context) => {
      return context.json(await detailsOf(ports, memory, await theirs(ports, context)), 200)
    })
    .openapi(share, async (context) => {
      const video = await theirs(ports, context)
      if (madeEdition(video) === undefined)
        throw new ConflictError(`the video is ${video.status}; it can be shared once it is done`)
      const token = await shareToken(ports, video.id)
      const pageUrl = ports.pageUrl === '' ? new URL(context.req.url).origin : ports.pageUrl
      return context.json({ token, link: `${pageUrl}/#/watch/${token}` }, 200)
    })
}
