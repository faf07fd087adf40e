// Looks at an expression without running it: which names it uses that do not exist.
import type { ExprNode } from 'jsonata'
import { compile, isExpression, messageOf } from './expressions.ts'
import { FUNCTION_NAMES } from './functions.ts'

/** Gives what is wrong with the expressions inside a JSON value, each with its path. */
export function* expressionProblems(
  template: unknown,
  path: string,
  known: { variables: ReadonlySet<string>; states: readonly string[] },
): Generator<string> {
  if (typeof template === 'string') {
    for (const problem of textProblems(template, known)) yield `${path}: ${problem}`
  } else if (Array.isArray(template)) {
    for (const [index, item] of template.entries()) yield* expressionProblems(item, `${path}[${index}]`, known)
  } else if (typeof template === 'object' && template !== null) {
    for (const [key, value] of Object.entries(template)) yield* expressionProblems(value, `${path}.${key}`, known)
  }
}

function textProblems(text: string, known: { variables: ReadonlySet<string>; states: readonly string[] }): string[] {
  if (!isExpression(text)) {
    const isMeantAsOne = /^\s*\{%|%\}\s*$/.test(text)
    return isMeantAsOne ? ['an expression starts with {% and ends with %}, with nothing before or after'] : []
  }
  let nodes: Node[]
  try {
    nodes = [...walk(compile(text).ast())]
  } catch (error) {
    return [`JSONata 2.0.6 cannot parse this: ${messageOf(error)}`]
  }
  const local = new Set(nodes.flatMap(namesBoundBy))
  const isKnown = (name: string) =>
    ['', 'states'].includes(name) || local.has(name) || known.variables.has(name) || FUNCTION_NAMES.has(name)
  const unknown = nodes
    .filter((node) => node.type === 'variable' && !isKnown(String(node.value)))
    .map((node) => explainUnknown(String(node.value)))
  const misplaced = nodes
    .map(fieldOfStates)
    .filter((field) => field !== undefined && !known.states.includes(field))
    .map((field) => `$states.${field} does not exist here (only ${known.states.join(', ')})`)
  return [...new Set([...unknown, ...misplaced])]
}

function explainUnknown(name: string): string {
  if (name === '$') return '$$ is nothing in a workflow; use $states.input'
  if (name === 'eval') return '$eval is not available in Step Functions; use $parse'
  return `$${name} is neither a function nor a variable assigned in this scope or around it`
}

// The published types leave out what the parser adds: bindings, focus and index variables.
type Node = Omit<ExprNode, 'type' | 'index'> & { type?: string; focus?: unknown; index?: unknown }

/** Every node of the tree. The parser's nodes share some parts, so each is visited once. */
function* walk(part: unknown, seen = new Set<unknown>()): Generator<Node> {
  if (typeof part !== 'object' || part === null || seen.has(part)) return
  seen.add(part)
  if (!Array.isArray(part)) yield part
  for (const child of Object.values(part)) yield* walk(child, seen)
}

/** `$x := …`, `function($x)`, `@$x` and `#$x`. */
function namesBoundBy(node: Node): string[] {
  const variables = [
    ...(node.type === 'bind' ? [node.lhs].flat() : []),
    ...(node.type === 'lambda' ? (node.arguments ?? []) : []),
  ].map((variable) => variable?.value)
  const index = node.type === 'index' ? node.value : node.index
  return [...variables, node.focus, index].filter((name) => typeof name === 'string')
}

function fieldOfStates(node: Node): string | undefined {
  const [first, second] = node.type === 'path' ? (node.steps ?? []) : []
  if (first?.type !== 'variable' || first.value !== 'states' || second?.type !== 'name') return undefined
  return String(second.value)
}
