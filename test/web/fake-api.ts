// The API as a page sees it: answers by the schemas that the real one answers by, on 127.0.0.1, with videos in any
// state that a test wants. What a page asks for is kept, and events go out when the test says so.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { readFile } from 'node:fs/promises'
import { catalogOf } from '../../api/catalog.ts'
import { Catalog, type Key, type Usage } from '../../api/schemas/house.ts'
import type { SharedVideo, VideoDetails, VideoEvents, VideoSummary } from '../../api/schemas/videos.ts'

export type Asked = { method: string; path: string; body: unknown; hasKey: boolean }
/** An answer instead of the usual one; undefined = the usual one. */
type Instead = (asked: Asked) => { status: number; body?: unknown } | undefined

export type FakeApi = {
  url: string
  videos: Map<string, VideoDetails>
  shares: Map<string, SharedVideo>
  keys: Key[]
  usage: Usage
  asked: Asked[]
  instead: (answer: Instead) => void
  emit: <Name extends keyof VideoEvents>(id: string, name: Name, data: VideoEvents[Name]) => void
  listeners: (id: string) => number
  close: () => Promise<void>
}

/** `page`: the folder of the built page. `media`: where the files of links lie ('/media/<name>'). */
export async function fakeApi(page: string, media?: string): Promise<FakeApi> {
  const state = {
    videos: new Map<string, VideoDetails>(),
    shares: new Map<string, SharedVideo>(),
    keys: [] as Key[],
    usage: emptyUsage,
    asked: [] as Asked[],
    streams: new Map<string, Set<ServerResponse>>(),
    other: (() => undefined) as Instead,
  }
  const server = createServer((request, response) => {
    answer(state, page, media, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    instead: (other: Instead) => {
      state.other = other
    },
    emit: (id: string, name: string, data: unknown) => {
      for (const open of state.streams.get(id) ?? []) open.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
    },
    listeners: (id: string) => state.streams.get(id)?.size ?? 0,
    close: () => closed(server),
  })
}

type State = Pick<FakeApi, 'videos' | 'shares' | 'keys' | 'usage' | 'asked'> & {
  streams: Map<string, Set<ServerResponse>>
  other: Instead
}

const emptyUsage: Usage = {
  from: '2026-11-01',
  to: '2026-11-30',
  currency: 'USD',
  totalUsd: 0,
  seconds: 0,
  videos: { made: 0, failed: 0, cancelled: 0, unfinished: 0 },
  byDay: [],
  byService: [],
}

async function answer(
  state: State,
  page: string,
  media: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url!, 'http://127.0.0.1')
  const path = url.pathname
  const isFile = request.method === 'GET' && !/^\/(v1|shares|sign-in)\b/.test(path)
  if (isFile && path.startsWith('/media/')) return file(response, request, media, path.slice('/media/'.length))
  if (isFile) return file(response, request, page, path === '/' ? 'index.html' : path.slice(1))
  const asked: Asked = {
    method: request.method!,
    path: `${path}${url.search}`,
    body: await bodyOf(request),
    hasKey: request.headers.authorization !== undefined || request.headers['x-api-key'] !== undefined,
  }
  state.asked.push(asked)
  const other = state.other(asked)
  if (other) return json(response, other.status, other.body)
  const [, , , id = '', what = ''] = path.split('/')
  if (path.startsWith('/v1/videos/') && what === 'events') return stream(state, id, response)
  const { status, body } = usual(state, asked, url, id, what)
  return json(response, status, body)
}

function usual(state: State, { method, path, body }: Asked, url: URL, id: string, what: string) {
  const found = (value: unknown) => (value === undefined ? notFound : { status: 200, body: value })
  if (path.startsWith('/shares/')) return found(state.shares.get(path.slice('/shares/'.length)))
  if (url.pathname === '/v1/videos') return { status: 200, body: listed(state.videos, url.searchParams) }
  if (path.startsWith('/v1/videos/')) return ofVideo(state, method, id, what)
  if (path.startsWith('/v1/usage')) return { status: 200, body: state.usage }
  if (path === '/v1/keys' && method === 'POST') {
    const key = { ...newKey, ...(body as Partial<Key>), id: `key_${state.keys.length + 1}` }
    state.keys.push(key)
    return { status: 201, body: { ...key, key: 'cf_this-is-shown-once' } }
  }
  if (path === '/v1/keys') return { status: 200, body: { keys: state.keys } }
  if (path.startsWith('/v1/keys/') && what === 'rotate')
    return { status: 200, body: { ...state.keys.find((key) => key.id === id), key: 'cf_another' } }
  if (path.startsWith('/v1/keys/')) {
    state.keys = state.keys.map((key) => (key.id === id ? { ...key, revokedAt: '2026-03-20T00:00:00.000Z' } : key))
    return { status: 204 }
  }
  if (path.startsWith('/v1/webhooks/secret')) return { status: 200, body: { secret: 'whsec_c2VjcmV0' } }
  if (path === '/v1/catalog') return { status: 200, body: catalog }
  return notFound
}

