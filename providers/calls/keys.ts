// The services' keys and addresses: from the environment, or handed over by whoever keeps the keys elsewhere.
import { InputError } from '../../core/errors.ts'
import { services, type ServiceId } from '../../core/models.ts'

/** What stands for a key where none is needed: a server of one's own often wants none, but an SDK always does. */
const noKey = 'none'

const handedOver = new Map<ServiceId, string>()

/** For a key that is kept in a vault: it stays in memory and goes before the environment. */
export function useKey(service: ServiceId, key: string): void {
  handedOver.set(service, key.trim())
}

/** Trimmed; undefined without one. Throws InputError for a key that cannot stand in a header. */
export function keyOf(service: ServiceId): string | undefined {
  const variable = keyVariableOf(service)
  const key = handedOver.get(service) ?? process.env[variable]?.trim()
  if (!key) return baseUrlOf(service) === undefined ? undefined : noKey
  // The value is left out of the message: it is a secret all the same.
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new InputError(`${variable} must be printable ASCII without spaces; the value it has now is not (not shown)`)
  }
  return key
}

/** The variable that the service's key is in, or belongs in. */
export function keyVariableOf(service: ServiceId): string {
  const { keyNames } = services[service]
  return keyNames.find((name) => process.env[name]?.trim()) ?? keyNames.at(-1)!
}

/**
 * Of a server to call instead of the service's own, without a slash at its end. Throws InputError, also for an empty
 * value: SDKs take that for "the real service", which costs money.
 */
export function baseUrlOf(service: ServiceId): string | undefined {
  const { baseUrlName, name } = services[service]
  const value = process.env[baseUrlName]
  if (value === undefined) return undefined
  const url = URL.canParse(value.trim()) ? new URL(value.trim()) : undefined
  if (url?.username || url?.password) {
    throw new InputError(`${baseUrlName} must be a URL without a user and a password (the value is not shown)`)
  }
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new InputError(`${baseUrlName} must be an http(s) URL, not '${value}'; unset it to call ${name} itself`)
  }
  return value.trim().replace(/\/+$/, '')
}

/**
 * Those with a key, or with a server of one's own; where keys are kept by others, those that CLIPFORGE_SERVICES names
 * ('openai,gemini'). Throws InputError.
 */
export function availableServices(): ServiceId[] {
  const all = Object.keys(services) as ServiceId[]
  const named = process.env['CLIPFORGE_SERVICES']?.split(',').flatMap((name) => name.trim() || [])
  if (named === undefined) return all.filter((service) => keyOf(service) !== undefined)
  const unknown = named.find((name) => !all.includes(name as ServiceId))
  if (unknown !== undefined)
    throw new InputError(`CLIPFORGE_SERVICES must name some of ${all.join(', ')} (it has '${unknown}')`)
  return all.filter((service) => named.includes(service))
}

/** Every key of ours, and whatever else is plainly a key, becomes '[key]'. */
export function withoutSecrets(text: string): string {
  const hidden = ourSecrets().reduce((rest, secret) => rest.replaceAll(secret, '[key]'), text)
  return keyShapes.reduce((rest, shape) => rest.replaceAll(shape, '$1[key]'), hidden)
}

/** As vendors issue them (also half hidden by their stars, as in an OpenAI error), and a URL's user and password. */
const keyShapes = [
  /()\bsk[-_][\w*-]{12,}/g,
  /()\bAIza[\w-]{20,}/g,
  /(\bBearer\s+)[\w.~+/*=-]{8,}/gi,
  /(\w:\/\/)[^\s/@'"]+(?=@)/g,
]

/** In every spelling that could turn up in a message, the longest first: one key may be the start of another. */
function ourSecrets(): string[] {
  const inEnvironment = Object.values(services).flatMap(({ keyNames }) =>
    keyNames.map((name) => process.env[name]?.trim() ?? ''),
  )
  const keys = [...handedOver.values(), ...inEnvironment].filter((key) => key.length >= 4 && key !== noKey)
  const spellings = keys.flatMap((key) => [key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1)])
  return spellings.toSorted((a, b) => b.length - a.length)
}
