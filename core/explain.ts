import { closest } from 'fastest-levenshtein'
import type * as z from 'zod'

type Issue = z.core.$ZodIssue

/** One issue as a phrase that names the field, the rule and the value. */
export function explain(issue: Issue, raw: unknown, fieldsAt: (path: PropertyKey[]) => string[]): string {
  const inner = issue.code === 'invalid_union' ? fitting(issue.errors) : undefined
  if (inner) return explain({ ...inner, path: [...issue.path, ...inner.path] }, raw, fieldsAt)
  const field = issue.path.length === 0 ? 'the request' : issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownField(key, issue.path, fieldsAt(issue.path))).join('; ')
  const value = valueAt(raw, issue.path)
  const given =
    value === undefined || typeof value === 'object' || issue.message.includes("'")
      ? ''
      : ` (it is ${clip(JSON.stringify(value))})`
  return `${field}: ${issue.message}${given}`
}

/** Of a union's branches, the one whose complaint lies deepest: the branch that the user meant. */
function fitting(branches: Issue[][]): Issue | undefined {
  const firsts = branches.flatMap((issues) => issues.slice(0, 1))
  const deepest = firsts.toSorted((a, b) => b.path.length - a.path.length)[0]
  const sameType = firsts.find((issue) => issue.code !== 'invalid_type' && issue.code !== 'invalid_value')
  return deepest && deepest.path.length > 0
    ? deepest
    : (sameType ?? { ...firsts[0]!, message: "must be 'auto', a whole number or a list of scenes" })
}

function unknownField(key: string, path: PropertyKey[], known: string[]) {
  const where = path.length === 0 ? '' : `${path.map(String).join('.')}.`
  return `${where}${clip(key)}: no such field; the nearest is '${closest(key, known)}'`
}

function valueAt(raw: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], raw)
}

function clip(text: string) {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
