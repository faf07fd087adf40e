// The form that files come in with: one signed field says what may be sent and until when. What comes is written to
// disk as it comes, never gathered in memory, and leaves nothing behind unless it came whole.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy } from '@fastify/busboy'
import { Hono } from 'hono'
import * as z from 'zod'
import type { ApiPorts } from '../../api/ports.ts'
import { isHangUp, Problem, problemOf, respond } from '../../api/problem.ts'
import { type ApiKeys, worksAt } from '../../core/api-keys.ts'
import type { ObjectStore } from '../../core/ports.ts'
import { findUpload } from '../../core/uploads/records.ts'
import { onlyFor } from './methods.ts'
import { isSame, type Signer } from './secret.ts'

const formSeconds = 60 * 60
/** The fields are some hundred bytes, and only the file after them may take its time. */
const fieldsMs = 20_000

/**
 * What a form's token allows: one file of at most `maxBytes` under `key`, until then, for the upload of that owner, while
 * the key that asked for it works.
 */
const Grant = z.object({
  key: z.string(),
  maxBytes: z.number(),
  expiresMs: z.number(),
  owner: z.string(),
  uploadId: z.string(),
  keyId: z.string().optional(),
})
type Grant = z.infer<typeof Grant>

/** `url`: where uploadFormRoutes are, as a browser sees it. */
export function localForms(sign: Signer, url: string, now: () => number = Date.now): ApiPorts['formFor'] {
  return async (key, { maxBytes }, { uploadId, caller: { owner, keyId } }) => {
    const expiresMs = now() + formSeconds * 1000
    const grant: Grant = { key, maxBytes, expiresMs, owner, uploadId, ...(keyId !== undefined && { keyId }) }
    const text = Buffer.from(JSON.stringify(grant)).toString('base64url')
    const token = `${text}.${sign('upload', text).toString('base64url')}`
    return { url, fields: { token }, expiresAt: new Date(expiresMs).toISOString() }
  }
}

type Parts = {
  objects: ObjectStore
  keys: Pick<ApiKeys, 'list'>
  sign: Signer
  /** Told of each file that came whole, before its sender is. */
  onReceived?: (key: string) => Promise<void>
  onError: (error: unknown) => void
  now?: () => number
  /** How long the fields before the file may take. */
  patienceMs?: number
}

/** POST /: multipart/form-data, the form's fields first, then the file as 'file'. 204, as S3 has it. */
export function uploadFormRoutes({ objects, keys, sign, onReceived, onError, ...rest }: Parts): Hono {
  const { now = Date.now, patienceMs = fieldsMs } = rest
  const routes = new Hono()
  const stillStands = (grant: Grant) => checkStanding(grant, { objects, keys, now })
  routes.post('/', async (context) => {
    const boundary = boundaryIn(context.req.header('Content-Type') ?? '')
    const { body, signal } = context.req.raw
    if (boundary === undefined || body === null)
      throw new Problem('wrong-media-type', 'send the form as multipart/form-data: its fields, then the file')
    const grantOf = (token: string | undefined) => grantIn(token, sign, now())
    const source = Readable.fromWeb(body as never)
    const key = await receive(source, { boundary, grantOf, stillStands, objects, signal, patienceMs })
    await onReceived?.(key)
    return context.body(null, 204)
  })
  routes.all('/', onlyFor(['POST']))
  routes.onError((error, context) => {
    const problem = problemOf(error)
    if (problem.kind === 'internal' && !isHangUp(error, context.req.raw)) onError(error)
    // What was not read of the body must not be taken for the next request.
    context.header('Connection', 'close')
    return respond(context, problem)
  })
  return routes
}

/** Between a form's parts (RFC 2046, section 5.1.1); undefined where there is none of the right form. */
function boundaryIn(contentType: string): string | undefined {
  const [, quoted, plain] = multipart.exec(contentType) ?? []
  return quoted ?? plain
}

