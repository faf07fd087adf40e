import type { Context } from 'hono'
import * as z from 'zod'
import { InputError } from '../core/errors.ts'
import { explain, inWords } from '../core/explain.ts'
import { Problem, wrongMediaType } from './problem.ts'

/** The request's body as JSON. Throws Problem. */
export async function bodyOf({ req }: Context): Promise<unknown> {
  const bytes = await req.arrayBuffer()
  if (bytes.byteLength === 0) throw new Problem('not-json', 'the request has no body; send a JSON object')
  if (!isJson(req.header('Content-Type'))) throw wrongMediaType()
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'it is not UTF-8'
    throw new Problem('not-json', `the body is not JSON: ${reason}`, { cause: error })
  }
}

/** What was sent, by its schema. Throws InputError: a line 'field: rule' for each mistake. */
export function checked<Shape extends z.ZodObject>(schema: Shape, raw: unknown): z.infer<Shape> {
  const parsed = schema.safeParse(raw, { error: inWords })
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.flatMap((issue) => explain(issue, raw, () => Object.keys(schema.shape)))
  throw new InputError(lines.join('; '), { lines })
}

/** With a charset only if it is UTF-8: JSON on the wire has no other (RFC 8259, section 8.1). */
function isJson(contentType: string | undefined): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i.test(contentType?.trim() ?? '')
}
