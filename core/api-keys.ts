// Keys for the API: what one looks like, and what is kept of it. The key itself is shown once and kept nowhere.
import { createHash, randomBytes } from 'node:crypto'
import { InputError } from './errors.ts'
import { clip } from './explain.ts'

/** An owner's name stands in object keys and in the inbox's folders. */
const ownerName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

/** 16 bytes of id and 32 of secret, in base64url. */
const keyShape = /^cf_([\w-]{22})_([\w-]{43})$/

/** What is kept of a key. `hash`: SHA-256 in hex. Times are ISO 8601. */
export type ApiKeyRecord = {
  hash: string
  id: string
  /** Whose videos it sees. */
  owner: string
  name: string
  plan: string
  createdAt: string
  lastUsedAt?: string
  revokedAt?: string
  /** What API Gateway counts the key's requests under; a key that another one made is counted with that one. */
  usageIdentifier: string
  /** The owner whose key made this one; absent when an operator did. */
  issuer?: string
}
export type ApiKeys = {
  put: (key: ApiKeyRecord) => Promise<void>
  /** Revoked ones too. As it is now: a key that was revoked a moment ago shows as revoked. */
  find: (hash: string) => Promise<ApiKeyRecord | undefined>
  /** Those of the owner and those that the owner's keys made, oldest first. A key that was made a moment ago may be missing. */
  list: (owner: string) => Promise<ApiKeyRecord[]>
  /** From `at` on, which may be to come; of several times the earliest holds. Throws NotFoundError. */
  revoke: (hash: string, at: string) => Promise<void>
  /** Notes when it was last used; an earlier time than the one noted, and a key that is not there, change nothing. */
  used: (hash: string, at: string) => Promise<void>
}

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

/** Whether the key lets in at that time; one that was rotated may until a time to come. */
export function worksAt({ revokedAt }: ApiKeyRecord, now: Date): boolean {
  return revokedAt === undefined || Date.parse(revokedAt) > now.getTime()
}

/** A name for an owner that nobody has: 128 bits of randomness. */
export function newOwnerName(): string {
  return `own_${randomBytes(16).toString('base64url')}`
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
 * The key that a request brings: `Authorization: Bearer cf_…`, `x-api-key: cf_…`, or as the name or the password of
 * `Authorization: Basic …`, for programs that know nothing but an address with both in it. Header names and schemes in
 * any case. Undefined when there is none of the right form, or two that differ.
 */
export function presentedKey(headers: Record<string, string | undefined>): string | undefined {
  const presented = Object.entries(headers).flatMap(([name, value = '']) => {
    const header = name.toLowerCase()
    if (header === 'x-api-key') return [value.trim()]
    return header === 'authorization' ? authorized(value.trim()) : []
  })
  const [key, ...others] = new Set(presented)
  return key !== undefined && others.length === 0 && keyIdOf(key) !== undefined ? key : undefined
}

function authorized(value: string): string[] {
  const [, scheme = '', credentials = ''] = /^(bearer|basic) +(\S+)$/i.exec(value) ?? []
  if (scheme.toLowerCase() !== 'basic') return [credentials]
  const pair = Buffer.from(credentials, 'base64').toString('utf8').split(':')
  const keys = pair.filter((part) => keyIdOf(part) !== undefined)
  return keys.length === 0 ? [''] : keys
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
