// Keys for the API: what one looks like, and what is kept of it. The key itself is shown once and kept nowhere.
import { createHash, randomBytes } from 'node:crypto'
import { InputError } from './errors.ts'
import { clip } from './explain.ts'

/** An owner's name stands in object keys and in the inbox's folders. */
const ownerName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

/** 16 bytes of id and 32 of secret, in base64url. */
const keyShape = /^cf_([\w-]{22})_([\w-]{43})$/

export type NewApiKey = {
  /** To be shown once. */
  key: string
  /** Names the key in lists and logs; no secret. */
  id: string
  hash: string
  /** What its requests are counted under; the gateway wants at least 20 characters. */
  usageIdentifier: string
}

export function newApiKey(): NewApiKey {
  const id = randomBytes(16).toString('base64url')
  const key = `cf_${id}_${randomBytes(32).toString('base64url')}`
  return { key, id, hash: hashOfKey(key), usageIdentifier: `clipforge-${id}` }
}

/**
 * SHA-256 in hex of the whole key. A slow hash protects passwords because people choose them badly; a key has 256 bits
 * of randomness, which nobody can try out however fast the hash is.
 */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** The key's own id; undefined for what is no key of ours. Letters' case matters. */
export function keyIdOf(key: string): string | undefined {
  return keyShape.exec(key)?.[1]
}

/**
 * The key that a request brings: `Authorization: Bearer cf_…` or `x-api-key: cf_…`, header names and 'Bearer' in any
 * case. Undefined when there is none of the right form, or two that differ.
 */
export function presentedKey(headers: Record<string, string | undefined>): string | undefined {
  const presented = Object.entries(headers).flatMap(([name, value = '']) => {
    const header = name.toLowerCase()
    if (header === 'x-api-key') return [value.trim()]
    return header === 'authorization' ? [/^bearer +(\S+)$/i.exec(value.trim())?.[1] ?? ''] : []
  })
  const [key, ...others] = new Set(presented)
  return key !== undefined && others.length === 0 && keyIdOf(key) !== undefined ? key : undefined
}

export function isOwnerName(name: string): boolean {
  return ownerName.test(name)
}

/** Throws InputError. */
export function checkOwnerName(name: string): string {
  if (isOwnerName(name)) return name
  throw new InputError(
    `owner: must be 1 to 64 letters, digits, '-' and '_' of ASCII, a letter or digit first (it is '${clip(name)}')`,
  )
}
