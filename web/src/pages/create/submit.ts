// Sends the draft so that one wish makes one video, whatever happens to the answer.
import { ApiError, post } from '../../api.ts'
import { keep, kept } from '../../kept.ts'
import type { Draft } from './draft.ts'
import { autoScenesOf } from './quote.ts'
import { requestOf } from './request.ts'

const place = 'clipforge.sending'

/**
 * The new video's id. Sent again after a lost answer, even from a page that was loaded anew, the same draft goes out
 * under the same key, and the API gives the video that it made the first time. Throws ApiError.
 */
export async function makeVideo(draft: Draft): Promise<string> {
  const request = requestOf(draft, await autoScenesOf(draft))
  const body = JSON.stringify(request)
  const idempotencyKey = keyFor(body)
  try {
    const { id } = await post<{ id: string }>('/v1/videos', request, { 'Idempotency-Key': idempotencyKey })
    keep(place, undefined)
    return id
  } catch (error) {
    if (error instanceof ApiError && isAnswer(error)) keep(place, undefined)
    throw error
  }
}

function keyFor(body: string): string {
  const before = sent()
  if (before?.body === body) return before.key
  const key = `page-${[...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
  keep(place, JSON.stringify({ key, body }))
  return key
}

function sent(): { key: string; body: string } | undefined {
  try {
    return JSON.parse(kept(place) ?? 'null') as { key: string; body: string } | undefined
  } catch {
    return undefined
  }
}

/** After a refusal nothing was made; after silence, or an answer from something in between, nobody knows. */
function isAnswer({ problem: { status } }: ApiError): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}
