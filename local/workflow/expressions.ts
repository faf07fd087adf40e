// JSONata in a document: strings that are {% expression %}, anywhere inside a JSON value.
import jsonata from 'jsonata'
import { StatesError } from './errors.ts'

/** What an expression can see: the names after the `$`. */
export type Bindings = Record<string, unknown>

export function isExpression(text: unknown): boolean {
  return typeof text === 'string' && text.startsWith('{%') && text.endsWith('%}') && text.length >= 4
}

/**
 * Gives a JSON value with every expression in it replaced by its value. `field` names the place in messages.
 * Throws States.QueryEvaluationError when an expression fails or yields nothing or something JSON cannot hold.
 */
export async function evaluate(template: unknown, field: string, bindings: Bindings): Promise<unknown> {
  if (typeof template === 'string' && isExpression(template)) return evaluateExpression(template, field, bindings)
  if (Array.isArray(template))
    return Promise.all(template.map((item, index) => evaluate(item, `${field}[${index}]`, bindings)))
  if (typeof template !== 'object' || template === null) return template
  const entries = Object.entries(template).map(
    async ([key, value]) => [key, await evaluate(value, `${field}/${key}`, bindings)] as const,
  )
  return Object.fromEntries(await Promise.all(entries))
}

const compiled = new Map<string, jsonata.Expression>()

/** The parsed expression (`text` with its {% %}). Throws when JSONata 2.0.6, which AWS runs, cannot parse it. */
export function compile(text: string): jsonata.Expression {
  const known = compiled.get(text)
  if (known) return known
  const expression = jsonata(text.slice(2, -2))
  compiled.set(text, expression)
  return expression
}

async function evaluateExpression(text: string, field: string, bindings: Bindings): Promise<unknown> {
  const fail = (what: string) => {
    const source = text.slice(2, -2).trim()
    return queryError(`the JSONata expression '${source}' specified for the field '${field}' ${what}`)
  }
  // No input document, as in AWS: `$`, `$$` and bare field names are nothing at the top level.
  const value: unknown = await compile(text)
    .evaluate(undefined, bindings)
    .catch((error: unknown) => {
      if (error instanceof StatesError) throw error
      throw fail(`threw an error: ${messageOf(error)}`)
    })
  if (value === undefined) throw fail('returned nothing (undefined)')
  try {
    return JSON.parse(JSON.stringify(value, refuseFunctions))
  } catch {
    throw fail('returned a function or something else that JSON cannot hold')
  }
}

export function queryError(cause: string): StatesError {
  return new StatesError('States.QueryEvaluationError', cause)
}

/** JSONata's own errors are plain objects, not Errors. */
export function messageOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error
  return String(message)
}

function refuseFunctions(_key: string, value: unknown): unknown {
  const isFunction =
    typeof value === 'function' ||
    (typeof value === 'object' && value !== null && ('_jsonata_lambda' in value || '_jsonata_function' in value))
  if (isFunction) throw new TypeError('a function')
  return value
}
