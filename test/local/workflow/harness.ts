// Runs small documents on a real journal in memory, in virtual time.
import { DatabaseSync } from 'node:sqlite'
import type { Clock } from '../../../local/workflow/clock.ts'
import { WorkflowRefusedError } from '../../../local/workflow/errors.ts'
import type { WorkflowEvent } from '../../../local/workflow/events.ts'
import { sqliteJournal } from '../../../local/workflow/journal.ts'
import { loadWorkflow } from '../../../local/workflow/load.ts'
import { type RunOptions, runWorkflow } from '../../../local/workflow/run.ts'
import type { TaskHandler } from '../../../local/workflow/task.ts'

export const START = Date.parse('2026-01-01T00:00:00.000Z')

/** Time that stands still while anything runs and jumps to the next sleeper when nothing does. */
export function virtualClock(nowMs = START): Clock {
  const sleepers: { dueMs: number; wake: () => void }[] = []
  const jump = () => {
    const next = sleepers.reduce<(typeof sleepers)[number] | undefined>(
      (first, sleeper) => (first && first.dueMs <= sleeper.dueMs ? first : sleeper),
      undefined,
    )
    if (!next) return
    nowMs = Math.max(nowMs, next.dueMs)
    sleepers.splice(sleepers.indexOf(next), 1)
    next.wake()
  }
  return {
    now: () => nowMs,
    sleep: async (delayMs, signal) => {
      signal?.throwIfAborted()
      if (delayMs <= 0) return
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const sleeper = { dueMs: nowMs + delayMs, wake: resolve }
      sleepers.push(sleeper)
      const leave = () => {
        const place = sleepers.indexOf(sleeper)
        if (place >= 0) sleepers.splice(place, 1)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', leave, { once: true })
      setImmediate(jump)
      await promise
      signal?.removeEventListener('abort', leave)
    },
  }
}

/** A document from its states; the first one starts. */
export function machine(States: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return { QueryLanguage: 'JSONata', StartAt: Object.keys(States)[0], States, ...more }
}

export const LAMBDA = 'arn:aws:states:::lambda:invoke'

/** A Task that passes its input to a Lambda and the Lambda's answer on. */
export function invoke(FunctionName: string, more: Record<string, unknown> = { End: true }) {
  return {
    Type: 'Task',
    Resource: LAMBDA,
    Arguments: { FunctionName, Payload: '{% $states.input %}' },
    Output: '{% $states.result.Payload %}',
    ...more,
  }
}

export function failing(name: string, message = 'no'): TaskHandler {
  return async () => {
    throw Object.assign(new Error(message), { name })
  }
}

/** Runs a document to its end; `output` or `error` is set. */
export async function run(
  document: unknown,
  options: Partial<Omit<RunOptions, 'journal'>> & { input?: unknown; db?: DatabaseSync } = {},
) {
  const { input = {}, db = new DatabaseSync(':memory:'), clock = virtualClock(), ...rest } = options
  const events: WorkflowEvent[] = []
  const onEvent = (event: WorkflowEvent) => {
    events.push(event)
    rest.onEvent?.(event)
  }
  const journal = sqliteJournal(db)
  const all = { executionId: 'e1', tasks: {}, ...rest, clock, journal, onEvent }
  const settled = await runWorkflow(loadWorkflow(document, {}), input, all).then(
    (output) => ({ output, error: undefined }),
    (error: Error & { error?: string; causeText?: string }) => ({ output: undefined, error }),
  )
  return { ...settled, events, db, tookMs: clock.now() - START }
}

export function eventsOf<Type extends WorkflowEvent['type']>({ events }: { events: WorkflowEvent[] }, type: Type) {
  return events.filter((event): event is Extract<WorkflowEvent, { type: Type }> => event.type === type)
}

/** Resolves when the signal fires, rejecting as a well-behaved handler does. */
export function untilStopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason))
  })
}

/** What loading says, a line per problem; none when the document is accepted. */
export function problemsOf(document: unknown, substitutions: Record<string, string> = {}): string[] {
  try {
    loadWorkflow(document, substitutions)
    return []
  } catch (error) {
    if (error instanceof WorkflowRefusedError) return error.problems
    throw error
  }
}
