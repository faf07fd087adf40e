// The page and its samples: the files of one folder, known from the start, so that no address leads anywhere else.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MiddlewareHandler } from 'hono'
import { contentTypeOf } from '../../core/keys.ts'
import { serveBytes } from './bytes.ts'

const contentTypes: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  png: 'image/png',
  ico: 'image/vnd.microsoft.icon',
  woff2: 'font/woff2',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  wav: 'audio/wav',
  txt: 'text/plain; charset=utf-8',
}
/** Best first. A file's compressed forms lie beside it. */
const encodings = { br: '.br', gzip: '.gz' } as const

/** Their names have the hash of what is in them. */
const hashed = /^\/assets\/.+-[\w]{8}\.\w+$/
const foreverSeconds = 365 * 24 * 60 * 60
const sampleSeconds = 60 * 60

/** Answers for the files in `folder`, '/' with its index.html, and leaves the rest to what comes after. */
export async function pageFrom(folder: string): Promise<MiddlewareHandler> {
  const paths = new Map<string, string>()
  for (const path of await filesBelow(folder)) paths.set(`/${relative(folder, path).split(sep).join('/')}`, path)
  const index = paths.get('/index.html')
  if (index !== undefined) paths.set('/', index)
  const bodies = new Map<string, Promise<{ bytes: Buffer; etag: string }>>()
  const bodyOf = (path: string) => {
    const body = bodies.get(path) ?? readBody(path)
    bodies.set(path, body)
    return body
  }
  return async (context, next) => {
    const { method, path } = context.req
    const file = paths.get(path)
    if (file === undefined || (method !== 'GET' && method !== 'HEAD')) return next()
    const name = path === '/' ? '/index.html' : path
    const accepted = context.req.header('Accept-Encoding') ?? ''
    const [encoding, suffix] =
      Object.entries(encodings).find(([id, ending]) => accepts(accepted, id) && paths.has(`${name}${ending}`)) ?? []
    const { bytes, etag } = await bodyOf(suffix === undefined ? file : paths.get(`${name}${suffix}`)!)
    const isCompressible = Object.values(encodings).some((ending) => paths.has(`${name}${ending}`))
    return serveBytes(context.req.raw, {
      size: bytes.length,
      contentType: typeOf(name),
      etag,
      headers: {
        'Cache-Control': cachingOf(name),
        ...(isCompressible && { Vary: 'Accept-Encoding' }),
        ...(encoding !== undefined && { 'Content-Encoding': encoding }),
      },
      read: async (range) => new Uint8Array(range ? bytes.subarray(range.first, range.last + 1) : bytes),
    })
  }
}

/** The page's folder, built where something of it has changed; the one from before where it cannot be built here. */
export async function pageFolder(): Promise<string> {
  const built = fileURLToPath(new URL('../../dist/web', import.meta.url))
  try {
    const { buildWeb } = await import('../../scripts/build-web.ts')
    return await buildWeb()
  } catch (error) {
    if (existsSync(join(built, 'index.html'))) return built
    throw new Error(`the page could not be built: ${(error as Error).message}`, { cause: error })
  }
}

function cachingOf(path: string): string {
  if (hashed.test(path)) return `public, max-age=${foreverSeconds}, immutable`
  return path.startsWith('/samples/') ? `public, max-age=${sampleSeconds}` : 'no-cache'
}

function accepts(header: string, encoding: string): boolean {
  return header
    .split(',')
    .some((each) => new RegExp(`^\\s*${encoding}\\s*(?:;\\s*q=(?!0(?:\\.0*)?\\s*$)|$)`, 'i').test(each))
}

function typeOf(path: string): string {
  return contentTypes[path.slice(path.lastIndexOf('.') + 1)] ?? contentTypeOf(path)
}

async function readBody(path: string) {
  const bytes = await readFile(path)
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"` }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
