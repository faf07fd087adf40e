// The form that files come in with: one signed field says what may be sent and until when. What comes is written to
// disk as it comes, never gathered in memory, and leaves nothing behind unless it came whole.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy } from '@fastify/busboy'
import { Hono } from 'hono'
import * as z from 'zod'
import type { ApiPorts } from '../../api/ports.ts'
import { Problem, problemOf, respond } from '../../api/problem.ts'
import type { ObjectStore } from '../../core/ports.ts'
import { isSame, type Signer } from './secret.ts'

const formSeconds = 60 * 60

/** What a form's token allows: one file of at most `maxBytes` under `key`, until then. */
const Grant = z.object({ key: z.string(), maxBytes: z.number(), expiresMs: z.number() })
type Grant = z.infer<typeof Grant>

/** `url`: where uploadFormRoutes are, as a browser sees it. */
export function localForms(sign: Signer, url: string, now: () => number = Date.now): ApiPorts['formFor'] {
  return async (key, { maxBytes }) => {
    const expiresMs = now() + formSeconds * 1000
    const text = Buffer.from(JSON.stringify({ key, maxBytes, expiresMs } satisfies Grant)).toString('base64url')
    const token = `${text}.${sign('upload', text).toString('base64url')}`
    return { url, fields: { token }, expiresAt: new Date(expiresMs).toISOString() }
  }
}

type Parts = {
  objects: Pick<ObjectStore, 'put'>
  sign: Signer
  /** Told of each file that came whole, before its sender is. */
  onReceived?: (key: string) => Promise<void>
  onError: (error: unknown) => void
  now?: () => number
}

/** POST /: multipart/form-data, the form's fields first, then the file as 'file'. 204, as S3 has it. */
export function uploadFormRoutes({ objects, sign, onReceived, onError, now = Date.now }: Parts): Hono {
  const routes = new Hono()
  routes.post('/', async (context) => {
    const contentType = context.req.header('Content-Type') ?? ''
    const { body, signal } = context.req.raw
    if (!/^multipart\/form-data\s*;.*boundary=/i.test(contentType) || body === null)
      throw new Problem('wrong-media-type', 'send the form as multipart/form-data: its fields, then the file')
    const grantOf = (token: string | undefined) => grantIn(token, sign, now())
    const key = await receive(Readable.fromWeb(body as never), { contentType, grantOf, objects, signal })
    await onReceived?.(key)
    return context.body(null, 204)
  })
  routes.onError((error, context) => {
    const problem = problemOf(error)
    if (problem.kind === 'internal') onError(error)
    // What was not read of the body must not be taken for the next request.
    context.header('Connection', 'close')
    return respond(context, problem)
  })
  return routes
}

function grantIn(token: string | undefined, sign: Signer, nowMs: number): Grant {
  const [, text = '', signature = ''] = /^([\w-]{1,2000})\.([\w-]{43})$/.exec(token ?? '') ?? []
  if (!isSame(Buffer.from(signature, 'base64url'), sign('upload', text)))
    throw new Problem('forbidden', "the form's token does not fit; send the form's fields as they are, before the file")
  const grant = Grant.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  if (grant.expiresMs >= nowMs) return grant
  throw new Problem('forbidden', 'the form has expired; ask for a new one (POST /v1/uploads)')
}

type Receiving = {
  contentType: string
  grantOf: (token: string | undefined) => Grant
  objects: Pick<ObjectStore, 'put'>
  signal: AbortSignal
}

/** Far more than any form of ours has. */
const limits = { fields: 20, fieldSize: 4096, files: 1, parts: 30, headerPairs: 20, headerSize: 8192 }

/** Gives the key under which the file lies, whole. Throws Problem. */
async function receive(source: Readable, { contentType, grantOf, objects, signal }: Receiving): Promise<string> {
  const parser = new Busboy({
    headers: { 'content-type': contentType },
    isPartAFile: (name) => name === 'file',
    limits,
  })
  const stop = new AbortController()
  const parsed = pipeline(source, parser, { signal: AbortSignal.any([stop.signal, signal]) })
  // Awaited below, after whatever else ends first.
  parsed.catch(() => {})
  let stored: Promise<string> | undefined
  let token: string | undefined
  let brokenOff: unknown
  parser.on('field', (name, value) => {
    if (name === 'token') token = value
  })
  parser.on('file', (_name, file) => {
    // Where the form breaks off, the parser says so of the file first.
    file.on('error', (error) => (brokenOff ??= error))
    parsed.catch((error: Error) => file.destroy(error))
    stored = keep(file, parsed, grantOf, token, objects)
    stored.catch((error: unknown) => {
      file.resume()
      stop.abort(error)
    })
  })
  try {
    await parsed
    if (stored) return await stored
  } catch (error) {
    // It removes what it has written before anybody hears of it.
    await stored?.catch(() => {})
    const { aborted, reason } = stop.signal
    if (aborted && reason !== brokenOff) throw reason
    throw new Problem('invalid-request', 'the form broke off before its end; send it again', { cause: error })
  }
  throw new Problem('invalid-request', "there is no file in the form; send it as 'file', after the fields")
}

async function keep(
  file: Readable,
  parsed: Promise<void>,
  grantOf: Receiving['grantOf'],
  token: string | undefined,
  objects: Pick<ObjectStore, 'put'>,
): Promise<string> {
  const { key, maxBytes } = grantOf(token)
  try {
    await objects.put(key, bounded(file, parsed, maxBytes), { contentType: 'application/octet-stream' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    throw new Problem('try-again', 'the disk is full; free some space and send the file again', { cause: error })
  }
  return key
}

/** Ends only when the whole form has been read: a file that was cut off never looks whole. */
async function* bounded(file: Readable, parsed: Promise<void>, maxBytes: number): AsyncIterable<Uint8Array> {
  let bytes = 0
  for await (const chunk of file as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > maxBytes)
      throw new Problem('too-large', `the file has more than ${maxBytes / 1e6} MB, which is the most of its kind`)
    yield chunk
  }
  if (bytes === 0) throw new Problem('invalid-request', 'the file is empty; save or download it again')
  await parsed
}
