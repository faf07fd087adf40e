import * as z from 'zod'
import { clip } from './explain.ts'
import { nearest } from './nearest.ts'

/** A choice from a catalogue by id, by its name ('Comic Noir') or by an alias, in any case. */
export function oneOf<Id extends string>(
  catalogue: Record<Id, { name: string; aliases?: readonly string[] }>,
  noun: string,
) {
  const ids = Object.keys(catalogue) as [Id, ...Id[]]
  const idByName = new Map(
    ids.flatMap((id) => [id, catalogue[id].name, ...(catalogue[id].aliases ?? [])].map((name) => [plain(name), id])),
  )
  const error = ({ input }: { input?: unknown }) => {
    if (typeof input !== 'string') return `must be one of ${ids.join(', ')}`
    const meant = idByName.get(nearest(plain(clip(input)), [...idByName.keys()]))
    return `'${clip(input)}' is no ${noun} we have; the nearest is '${meant}' (clipforge catalog lists all)`
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
