// The page's only way to the API: adds the key, tells problems as errors, follows a video's events.
import type { ProblemDetails } from '../../api/schemas/house.ts'
import { found, lost, onReturn } from './connection.ts'
import { readEvents } from './event-stream.ts'
import { endSession, token } from './session.ts'

/** A request that was answered with a problem, or with nothing at all (`status` 0: no connection). */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly problem: ProblemDetails
  constructor(problem: ProblemDetails, options?: { cause?: unknown }) {
    super(problem.detail, options)
    this.problem = problem
  }
}

/** All throw ApiError. `path` begins with '/'. */
export function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return ask<T>(path, { signal })
}
export function post<T>(path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
  return ask<T>(path, { method: 'POST', ...content(body, headers) })
}
export function patch<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<T> {
  return ask<T>(path, { method: 'PATCH', ...content(body, headers) })
}
export async function del(path: string): Promise<void> {
  await ask<unknown>(path, { method: 'DELETE' })
}

/** The API's address without a slash at its end: what config.json beside the page says, else where the page is from. */
export function apiUrl(): Promise<string> {
  address ??= findApi()
  return address
}
let address: Promise<string> | undefined

/** Whether that key or token is taken. Throws ApiError when it cannot be asked. */
export async function isAccepted(key: string): Promise<boolean> {
  try {
    await ask<unknown>('/v1/catalog', { headers: { Authorization: `Bearer ${key}` } }, { endsSession: false })
    return true
  } catch (error) {
    if (error instanceof ApiError && error.problem.status === 401) return false
    throw error
  }
}

type Watcher = {
  event: (name: string, data: unknown) => void
  /** No more will come: after the 'end' event, or when the stream cannot be had. Not called when `signal` aborts. */
  closed: () => void
}

/** Follows server-sent events; a broken connection goes on after the last event that came. */
export async function watch(path: string, on: Watcher, signal: AbortSignal): Promise<void> {
  let lastId: string | undefined
  let failures = 0
  while (!signal.aborted) {
    try {
      const headers: Record<string, string> = { Accept: 'text/event-stream' }
      if (lastId !== undefined) headers['Last-Event-ID'] = lastId
      const response = await send(path, { headers, signal })
      if (!response.ok) throw new ApiError(await problemIn(response))
      for await (const { id, name, data } of readEvents(response)) {
        if (signal.aborted) return
        failures = 0
        lastId = id ?? lastId
        on.event(name, data)
        if (name === 'end') return on.closed()
      }
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof ApiError && isFinal(error.problem.status)) {
        if (error.problem.status === 401) endSession()
        return on.closed()
      }
    }
    await pause(Math.min(30_000, 500 * 2 ** failures++), signal)
  }
}

type Init = { method?: string; body?: string; headers?: Record<string, string>; signal?: AbortSignal }

async function ask<T>(path: string, init: Init, { endsSession = true } = {}): Promise<T> {
  const response = await send(path, init)
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T
  if (response.status === 401 && endsSession) endSession()
  throw new ApiError(await problemIn(response))
}

async function send(path: string, init: Init): Promise<Response> {
  const url = (await apiUrl()) + path
  const authorization: Record<string, string> =
    token.value === undefined ? {} : { Authorization: `Bearer ${token.value}` }
  try {
    const response = await fetch(url, { ...init, headers: { ...authorization, ...init.headers } })
    found()
    return response
  } catch (error) {
    if (init.signal?.aborted) throw error
    lost(ping)
    const detail = noConnection
    throw new ApiError({ ...unknown, title: 'No connection', detail, code: 'no-connection' }, { cause: error })
  }
}

export const noConnection = 'ClipForge cannot be reached. Check the connection, and that it is running.'

/** Any answer will do, so none has to be readable. */
async function ping(): Promise<void> {
  await fetch(`${await apiUrl()}/health`, { mode: 'no-cors', cache: 'no-store' })
}

const unknown = { type: 'about:blank', title: 'Something went wrong', status: 0, code: 'unknown' }

async function problemIn(response: Response): Promise<ProblemDetails> {
  const { status } = response
  const retryAfterSeconds = Number(response.headers.get('Retry-After')) || undefined
  try {
    const problem = (await response.json()) as Partial<ProblemDetails>
    if (typeof problem.detail === 'string')
      return { ...unknown, retryAfterSeconds, ...problem, status, detail: problem.detail }
  } catch {
    // Something between here and the API answered: a proxy's page, or nothing.
  }
  return {
    ...unknown,
    status,
    retryAfterSeconds,
    detail: `The request was answered with ${status}. Try again in a moment.`,
  }
}

function content(body: unknown, headers: Record<string, string> = {}): Init {
  if (body === undefined) return { headers }
  return { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers } }
}

async function findApi(): Promise<string> {
  try {
    const response = await fetch('config.json', { cache: 'no-cache' })
    const { api } = response.ok ? ((await response.json()) as { api?: unknown }) : {}
    return typeof api === 'string' ? api.replace(/\/+$/, '') : ''
  } catch {
    return ''
  }
}

/** What asking again does not change. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}

/** Also ends when the connection is there again, or somebody comes back to the page. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const timer = setTimeout(done, ms)
    const stop = onReturn(done)
    signal.addEventListener('abort', done, { once: true })
  })
}
