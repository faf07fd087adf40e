// What is wrong with a request, in our words where zod would use its own.
import type * as z from 'zod'
import { inWords } from '../core/explain.ts'

/** For one issue that has no words of ours yet; undefined where zod's will do. */
export function inOurWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_value') return `must be ${listed(issue.values)}`
  if (issue.code === 'invalid_format') return formats[issue.format] ?? 'is not of the form that is taken here'
  return inWords(issue)
}

/** The same for issues that zod has told already: a rule's own words stay. */
export function toldInOurWords(issue: z.core.$ZodIssue): string {
  const isZods = /^(?:Invalid|Too (?:small|big))\b/.test(issue.message)
  return (isZods && inOurWords(issue as z.core.$ZodRawIssue)) || issue.message
}

const formats: Record<string, string> = {
  date: 'must be a day such as 2026-01-31',
  datetime: 'must be a time such as 2026-01-31T12:00:00Z',
}

function listed(values: readonly unknown[]): string {
  const quoted = values.map((value) => `'${String(value)}'`)
  return quoted.length === 1 ? quoted[0]! : `one of ${quoted.join(', ')}`
}
