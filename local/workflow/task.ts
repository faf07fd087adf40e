// One call of a task's handler: its time limits, its heartbeat, and what happens when it is told to stop.
import type { Clock } from './clock.ts'
import { StatesError, handlerError } from './errors.ts'

export type TaskCall = {
  /** Fires when the execution is aborted, a sibling fails or the time is up; stop then, and leave nothing half done. */
  signal: AbortSignal
  /** Names this visit of the state: 'Assets[0]/Illustrate[3]/Draw'. */
  path: string
  /** 0 for the first call of this visit, 1 for the first retry … */
  attempt: number
  /** Starts HeartbeatSeconds anew. */
  heartbeat: () => void
  /** $states.context */
  context: Record<string, unknown>
}
/** Gives a JSON value. What it throws becomes the error name (Error.name) and the Cause (Error.message). */
export type TaskHandler = (args: unknown, call: TaskCall) => Promise<unknown>

type TaskLimits = { timeoutMs: number | undefined; heartbeatMs: number | undefined; graceMs: number }

/**
 * Calls the handler and gives its value as JSON. When a limit passes or `call.signal` fires, the handler's signal fires and
 * it gets `graceMs` to settle before this rejects: with the limit's StatesError, or with the signal's reason.
 * A value that arrives in the grace after an abort is still taken, because it may have cost money.
 */
export async function callHandler(
  handler: TaskHandler,
  args: unknown,
  call: Omit<TaskCall, 'heartbeat'> & { isLambda: boolean },
  limits: TaskLimits,
  clock: Clock,
): Promise<unknown> {
  call.signal.throwIfAborted()
  const { isLambda, ...rest } = call
  const stop = new AbortController()
  const over = new AbortController()
  const signal = AbortSignal.any([call.signal, stop.signal])
  const startMs = clock.now()
  let lastBeatMs = startMs
  const heartbeat = () => void (lastBeatMs = clock.now())

  const work = Promise.try(handler, args, { ...rest, signal, heartbeat }).then(
    (value) => ({ value: toJson(value, isLambda) }),
    (thrown: unknown) => Promise.reject(handlerError(thrown, isLambda)),
  )
  const { timeoutMs, heartbeatMs, graceMs } = limits
  const late = () => new StatesError('States.Timeout', `the task ran longer than ${timeoutMs! / 1000} s`)
  const silent = () =>
    new StatesError('States.HeartbeatTimeout', `the task gave no sign of life for ${heartbeatMs! / 1000} s`)
  const expired = Promise.race([
    ...(timeoutMs ? [expiry(() => startMs + timeoutMs, clock, over.signal).then(late)] : []),
    ...(heartbeatMs ? [expiry(() => lastBeatMs + heartbeatMs, clock, over.signal).then(silent)] : []),
  ])
  try {
    const first = await Promise.race([work, expired, aborted(call.signal, over.signal)])
    if (first !== 'aborted' && 'value' in first) return first.value
    stop.abort(first === 'aborted' ? call.signal.reason : first)
    const delivered = await Promise.race([work.catch(() => undefined), clock.sleep(graceMs, over.signal)])
    if (first !== 'aborted') throw first
    if (delivered) return delivered.value
    throw call.signal.reason
  } finally {
    over.abort()
  }
}

/** Lambda gives null for undefined, and so does this for every resource. */
function toJson(value: unknown, isLambda: boolean): unknown {
  try {
    return JSON.parse(JSON.stringify(value) ?? 'null')
  } catch (cause) {
    const unserializable = new TypeError(`the handler's value is not JSON: ${String(cause)}`, { cause })
    unserializable.name = 'Runtime.MarshalError'
    throw handlerError(unserializable, isLambda)
  }
}

/** Resolves when the time that `dueMs` tells has come; it may move on meanwhile. */
async function expiry(dueMs: () => number, clock: Clock, over: AbortSignal): Promise<void> {
  for (let leftMs = dueMs() - clock.now(); leftMs > 0; leftMs = dueMs() - clock.now())
    // When the call is over the sleep rejects, and nobody waits for this any more.
    await clock.sleep(leftMs, over).catch(() => new Promise(() => undefined))
}

function aborted(signal: AbortSignal, over: AbortSignal): Promise<'aborted'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('aborted')
    else signal.addEventListener('abort', () => resolve('aborted'), { once: true, signal: over })
  })
}
