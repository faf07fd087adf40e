import type { Context } from 'hono'
import { Problem } from './problem.ts'

/** The request's body as JSON. Throws Problem. */
export async function bodyOf({ req }: Context): Promise<unknown> {
  const text = await req.text()
  if (text.trim() === '') throw new Problem('not-json', 'the request has no body; send a JSON object')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Problem('not-json', `the body is not JSON: ${(error as Error).message}`, { cause: error })
  }
}
