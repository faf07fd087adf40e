// What goes wrong, as RFC 9457 has it: application/problem+json.
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { ConflictError, InputError, NotFoundError, TransientError } from '../core/errors.ts'

const kinds = {
  'not-json': { status: 400, title: 'The request is not JSON' },
  unauthorized: { status: 401, title: 'No valid key' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Not possible any more' },
  'too-large': { status: 413, title: 'Too large' },
  'invalid-request': { status: 422, title: 'The request cannot be carried out as it stands' },
  internal: { status: 500, title: 'Something went wrong here' },
  'try-again': { status: 503, title: 'Busy' },
} as const satisfies Record<string, { status: ContentfulStatusCode; title: string }>
type ProblemKind = keyof typeof kinds

/** `message` is one line for the user: what is wrong and what to do. */
export class Problem extends Error {
  override name = 'Problem'
  readonly kind: ProblemKind
  constructor(kind: ProblemKind, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.kind = kind
  }
}

/** What nobody foresaw says nothing of itself to the outside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof InputError) return new Problem('invalid-request', error.message, { cause: error })
  if (error instanceof NotFoundError) return new Problem('not-found', error.message, { cause: error })
  if (error instanceof ConflictError) return new Problem('conflict', error.message, { cause: error })
  if (error instanceof TransientError)
    return new Problem('try-again', 'a service that this needs is busy; send the same request again in a few seconds')
  if (error instanceof HTTPException && error.status === 400) return new Problem('not-json', error.message)
  return new Problem('internal', 'it is recorded, and nothing was lost; send the same request again', { cause: error })
}

export function respond(context: Context, { kind, message: detail }: Problem): Response {
  const { status, title } = kinds[kind]
  if (kind === 'try-again') context.header('Retry-After', '5')
  if (kind === 'unauthorized') context.header('WWW-Authenticate', 'Bearer realm="clipforge"')
  const problem = { type: `urn:clipforge:problem:${kind}`, title, status, detail }
  return context.body(JSON.stringify(problem), status, { 'Content-Type': 'application/problem+json' })
}
