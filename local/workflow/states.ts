// What each type of state does in one attempt. Retry, Catch and the record of the effect are run.ts.
import { runMap, runParallel } from './children.ts'
import { timestampMs } from './clock.ts'
import { StatesError } from './errors.ts'
import { type Execution, type Visit, contextOf, decide, evaluateField, leave, withinLimit } from './execution.ts'
import { queryError } from './expressions.ts'
import type { Effect } from './journal.ts'
import { LAMBDA_INVOKE, type StateOf } from './schema.ts'
import { type TaskHandler, callHandler } from './task.ts'

/** Runs one attempt at a state. Throws StatesError when it fails, the signal's reason when it is stopped. */
export async function runAttempt(execution: Execution, visit: Visit): Promise<Effect> {
  const { state, input } = visit
  if (state.Type === 'Task') {
    const result = await runTask(execution, { ...visit, state })
    return leave(execution, visit, state, result, { result })
  }
  if (state.Type === 'Parallel') {
    const result = await runParallel(execution, { ...visit, state })
    return leave(execution, visit, state, result, { result })
  }
  if (state.Type === 'Map') {
    const result = await runMap(execution, { ...visit, state })
    return leave(execution, visit, state, result, { result })
  }
  if (state.Type === 'Choice') return leave(execution, visit, await choose(execution, { ...visit, state }), input)
  if (state.Type === 'Fail') return fail(execution, { ...visit, state })
  if (state.Type === 'Wait') await runWait(execution, { ...visit, state })
  return leave(execution, visit, state, input)
}

async function runTask(execution: Execution, visit: Visit<StateOf<'Task'>>): Promise<unknown> {
  const { state, path, attempt, input } = visit
  const { journal, clock, graceMs } = execution
  const known = journal.read('result', path, attempt)
  if (known) return known.value

  const args = await decide(execution, 'arguments', path, attempt, async () => {
    if (state.Arguments === undefined) return input
    return withinLimit(await evaluateField(execution, visit, 'Arguments', state.Arguments), 'Arguments', path)
  })
  const timeoutMs = await milliseconds(execution, visit, 'TimeoutSeconds', state.TimeoutSeconds)
  const heartbeatMs = await milliseconds(execution, visit, 'HeartbeatSeconds', state.HeartbeatSeconds)
  const { handler, handlerArgs, isLambda } = handlerFor(execution, state.Resource, args)
  const context = contextOf(execution, visit)
  const call = { signal: visit.scope.signal, path, attempt, context, isLambda }
  const value = await callHandler(
    handler,
    structuredClone(handlerArgs),
    call,
    { timeoutMs, heartbeatMs, graceMs },
    clock,
  )
  const result = withinLimit(isLambda ? { Payload: value, StatusCode: 200 } : value, 'result', path)
  journal.write('result', path, result, attempt)
  return result
}

/** A Lambda is named by Arguments.FunctionName and sees the Payload; any other resource sees all Arguments. */
function handlerFor(
  { tasks }: Execution,
  resource: string,
  args: unknown,
): { handler: TaskHandler; handlerArgs: unknown; isLambda: boolean } {
  const isLambda = resource === LAMBDA_INVOKE
  const { FunctionName, Payload = {} }: { FunctionName?: unknown; Payload?: unknown } = Object(args)
  const key = isLambda ? String(FunctionName) : resource
  const handler = Object.hasOwn(tasks, key) ? tasks[key] : undefined
  if (!handler) throw new StatesError('States.Runtime', `there is no handler for ${key}`)
  return { handler, handlerArgs: isLambda ? Payload : args, isLambda }
}

async function milliseconds(
  execution: Execution,
  visit: Visit,
  field: string,
  template: number | string | undefined,
): Promise<number | undefined> {
  if (template === undefined) return undefined
  return (await wholeNumber(execution, visit, field, template, 1)) * 1000
}

async function wholeNumber(
  execution: Execution,
  visit: Visit,
  field: string,
  template: unknown,
  least: number,
): Promise<number> {
  const value = await evaluateField(execution, visit, field, template)
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value
  throw queryError(`${field} must be a whole number from ${least} up, not ${JSON.stringify(value)}`)
}

async function runWait(execution: Execution, visit: Visit<StateOf<'Wait'>>): Promise<void> {
  const { clock } = execution
  const dueMs = await decide(execution, 'due', visit.path, visit.attempt, async () => {
    const { Seconds, Timestamp } = visit.state
    if (Seconds !== undefined) return clock.now() + (await wholeNumber(execution, visit, 'Seconds', Seconds, 0)) * 1000
    const time = await evaluateField(execution, visit, 'Timestamp', Timestamp)
    const ms = timestampMs(time)
    if (ms === undefined) throw queryError(`Timestamp must be an RFC 3339 time, not ${JSON.stringify(time)}`)
    return ms
  })
  await clock.sleep(Math.max(0, dueMs - clock.now()), visit.scope.signal)
}

/** The rule that matches; else the state's own Output and Assign with Default. */
async function choose(execution: Execution, visit: Visit<StateOf<'Choice'>>) {
  const { Choices, Default, Output, Assign } = visit.state
  for (const [index, rule] of Choices.entries()) {
    const isMet = await evaluateField(execution, visit, `Choices[${index}]/Condition`, rule.Condition)
    if (typeof isMet !== 'boolean')
      throw queryError(`Choices[${index}]/Condition must be true or false, not ${JSON.stringify(isMet)}`)
    if (isMet) return rule
  }
  if (Default === undefined)
    throw new StatesError('States.NoChoiceMatched', `${visit.path}: no rule matches and there is no Default`)
  return { Next: Default, Output, Assign }
}

async function fail(execution: Execution, visit: Visit<StateOf<'Fail'>>): Promise<never> {
  const { Error: error, Cause = '' } = visit.state
  const values = [
    await evaluateField(execution, visit, 'Error', error),
    await evaluateField(execution, visit, 'Cause', Cause),
  ]
  const [name, cause] = values.map((value) => {
    if (typeof value !== 'string') throw queryError(`Error and Cause must be strings, not ${JSON.stringify(value)}`)
    return value
  })
  throw new StatesError(name!, cause!)
}
