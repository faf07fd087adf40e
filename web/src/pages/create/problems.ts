// Which field of the form a problem is about.
import type { ProblemDetails } from '../../../../api/schemas/house.ts'

export type Problems = {
  /** What is wrong there, by the field of the request ('script', 'captions', 'models.narrate'). */
  at: (field: string) => string | undefined
  /** About no field of the form. */
  other: string | undefined
  /** The first field that is wrong. */
  first: string | undefined
}

export function problemsIn(problem: ProblemDetails | undefined, known: readonly string[]): Problems {
  if (!problem) return { at: () => undefined, other: undefined, first: undefined }
  const all = problem.errors ?? errorsIn(problem.detail)
  const isAbout = (field: string, place: string) => place === field || place.startsWith(`${field}.`)
  const placed = all.filter((error) => known.some((field) => isAbout(field, error.field)))
  const at = (field: string) =>
    placed
      .filter((error) => isAbout(field, error.field))
      .map(({ rule }) => sentence(rule))
      .join(' ') || undefined
  const isElsewhere = placed.length === 0 || placed.length < all.length
  return {
    at,
    other: isElsewhere ? problem.detail : undefined,
    first: known.find((field) => at(field) !== undefined),
  }
}

/** 'script: it is empty; write at least one sentence' */
function errorsIn(detail: string): { field: string; rule: string }[] {
  const match = /^([a-zA-Z][\w.]*): (.+)$/s.exec(detail)
  return match ? [{ field: match[1]!, rule: match[2]! }] : []
}

function sentence(rule: string): string {
  const text = rule.charAt(0).toUpperCase() + rule.slice(1)
  return /[.!?]$/.test(text) ? text : `${text}.`
}
