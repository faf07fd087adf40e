// The tools know the HTTP API and nothing else: over stdio of a server somewhere, over HTTP of the one they are part of.
import * as z from 'zod'
import { ProblemDetails } from '../schemas/house.ts'

export type Answer = { status: number; body: unknown }
/** One request to the API. `path` begins with '/v1'. `body` is sent as JSON; without one the request has none. */
export type Ask = (
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>

/** The answer by its schema. Throws Error whose message an assistant can act upon: the problem's detail. */
export async function answered<Shape extends z.ZodType>(
  schema: Shape,
  asked: Promise<Answer>,
): Promise<z.infer<Shape>> {
  const { status, body } = await asked
  if (status >= 400) throw new Error(refusal(status, body))
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new Error(`what answered (with status ${status}) is no ClipForge, or one of another version`)
}

function refusal(status: number, body: unknown): string {
  const { data: problem } = ProblemDetails.safeParse(body)
  if (!problem) return `what answered (with status ${status}) is no ClipForge, or something in front of it`
  return problem.code === 'unauthorized' ? `${problem.detail}: the key is wrong or was revoked` : problem.detail
}
