// What comes with a request: its size, its type and its letters are judged here alone, so that all routes have one rule.
import type { Context } from 'hono'
import * as z from 'zod'
import { InputError } from '../core/errors.ts'
import { explain } from '../core/explain.ts'
import { Problem, wrongMediaType } from './problem.ts'
import { inOurWords } from './words.ts'

/** Larger than any request that would be accepted: 120 scenes with all that may be said about each. */
const bodyLimitBytes = 1_000_000

/** The request's body as JSON. Throws Problem. */
export async function bodyOf(context: Context): Promise<unknown> {
  const bytes = await bytesOf(context)
  if (bytes.length === 0) throw new Problem('not-json', 'the request has no body; send a JSON object')
  return parsed(bytes, context)
}

/** The same for a body that may be missing: then it is an object without fields. Throws Problem. */
export async function bodyIfAny(context: Context): Promise<unknown> {
  const bytes = await bytesOf(context)
  return bytes.length === 0 ? {} : parsed(bytes, context)
}

/** What was sent, by its schema. Throws InputError: a line 'field: rule' for each mistake. */
export function checked<Shape extends z.ZodObject>(schema: Shape, raw: unknown): z.infer<Shape> {
  const found = schema.safeParse(raw, { error: inOurWords })
  if (found.success) return found.data
  const lines = found.error.issues.flatMap((issue) => explain(issue, raw, () => Object.keys(schema.shape)))
  throw new InputError(lines.join('; '), { lines })
}

function parsed(bytes: Uint8Array, { req }: Context): unknown {
  if (!isJson(req.header('Content-Type'))) throw wrongMediaType()
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'it is not UTF-8'
    throw new Problem('not-json', `the body is not JSON: ${reason}`, { cause: error })
  }
}

/** Not more of it than may be is ever held, whatever its headers say. */
async function bytesOf({ req }: Context): Promise<Uint8Array> {
  const length = req.header('Content-Length')
  const isMeasured = length !== undefined && req.header('Transfer-Encoding') === undefined
  if (isMeasured && Number(length) > bodyLimitBytes) throw tooLarge()
  try {
    // A server holds a body to the length that it says.
    return isMeasured ? new Uint8Array(await req.arrayBuffer()) : await gathered(req.raw.body)
  } catch (error) {
    if (error instanceof Problem) throw error
    // Whoever sent it has hung up, so that nobody reads this.
    throw new Problem('not-json', 'the body broke off before its end; send the request again', { cause: error })
  }
}

async function gathered(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.length
    if (bytes > bodyLimitBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function tooLarge(): Problem {
  return new Problem('too-large', `the request has more than ${bodyLimitBytes / 1e6} MB; shorten it`)
}

/** JSON on the wire is UTF-8 (RFC 8259, section 8.1): another charset is refused, and other parameters say nothing. */
function isJson(contentType = ''): boolean {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim())
  const charsets = parameters.flatMap((parameter) => /^charset\s*=\s*"?([^"]*)"?$/i.exec(parameter)?.[1] ?? [])
  return /^application\/(?:[\w.-]+\+)?json$/i.test(type) && charsets.every((charset) => /^utf-?8$/i.test(charset))
}