const multipart =
  /^multipart\/form-data\s*;\s*(?:(?!boundary=)[\w-]+=(?:"[^"]*"|[^\s;"=]*)\s*;\s*)*boundary=(?:"([\w'()+,./:=? -]{1,70})"|([\w'()+,./:=?-]{1,70}))\s*(?:;|$)/i

/** Throws Problem when the upload was deleted or the key revoked since the form was asked for. */
async function checkStanding(
  { owner, uploadId, keyId }: Grant,
  { objects, keys, now }: Pick<Parts, 'objects' | 'keys'> & { now: () => number },
): Promise<void> {
  await findUpload(objects, owner, uploadId)
  // Who has signed in on the page has no key that could be revoked.
  if (keyId === undefined) return
  const key = (await keys.list(owner)).find(({ id }) => id === keyId)
  if (!key || !worksAt(key, new Date(now())))
    throw new Problem('forbidden', 'the key that the form was asked for with works no more; ask for a new form')
}

function grantIn(token: string | undefined, sign: Signer, nowMs: number): Grant {
  const [, text = '', signature = ''] = /^([\w-]{1,2000})\.([\w-]{43})$/.exec(token ?? '') ?? []
  if (!isSame(Buffer.from(signature, 'base64url'), sign('upload', text)))
    throw new Problem('forbidden', "the form's token does not fit; send the form's fields as they are, before the file")
  const grant = Grant.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  if (grant.expiresMs >= nowMs) return grant
  throw new Problem('forbidden', 'the form has expired; ask for a new one (POST /v1/uploads)')
}

type Keeping = {
  grantOf: (token: string | undefined) => Grant
  stillStands: (grant: Grant) => Promise<void>
  objects: ObjectStore
}
type Receiving = Keeping & { boundary: string; signal: AbortSignal; patienceMs: number }

/** Far more than any form of ours has. */
const limits = { fields: 20, fieldSize: 4096, files: 1, parts: 30, headerPairs: 20, headerSize: 8192 }

/** Gives the key under which the file lies, whole. Throws Problem. */
async function receive(source: Readable, { boundary, signal, patienceMs, ...keeping }: Receiving): Promise<string> {
  const parser = new Busboy({
    headers: { 'content-type': `multipart/form-data; boundary="${boundary}"` },
    isPartAFile: (name) => name === 'file',
    limits,
  })
  const stop = new AbortController()
  const parsed = pipeline(source, parser, { signal: AbortSignal.any([stop.signal, signal]) })
  const tooSlow = setTimeout(() => stop.abort(brokeOff()), patienceMs)
  let formError: unknown
  // Awaited below, after whatever else ends first.
  parsed.catch((error: unknown) => (formError = error))
  let stored: Promise<string> | undefined
  let token: string | undefined
  let brokenOff: unknown
  parser.on('field', (name, value) => {
    if (name === 'token') token = value
  })
  parser.on('file', (_name, file) => {
    clearTimeout(tooSlow)
    // Where the form breaks off, the parser says so of the file first.
    file.on('error', (error) => (brokenOff ??= error))
    parsed.catch((error: Error) => file.destroy(error))
    stored = keep(file, parsed, token, keeping)
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
    // A file that came whole in a form that did not breaks off for the form's reason.
    if (aborted && reason !== brokenOff && reason !== formError) throw reason
    throw brokeOff(error)
  } finally {
    clearTimeout(tooSlow)
  }
  throw new Problem('invalid-request', "there is no file in the form; send it as 'file', after the fields")
}

function brokeOff(cause?: unknown): Problem {
  return new Problem('invalid-request', 'the form broke off before its end; send it again', { cause })
}

async function keep(
  file: Readable,
  parsed: Promise<void>,
  token: string | undefined,
  { grantOf, stillStands, objects }: Keeping,
): Promise<string> {
  const grant = grantOf(token)
  const { key, maxBytes } = grant
  await stillStands(grant)
  try {
    await objects.put(key, bounded(file, parsed, maxBytes), { contentType: 'application/octet-stream' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    throw new Problem('try-again', 'the disk is full; free some space and send the file again', { cause: error })
  }
  try {
    // It may have taken minutes.
    await stillStands(grant)
  } catch (error) {
    await objects.delete(key)
    throw error
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
