// What goes wrong, as RFC 9457 has it: application/problem+json.
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { isDiskFull } from '../core/disk-full.ts'
import { ConflictError, InputError, NotFoundError, TransientError } from '../core/errors.ts'
import { TooLongError } from '../core/script.ts'
import { OtherKindError } from '../core/uploads/resolve.ts'
import type { ProblemDetails } from './schemas/house.ts'

/** By their codes, which stay as they are. */
export const problemKinds = {
  'not-json': { status: 400, title: 'The request is not JSON' },
  unauthorized: { status: 401, title: 'No valid key' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  'wrong-method': { status: 405, title: 'Not done here' },
  conflict: { status: 409, title: 'Not possible in this state' },
  'too-large': { status: 413, title: 'Too large' },
  'wrong-media-type': { status: 415, title: 'The request is in a form that is not taken here' },
  'invalid-request': { status: 422, title: 'The request cannot be carried out as it stands' },
  limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong here' },
  'try-again': { status: 503, title: 'Busy' },
} as const satisfies Record<string, { status: ContentfulStatusCode; title: string }>
export type ProblemKind = keyof typeof problemKinds

type Told = { cause?: unknown; retryAfterSeconds?: number; allow?: string[] }

/** `message` is one line for the user: what is wrong and what to do. `allow`: the methods that would do. */
export class Problem extends Error {
  override name = 'Problem'
  readonly kind: ProblemKind
  readonly retryAfterSeconds: number | undefined
  readonly allow: string[] | undefined
  constructor(kind: ProblemKind, message: string, { cause, retryAfterSeconds, allow }: Told = {}) {
    super(message, { cause })
    this.kind = kind
    this.retryAfterSeconds = retryAfterSeconds
    this.allow = allow
  }
}

/** What nobody foresaw says nothing of itself to the outside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (isTooLong(error)) return new Problem('too-large', (error as Error).message, { cause: error })
  if (error instanceof OtherKindError) return new Problem('conflict', error.message, { cause: error })
  if (error instanceof InputError) return new Problem('invalid-request', error.message, { cause: error })
  if (error instanceof NotFoundError) return new Problem('not-found', error.message, { cause: error })
  if (error instanceof ConflictError) return new Problem('conflict', error.message, { cause: error })
  if (error instanceof TransientError)
    return new Problem('try-again', 'a service that this needs is busy; send the same request again in a few seconds', {
      retryAfterSeconds: 5,
    })
  if (isDiskFull(error))
    return new Problem('try-again', 'the disk is full; send the same request again when there is room', {
      cause: error,
      retryAfterSeconds: 30,
    })
  if (error instanceof HTTPException && error.status === 400)
    return new Problem('not-json', 'the body is not JSON', { cause: error })
  if (error instanceof HTTPException && error.status === 415) return wrongMediaType()
  return new Problem('internal', 'it is recorded, and nothing was lost; send the same request again', { cause: error })
}

/** One text's length is in its schema; that of all scenes' texts together is a matter of the whole request's size. */
function isTooLong(error: unknown): boolean {
  return error instanceof TooLongError || (error instanceof InputError && isTooLong(error.cause))
}

/** Whether it went wrong only because whoever asked has gone: nobody waits for an answer, and nothing is to be mended. */
export function isHangUp(error: unknown, { signal }: Request): boolean {
  const { name, code, message } = error as NodeJS.ErrnoException
  const isBroken =
    name === 'AbortError' || ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes(code ?? '') || message === 'aborted'
  return isBroken && signal.aborted
}

export function wrongMediaType(): Problem {
  return new Problem('wrong-media-type', "a body is JSON in UTF-8; send 'Content-Type: application/json'")
}

export function respond(context: Context, problem: Problem): Response {
  const { kind, message: detail, retryAfterSeconds, allow, cause } = problem
  const { status, title } = problemKinds[kind]
  if (retryAfterSeconds !== undefined) context.header('Retry-After', String(Math.max(1, Math.ceil(retryAfterSeconds))))
  if (kind === 'unauthorized') context.header('WWW-Authenticate', 'Bearer realm="clipforge"')
  if (allow) context.header('Allow', allow.join(', '))
  const errors = kind === 'invalid-request' ? errorsIn(cause, detail) : undefined
  const told: ProblemDetails = {
    type: `urn:clipforge:problem:${kind}`,
    title,
    status,
    detail,
    code: kind,
    ...(errors && { errors }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  }
  return context.body(JSON.stringify(told), status, { 'Content-Type': 'application/problem+json' })
}

/** Lines are 'field: rule', as all messages about a request are; several stand behind one another. */
function errorsIn(cause: unknown, message: string): ProblemDetails['errors'] {
  const lines = (cause instanceof InputError && cause.lines) || message.split(/; (?=[A-Za-z_][\w.-]*: )/)
  return lines.map((line) => {
    const [, field, rule] = /^([A-Za-z_][\w.-]*|the request): (.*)$/s.exec(line) ?? []
    return field === undefined || rule === undefined ? { field: '', rule: line } : { field, rule }
  })
}
