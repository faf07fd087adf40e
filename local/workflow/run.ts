// The interpreter: walks a workflow from StartAt to its end, with every finished state in the journal.
import { type Clock, systemClock } from './clock.ts'
import { ExecutionAbortedError, ExecutionFailedError, StatesError } from './errors.ts'
import type { WorkflowEvent } from './events.ts'
import { type Execution, type Scope, type Visit, leave, withinLimit } from './execution.ts'
import { isExpression } from './expressions.ts'
import type { Attempts, Effect, ExecutionJournal, Journal } from './journal.ts'
import type { Workflow } from './load.ts'
import { matches, nextRetry } from './retry.ts'
import { type Catcher, LAMBDA_INVOKE, type Machine, type Retrier, type State } from './schema.ts'
import { runAttempt } from './states.ts'
import type { TaskHandler } from './task.ts'

/** Long enough for a child process to be told to stop and go. */
const GRACE_MS = 5_000

export type RunOptions = {
  /** Names the execution in the journal and in $states.context. Running it again goes on with what is finished. */
  executionId: string
  /** By FunctionName for arn:aws:states:::lambda:invoke, by Resource for everything else. */
  tasks: Record<string, TaskHandler>
  journal: Journal
  signal?: AbortSignal
  onEvent?: (event: WorkflowEvent) => void
  /** StateMachine.Name of $states.context. */
  stateMachineName?: string
  clock?: Clock
  /** From 0 up to 1: the jitter of retries and $random. */
  random?: () => number
  /** How long handlers may take to settle once their signal has fired; 5 s. */
  graceMs?: number
}

/**
 * Runs an execution to its end and gives its output; a finished one gives its recorded output and calls nothing.
 * Rejects with ExecutionFailedError; with ExecutionAbortedError after `signal` has fired and the running handlers have
 * settled; with ConflictError when the id belongs to another document or input. The top-level TimeoutSeconds counts
 * from the start of this run, as AWS counts it anew for a redrive: a machine that slept for a night is not late.
 */
export async function runWorkflow(workflow: Workflow, given: unknown, options: RunOptions): Promise<unknown> {
  const { clock = systemClock, executionId: id } = options
  if (options.signal?.aborted) throw abortion(options, options.signal.reason)
  // A copy, so that nobody changes it on the way; AWS takes {} for no input.
  const input: unknown = JSON.parse(JSON.stringify(given === undefined ? {} : given))
  const journal = options.journal.open({ id, documentSha256: workflow.sha256, input, nowMs: clock.now() })
  const emit: Execution['emit'] = (event) => options.onEvent?.({ at: new Date(clock.now()).toISOString(), ...event })
  if (journal.finished) {
    emit({ type: 'ExecutionSucceeded', replayed: true })
    return journal.finished.output
  }
  requireHandlers(workflow.document, options.tasks)
  const stop = new AbortController()
  const over = new AbortController()
  const signal = AbortSignal.any([stop.signal, ...(options.signal ? [options.signal] : [])])
  const execution: Execution = {
    tasks: options.tasks,
    journal,
    emit,
    clock,
    random: options.random ?? Math.random,
    graceMs: options.graceMs ?? GRACE_MS,
    context: executionContext(options, input, journal),
    runMachine: (scope, value) => runMachine(execution, scope, value),
  }
  try {
    startTimeout(workflow, clock, stop, over.signal)
    emit({ type: 'ExecutionStarted', resumed: journal.isResumed })
    withinLimit(input, 'execution input', '')
    const scope = { machine: workflow.document, path: '', variables: {}, mapItem: undefined, signal }
    const output = await runMachine(execution, scope, input)
    journal.succeed(output)
    emit({ type: 'ExecutionSucceeded', replayed: false })
    return output
  } catch (error) {
    throw reported(error, execution, options)
  } finally {
    over.abort()
  }
}

/** Records and tells how an execution ended badly. An abort is not recorded: it is a pause. */
function reported(error: unknown, { journal, emit }: Execution, options: RunOptions): unknown {
  if (options.signal?.aborted && error === options.signal.reason) {
    emit({ type: 'ExecutionAborted' })
    return abortion(options, error)
  }
  if (!(error instanceof StatesError)) {
    emit({ type: 'ExecutionFailed', error: 'States.Runtime', message: String(error) })
    return error
  }
  journal.fail(`${error.error}: ${error.message}`)
  emit({ type: 'ExecutionFailed', error: error.error, message: error.message })
  return new ExecutionFailedError(error)
}

function abortion({ executionId }: RunOptions, cause: unknown): ExecutionAbortedError {
  return new ExecutionAbortedError(`execution ${executionId} was aborted; run it again to go on`, { cause })
}

/** Every handler that the document names outright must be there before anything is done. */
function requireHandlers(document: Machine, tasks: Record<string, TaskHandler>): void {
  const missing = [...new Set(handlerNames(document))].filter((name) => !Object.hasOwn(tasks, name))
  if (missing.length > 0) throw new TypeError(`there is no handler for ${missing.join(', ')}`)
}

function handlerNames({ States }: Machine): string[] {
  return Object.values(States).flatMap((state) => {
    if (state.Type === 'Map') return handlerNames(state.ItemProcessor)
    if (state.Type === 'Parallel') return state.Branches.flatMap(handlerNames)
    if (state.Type !== 'Task') return []
    if (state.Resource !== LAMBDA_INVOKE) return [state.Resource]
    const { FunctionName }: { FunctionName?: unknown } = Object(state.Arguments)
    return typeof FunctionName === 'string' && !isExpression(FunctionName) ? [FunctionName] : []
  })
}

