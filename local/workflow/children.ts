// Parallel and Map: several machines at once, each with its own variables; the first failure stops the others.
import { type Execution, type Scope, type Visit, decide, evaluateField, withinLimit } from './execution.ts'
import { queryError } from './expressions.ts'
import type { StateOf } from './schema.ts'

/** AWS runs at most 40 items of an inline Map at once, whatever MaxConcurrency says; 0 asks for as many as possible. */
const MAX_INLINE_CONCURRENCY = 40

/** Gives the branches' outputs in order. A branch's failure is the state's failure, under its own name. */
export async function runParallel(execution: Execution, visit: Visit<StateOf<'Parallel'>>): Promise<unknown[]> {
  const { state, path, attempt, input, scope } = visit
  const args = await decide(execution, 'arguments', path, attempt, async () => {
    if (state.Arguments === undefined) return input
    return withinLimit(await evaluateField(execution, visit, 'Arguments', state.Arguments), 'Arguments', path)
  })
  const results = await concurrently(state.Branches.length, Infinity, scope.signal, (index, signal) =>
    execution.runMachine({ ...childScope(visit, index, signal), machine: state.Branches[index]! }, args),
  )
  return withinLimit(results, 'result', path)
}

/** Gives the items' outputs in order. */
export async function runMap(execution: Execution, visit: Visit<StateOf<'Map'>>): Promise<unknown[]> {
  const { state, name, path, attempt, scope } = visit
  const { items, limit } = await decide(execution, 'items', path, attempt, async () => ({
    items: withinLimit(await itemsOf(execution, visit), 'Items', path),
    limit: await concurrencyOf(execution, visit),
  }))
  const total = items.length
  const results = await concurrently(total, limit, scope.signal, async (index, signal) => {
    const mapItem = { Index: index, Value: items[index] }
    const child = { ...childScope(visit, index, signal), machine: state.ItemProcessor, mapItem }
    execution.emit({ type: 'MapItemStarted', path, name, index, total })
    const selected = await decide(execution, 'input', child.path, 0, async () => {
      if (state.ItemSelector === undefined) return items[index]
      const inItem = { ...visit, scope: { ...scope, mapItem } }
      return withinLimit(
        await evaluateField(execution, inItem, 'ItemSelector', state.ItemSelector),
        'ItemSelector',
        path,
      )
    })
    const output = await execution.runMachine(child, selected)
    execution.emit({ type: 'MapItemDone', path, name, index, total })
    return output
  })
  return withinLimit(results, 'result', path)
}

async function itemsOf(execution: Execution, visit: Visit<StateOf<'Map'>>): Promise<unknown[]> {
  const { state, input } = visit
  const items = state.Items === undefined ? input : await evaluateField(execution, visit, 'Items', state.Items)
  // JSONata makes a single match of a path no array: [$states.input.scenes.picture] keeps it one.
  if (!Array.isArray(items)) throw queryError(`Items must be an array, not ${JSON.stringify(items).slice(0, 80)}`)
  return items
}

async function concurrencyOf(execution: Execution, visit: Visit<StateOf<'Map'>>): Promise<number> {
  const wanted = await evaluateField(execution, visit, 'MaxConcurrency', visit.state.MaxConcurrency ?? 0)
  if (typeof wanted !== 'number' || !Number.isInteger(wanted) || wanted < 0)
    throw queryError(`MaxConcurrency must be a whole number from 0 up, not ${JSON.stringify(wanted)}`)
  return Math.min(wanted || MAX_INLINE_CONCURRENCY, MAX_INLINE_CONCURRENCY)
}

/** A retried Parallel or Map starts from nothing, as the specification says, so the attempt is part of the path. */
function childScope({ path, attempt, scope }: Visit, index: number, signal: AbortSignal): Omit<Scope, 'machine'> {
  const retry = attempt > 0 ? `@${attempt}` : ''
  return { path: `${path}${retry}[${index}]`, variables: scope.variables, mapItem: scope.mapItem, signal }
}

/**
 * Runs `count` pieces of work, `limit` at a time, and gives their values in order. After the first failure, or when
 * `outer` fires, nothing new starts and what runs is told to stop; rejects once all of it has.
 */
async function concurrently<Value>(
  count: number,
  limit: number,
  outer: AbortSignal,
  run: (index: number, signal: AbortSignal) => Promise<Value>,
): Promise<Value[]> {
  const failed = new AbortController()
  const signal = AbortSignal.any([outer, failed.signal])
  const values: Value[] = []
  let next = 0
  const worker = async () => {
    while (next < count && !signal.aborted) {
      const index = next++
      try {
        values[index] = await run(index, signal)
      } catch (error) {
        failed.abort(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, count) }, worker))
  signal.throwIfAborted()
  return values
}
