// The service's key, out of Secrets Manager and into this process's memory; it is in no environment variable.
import { GetParameterError } from '@aws-lambda-powertools/parameters/errors'
import { getSecret } from '@aws-lambda-powertools/parameters/secrets'
import * as z from 'zod'
import { ServiceError } from '../core/errors.ts'
import { services, type ServiceId } from '../core/models.ts'
import { keyVariableOf, useKey } from '../providers/calls/keys.ts'
import { isPassing } from './failures.ts'

const freshSeconds = 300

/**
 * Runs `work` with the key that is in the secret now or was five minutes ago. When the service does not accept that one
 * and the secret has another by now, once more with the other: a rotated key works at once. Throws AccountError, which
 * says how to set it, when there is no key.
 */
export async function withKey(service: ServiceId, work: () => Promise<void>): Promise<void> {
  const key = await keyIn(service, { forceFetch: false })
  try {
    await workWith(service, key, work)
  } catch (error) {
    if (!isOfTheAccount(error)) throw error
    const newer = await keyIn(service, { forceFetch: true })
    if (newer === key) throw inSecret(service, error)
    await workWith(service, newer, work)
  }
}

async function workWith(service: ServiceId, key: string, work: () => Promise<void>): Promise<void> {
  useKey(service, key)
  await work()
}

function isOfTheAccount(error: unknown): error is ServiceError {
  return error instanceof ServiceError && error.name === 'AccountError'
}

async function keyIn(service: ServiceId, { forceFetch }: { forceFetch: boolean }): Promise<string> {
  const value = await getSecret(secretId(), { maxAge: freshSeconds, forceFetch }).catch((error: unknown) => {
    throw unreadable(service, error)
  })
  const key = typeof value === 'string' ? keyOf(value.trim()) : ''
  if (isPlaceholder(key)) throw noKey(service, 'holds no key yet')
  return key
}

/** The key itself, or JSON that has it: {"key": "…"}. */
const InJson = z.object({ key: z.string().default('') })

function keyOf(value: string): string {
  if (!value.startsWith('{')) return value
  try {
    return InJson.parse(JSON.parse(value)).key.trim()
  } catch {
    return ''
  }
}

/** Keys are one word of letters, digits and a few signs. */
function isPlaceholder(key: string): boolean {
  return key.length < 4 || /[\s<>]/.test(key) || /^(not-set|replace|placeholder|change|todo|unset|none|your)/i.test(key)
}

function unreadable(service: ServiceId, error: unknown): Error {
  // The library wraps what the SDK threw.
  const cause = error instanceof GetParameterError && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return new Error(String(cause))
  if (!isPassing(cause)) return noKey(service, `cannot be read (${cause.name})`)
  return new ServiceError('TransientError', `Secrets Manager: ${cause.message}`, { charges: [] })
}

function noKey(service: ServiceId, why: string): ServiceError {
  const { name, keysUrl } = services[service]
  const set = `aws secretsmanager put-secret-value --secret-id '${secretId()}' --secret-string file://key.txt`
  const line = `The secret for ${name} ${why}. Make a key at ${keysUrl}, write it to key.txt and set it: ${set}`
  return new ServiceError('AccountError', line, { charges: [] })
}

/** The cure names where the key is kept on a single machine; here it is kept elsewhere. */
function inSecret(service: ServiceId, { message, charges, cause }: ServiceError): ServiceError {
  const line = message.replaceAll(keyVariableOf(service), `the secret ${secretId()}`)
  return new ServiceError('AccountError', line, { charges, cause })
}

function secretId(): string {
  return process.env['CLIPFORGE_SECRET_ID'] ?? ''
}
