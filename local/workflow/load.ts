import { createHash } from 'node:crypto'
import type * as z from 'zod'
import { documentProblems } from './check.ts'
import { WorkflowRefusedError } from './errors.ts'
import { WorkflowDocument } from './schema.ts'

/** A document that the interpreter can run to the letter. `sha256` names it in the journal. */
export type Workflow = { document: WorkflowDocument; sha256: string }

/**
 * Reads an Amazon States Language document (JSONata only), with each `${Name}` in a string replaced from
 * `substitutions`, as CloudFormation's DefinitionSubstitutions does. Throws WorkflowRefusedError, which names every
 * place that is wrong or that this interpreter does not do.
 */
export function loadWorkflow(document: unknown, substitutions: Record<string, string>): Workflow {
  const problems: string[] = []
  const substituted = substitute(document, '', substitutions, problems)
  const parsed = WorkflowDocument.safeParse(substituted, { reportInput: true })
  if (parsed.error) problems.push(...parsed.error.issues.flatMap(explain))
  else problems.push(...documentProblems(parsed.data))
  if (!parsed.data || problems.length > 0) throw new WorkflowRefusedError(problems)
  return { document: parsed.data, sha256: createHash('sha256').update(JSON.stringify(substituted)).digest('hex') }
}

function substitute(value: unknown, path: string, names: Record<string, string>, problems: string[]): unknown {
  if (typeof value === 'string')
    return value.replace(/\$\{([\w.:-]+)\}/g, (token, name: string) => {
      if (!Object.hasOwn(names, name)) problems.push(`${path}: nothing is given for ${token}`)
      return names[name] ?? token
    })
  if (Array.isArray(value)) return value.map((item, index) => substitute(item, `${path}[${index}]`, names, problems))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, substitute(item, path ? `${path}.${key}` : key, names, problems)]),
  )
}

/** Why a field that the States Language has is not accepted here. */
const REFUSED_FIELDS: Record<string, string> = {
  Parameters: 'is JSONPath; use Arguments, or ItemSelector in a Map',
  InputPath: 'is JSONPath; use $states.input in expressions',
  OutputPath: 'is JSONPath; use Output',
  ResultPath: 'is JSONPath; use Output or Assign',
  ResultSelector: 'is JSONPath; use Output',
  Result: 'is JSONPath; use Output',
  ItemsPath: 'is JSONPath; use Items',
  Iterator: 'is deprecated; use ItemProcessor',
  ItemReader: 'belongs to the distributed Map, which is not supported',
  ItemBatcher: 'belongs to the distributed Map, which is not supported',
  ResultWriter: 'belongs to the distributed Map, which is not supported',
  ToleratedFailureCount: 'belongs to the distributed Map; catch failures inside the item instead',
  ToleratedFailurePercentage: 'belongs to the distributed Map; catch failures inside the item instead',
  Credentials: 'is not supported: handlers run as the program itself',
}

function explain(issue: z.core.$ZodIssue): string[] {
  const path = pathText(issue.path)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(
      (key) => `${path ? `${path}.` : ''}${key}: ${REFUSED_FIELDS[key] ?? 'is not a field that is supported here'}`,
    )
  if (issue.code === 'invalid_union' && issue.path.at(-1) === 'Type')
    return [`${path}: no such state type is supported (${String(Object(issue.input).Type)})`]
  return [`${path || 'the document'}: ${issue.message}`]
}

function pathText(path: PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`))
    .join('')
}
