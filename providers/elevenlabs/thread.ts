// The thread of the vendor's SDK: it loads for more than a second in which nothing else of its thread runs.
import { flushCompileCache } from 'node:module'
import { parentPort } from 'node:worker_threads'
import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js'
import { governConnections } from '../calls/dispatcher.ts'
import { dataOf, type ErrorData } from './error-data.ts'
import { requests } from './requests.ts'

export type Request = { id: number; what: keyof typeof requests; args: unknown; apiKey: string; baseUrl?: string }
/** `abort`: of the request with that id. */
export type Order = ({ type: 'request' } & Request) | { type: 'abort'; id: number }
/** `headers`: of the answer, even when the SDK could make nothing of the rest. */
export type Outcome = { headers: Record<string, string> | undefined } & ({ answer: unknown } | { error: ErrorData })
export type Message = { type: 'loaded' } | ({ type: 'outcome'; id: number } & Outcome)

const port = parentPort!
const underWay = new Map<number, AbortController>()

// A thread has a dispatcher of its own. When it cannot be, every request says so.
await governConnections().catch(() => undefined)
port.on('message', (order: Order) => {
  if (order.type === 'abort') underWay.get(order.id)?.abort()
  else void run(order)
})
send({ type: 'loaded' })
// The process may be killed in the end, and what was compiled would be lost with it.
setTimeout(flushCompileCache, 5000).unref()

async function run({ id, what, args, apiKey, baseUrl }: Request): Promise<void> {
  const stop = new AbortController()
  underWay.set(id, stop)
  let response: Response | undefined
  const headers = () => (response ? Object.fromEntries(response.headers) : undefined)
  try {
    await governConnections()
    const client = new ElevenLabsClient({
      apiKey,
      ...(baseUrl === undefined ? {} : { baseUrl }),
      // Tries and time limits are the calling layer's: two layers would multiply.
      maxRetries: 0,
      timeoutInSeconds: 3600,
      fetch: async (input, init) => {
        response = await fetch(input, init)
        return response
      },
    })
    // What belongs to which request is checked where it is asked for (client.ts).
    const answer = await requests[what]({ client, apiKey }, args as never, stop.signal)
    send({ type: 'outcome', id, headers: headers(), answer })
  } catch (error) {
    send({ type: 'outcome', id, headers: headers(), error: dataOf(error, apiKey) })
  } finally {
    underWay.delete(id)
  }
}

function send(message: Message): void {
  port.postMessage(message)
}
