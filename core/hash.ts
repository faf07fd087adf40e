import { createHash } from 'node:crypto'

/**
 * SHA-256 in hex of values that JSON can hold. Objects are hashed with their keys sorted, so two requests that
 * say the same in another order are the same.
 */
export function hashOf(...parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts, sortKeys)).digest('hex')
}

/** A 32-bit seed from a text. */
export function seedOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32LE(0)
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
