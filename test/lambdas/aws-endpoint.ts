// A loopback server that one of AWS's SDKs is pointed at, answering in that service's own wire format.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Call = { method: string; path: string; target: string | undefined; body: string }
export type Reply = { status?: number; headers?: Record<string, string>; body: string }
export type Endpoint = { url: string; calls: Call[]; close: () => Promise<void> }

/** `reply` gets each request in turn, and how many came before it. */
export async function startEndpoint(reply: (call: Call, number: number) => Reply | Promise<Reply>): Promise<Endpoint> {
  const calls: Call[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const target = request.headers['x-amz-target']
      const call = {
        method: request.method ?? '',
        path: decodeURIComponent(request.url ?? ''),
        target: typeof target === 'string' ? target : undefined,
        body: Buffer.concat(chunks).toString(),
      }
      calls.push(call)
      const { status = 200, headers = {}, body } = await reply(call, calls.length - 1)
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** As a Lambda has them. */
export const credentials = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test-secret',
}
