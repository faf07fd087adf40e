// The way to the vendor's SDK, which lives in a thread of its own: while it loads, answers of other services that this
// process has paid for would lie unread.
import { Worker } from 'node:worker_threads'
import { baseUrlOf, keyOf } from '../calls/keys.ts'
import { errorOf } from './error-data.ts'
import type { requests } from './requests.ts'
import type { Message, Order, Outcome } from './thread.ts'

type Requests = typeof requests
type ArgsOf<What extends keyof Requests> = Parameters<Requests[What]>[1]
type AnswerOf<What extends keyof Requests> = Awaited<ReturnType<Requests[What]>>

/** `headers`: of the answer, even when the SDK could make nothing of the rest. */
export type Reply<Answer> = { headers: Headers | undefined } & ({ answer: Answer } | { error: Error })

/** Starts the thread, if it has not started yet. Nothing waits for it, and it keeps no process from ending. */
export function preload(): void {
  current ??= start()
}

/** Resolves when requests leave at once. Rejects when the SDK does not load. */
export async function ready(): Promise<void> {
  const thread = (current ??= start())
  await holding(thread, thread.loaded.promise)
}

/** One request, and all of its answer. Rejects when the thread dies; throws InputError for the environment. */
export async function ask<What extends keyof Requests>(
  what: What,
  args: ArgsOf<What>,
  signal: AbortSignal,
): Promise<Reply<AnswerOf<What>>> {
  const request = { what, args, apiKey: keyOf('elevenlabs') ?? '', baseUrl: baseUrlOf('elevenlabs') }
  const thread = (current ??= start())
  const id = ++lastId
  const outcome = Promise.withResolvers<Outcome>()
  const abort = () => send(thread, { type: 'abort', id })
  thread.underWay.set(id, outcome)
  send(thread, { type: 'request', id, ...request })
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort)
  try {
    const { headers, ...rest } = await holding(thread, outcome.promise)
    const came = headers && new Headers(headers)
    if ('error' in rest) return { headers: came, error: errorOf(rest.error) }
    return { headers: came, answer: rest.answer as AnswerOf<What> }
  } finally {
    signal.removeEventListener('abort', abort)
    thread.underWay.delete(id)
  }
}

type Thread = {
  worker: Worker
  loaded: PromiseWithResolvers<void>
  isLoaded: boolean
  underWay: Map<number, PromiseWithResolvers<Outcome>>
  /** How many wait for something of it. */
  waiting: number
}

/** The one of this process; it is started anew when it has died. */
let current: Thread | undefined
let lastId = 0

function start(): Thread {
  // A file of its own also for whoever makes one file of all the others: a bundle has to carry `thread.ts`, bundled for
  // itself, next to it. Without this process's flags, some of which no thread takes; NODE_OPTIONS hold for it all the same.
  const worker = new Worker(new URL('thread.ts', import.meta.url), { execArgv: [] })
  const loaded = Promise.withResolvers<void>()
  const thread: Thread = { worker, loaded, isLoaded: false, underWay: new Map(), waiting: 0 }
  // Who did not wait for it learns of it with the next request.
  loaded.promise.catch(() => undefined)
  worker.on('message', (message: Message) => receive(thread, message))
  worker.on('error', (error) => bury(thread, error instanceof Error ? error.message : String(error)))
  worker.on('exit', (code) => bury(thread, `exit code ${code}`))
  worker.unref()
  return thread
}

function receive(thread: Thread, message: Message): void {
  if (message.type === 'outcome') return thread.underWay.get(message.id)?.resolve(message)
  thread.isLoaded = true
  thread.loaded.resolve()
}

/** Like a connection that broke off, or that never came to be: before it has loaded, the thread sends nothing. */
function bury(thread: Thread, why: string): void {
  if (current === thread) current = undefined
  const code = thread.isLoaded ? 'ECONNRESET' : 'ECONNREFUSED'
  const error = Object.assign(new Error(`the thread of its library ended: ${why}`), { code })
  thread.loaded.reject(error)
  for (const { reject } of thread.underWay.values()) reject(error)
}

/** The process does not end while somebody waits. */
async function holding<Made>(thread: Thread, made: Promise<Made>): Promise<Made> {
  if (++thread.waiting === 1) thread.worker.ref()
  try {
    return await made
  } finally {
    if (--thread.waiting === 0) thread.worker.unref()
  }
}

function send({ worker }: Thread, order: Order): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage(order)
}
