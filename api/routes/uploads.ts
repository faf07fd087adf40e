// The user's own files: a form to send one with, straight to the storage, and a look into it before it may be used.
import { createRoute, type RouteHandler, z } from '@hono/zod-openapi'
import { manifestKey } from '../../core/inbox.ts'
import { kindOfName, uploadExtensions, uploadLimits, type UploadRecord } from '../../core/uploads.ts'
import { checkUpload } from '../../core/uploads/check.ts'
import { findUpload, listUploads, openUpload, removeUpload } from '../../core/uploads/records.ts'
import { json, refusals } from '../answers.ts'
import type { ApiEnv } from '../app.ts'
import { bodyOf, checked } from '../body.ts'
import { newRoutes } from '../new-routes.ts'
import type { ApiPorts } from '../ports.ts'
import { uploadId } from '../schemas/fields.ts'
import { ListQuery, listQueryDocumented } from '../schemas/video-asks.ts'
import { refTo } from '../schemas/video-request.ts'
import { NewUpload, Upload, uploadKinds, UploadList } from '../schemas/house.ts'

const nameCharacters = 200

const extensions = Object.values(uploadExtensions).flat()
/** As JSON Schema has it, which knows no 'in any case'. */
const namePattern = String.raw`\.(?:${extensions.map((extension) => extension.replaceAll(/[a-z]/g, eitherCase)).join('|')})$`
const megabytes = Object.entries(uploadLimits).map(([kind, bytes]) => `${kind} ${bytes / 1e6} MB`)

const UploadWish = z
  .strictObject({
    name: z
      .string()
      .refine(
        (name) => name !== '' && [...name].length <= nameCharacters,
        `must have 1 to ${nameCharacters} characters`,
      )
      .openapi({ minLength: 1, maxLength: nameCharacters, description: 'What you call it; any letters.' }),
    kind: z
      .enum(uploadKinds)
      .optional()
      .openapi({ description: "What it is to be used as; found from the name's ending when absent." }),
  })
  .refine(({ name, kind }) => kind !== undefined || kindOfName(name) !== undefined, {
    path: ['name'],
    error: `must end in one of ${extensions.map((extension) => `.${extension}`).join(', ')}, or 'kind' must say what it is`,
  })
  .openapi('UploadWish', {
    anyOf: [{ required: ['kind'] }, { properties: { name: { type: 'string', pattern: namePattern } } }],
  })

const tags = ['Uploads']
const named = z.object({ id: uploadId })

const create = createRoute({
  method: 'post',
  path: '/',
  tags,
  summary: 'Get a form to send a file with',
  description: `Send the file to \`form.url\` as multipart/form-data: the fields first, then the file as 'file'. Then have it checked. At most: ${megabytes.join(', ')}. A 'script' is a file of requests (.txt, .json, .jsonl, .csv), whose videos are made as soon as it is there.`,
  request: { body: { content: { 'application/json': { schema: refTo('UploadWish') } }, required: true } },
  responses: { ...json(201, NewUpload, 'The form, good for an hour.'), ...refusals(400, 409, 413, 415, 422) },
})
const list = createRoute({
  method: 'get',
  path: '/',
  tags,
  summary: 'List uploads',
  description: 'Newest first.',
  request: {
    query: z.object({
      limit: ListQuery.shape.limit.openapi(listQueryDocumented.limit),
      cursor: uploadId.optional().openapi({ description: "A page's `next`." }),
    }),
  },
  responses: { ...json(200, UploadList, 'A page of them.'), ...refusals(422) },
})
const show = createRoute({
  method: 'get',
  path: '/{id}',
  tags,
  summary: 'Show an upload',
  request: { params: named },
  responses: { ...json(200, Upload, 'With a link to its file once it is ready.'), ...refusals(404) },
})
const check = createRoute({
  method: 'post',
  path: '/{id}/check',
  tags,
  summary: 'Have the file looked into',
  description:
    'When it has been sent. What its bytes are decides, not its name. Asked again it gives the same. Of a file that cannot be used `state` is `refused`, and `reason` says why; then another one may be sent with the same form.',
  request: { params: named },
  responses: {
    ...json(200, Upload, 'What was found: it is ready and can be used, or it is refused.'),
    ...refusals(404, 409),
  },
})
const remove = createRoute({
  method: 'delete',
  path: '/{id}',
  tags,
  summary: 'Delete an upload',
  description: 'And its file. Not while a video is being made with it.',
  request: { params: named },
  responses: { 204: { description: 'It is gone.' }, ...refusals(404, 409) },
})

