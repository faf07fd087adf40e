// Videos are stopped, tried again, changed, made anew in another form, and deleted here.
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { changeScene, discardChanges } from '../../../core/edit.ts'
import type { SceneChange } from '../../../core/edition.ts'
import { InputError } from '../../../core/errors.ts'
import type { VideoRecord } from '../../../core/ports.ts'
import { amend } from '../../../core/records.ts'
import { remove } from '../../../core/remove.ts'
import { sayable } from '../../../core/request/lenient.ts'
import { retry } from '../../../core/retry.ts'
import { attemptOf } from '../../../core/submit.ts'
import { findUpload } from '../../../core/uploads/records.ts'
import { readyUpload } from '../../../core/uploads/resolve.ts'
import { makeVariant } from '../../../core/variant.ts'
import type { VideoRequest } from '../../../core/video.ts'
import type { ApiEnv } from '../../app.ts'
import { json, refusals } from '../../answers.ts'
import { bodyIfAny, bodyOf, checked } from '../../body.ts'
import { count, countOrder } from '../../limits.ts'
import type { Memory } from '../../memory.ts'
import { newRoutes } from '../../new-routes.ts'
import type { ApiPorts } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idempotencyHeader } from '../../schemas/idempotency.ts'
import { refTo } from '../../schemas/video-request.ts'
import { RetryRequest, SceneChangeRequest, VariantRequest } from '../../schemas/video-asks.ts'
import { VideoSummary } from '../../schemas/videos.ts'
import { summaryOf } from '../../view.ts'
import { changeTerms, inBodysTerms, variantTerms } from './terms.ts'
import { idParam, tags, theirs } from './theirs.ts'

const bodyNamed = (name: string) => ({ required: true, content: { 'application/json': { schema: refTo(name) } } })
const underway = json(202, VideoSummary, 'It is going to be made.')

const cancelling = createRoute({
  method: 'post',
  path: '/{id}/cancel',
  operationId: 'cancelVideo',
  tags,
  summary: 'Cancel a video',
  description: 'Nothing more is begun for it. What is finished of it stays.',
  request: { params: idParam },
  responses: { ...json(200, VideoSummary, 'It is cancelled.'), ...refusals(404, 409) },
})
const retrying = createRoute({
  method: 'post',
  path: '/{id}/retry',
  operationId: 'retryVideo',
  tags,
  summary: 'Try a video again',
  description:
    'One that failed or was cancelled. What was made of it is used again, and nothing is bought twice. One that had reached its `maxCostUsd` needs a higher one.',
  request: { params: idParam, body: { ...bodyNamed('Retry'), required: false } },
  responses: { ...underway, ...refusals(400, 404, 409, 413, 415, 422) },
})
const changing = createRoute({
  method: 'patch',
  path: '/{id}/scenes/{n}',
  operationId: 'changeScene',
  tags,
  summary: 'Change a scene',
  description:
    'Makes the next version of a finished video, in which one scene is different; all others are used as they are. Scenes count from 1. Until it is done, the version before can be watched.',
  request: {
    params: idParam.extend({ n: z.string().openapi({ type: 'integer', minimum: 1, maximum: 120 }) }),
    body: bodyNamed('SceneChange'),
  },
  responses: { ...underway, ...refusals(400, 404, 409, 413, 415, 422) },
})
const discarding = createRoute({
  method: 'delete',
  path: '/{id}/edition',
  operationId: 'discardChanges',
  tags,
  summary: 'Give up changes that were not made',
  description:
    'Of a video whose next version failed or was cancelled: it is done again, as its last finished version. What was bought for that version stays on its bill.',
  request: { params: idParam },
  responses: { ...json(200, VideoSummary, 'The version before is the latest again.'), ...refusals(404, 409) },
})
const varying = createRoute({
  method: 'post',
  path: '/{id}/variants',
  operationId: 'makeVariant',
  tags,
  summary: 'Make a variant of a video',
  description:
    'A new video with the same pictures, in another format or language, with another voice, look or music. `texts` has one text for each scene; without them a service translates, and where there is none that is a conflict (409). Texts that come to more than 15,000 characters together are too large (413).',
  request: { params: idParam, headers: idempotencyHeader, body: bodyNamed('Variant') },
  responses: {
    202: {
      ...underway[202],
      headers: { Location: { description: 'Where to look at it.', schema: { type: 'string' as const } } },
    },
    ...refusals(400, 404, 409, 413, 415, 422),
  },
})
const deleting = createRoute({
  method: 'delete',
  path: '/{id}',
  operationId: 'deleteVideo',
  tags,
  summary: 'Delete a video',
  description: 'With its files, for good. One that is being made is cancelled first.',
  request: { params: idParam },
  responses: { 204: { description: 'It is gone.' }, ...refusals(404, 409) },
})

