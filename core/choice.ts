import { closest } from 'fastest-levenshtein'
import * as z from 'zod'

/** A choice from a catalogue by id, by its name ('Comic Noir') or by an alias, in any case. */
export function oneOf<Id extends string>(
  catalogue: Record<Id, { name: string; aliases?: readonly string[] }>,
  field: string,
) {
  const ids = Object.keys(catalogue) as [Id, ...Id[]]
  const idByName = new Map(
    ids.flatMap((id) => [id, catalogue[id].name, ...(catalogue[id].aliases ?? [])].map((name) => [plain(name), id])),
  )
  const error = ({ input }: { input?: unknown }) => {
    if (typeof input !== 'string') return `must be one of ${ids.join(', ')}`
    return `'${input.slice(0, 60)}' is no ${field} we have; the nearest is '${nearest(input, [...idByName.keys()], idByName)}' (clipforge catalog lists all)`
  }
  return z.preprocess(
    (value) => (typeof value === 'string' ? (idByName.get(plain(value)) ?? value) : value),
    z.enum(ids, { error }),
  )
}

function plain(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll('&', '')
    .replaceAll(/[\s_]+/g, '-')
}

function nearest(input: string, names: string[], idByName: Map<string, string>) {
  return idByName.get(closest(plain(input), names))
}
