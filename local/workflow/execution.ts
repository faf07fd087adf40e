// What the parts of the interpreter hand to each other.
import type { Clock } from './clock.ts'
import type { Emit } from './events.ts'
import { type Bindings, evaluate } from './expressions.ts'
import { addedFunctions } from './functions.ts'
import { StatesError } from './errors.ts'
import type { Effect, ExecutionJournal, Kinds } from './journal.ts'
import type { Machine, State } from './schema.ts'
import type { TaskHandler } from './task.ts'

export type Execution = {
  tasks: Record<string, TaskHandler>
  journal: ExecutionJournal
  emit: Emit
  clock: Clock
  random: () => number
  /** How long a handler may take to settle after its signal has fired. */
  graceMs: number
  /** The parts of $states.context that are the same everywhere. */
  context: Record<string, unknown>
  /** run.ts walks machines; a Parallel or Map inside asks it to walk theirs. */
  runMachine: (scope: Scope, input: unknown) => Promise<unknown>
}

/** One run of a machine: the document itself, a branch of a Parallel or an item of a Map. */
export type Scope = {
  machine: Machine
  /** '' for the document; else the path of the state around it, with the number of the branch or item. */
  path: string
  /** Its own variables and, read only, those of the scopes around it. */
  variables: Record<string, unknown>
  /** Map.Item of $states.context, inside a Map. */
  mapItem: { Index: number; Value: unknown } | undefined
  signal: AbortSignal
}

/** One attempt at one state. */
export type Visit<Of extends State = State> = {
  state: Of
  name: string
  path: string
  scope: Scope
  input: unknown
  enteredMs: number
  attempt: number
  retryCount: number
}

/** Evaluates a field of the visited state; `states` adds result or errorOutput to $states. */
export function evaluateField(
  execution: Execution,
  visit: Visit,
  field: string,
  template: unknown,
  states: Record<string, unknown> = {},
): Promise<unknown> {
  const bindings: Bindings = {
    ...visit.scope.variables,
    ...addedFunctions(execution.random),
    states: { input: visit.input, context: contextOf(execution, visit), ...states },
  }
  return evaluate(template, field, bindings)
}

/** $states.context, as https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html has it. */
export function contextOf(execution: Execution, visit: Visit): Record<string, unknown> {
  const { name, enteredMs, retryCount, scope } = visit
  return {
    ...execution.context,
    State: { Name: name, EnteredTime: new Date(enteredMs).toISOString(), RetryCount: retryCount },
    ...(scope.mapItem && { Map: { Item: scope.mapItem } }),
  }
}

type Exit = { Output?: unknown; Assign?: Record<string, unknown>; Next?: string }

/** How a state leaves: its Output (else `otherwise`), its Assign, and where to. */
export async function leave(
  execution: Execution,
  visit: Visit,
  exit: Exit,
  otherwise: unknown,
  states: Record<string, unknown> = {},
): Promise<Effect> {
  const output =
    exit.Output === undefined ? otherwise : await evaluateField(execution, visit, 'Output', exit.Output, states)
  const assigned: Record<string, unknown> = {}
  for (const [name, template] of Object.entries(exit.Assign ?? {}))
    assigned[name] = await evaluateField(execution, visit, `Assign/${name}`, template, states)
  return {
    output: withinLimit(output, 'output', visit.path),
    next: exit.Next,
    assigned: withinLimit(assigned, 'Assign', visit.path),
  }
}

/** AWS: a payload has at most 256 KiB as UTF-8 JSON. */
const MAX_PAYLOAD_BYTES = 256 * 1024

/** Gives the value back, or throws States.DataLimitExceeded. */
export function withinLimit<Value>(value: Value, what: string, path: string): Value {
  const bytes = Buffer.byteLength(JSON.stringify(value))
  if (bytes <= MAX_PAYLOAD_BYTES) return value
  const where = path ? ` of ${path}` : ''
  throw new StatesError(
    'States.DataLimitExceeded',
    `the ${what}${where} has ${bytes} bytes; at most ${MAX_PAYLOAD_BYTES} may pass between states: pass object keys, not data`,
  )
}

/** What was settled on in an earlier run, else settles on it now and records it. */
export async function decide<Kind extends keyof Kinds>(
  { journal }: Execution,
  kind: Kind,
  path: string,
  attempt: number,
  settle: () => Promise<Kinds[Kind]>,
): Promise<Kinds[Kind]> {
  const known = journal.read(kind, path, attempt)
  if (known) return known.value
  const value = await settle()
  journal.write(kind, path, value, attempt)
  return value
}
