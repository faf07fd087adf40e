// A server on this machine that is told of videos and checks every signature as a user's would.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'

export type Told = { id: string; body: unknown; headers: Record<string, string> }
type Answer = (response: ServerResponse, request: IncomingMessage) => void

export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(code, headers).end()

/** `answers`: to the first request, the second …; then 204. What does not bear out its signature is answered with 400. */
export async function startReceiver(secret: () => string) {
  const told: Told[] = []
  const answers: Answer[] = []
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const headers = request.headers as Record<string, string>
    const payload = await text(request)
    try {
      told.push({ id: headers['webhook-id']!, body: new Webhook(secret()).verify(payload, headers), headers })
      ;(answers.shift() ?? status(204))(response, request)
    } catch (error) {
      response.writeHead(400).end(String(error))
    }
  }
  const server = createServer((request, response) => void take(request, response))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => void server.close(resolve))
  }
  return { url: `http://${host}/hook`, host, told, answers, close }
}
