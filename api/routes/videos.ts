import { Hono } from 'hono'
import { InputError } from '../../core/errors.ts'
import { clip } from '../../core/explain.ts'
import type { VideoRecord } from '../../core/ports.ts'
import { amend } from '../../core/records.ts'
import { attemptOf, submit } from '../../core/submit.ts'
import { parseRequest } from '../../core/video.ts'
import type { ApiEnv } from '../app.ts'
import { bodyOf } from '../body.ts'
import type { ApiPorts } from '../ports.ts'
import { Problem } from '../problem.ts'
import { detailsOf, summaryOf } from '../view.ts'

const pageSize = { usual: 20, most: 100 } as const

export function videoRoutes(ports: ApiPorts) {
  return new Hono<ApiEnv>()
    .post('/', async (context) => {
      const { owner } = context.get('caller')
      const idempotencyKey = checkedKey(context.req.header('Idempotency-Key'))
      const request = parseRequest(await bodyOf(context))
      const video = await submit(ports, { owner, request, ...(idempotencyKey !== undefined && { idempotencyKey }) })
      context.header('Location', `${context.get('basePath')}/v1/videos/${video.id}`)
      return context.json(summaryOf(video), 202)
    })

    .get('/', async (context) => {
      const { limit, cursor } = context.req.query()
      const page = { limit: checkedLimit(limit), ...(cursor !== undefined && { before: placeIn(cursor) }) }
      const { videos, next } = await ports.videos.list(context.get('caller').owner, page)
      return context.json({
        videos: videos.map((video) => summaryOf(video)),
        ...(next !== undefined && { next: Buffer.from(next).toString('base64url') }),
      })
    })

    .get('/:id', async (context) => {
      const video = await theirs(ports, context.get('caller').owner, context.req.param('id'))
      return context.json(await detailsOf(ports, video))
    })

    .post('/:id/cancel', async (context) => {
      const video = await theirs(ports, context.get('caller').owner, context.req.param('id'))
      return context.json(summaryOf(await cancel(ports, video)))
    })
}

/** Others' videos are not there: whoever asks learns nothing from the difference. */
async function theirs({ videos }: ApiPorts, owner: string, id: string): Promise<VideoRecord> {
  const video = /^vid_[\w-]{22}$/.test(id) ? await videos.get(id) : undefined
  if (video?.owner === owner) return video
  throw new Problem('not-found', `there is no video '${clip(id)}' of yours`)
}

/**
 * Cancelled first and stopped then: what dies in between is stopped by asking again. Throws Problem for a video that is
 * over.
 */
async function cancel({ videos, stop }: ApiPorts, { id }: VideoRecord): Promise<VideoRecord> {
  const cancelled = await amend(videos, id, ({ status }) => {
    if (status === 'done' || status === 'failed')
      throw new Problem('conflict', `the video is ${status} already; there is nothing left to cancel`)
    return { status: 'cancelled' }
  })
  const attempt = attemptOf(await videos.events(id))
  if (attempt > 0) await stop(id, attempt)
  return cancelled
}

function checkedKey(key: string | undefined): string | undefined {
  if (key === undefined || /^[\x21-\x7e]{1,200}$/.test(key)) return key
  throw new InputError('Idempotency-Key: must be 1 to 200 printable ASCII characters without spaces')
}

function checkedLimit(limit: string | undefined): number {
  const { usual, most } = pageSize
  if (limit === undefined) return usual
  const count = /^\d{1,4}$/.test(limit) ? Number(limit) : 0
  if (count >= 1 && count <= most) return count
  throw new InputError(`limit: must be a whole number from 1 to ${most} (it is '${clip(limit)}')`)
}

function placeIn(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString()
}
