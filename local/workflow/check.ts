// What a schema cannot say about a workflow document: transitions, error names, scopes of variables, expressions.
import { expressionProblems } from './references.ts'
import { FUNCTION_NAMES } from './functions.ts'
import { LAMBDA_INVOKE, type Machine, type State, type StateOf, type WorkflowDocument } from './schema.ts'

/** Gives every problem, each starting with the path of its place ('States.Narrate.Retry[0].MaxDelaySeconds'). */
export function* documentProblems(document: WorkflowDocument): Generator<string> {
  const seenNames = new Map<string, string>()
  for (const scope of scopes(document, '', new Set())) {
    const variables = new Set([...scope.outer, ...assignedIn(scope.machine)])
    yield* transitionProblems(scope.machine, scope.path)
    yield* variableProblems(scope)
    for (const [name, state] of Object.entries(scope.machine.States)) {
      const path = `${scope.path}States.${name}`
      const other = seenNames.get(name)
      if (other) yield `${path}: the name is taken by ${other}; names are unique in the whole document`
      seenNames.set(name, path)
      yield* stateProblems(state, path)
      for (const [field, template, extra] of templates(state))
        yield* expressionProblems(template, `${path}.${field}`, { variables, states: ['input', 'context', ...extra] })
    }
  }
}

/** A machine with the names of the variables that the scopes around it assign; `path` ends with a dot or is ''. */
type Scope = { machine: Machine; path: string; outer: ReadonlySet<string> }

function* scopes(machine: Machine, path: string, outer: ReadonlySet<string>): Generator<Scope> {
  yield { machine, path, outer }
  const visible = new Set([...outer, ...assignedIn(machine)])
  for (const [name, state] of Object.entries(machine.States)) {
    const here = `${path}States.${name}`
    if (state.Type === 'Map') yield* scopes(state.ItemProcessor, `${here}.ItemProcessor.`, visible)
    if (state.Type === 'Parallel')
      for (const [index, branch] of state.Branches.entries())
        yield* scopes(branch, `${here}.Branches[${index}].`, visible)
  }
}

function* transitionProblems({ StartAt, States }: Machine, path: string): Generator<string> {
  const names = Object.keys(States)
  const exists = (name: string) => Object.hasOwn(States, name)
  if (!exists(StartAt)) {
    yield `${path}StartAt: there is no state '${StartAt}' (${names.join(', ')})`
    return
  }
  const reached = new Set([StartAt])
  // A Set's iterator also visits what is added on the way.
  for (const name of reached)
    for (const [field, target] of targets(States[name]!))
      if (exists(target)) reached.add(target)
      else yield `${path}States.${name}.${field}: there is no state '${target}' here (${names.join(', ')})`
  for (const name of names) if (!reached.has(name)) yield `${path}States.${name}: no transition leads here`
}

function targets(state: State): [field: string, target: string][] {
  const all: [string, string | undefined][] = [
    ['Next', 'Next' in state ? state.Next : undefined],
    ['Default', state.Type === 'Choice' ? state.Default : undefined],
    ...rulesOf(state).map(([field, rule]): [string, string] => [`${field}.Next`, rule.Next]),
  ]
  return all.filter((target): target is [string, string] => target[1] !== undefined)
}

type Rule = { Next: string; Output?: unknown; Assign?: Record<string, unknown> }

/** The catchers of a state, or the rules of a Choice: each a way out with its own Output and Assign. */
function rulesOf(state: State): [field: string, rule: Rule][] {
  const catchers = 'Catch' in state ? (state.Catch ?? []) : []
  const choices = state.Type === 'Choice' ? state.Choices : []
  return [
    ...catchers.map((rule, index): [string, Rule] => [`Catch[${index}]`, rule]),
    ...choices.map((rule, index): [string, Rule] => [`Choices[${index}]`, rule]),
  ]
}

function* variableProblems({ machine, path, outer }: Scope): Generator<string> {
  for (const [name, state] of Object.entries(machine.States))
    for (const [field, assign] of assignsOf(state))
      for (const variable of Object.keys(assign)) {
        const place = `${path}States.${name}.${field}.${variable}`
        if (!/^\p{ID_Start}\p{ID_Continue}{0,79}$/u.test(variable))
          yield `${place}: a variable's name is a letter, then letters, digits or _, at most 80`
        else if (variable === 'states') yield `${place}: $states is reserved`
        else if (FUNCTION_NAMES.has(variable)) yield `${place}: would hide the function $${variable}`
        else if (outer.has(variable))
          yield `${place}: $${variable} belongs to a scope around this one, which alone assigns it`
      }
}

function assignedIn(machine: Machine): string[] {
  return Object.values(machine.States).flatMap((state) => assignsOf(state).flatMap(([, assign]) => Object.keys(assign)))
}

