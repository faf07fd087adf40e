// The tools for an AI assistant on standard input and output, of a server that runs: this machine's, or any other.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { join } from 'node:path'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import type { Answer, Ask } from '../../api/mcp/ask.ts'
import { mcpServer } from '../../api/mcp.ts'
import { InputError } from '../../core/errors.ts'
import { openSigner } from '../server/secret.ts'
import { openSessions } from '../server/sessions.ts'
import { localOwner } from '../stores.ts'
import { homeDir } from './home-dir.ts'

const usualUrl = 'http://127.0.0.1:8000'
const longestWaitSeconds = 600
const patienceMs = 60_000
/** Enough for one request: whatever else listens there and gets it can do little with it. */
const tokenMs = 60_000
const retryAfterMs = 300

/** Serves until its input ends. Throws InputError for a CLIPFORGE_URL that is no address. */
export async function mcp(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const url = addressIn(env)
  const key = env.CLIPFORGE_KEY?.trim() || undefined
  // A message's id is one session's: the same one comes again in the next.
  const session = randomUUID()
  const server = mcpServer({
    ask: askAt(url, key === undefined ? tokenFor(url) : () => key),
    longestWaitSeconds,
    // Elsewhere the page may have another address than the API.
    ...(isHere(url) && { pageLink: (id: string) => `${url}/#/videos/${id}` }),
    idempotencyKey: (requestId) => `mcp-${session}-${requestId}`,
  })
  const ended = Promise.race([once(process.stdin, 'end'), once(process.stdin, 'close')])
  await server.connect(new StdioServerTransport())
  // Standard output is the protocol's.
  process.stderr.write(`clipforge: tools of ${url} on standard input and output\n`)
  await ended
}

function addressIn({ CLIPFORGE_URL: given }: NodeJS.ProcessEnv): string {
  const text = given?.trim() || usualUrl
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    throw new InputError(`CLIPFORGE_URL: must be an address such as ${usualUrl} (it is '${text}')`)
  const { origin, pathname } = new URL(text)
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

/** Whoever may read this home's secret may do what its owner may: no key is needed for a server of the same home. */
function tokenFor(url: string): () => string | undefined {
  const home = homeDir()
  // A home without a secret never had a server.
  const isOurs = () => isHere(url) && existsSync(join(home, 'secret'))
  return () => (isOurs() ? openSessions(openSigner(home)).newToken(localOwner, tokenMs) : undefined)
}

function isHere(url: string): boolean {
  return /^(?:127\.0\.0\.1|localhost|\[::1\])$/.test(new URL(url).hostname)
}

/** What got no answer is asked once more, if that can do nothing twice. */
function askAt(url: string, keyFor: () => string | undefined): Ask {
  return async (method, path, body, headers = {}) => {
    const send = () => sent(url, keyFor(), { method, path, body, headers })
    const isSafe = method === 'GET' || 'Idempotency-Key' in headers
    const again = () => setTimeout(retryAfterMs).then(send)
    const answer = await (isSafe ? send().catch(again) : send())
    if (answer.status !== 401 || keyFor()?.startsWith('cf_')) return answer
    throw new Error(
      `the server at ${url} wants a key: set CLIPFORGE_KEY to one ('clipforge keys create' makes one), or CLIPFORGE_HOME to the folder that it serves`,
    )
  }
}

type Sent = { method: string; path: string; body: unknown; headers: Record<string, string> }

async function sent(url: string, key: string | undefined, { method, path, body, headers }: Sent): Promise<Answer> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(key !== undefined && { Authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    // A key is for the server that it was given for.
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  }).catch((cause: unknown) => {
    throw new Error(
      `no ClipForge answers at ${url}: start it with 'npm start' in its folder, which prints a key at its first start ('clipforge keys create' makes another); or set CLIPFORGE_URL to where it runs and CLIPFORGE_KEY to a key of it`,
      { cause },
    )
  })
  return { status: answer.status, body: await answer.json().catch(() => undefined) }
}
