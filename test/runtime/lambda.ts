// A bundled Lambda in AWS's own runtime interface client, with a loopback server in the place of the Runtime API.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { runtimeClient } from './client.ts'

export type Answer = { result: unknown } | { error: { errorType: string; errorMessage: string } }
export type RunningLambda = {
  /** From the start of the process until it asked for its first event. */
  initMs: number
  /** One at a time, as in a Lambda. `timeoutMs`: the time that the function is told it has. */
  invoke: (event: unknown, timeoutMs?: number) => Promise<Answer & { ms: number }>
  /** What it has written to its log so far. */
  log: () => string
  close: () => Promise<void>
}

/** Rejects when it does not get as far as its first event, with what it wrote. */
export async function startLambda(name: string, dir: string, env: Record<string, string> = {}): Promise<RunningLambda> {
  const waiting: { response: ServerResponse; give: (work: Work) => void }[] = []
  const ready = Promise.withResolvers<void>()
  let current: Work | undefined
  let asked = Promise.withResolvers<void>()
  const server = createServer((request, response) => void serve(request, response))
  async function serve(request: IncomingMessage, response: ServerResponse) {
    const path = request.url ?? ''
    if (path.endsWith('/invocation/next')) {
      waiting.push({ response, give: (work) => deliver(work, response) })
      ready.resolve()
      return asked.resolve()
    }
    const body = await bodyOf(request)
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}')
    if (path.endsWith('/init/error')) return ready.reject(new Error(`${name} does not start: ${body}`))
    if (path.endsWith('/response')) current?.answer.resolve({ result: body === '' ? undefined : JSON.parse(body) })
    else current?.answer.resolve({ error: JSON.parse(body) as { errorType: string; errorMessage: string } })
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const startedAt = performance.now()
  const child = spawn(process.execPath, [runtimeClient, 'index.handler'], {
    cwd: dir,
    env: { ...environment(name, dir, `127.0.0.1:${port}`), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk.toString()))
  child.on('exit', (code, signal) => {
    const error = new Error(`${name} ended (${signal ?? code}): ${log}`)
    ready.reject(error)
    current?.answer.reject(error)
  })
  await ready.promise
  const initMs = performance.now() - startedAt
  return {
    initMs,
    invoke: async (event, timeoutMs = 60_000) => {
      if (waiting.length === 0) await asked.promise
      const from = performance.now()
      current = { id: randomUUID(), event, deadlineMs: Date.now() + timeoutMs, answer: Promise.withResolvers() }
      asked = Promise.withResolvers()
      waiting.shift()!.give(current)
      const answer = await current.answer.promise
      return { ...answer, ms: performance.now() - from }
    },
    log: () => log,
    close: async () => {
      child.removeAllListeners('exit')
      child.kill('SIGKILL')
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

type Work = { id: string; event: unknown; deadlineMs: number; answer: PromiseWithResolvers<Answer> }

function deliver({ id, event, deadlineMs }: Work, response: ServerResponse): void {
  response
    .writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': id,
      'lambda-runtime-deadline-ms': String(deadlineMs),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:123456789012:function:clipforge-test',
      'lambda-runtime-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
    })
    .end(JSON.stringify(event))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** What Lambda itself sets; of ours nothing gets in but the guard of the tests. */
function environment(name: string, dir: string, api: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    NODE_OPTIONS: process.env['NODE_OPTIONS'] ?? '',
    AWS_LAMBDA_RUNTIME_API: api,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: `clipforge-${name}`,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/clipforge-${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]test',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    LAMBDA_TASK_ROOT: dir,
    _HANDLER: 'index.handler',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SESSION_TOKEN: 'test',
    POWERTOOLS_SERVICE_NAME: 'clipforge',
    POWERTOOLS_METRICS_NAMESPACE: 'ClipForge',
  }
}