function assignsOf(state: State): [field: string, assign: Record<string, unknown>][] {
  const own: [string, Record<string, unknown> | undefined][] = [
    ['Assign', 'Assign' in state ? state.Assign : undefined],
    ...rulesOf(state).map(([field, rule]): [string, Rule['Assign']] => [`${field}.Assign`, rule.Assign]),
  ]
  return own.filter((entry): entry is [string, Record<string, unknown>] => entry[1] !== undefined)
}

/** AWS's built-in names: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const BUILT_IN_ERRORS = new Set(
  `States.ALL States.TaskFailed States.Timeout States.HeartbeatTimeout States.Permissions States.QueryEvaluationError
   States.DataLimitExceeded States.NoChoiceMatched`.split(/\s+/),
)

function* stateProblems(state: State, path: string): Generator<string> {
  if (!endsByItself(state) && (state.Next === undefined) === (state.End === undefined))
    yield `${path}: needs either Next or "End": true`
  if ('Retry' in state) yield* errorNameProblems(state.Retry ?? [], `${path}.Retry`)
  if ('Catch' in state) yield* errorNameProblems(state.Catch ?? [], `${path}.Catch`)
  if ('Retry' in state)
    for (const [index, { IntervalSeconds, MaxDelaySeconds = Infinity }] of (state.Retry ?? []).entries())
      if (MaxDelaySeconds <= IntervalSeconds)
        yield `${path}.Retry[${index}].MaxDelaySeconds: must be greater than IntervalSeconds (${IntervalSeconds})`
  if (state.Type === 'Wait' && (state.Seconds === undefined) === (state.Timestamp === undefined))
    yield `${path}: needs either Seconds or Timestamp`
  if (state.Type === 'Task') yield* taskProblems(state, path)
}

function endsByItself(state: State): state is StateOf<'Choice' | 'Succeed' | 'Fail'> {
  return state.Type === 'Choice' || state.Type === 'Succeed' || state.Type === 'Fail'
}

type Matcher = { ErrorEquals: string[] }

function* errorNameProblems(matchers: Matcher[], path: string): Generator<string> {
  for (const [index, { ErrorEquals }] of matchers.entries()) {
    const place = `${path}[${index}].ErrorEquals`
    if (ErrorEquals.includes('States.ALL') && (ErrorEquals.length > 1 || index < matchers.length - 1))
      yield `${place}: States.ALL stands alone and in the last entry`
    for (const name of ErrorEquals)
      if (name === 'States.Runtime') yield `${place}: States.Runtime can be neither retried nor caught`
      else if (name.startsWith('States.') && !BUILT_IN_ERRORS.has(name))
        yield `${place}: no error named ${name} is ever raised here`
  }
}

function* taskProblems(task: StateOf<'Task'>, path: string): Generator<string> {
  const { Resource, Arguments, TimeoutSeconds, HeartbeatSeconds } = task
  if (Resource.includes('{%')) yield `${path}.Resource: must be a constant`
  if (Resource.endsWith('.waitForTaskToken')) yield `${path}.Resource: waiting for a task token is not supported`
  if (typeof TimeoutSeconds === 'number' && typeof HeartbeatSeconds === 'number' && HeartbeatSeconds >= TimeoutSeconds)
    yield `${path}.HeartbeatSeconds: must be smaller than TimeoutSeconds (${TimeoutSeconds})`
  if (Resource !== LAMBDA_INVOKE) return
  if (typeof Arguments !== 'object' || typeof Arguments.FunctionName !== 'string')
    yield `${path}.Arguments: ${LAMBDA_INVOKE} needs an object with FunctionName`
  else
    for (const field of Object.keys(Arguments))
      if (field !== 'FunctionName' && field !== 'Payload')
        yield `${path}.Arguments.${field}: not supported (only FunctionName and Payload)`
}

const FIELDS_BEFORE_A_RESULT = `Arguments Items ItemSelector MaxConcurrency TimeoutSeconds HeartbeatSeconds Seconds
  Timestamp Error Cause`.split(/\s+/)

/** The fields that may hold expressions, with what $states has there besides input and context. */
function* templates(state: State): Generator<[field: string, template: unknown, extra: string[]]> {
  const fields = new Map<string, unknown>(Object.entries(state))
  const result = ['Task', 'Parallel', 'Map'].includes(state.Type) ? ['result'] : []
  for (const field of FIELDS_BEFORE_A_RESULT) yield [field, fields.get(field), []]
  for (const field of ['Output', 'Assign']) yield [field, fields.get(field), result]
  for (const [field, rule] of rulesOf(state))
    for (const [part, template] of Object.entries(rule))
      if (part !== 'ErrorEquals' && part !== 'Comment')
        yield [`${field}.${part}`, template, state.Type === 'Choice' ? [] : ['errorOutput']]
}
