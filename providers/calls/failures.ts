// Sorts what went wrong with a call by what is to be done about it, for all services alike. What a service means by its
// own codes is known to its folder; this is the rest.
import { ServiceError, type ServiceErrorName } from '../../core/errors.ts'
import { services, type ServiceId } from '../../core/models.ts'
import { keyVariableOf } from './keys.ts'
import { wordsOf } from './words.ts'

export { networkFailure } from './network.ts'

/**
 * By the HTTP status alone; `message` is what the service or its SDK said, whatever is in it. A status that fits nothing,
 * 2xx as well (an answer that could not be parsed), is an answer of no use: nobody knows what it cost.
 */
export function sortByStatus(
  service: ServiceId,
  status: number | undefined,
  message: string,
  options: { retryAfterMs?: number; cause?: unknown },
): ServiceError {
  const name = nameOf(status)
  const { verb, cure } = (status && phrases[status]?.(service)) || { verb: verbs[name], cure: '' }
  const said = wordsOf(message)
  const line = `${services[service].name} ${verb}${status ? ` (${status})` : ''}${said ? `: ${said}` : ''}`
  return new ServiceError(name, cure ? `${line.replace(/[.\s]+$/, '')}. ${cure}` : line, {
    charges: name === 'BrokenAnswerError' ? undefined : [],
    ...options,
  })
}

/** In milliseconds, from 'retry-after-ms', or 'retry-after' in seconds or as a date. */
export function retryAfterMs(headers: Headers | Record<string, string> | undefined): number | undefined {
  if (!headers) return undefined
  const ms = numberOf(valueOf(headers, 'retry-after-ms'))
  if (ms !== undefined) return ms
  const after = valueOf(headers, 'retry-after')
  const seconds = numberOf(after)
  if (seconds !== undefined) return seconds * 1000
  const date = after && /[a-z]/i.test(after) ? Date.parse(after) : NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}

function nameOf(status: number | undefined): ServiceErrorName {
  if (status === undefined) return 'BrokenAnswerError'
  if ([408, 409, 425, 429].includes(status) || status >= 500) return 'TransientError'
  if ([401, 402, 403, 404].includes(status)) return 'AccountError'
  if ([400, 413, 415, 422].includes(status)) return 'RefusedError'
  return 'BrokenAnswerError'
}

const verbs = {
  TransientError: 'is out of order',
  AccountError: 'does not allow this',
  RefusedError: 'refused the request',
  BrokenAnswerError: 'gave an answer of no use',
} as const satisfies Record<ServiceErrorName, string>

type Phrase = (service: ServiceId) => { verb: string; cure: string }
const overloaded: Phrase = () => ({ verb: 'is overloaded', cure: '' })
const phrases: Partial<Record<number, Phrase>> = {
  401: (service) => ({
    verb: `does not accept the key in ${keyVariableOf(service)}`,
    cure: `Make a key at ${services[service].keysUrl} and put it there`,
  }),
  402: (service) => ({
    verb: 'wants to be paid first',
    cure: `Add to the account at ${services[service].billingUrl}`,
  }),
  403: (service) => ({
    verb: `does not allow this to the key in ${keyVariableOf(service)}`,
    cure: `See what the key may do at ${services[service].keysUrl}`,
  }),
  404: () => ({ verb: 'has no such model', cure: "See what the key can use with 'clipforge doctor'" }),
  408: () => ({ verb: 'waited too long', cure: '' }),
  429: () => ({ verb: 'wants fewer requests', cure: '' }),
  503: overloaded,
  529: overloaded,
}

function valueOf(headers: Headers | Record<string, string>, name: string): string | undefined {
  if (typeof headers.get === 'function') return headers.get(name)?.trim() ?? undefined
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
  return typeof found === 'string' || typeof found === 'number' ? String(found).trim() : undefined
}

function numberOf(text: string | undefined): number | undefined {
  return text && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
}