const notFound = {
  status: 404,
  body: { type: 'about:blank', title: 'Not Found', status: 404, detail: 'there is no such thing', code: 'not_found' },
}
const newKey: Key = { id: '', name: '', space: 'own', createdAt: '2026-11-19T10:00:00.000Z', isThis: false }
const catalog = Catalog.parse(
  catalogOf({ available: [], today: '2026-11-20' }, { requestsPerMinute: 600, videosPerMinute: 60 }),
)

function ofVideo({ videos, shares }: State, method: string, id: string, what: string) {
  const video = videos.get(id)
  if (!video) return notFound
  if (method === 'DELETE' && what === 'edition') {
    const done = { ...video, status: 'done', edition: 1, error: undefined } as const
    videos.set(id, done)
    return { status: 200, body: done }
  }
  if (method === 'DELETE') {
    videos.delete(id)
    return { status: 204 }
  }
  if (what === 'cancel') videos.set(id, { ...video, status: 'cancelled' })
  if (what === 'retry') videos.set(id, { ...video, status: 'queued', error: undefined })
  if (what === 'scenes') videos.set(id, { ...video, status: 'running', progress: { percent: 0 } })
  if (what === 'share') {
    shares.set('tok', sharedOf(video))
    return { status: 200, body: { token: 'tok', link: '/#/watch/tok' } }
  }
  if (what === 'variants') return { status: 202, body: { videos: [{ id: 'vid_vvvvvvvvvvvvvvvvvvvvvv' }] } }
  return { status: what === '' ? 200 : 202, body: videos.get(id) }
}

function sharedOf({ title = '', format, durationSeconds = 0, createdAt, links = {} }: VideoDetails): SharedVideo {
  return { title, format, durationSeconds, createdAt, links, linksExpireAt: '2026-12-01T00:00:00.000Z' }
}

function listed(videos: Map<string, VideoDetails>, query: URLSearchParams): { videos: VideoSummary[]; next?: string } {
  const limit = Number(query.get('limit') ?? 24)
  const from = Number(query.get('cursor') ?? 0)
  const all = [...videos.values()].filter(
    ({ title = '', status, format }) =>
      title.toLowerCase().includes((query.get('q') ?? '').toLowerCase()) &&
      [null, status].includes(query.get('status') as VideoDetails['status'] | null) &&
      [null, format].includes(query.get('format')),
  )
  const next = from + limit < all.length ? { next: String(from + limit) } : {}
  return { videos: all.slice(from, from + limit), ...next }
}

function stream({ streams }: State, id: string, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(':\n\n')
  const open = streams.get(id) ?? new Set()
  streams.set(id, open.add(response))
  response.on('close', () => open.delete(response))
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Uint8Array[] = []
  for await (const part of request) parts.push(part as Uint8Array)
  const text = Buffer.concat(parts).toString()
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.mp4': 'video/mp4',
  '.vtt': 'text/vtt',
}
/** As strict as the real server's, so that what it would forbid fails here too. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"

async function file(
  response: ServerResponse,
  request: IncomingMessage,
  folder: string | undefined,
  name: string,
): Promise<void> {
  const bytes = folder && !name.includes('..') ? await readFile(join(folder, name)).catch(() => undefined) : undefined
  if (!bytes) {
    response.writeHead(404).end()
    return
  }
  const type = types[extname(name)] ?? 'application/octet-stream'
  const headers = { 'content-type': type, 'content-security-policy': policy, 'accept-ranges': 'bytes' }
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
  if (!range) {
    response.writeHead(200, headers).end(bytes)
    return
  }
  const [from, to] = [Number(range[1]), range[2] ? Number(range[2]) : bytes.length - 1]
  response.writeHead(206, { ...headers, 'content-range': `bytes ${from}-${to}/${bytes.length}` })
  response.end(bytes.subarray(from, to + 1))
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': status >= 400 ? 'application/problem+json' : 'application/json',
  })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
