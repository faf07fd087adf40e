// The functions that Step Functions adds to JSONata, and the list of those that JSONata brings.
import { createHash, randomUUID } from 'node:crypto'
import { type Bindings, queryError } from './expressions.ts'

const HASHES: Record<string, string> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
}
/** States Language: a range has at most 1000 items. */
const MAX_RANGE_ITEMS = 1000

/** `$partition`, `$range`, `$hash`, `$random`, `$uuid`, `$parse`; and no `$eval`, which AWS takes away. */
export function addedFunctions(random: () => number): Bindings {
  return {
    partition: (array: unknown, size: unknown) => {
      if (array === undefined) return undefined
      if (!Number.isInteger(size) || Number(size) < 1) throw queryError('$partition needs a whole size from 1 up')
      const items: unknown[] = Array.isArray(array) ? array : [array]
      const chunk = (_: unknown, index: number) => items.slice(index * Number(size), (index + 1) * Number(size))
      return Array.from({ length: Math.ceil(items.length / Number(size)) }, chunk)
    },
    range: (first: unknown, last: unknown, step: unknown) => {
      if (![first, last, step].every(Number.isInteger) || step === 0)
        throw queryError('$range needs three whole numbers: first, last, step (not 0)')
      const length = Math.max(0, Math.floor((Number(last) - Number(first)) / Number(step)) + 1)
      if (length > MAX_RANGE_ITEMS) throw queryError(`$range makes at most ${MAX_RANGE_ITEMS} items, not ${length}`)
      return Array.from({ length }, (_, index) => Number(first) + index * Number(step))
    },
    hash: (data: unknown, algorithm: unknown) => {
      if (data === undefined) return undefined
      const name = HASHES[String(algorithm)]
      if (!name) throw queryError(`$hash knows ${Object.keys(HASHES).join(', ')}, not ${String(algorithm)}`)
      return createHash(name)
        .update(typeof data === 'string' ? data : JSON.stringify(data))
        .digest('hex')
    },
    /** From 0 up to 1. With a seed always the same number, though not the number that AWS gives for that seed. */
    random: (seed: unknown) => (typeof seed === 'number' ? seeded(seed) : random()),
    uuid: () => randomUUID(),
    parse: (text: unknown) => {
      if (text === undefined) return undefined
      if (typeof text !== 'string') throw queryError('$parse needs a string')
      return JSON.parse(text)
    },
    eval: undefined,
  }
}

/** The first 32 bits of the seed's SHA-256. */
function seeded(seed: number): number {
  return createHash('sha256').update(String(seed)).digest().readUInt32BE(0) / 2 ** 32
}

/** Every function name that an expression may use. */
export const FUNCTION_NAMES: ReadonlySet<string> = new Set(
  `sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match
   contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power
   boolean not map zip filter single reduce sift keys lookup append exists spread merge reverse each error assert type
   sort shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl toMillis
   fromMillis now millis partition range hash random uuid parse`.split(/\s+/),
)