function executionContext(
  { executionId, stateMachineName = 'local' }: RunOptions,
  input: unknown,
  { startedMs, redriveCount }: ExecutionJournal,
): Record<string, unknown> {
  const arn = (kind: string) => `arn:aws:states:local:000000000000:${kind}:${stateMachineName}`
  return {
    Execution: {
      Id: `${arn('execution')}:${executionId}`,
      Name: executionId,
      Input: input,
      StartTime: new Date(startedMs).toISOString(),
      RedriveCount: redriveCount,
      RoleArn: 'arn:aws:iam::000000000000:role/local',
    },
    StateMachine: { Id: arn('stateMachine'), Name: stateMachineName },
  }
}

function startTimeout({ document }: Workflow, clock: Clock, stop: AbortController, over: AbortSignal): void {
  const { TimeoutSeconds } = document
  if (TimeoutSeconds === undefined) return
  const expire = () =>
    stop.abort(new StatesError('States.Timeout', `the execution ran longer than ${TimeoutSeconds} s`))
  clock.sleep(TimeoutSeconds * 1000, over).then(expire, () => undefined)
}

async function runMachine(execution: Execution, scope: Scope, input: unknown): Promise<unknown> {
  const visits = new Map<string, number>()
  let data = input
  let name: string | undefined = scope.machine.StartAt
  while (name !== undefined) {
    scope.signal.throwIfAborted()
    const count = (visits.get(name) ?? 0) + 1
    visits.set(name, count)
    const { output, next, assigned }: Effect = await runState(execution, scope, name, count, data)
    scope.variables = { ...scope.variables, ...assigned }
    data = output
    name = next
  }
  return data
}

/** Runs a state with its Retry and Catch, or gives the effect that an earlier run recorded. */
async function runState(
  execution: Execution,
  scope: Scope,
  name: string,
  count: number,
  input: unknown,
): Promise<Effect> {
  const { journal, emit, clock } = execution
  const state = scope.machine.States[name]!
  const path = statePath(scope.path, name, count)
  const finished = journal.read('effect', path)
  if (finished) {
    emit({ type: 'StateReplayed', path, name })
    return finished.value
  }
  const entered = journal.read('entered', path)
  const enteredMs = entered?.value ?? clock.now()
  if (!entered) journal.write('entered', path, enteredMs)
  emit({ type: 'StateEntered', path, name })

  let attempts = journal.read('attempts', path)?.value ?? { attempt: 0, used: {}, dueMs: 0 }
  for (;;) {
    await clock.sleep(Math.max(0, attempts.dueMs - clock.now()), scope.signal)
    const retryCount = Object.values(attempts.used).reduce((sum, used) => sum + used, 0)
    const visit: Visit = { state, name, path, scope, input, enteredMs, attempt: attempts.attempt, retryCount }
    try {
      const effect = await runAttempt(execution, visit)
      journal.write('effect', path, effect)
      emit({ type: 'StateExited', path, name })
      return effect
    } catch (error) {
      if (scope.signal.aborted) throw scope.signal.reason
      if (!(error instanceof StatesError)) throw error
      const again = scheduleRetry(execution, visit, attempts, error)
      if (!again) return recover(execution, visit, error)
      attempts = again
    }
  }
}

function scheduleRetry(
  execution: Execution,
  visit: Visit,
  attempts: Attempts,
  failure: StatesError,
): Attempts | undefined {
  const { journal, emit, clock, random } = execution
  const { state, path, name, attempt } = visit
  const { error, message } = failure
  if (state.Type === 'Task') emit({ type: 'TaskFailed', path, name, attempt, error, message })
  const retry = nextRetry(retriersOf(state), error, attempts.used, random)
  if (!retry) return undefined
  const again = {
    attempt: attempt + 1,
    used: { ...attempts.used, [retry.retrier]: (attempts.used[retry.retrier] ?? 0) + 1 },
    dueMs: clock.now() + retry.delayMs,
  }
  journal.write('attempts', path, again)
  emit({
    type: 'RetryScheduled',
    path,
    name,
    attempt: again.attempt,
    error,
    message: failure.message,
    delayMs: retry.delayMs,
  })
  return again
}

/** Leaves through the first catcher that meets the failure, or throws it. */
async function recover(execution: Execution, visit: Visit, failure: StatesError): Promise<Effect> {
  const { state, path, name } = visit
  const { error, message } = failure
  const catcher = catchersOf(state).find((entry) => matches(entry, error))
  if (!catcher) throw failure
  const errorOutput = { Error: error, Cause: failure.causeText }
  const effect = await leave(execution, visit, catcher, errorOutput, { errorOutput })
  execution.journal.write('effect', path, effect)
  execution.emit({ type: 'Caught', path, name, error, message, next: catcher.Next })
  execution.emit({ type: 'StateExited', path, name })
  return effect
}

function retriersOf(state: State): Retrier[] {
  return 'Retry' in state ? (state.Retry ?? []) : []
}

function catchersOf(state: State): Catcher[] {
  return 'Catch' in state ? (state.Catch ?? []) : []
}

/** 'Assets[0]/Draw', and 'Assets[0]/Draw#2' when a loop comes by again. Marks inside a name are escaped. */
function statePath(scopePath: string, name: string, count: number): string {
  const escaped = name.replaceAll(/[%/#@[\]]/g, encodeURIComponent)
  return `${scopePath ? `${scopePath}/` : ''}${escaped}${count > 1 ? `#${count}` : ''}`
}
