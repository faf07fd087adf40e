import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { InputError } from '../../core/errors.ts'

export type Listening = {
  port: number
  /** Takes no more connections and gives requests under way a moment to be answered. */
  close: () => Promise<void>
}

/** Who sends his headers or his request more slowly has lost his line, or wants to keep us busy. */
const headersTimeoutMs = 10_000
/** The largest upload on a slow line. */
const requestTimeoutMs = 15 * 60_000
const keepAliveMs = 10_000
/** On which nothing was sent or read; events come at least every half a minute. */
const idleMs = 120_000
const mostConnections = 2000
/** One who opens them all leaves some for others. */
const mostPerAddress = 1500
/** For the body of a request that is no upload: at most 1 MB. */
const bodyMs = 20_000
const lastMomentMs = 2000

/** `mayTakeLong`: whether the body of a request to that target may. */
type Place = {
  host: string
  port: number
  mayTakeLong?: (target: string) => boolean
  bodyMs?: number
  mostPerAddress?: number
}

/** Throws InputError, with what to do, where it cannot listen. */
export async function listen(
  answer: (request: Request, env: HttpBindings) => Promise<Response> | Response,
  { host, port, ...rest }: Place,
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: (request, env) => answer(request, env as HttpBindings),
    hostname: host,
    serverOptions: {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveMs,
      connectionsCheckingInterval: 5000,
    },
  }) as Server
  server.maxConnections = mostConnections
  limitPerAddress(server, rest.mostPerAddress ?? mostPerAddress)
  limitBodies(server, rest.bodyMs ?? bodyMs, rest.mayTakeLong ?? (() => false))
  server.setTimeout(idleMs)
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw inOurWords(error as NodeJS.ErrnoException, host, port)
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close()
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), lastMomentMs)
      if (server.listening || (await connectionsOf(server)) > 0) await once(server, 'close')
      clearTimeout(timer)
    },
  }
}

function limitPerAddress(server: Server, most: number) {
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const { remoteAddress: address = '' } = socket
    const count = (open.get(address) ?? 0) + 1
    if (count > most) {
      socket.destroy()
      return
    }
    open.set(address, count)
    socket.once('close', () => {
      const left = open.get(address)! - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    })
  })
}

/** Node's own time for a request is one for all, and uploads need a long one. */
function limitBodies(server: Server, ms: number, mayTakeLong: (target: string) => boolean) {
  server.prependListener('request', (request: IncomingMessage) => {
    const { headers, socket, url = '' } = request
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
    if (!hasBody || mayTakeLong(url)) return
    const timer = setTimeout(() => {
      socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n')
      socket.destroySoon()
    }, ms)
    request.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
  })
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve) => server.getConnections((_, count) => resolve(count)))
}

function inOurWords(error: NodeJS.ErrnoException, host: string, port: number): unknown {
  const says: Record<string, string> = {
    EADDRINUSE: `port: ${port} is in use already, perhaps by another clipforge serve; end that, or choose another one with --port ${port + 1}`,
    EACCES: `port: ${port} may be opened by the system's administrator only; choose one from 1024 up with --port 8000`,
    EADDRNOTAVAIL: `host: ${host} is no address of this machine; 127.0.0.1 is for this machine alone, 0.0.0.0 for all that reach it`,
    ENOTFOUND: `host: '${host}' is no name that leads anywhere; 127.0.0.1 is for this machine alone, 0.0.0.0 for all that reach it`,
  }
  const line = says[error.code ?? '']
  return line === undefined ? error : new InputError(line, { cause: error })
}
