import { createRoute, z } from '@hono/zod-openapi'
import { NotFoundError } from '../../core/errors.ts'
import { deliverableKey } from '../../core/keys.ts'
import type { VideoRecord } from '../../core/ports.ts'
import { titleOf } from '../../core/title.ts'
import { json, problems } from '../answers.ts'
import type { Memory } from '../memory.ts'
import { newRoutes } from '../new-routes.ts'
import type { ApiPorts } from '../ports.ts'
import { SharedVideo } from '../schemas/videos.ts'
import { sharedVideoId } from '../shares.ts'
import { madeEdition } from '../view.ts'

const look = createRoute({
  method: 'get',
  path: '/{token}',
  operationId: 'watchShare',
  tags: ['Shares'],
  security: [],
  summary: 'Watch a shared video',
  description: 'For whoever has the link; no key is needed.',
  request: { params: z.object({ token: z.string() }) },
  responses: { ...json(200, SharedVideo, 'The video.'), ...problems(404) },
})

/** What plays it, and nothing of what it cost or how it was made. */
const isShown = (name: string) => /^(?:video\.|poster\.|preview\.|storyboard\.|captions\.|hls\/)/.test(name)

export function shareRoutes(ports: ApiPorts, memory: Memory) {
  return newRoutes().openapi(look, async (context) => {
    const id = await sharedVideoId(ports, context.req.valid('param').token)
    const video = id === undefined ? undefined : await ports.videos.get(id)
    const edition = video && madeEdition(video)
    if (!video || edition === undefined) throw new NotFoundError('there is no video behind this link (any more)')
    context.header('Cache-Control', 'no-store')
    return context.json(await shown(ports, memory, video, edition), 200)
  })
}

async function shown({ linksTo }: ApiPorts, memory: Memory, video: VideoRecord, edition: number): Promise<SharedVideo> {
  const names = (await memory.filesOf(video.id, edition)).filter(isShown)
  const keyOf = (name: string) => deliverableKey(video.id, name, edition)
  const [linked, timeline] = await Promise.all([
    linksTo(names.map(keyOf)),
    video.made ? undefined : memory.readOnce<{ durationMs: number }>(keyOf('timeline.json')),
  ])
  if ('notice' in linked) throw new NotFoundError(`there is no link to the video at the moment: ${linked.notice}`)
  const files = names.flatMap((name) => {
    const link = linked.links[keyOf(name)]
    return link === undefined ? [] : [[name, link] as const]
  })
  return {
    title: titleOf(video),
    format: video.request.format,
    durationSeconds: (video.made?.durationMs ?? timeline?.durationMs ?? 0) / 1000,
    createdAt: video.createdAt,
    links: Object.fromEntries(files),
    linksExpireAt: linked.expiresAt,
  }
}
