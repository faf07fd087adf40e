// What the API answers a page that makes a video, and what it refuses.
import { catalogOf } from '../../api/catalog.ts'
import { Catalog } from '../../api/schemas/house.ts'
import { Quote } from '../../api/schemas/videos.ts'
import { parseRequest } from '../../core/video.ts'
import type { Asked } from './fake-api.ts'

export const madeId = 'vid_aaaaaaaaaaaaaaaaaaaaaa'
const catalog = Catalog.parse(
  catalogOf({ available: [], today: '2026-11-20' }, { requestsPerMinute: 600, videosPerMinute: 60 }),
)
const quote = Quote.parse({
  currency: 'USD',
  totalUsd: 0.2871,
  atMostUsd: 0.61,
  words: 12,
  characters: 60,
  seconds: 42,
  scenes: 7,
  pictures: 7,
  lines: [],
  notices: ['the music is embedded'],
})

export function usual(asked: Asked): { status: number; body?: unknown } | undefined {
  const { path, body } = asked
  if (isNewVideo(asked)) return { status: 202, body: { id: madeId } }
  if (path === '/v1/catalog') return { status: 200, body: catalog }
  if (path === '/v1/quotes') {
    parseRequest(body)
    return { status: 200, body: quote }
  }
  if (path === '/v1/uploads') {
    const { name } = body as { name: string }
    const form = { url: '/v1/form', fields: { policy: 'p' }, expiresAt: '2027-01-01T00:00:00.000Z' }
    return { status: 201, body: { ...upload(name), form, maxBytes: 1_000_000 } }
  }
  if (path === '/v1/form') return { status: 204 }
  const checked = /^\/v1\/uploads\/(upl_[\w-]+)\/check$/.exec(path)
  if (!checked) return undefined
  const name = ['one.png', 'two.png', 'bad.png'].find((known) => uploadId(known) === checked[1])!
  const state = name.startsWith('bad')
    ? { state: 'refused', reason: 'it is no picture that can be opened' }
    : { state: 'ready' }
  return { status: 200, body: { ...upload(name), ...state } }
}

function upload(name: string) {
  return { id: uploadId(name), name, kind: 'picture', state: 'waiting', createdAt: '2026-11-20T10:00:00.000Z' }
}

export function uploadId(name: string): string {
  return `upl_${name.replaceAll(/\W/g, '').padEnd(22, '0')}`
}

export function isNewVideo({ method, path }: Asked): boolean {
  return method === 'POST' && path === '/v1/videos'
}

export function refusal(field: string, rule: string) {
  const body = {
    type: 'about:blank',
    title: 'Not possible',
    status: 422,
    detail: `${field}: ${rule}`,
    code: 'invalid-request',
  }
  return { status: 422, body: { ...body, errors: [{ field, rule }] } }
}
