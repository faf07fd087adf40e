import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { Problem, respond } from '../../api/problem.ts'
import type { ObjectStore } from '../../core/ports.ts'
import { onlyFor } from './methods.ts'
import { type Servable, serveBytes } from './bytes.ts'
import { keyBehind } from './links.ts'
import type { Signer } from './secret.ts'

type Ports = { objects: ObjectStore; sign: Signer }

/** What a browser may show by itself; everything else it saves. */
const shown = /^(?:video\/|audio\/|image\/(?:jpeg|png|webp)$|text\/vtt|text\/plain|application\/json$|font\/)/
/** A file is data, whatever is in it: it runs no script and loads nothing. */
const harmless = "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'; sandbox"

/** '/files/<token>/<name>', with ?download to save it. What is behind no valid token is not there. */
export function fileRoutes({ objects, sign }: Ports): Hono {
  const routes = new Hono().get('/:token/:name{.+}', async (context) => {
    const { token, name } = context.req.param()
    const key = keyBehind(sign, token, name)
    const info = key === undefined ? undefined : await objects.head(key)
    if (!info) return respond(context, new Problem('not-found', 'there is no file here, or the link has expired'))
    const isToSave = context.req.query('download') !== undefined || !shown.test(info.contentType)
    const file: Servable = {
      size: info.bytes,
      contentType: info.contentType,
      etag: `"${info.sha256.slice(0, 32)}"`,
      headers: {
        'Cache-Control': 'private, max-age=3600',
        'Content-Security-Policy': harmless,
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Expose-Headers': 'Content-Range, Content-Length, ETag',
        ...(isToSave && { 'Content-Disposition': savedAs(context.req.query('download') || lastOf(name)) }),
      },
      read: async (range) => toWeb(await objects.read(info.key, range)),
    }
    return serveBytes(context.req.raw, file)
  })
  return routes.all('/:token/:name{.+}', onlyFor(['GET', 'HEAD']))
}

/** RFC 6266: letters of any language in the second form, for whoever knows it. */
function savedAs(name: string): string {
  const plain = [...name.normalize('NFC')].slice(0, 120).join('')
  const ascii = plain.replaceAll(/[^\w. -]/g, '_')
  const encoded = encodeURIComponent(plain.toWellFormed()).replaceAll(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function toWeb(body: AsyncIterable<Uint8Array>): ReadableStream {
  return Readable.toWeb(body instanceof Readable ? body : Readable.from(body)) as ReadableStream
}