export function changeRoutes(ports: ApiPorts, memory: Memory) {
  return newRoutes()
    .openapi(cancelling, async (context) => {
      const video = await cancel(ports, await theirs(ports, context))
      return context.json(await summaryOf(ports, memory, video), 200)
    })
    .openapi(retrying, async (context) => {
      const video = await theirs(ports, context)
      const wish = checked(RetryRequest, await bodyIfAny(context))
      await count(context, ports, 'video')
      return context.json(await summaryOf(ports, memory, await retry(ports, video, wish)), 202)
    })
    .openapi(discarding, async (context) => {
      const video = await discardChanges(ports, await theirs(ports, context))
      return context.json(await summaryOf(ports, memory, video), 200)
    })
    .openapi(changing, async (context) => {
      const video = await theirs(ports, context)
      const index = Number(sceneNumber(context)) - 1
      const { notices, change, ...more } = await changeIn(ports, context)
      await count(context, ports, 'video')
      const changed = await inBodysTerms(changeTerms, () => changeScene(ports, video, index, change, more))
      const summary = await summaryOf(ports, memory, changed)
      return context.json({ ...summary, notices: [...summary.notices, ...notices] }, 202)
    })
    .openapi(varying, async (context) => {
      const video = await theirs(ports, context)
      const { notices, ...wish } = variantIn(await bodyOf(context))
      const idempotencyKey = context.req.valid('header')['idempotency-key']
      await countOrder(context, ports, idempotencyKey)
      const variant = await inBodysTerms(variantTerms, () => makeVariant(ports, video, wish, idempotencyKey))
      context.header('Location', `${context.get('basePath')}/v1/videos/${variant.id}`)
      const summary = await summaryOf(ports, memory, variant)
      return context.json({ ...summary, notices: [...summary.notices, ...notices] }, 202)
    })
    .openapi(deleting, async (context) => {
      await remove(ports, await theirs(ports, context))
      return context.body(null, 204)
    })
}

/**
 * Cancelled first and stopped then: what dies in between is stopped by asking again. Throws Problem for a video that is
 * over: a ConflictError would have the record read and changed once more.
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

function sceneNumber({ req }: Context<ApiEnv>): string {
  const number = req.param('n') ?? ''
  return /^[1-9][0-9]{0,2}$/.test(number) ? number : '0'
}

type Change = { change: SceneChange; notices: string[]; media: NonNullable<VideoRequest['media']>; maxCostUsd?: number }

/** With the keys of the uploads that it names. */
async function changeIn({ objects }: ApiPorts, context: Context<ApiEnv>): Promise<Change> {
  const { redo, maxCostUsd, ...asked } = checked(SceneChangeRequest, await bodyOf(context))
  if (redo === undefined && maxCostUsd === undefined && Object.keys(asked).length === 0)
    throw new InputError(
      'the request: it changes nothing; give at least one of text, prompt, picture, clip, fit, focus, redo',
    )
  if (asked.picture !== undefined && asked.clip !== undefined)
    throw new InputError("clip: stands beside a picture; give one of 'clip' and 'picture'")
  const notices: string[] = []
  const change: SceneChange = { ...asked, ...(redo !== undefined && { redo: Number(redo) }) }
  const media: Change['media'] = {}
  if (asked.text !== undefined) change.text = sayable('text', asked.text, notices)
  const { owner } = context.get('caller')
  for (const kind of ['picture', 'clip'] as const) {
    const file = asked[kind]
    if (file === undefined) continue
    const found = await readyUpload({ field: kind, kind, file }, (id) => findUpload(objects, owner, id))
    change[kind] = found.key
    if (found.clip) media[found.key] = found.clip
  }
  return { change, notices, media, ...(maxCostUsd !== undefined && { maxCostUsd }) }
}

function variantIn(raw: unknown) {
  const { texts, ...wish } = checked(VariantRequest, raw)
  if (texts === undefined && Object.keys(wish).length === 0)
    throw new InputError(
      `the request: it changes nothing; give at least one of ${Object.keys(VariantRequest.shape).join(', ')}`,
    )
  const notices: string[] = []
  const said = texts?.map((text, index) => sayable(`texts.${index}`, text, notices))
  return { ...wish, ...(said && { texts: said }), notices }
}
