// A page of somebody's videos, with or without a filter.
import { InputError, NotFoundError } from '../core/errors.ts'
import type { VideoRecord, VideoStore } from '../core/ports.ts'
import type { ListQuery } from './schemas/video-asks.ts'

type Page = { videos: VideoRecord[]; next: string | undefined }

/** How many are looked at for one answer, so that a filter that nothing passes costs no more than ten pages. */
const [mostSeen, seenAtOnce] = [1000, 100]

/**
 * Newest first. A page may be short, or empty, and still have a `next`: then more is to be looked at. Throws
 * NotFoundError for a cursor that is no place in the list.
 */
export async function pageOf({ list }: Pick<VideoStore, 'list'>, owner: string, query: ListQuery): Promise<Page> {
  const { limit, cursor, from } = query
  const passes = filterOf(query)
  const found: VideoRecord[] = []
  let before = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString()
  for (let seen = 0; ;) {
    const page = await list(owner, {
      limit: passes ? seenAtOnce : limit,
      ...(before !== undefined && { before }),
    }).catch(noPlace)
    for (const [index, video] of page.videos.entries()) {
      if (from !== undefined && video.createdAt < from) return { videos: found, next: undefined }
      if (!passes || passes(video)) found.push(video)
      if (found.length < limit) continue
      const isLast = index === page.videos.length - 1
      return {
        videos: found,
        next: encoded(isLast ? page.next : await placeAfter(list, owner, { before, index, video })),
      }
    }
    seen += page.videos.length
    if (page.next === undefined || seen >= mostSeen) return { videos: found, next: encoded(page.next) }
    before = page.next
  }
}

/** Undefined where every video passes. */
function filterOf({ status, q, format, style, from, to }: ListQuery): ((video: VideoRecord) => boolean) | undefined {
  if ([status, q, format, style, from, to].every((wish) => wish === undefined)) return undefined
  const wanted = q?.toLowerCase()
  return ({ status: state, createdAt, request }) =>
    (status === undefined || status.includes(state)) &&
    (format === undefined || request.format === format) &&
    (style === undefined || request.style === style) &&
    (to === undefined || createdAt.slice(0, 10) <= to) &&
    (wanted === undefined || textsOf(request).some((text) => text.toLowerCase().includes(wanted)))
}

function textsOf({ title, topic, script, scenes }: VideoRecord['request']): string[] {
  const said = Array.isArray(scenes) ? scenes.map(({ text }) => text) : []
  return [title, topic, script, ...said].filter((text) => text !== undefined)
}

/** Only the store knows what its places look like: it is asked for a page that ends there. */
async function placeAfter(
  list: VideoStore['list'],
  owner: string,
  { before, index, video }: { before: string | undefined; index: number; video: VideoRecord },
): Promise<string | undefined> {
  // Newer ones that came in between push it further down.
  for (let limit = index + 1; limit <= 2 * seenAtOnce; limit++) {
    const { videos, next } = await list(owner, { limit, ...(before !== undefined && { before }) })
    if (next === undefined || videos.at(-1)?.id === video.id) return next
  }
  return undefined
}

function encoded(place: string | undefined): string | undefined {
  return place === undefined ? undefined : Buffer.from(place).toString('base64url')
}

function noPlace(error: unknown): never {
  if (!(error instanceof InputError)) throw error
  throw new NotFoundError("cursor: it is no place in your list; begin without it, and give the 'next' of each page", {
    cause: error,
  })
}