type Ports = Pick<ApiPorts, 'objects' | 'videos' | 'formFor' | 'inspectUpload' | 'linksTo' | 'now'>

export function uploadRoutes(ports: Ports) {
  const { objects } = ports
  const handlers = {
    create: async (context) => {
      const { name, kind = kindOfName(name)! } = checked(UploadWish, await bodyOf(context))
      const caller = context.get('caller')
      const record = await openUpload(ports, caller.owner, { name, kind })
      const maxBytes = uploadLimits[kind]
      const file = { contentType: 'application/octet-stream', maxBytes }
      const form = await ports.formFor(record.sentTo, file, { uploadId: record.id, caller })
      const key = record.sentTo
      const inbox = kind === 'script' ? { key, manifestKey: manifestKey(key) } : {}
      context.header('Location', `${context.get('basePath')}/v1/uploads/${record.id}`)
      return context.json({ ...viewOf(record), form, maxBytes, ...inbox }, 201)
    },

    list: async (context) => {
      const { limit, cursor } = context.req.valid('query')
      const page = { limit, ...(cursor !== undefined && { after: cursor }) }
      const { uploads, next } = await listUploads(objects, context.get('caller').owner, page)
      return context.json(
        { uploads: uploads.map((upload) => viewOf(upload)), ...(next !== undefined && { next }) },
        200,
      )
    },

    show: async (context) => {
      const record = await findUpload(objects, context.get('caller').owner, context.req.valid('param').id)
      return context.json(await withLink(ports, record), 200)
    },

    check: async (context) => {
      const record = await checkUpload(ports, context.get('caller').owner, context.req.valid('param').id)
      return context.json(await withLink(ports, record), 200)
    },

    remove: async (context) => {
      await removeUpload(ports, context.get('caller').owner, context.req.valid('param').id)
      return context.body(null, 204)
    },
  } satisfies {
    create: RouteHandler<typeof create, ApiEnv>
    list: RouteHandler<typeof list, ApiEnv>
    show: RouteHandler<typeof show, ApiEnv>
    check: RouteHandler<typeof check, ApiEnv>
    remove: RouteHandler<typeof remove, ApiEnv>
  }
  const routes = newRoutes()
  routes.openAPIRegistry.register('UploadWish', UploadWish)
  return routes
    .openapi(create, handlers.create)
    .openapi(list, handlers.list)
    .openapi(show, handlers.show)
    .openapi(check, handlers.check)
    .openapi(remove, handlers.remove)
}

async function withLink({ linksTo }: Ports, record: UploadRecord): Promise<Upload> {
  const view = viewOf(record)
  if (record.state !== 'ready' || record.kind === 'script') return view
  const linked = await linksTo([record.key])
  const link = 'links' in linked ? linked.links[record.key] : undefined
  return { ...view, ...(link !== undefined && { link }) }
}

function viewOf(record: UploadRecord): Upload {
  const { id, name, kind, state, createdAt } = record
  return { id, name, kind, state, createdAt, ...foundOut(record) }
}

function foundOut(record: UploadRecord): Partial<Upload> {
  if (record.state === 'refused') return { reason: record.reason }
  if (record.state === 'waiting') return {}
  const { facts } = record
  if (!('kind' in facts)) return { bytes: facts.bytes }
  const { bytes, widthPx, heightPx, durationMs, hasSound, family } = facts
  return {
    bytes,
    ...(widthPx !== undefined && { width: widthPx }),
    ...(heightPx !== undefined && { height: heightPx }),
    ...(durationMs !== undefined && { durationSeconds: durationMs / 1000 }),
    ...(hasSound !== undefined && { hasSound }),
    ...(family !== undefined && { family }),
  }
}

function eitherCase(letter: string): string {
  return `[${letter}${letter.toUpperCase()}]`
}
