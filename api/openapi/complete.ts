// What every operation has in common: a key, a limit, and what can go wrong on the way to any of them.
import { problems as told } from '../answers.ts'
import type { JsonSchema } from '../schemas/video-request.ts'

export type Operation = {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  security?: object[]
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Record<string, { schema: JsonSchema }> }
  responses: Record<string, { description: string; headers?: object; content?: Record<string, { schema: JsonSchema }> }>
}
export type Parameter = {
  name: string
  in: string
  required?: boolean
  description?: string
  style?: string
  explode?: boolean
  schema: JsonSchema
}
export type OpenApi = {
  openapi: string
  info: { title: string; version: string; description: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, JsonSchema>; [other: string]: unknown }
  [other: string]: unknown
}

const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } } }
const limits = {
  RateLimit: { description: 'What is left, and for how long (IETF draft).', schema: { type: 'string' } },
  'RateLimit-Policy': { description: 'How many requests in how many seconds.', schema: { type: 'string' } },
}
const retryAfter = { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer', minimum: 1 } } }

/** Where an answer leads, by the operation that gives it: the status, the value in its body, and who takes it as what. */
const ofVideo = ['getVideo', 'followVideo', 'cancelVideo', 'retryVideo', 'shareVideo', 'deleteVideo', 'makeVariant']
const links: Record<string, { status: number; from: string; to: Record<string, string[]> }> = {
  makeVideo: { status: 202, from: 'id', to: { id: [...ofVideo, 'changeScene'] } },
  makeVariant: { status: 202, from: 'id', to: { id: ofVideo } },
  shareVideo: { status: 200, from: 'token', to: { token: ['watchShare'] } },
}

/** `requests`: the schemas of bodies, by name. */
export function completed(document: OpenApi, requests: Record<string, JsonSchema>): OpenApi {
  const paths = Object.entries(document.paths).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [method, whole(path, method, operation)]),
    ),
  ])
  return {
    ...document,
    paths: Object.fromEntries(paths),
    components: {
      ...document.components,
      schemas: { ...document.components.schemas, ...requests },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: "A key: 'Authorization: Bearer cf_…'." },
        header: {
          type: 'apiKey',
          in: 'header',
          name: 'x-api-key',
          description: 'The same key in a header of its own.',
        },
      },
    },
  }
}

function whole(path: string, method: string, operation: Operation): Operation {
  const needsKey = path.startsWith('/v1/')
  const hasBody = operation.requestBody !== undefined
  const { parameters = [] } = operation
  const statuses = [
    ...(needsKey ? [401, 429] : []),
    ...(hasBody ? [400, 413, 415, 422] : []),
    ...(parameters.some((parameter) => parameter.in === 'path') ? [404] : []),
    ...(parameters.some((parameter) => parameter.in !== 'path') ? [422] : []),
    500,
    503,
  ]
  const missing = statuses.filter((status) => !(status in operation.responses))
  const responses = {
    ...operation.responses,
    ...Object.fromEntries(missing.map((status) => [status, refusal(status)])),
  }
  return {
    operationId: operationIdOf(path, method),
    ...operation,
    ...(parameters.length > 0 && { parameters: parameters.map(spelt) }),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, answer]) => [
        status,
        { ...withHeaders(status, answer, needsKey), ...linksOf(operation.operationId, status) },
      ]),
    ),
  }
}

function linksOf(operationId: string | undefined, status: string): { links?: object } {
  const leads = links[operationId ?? '']
  if (leads === undefined || String(leads.status) !== status) return {}
  const entries = Object.entries(leads.to).flatMap(([parameter, operations]) =>
    operations.map((name) => [
      name,
      { operationId: name, parameters: { [parameter]: `$response.body#/${leads.from}` } },
    ]),
  )
  return { links: Object.fromEntries(entries) as object }
}

/** As people write it. */
function spelt(parameter: Parameter): Parameter {
  return parameter.name === 'idempotency-key' ? { ...parameter, name: 'Idempotency-Key' } : parameter
}

function refusal(status: number) {
  const rare: Record<number, string> = { 500: 'Something went wrong here.', 503: 'Busy; send the same request again.' }
  const usual = told(400, 401, 404, 413, 415, 422, 429) as Record<number, { description: string }>
  return { description: rare[status] ?? usual[status]!.description, content: problem }
}

function withHeaders(status: string, answer: Operation['responses'][string], isCounted: boolean) {
  const headers = {
    ...(isCounted && status !== '401' && limits),
    ...(['429', '503'].includes(status) && retryAfter),
    ...answer.headers,
  }
  return Object.keys(headers).length > 0 ? { ...answer, headers } : answer
}

/** 'POST /v1/keys/{id}/rotate' → 'postKeysRotate', 'GET /v1/keys/{id}' → 'getKeysById'. */
function operationIdOf(path: string, method: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== 'v1')
  const words = parts.filter((part) => !part.startsWith('{'))
  if (parts.at(-1)?.startsWith('{')) words.push('byId')
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1).replaceAll(/\W/g, '')).join('')
}
