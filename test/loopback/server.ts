// One small HTTP server per vendor, on the loopback interface only. It speaks the vendor's wire format with real media
// in it, counts what it serves, and can be told to go wrong in every way that the vendors do.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'

export type FaultKind =
  /** 429 with Retry-After. */
  | 'throttled'
  /** 500 or 503, whatever the vendor sends. */
  | 'overloaded'
  /** The vendor's own refusal of this input; `reason` may be a vendor's word for it. */
  | 'refused'
  /** 200 without what was asked for. */
  | 'empty'
  /** 200 with half of the media, well-formed around it. */
  | 'half-media'
  /** 200 with media of another kind: bytes that nothing decodes. */
  | 'noise'
  /** The account has nothing left. */
  | 'quota'
  /** The key is wrong. */
  | 'bad-key'
  /** No such model (retired). */
  | 'no-model'
  /** 200 with an HTML page, as a proxy sends. */
  | 'html'
  /** Headers and half of the body, then nothing, with the connection open. */
  | 'stall'
  /** Headers and half of the body, then the connection is gone. */
  | 'cut'
  /** The connection is gone before the headers. */
  | 'reset'
  /** The right answer, 4 s late. */
  | 'slow'

/** `match`: a part of the path or of the body (as text). `times`: how many requests it hits; Infinity = all. */
export type Fault = {
  kind: FaultKind
  match?: string | RegExp
  times?: number
  retryAfterSeconds?: number
  reason?: string
}

export type Received = {
  method: string
  /** With the query. */
  path: string
  headers: Record<string, string>
  /** Parsed JSON; the parts of a form by their names (files as Buffer); undefined without a body. */
  body: unknown
  /** What it was answered with: 'ok' or the fault. */
  outcome: 'ok' | FaultKind | 'invalid'
}
export type Answer = { status: number; headers?: Record<string, string>; body: object | string | Uint8Array }

export type Vendor = {
  /** Gives the right answer, or one with a status from 400 up for what is no valid request. */
  answer: (request: Received) => Answer | Promise<Answer>
  /** The vendor's own way to go wrong; `whole` is the right answer. */
  faults: Record<
    Exclude<FaultKind, 'html' | 'stall' | 'cut' | 'reset' | 'slow'>,
    (fault: Fault, whole: Answer) => Answer
  >
  /** How long the answer to a request takes, in milliseconds. */
  delayMs?: (request: Received) => number
  /** More requests at once are answered as 'throttled'. */
  concurrencyLimit?: number
}

export type Loopback = {
  /** 'http://127.0.0.1:1234' */
  url: string
  received: Received[]
  /** The most requests that were under way at once. */
  mostAtOnce: () => number
  /** The first fault whose `match` fits a request is taken; without `times`, once. */
  fail: (...faults: Fault[]) => void
  close: () => Promise<void>
}

export async function startLoopback(vendor: Vendor): Promise<Loopback> {
  const received: Received[] = []
  const faults: Required<Pick<Fault, 'times'>>[] & Fault[] = []
  let atOnce = 0
  let most = 0
  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await read(incoming)
    received.push(request)
    const tooMany = atOnce > (vendor.concurrencyLimit ?? Infinity)
    const fault = tooMany ? { kind: 'throttled' as const, reason: 'concurrency' } : take(faults, request)
    // What it takes to make the answer is part of the wait, not on top of it, nor of the others'.
    const waitMs = fault?.kind === 'slow' ? 4000 : (vendor.delayMs?.(request) ?? 0)
    const waited = setTimeout(waitMs)
    await setTimeout(Math.min(waitMs, 100))
    const answered = fault?.kind === 'reset' ? undefined : vendor.answer(request)
    await Promise.all([answered, waited])
    if (fault?.kind === 'reset') {
      request.outcome = 'reset'
      return incoming.socket.destroy()
    }
    const whole = (await answered)!
    request.outcome = whole.status >= 400 ? 'invalid' : (fault?.kind ?? 'ok')
    if (!fault || whole.status >= 400 || fault.kind === 'slow') return send(response, whole)
    if (fault.kind === 'html')
      return send(response, { status: 200, headers: { 'content-type': 'text/html' }, body: page })
    if (fault.kind === 'stall' || fault.kind === 'cut') return sendHalf(response, whole, fault.kind)
    send(response, vendor.faults[fault.kind](fault, whole))
  }
  const server = createServer((incoming, response) => {
    most = Math.max(most, ++atOnce)
    response.once('close', () => atOnce--)
    serve(incoming, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    mostAtOnce: () => most,
    fail: (...more) => void faults.push(...more.map((fault) => ({ times: 1, ...fault }))),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const page = '<!doctype html><html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>'

function take(faults: Fault[], request: Received): Fault | undefined {
  const text = `${request.path}\n${JSON.stringify(request.body)}`
  const fits = ({ match }: Fault) =>
    match === undefined || (typeof match === 'string' ? text.includes(match) : match.test(text))
  const fault = faults.find((it) => fits(it) && (it.times ?? 1) > 0)
  if (fault) fault.times = (fault.times ?? 1) - 1
  return fault
}

function send(response: ServerResponse, { status, headers, body }: Answer) {
  const bytes = bytesOf(body)
  const contentType = body instanceof Uint8Array ? 'application/octet-stream' : 'application/json'
  response.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length, ...headers }).end(bytes)
}

async function sendHalf(response: ServerResponse, { status, headers, body }: Answer, kind: 'stall' | 'cut') {
  const bytes = bytesOf(body)
  response.writeHead(status, {
    'content-type': body instanceof Uint8Array ? 'application/octet-stream' : 'application/json',
    'content-length': bytes.length,
    ...headers,
  })
  response.write(bytes.subarray(0, bytes.length >> 1))
  await setTimeout(50)
  if (kind === 'cut') response.destroy()
}

function bytesOf(body: Answer['body']): Uint8Array {
  if (body instanceof Uint8Array) return body
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

async function read(incoming: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk)
  const raw = Buffer.concat(chunks)
  const headers = incoming.headers as Record<string, string>
  const { method = '', url: path = '' } = incoming
  return { method, path, headers, body: await bodyOf(raw, headers['content-type'] ?? ''), outcome: 'ok' }
}

async function bodyOf(raw: Buffer, contentType: string): Promise<unknown> {
  if (raw.length === 0) return undefined
  if (contentType.includes('json')) return JSON.parse(raw.toString())
  if (!contentType.includes('multipart')) return raw
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': contentType } }).formData()
  const parts: Record<string, unknown> = {}
  for (const [name, value] of form.entries()) {
    const part = typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer())
    const before = parts[name]
    parts[name] = before === undefined ? part : [before, part].flat()
  }
  return parts
}
