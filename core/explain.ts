import type * as z from 'zod'
import { nearest } from './nearest.ts'

type Issue = z.core.$ZodIssue

/** One issue as phrases that name the field, the rule and the value; several for several unknown fields. */
export function explain(issue: Issue, raw: unknown, fieldsAt: (path: PropertyKey[]) => string[]): string[] {
  if (issue.code === 'invalid_union') {
    const meant = meantBranch(issue.errors, valueAt(raw, issue.path))
    if (meant)
      return meant.flatMap((inner) => explain({ ...inner, path: [...issue.path, ...inner.path] }, raw, fieldsAt))
  }
  const field = issue.path.length === 0 ? 'the request' : issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') return unknownFields(issue.keys, issue.path, fieldsAt(issue.path))
  const value = valueAt(raw, issue.path)
  const told =
    value === undefined ||
    typeof value === 'object' ||
    (typeof value === 'string' && issue.message.includes(`'${clip(value)}'`))
  return [`${field}: ${issue.message}${told ? '' : ` (it is ${clip(JSON.stringify(value))})`}`]
}

/** What zod would say in its own terms, in ours. A rule's own `error` goes before this. */
export function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  const { code } = issue
  if (code === 'invalid_type') return `must be ${kinds[issue.expected] ?? issue.expected}`
  if (code !== 'too_small' && code !== 'too_big') return undefined
  const bound = Number(code === 'too_small' ? issue.minimum : issue.maximum)
  const most = code === 'too_small' ? 'at least' : 'at most'
  if (code === 'too_small' && bound === 1 && issue.origin !== 'number') return 'must not be empty'
  const unit = { string: ' characters', array: ' entries' }[issue.origin as string]
  return unit ? `must have ${most} ${bound}${unit}` : `must be ${most} ${bound}`
}

/** For messages: long values and names are cut. */
export function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

const kinds: Record<string, string> = {
  string: 'a text in quotes',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object with fields',
}

/** Of a union's branches, the one that the user meant; undefined when the value is of no branch's kind. */
function meantBranch(branches: Issue[][], value: unknown): Issue[] | undefined {
  return branches.find((issues) => issues.every((issue) => isInside(issue, value)))
}

/** Whether a complaint is about what the value holds, not about what kind of value it is. */
function isInside(issue: Issue, value: unknown): boolean {
  if (issue.path.length > 0) return true
  // A choice among several names the nearest; a single value, such as 'auto', is only one of the kinds.
  if (issue.code === 'invalid_value') return typeof value === 'string' && issue.values.length > 1
  return issue.code !== 'invalid_type'
}

function unknownFields(keys: string[], path: PropertyKey[], known: string[]): string[] {
  const where = path.map((part) => `${String(part)}.`).join('')
  return keys.map((key) => `${where}${clip(key)}: no such field; the nearest is '${nearest(clip(key), known)}'`)
}

function valueAt(raw: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], raw)
}
