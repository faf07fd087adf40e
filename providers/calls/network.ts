import { ServiceError } from '../../core/errors.ts'
import { services, type ServiceId } from '../../core/models.ts'
import { oneLine } from './words.ts'

/**
 * A connection that never came to be, broke off or went silent, however deep an SDK has wrapped it; undefined for
 * anything else. What was never sent costs nothing; of what was sent and not answered, nobody knows.
 */
export function networkFailure(service: ServiceId, error: unknown): ServiceError | undefined {
  if (hasStatus(error)) return undefined
  const links = chainOf(error)
  if (!links.some(isOfTheNetwork)) return undefined
  const { name } = services[service]
  const why = deepestOf(links)
  const fail = (message: string, charges: [] | undefined) =>
    new ServiceError('TransientError', oneLine(message), { charges, cause: error })
  if (links.some(isNeverConnected)) return fail(`${name} cannot be reached: ${why}`, [])
  if (links.some(isSilence)) return fail(`${name}'s answer stopped coming: ${why}`, undefined)
  return fail(`The connection to ${name} broke off: ${why}`, undefined)
}

/** The answer's beginning came, and then nothing for so long that the dispatcher (dispatcher.ts) gave it up. */
export function wentSilent(error: unknown): boolean {
  return chainOf(error).some(({ code }) => code === 'UND_ERR_BODY_TIMEOUT')
}

type Link = { name: string; message: string; code: string; syscall: string }

/** An answer with a status came: that is no failure of the network, whatever its text says. */
function hasStatus(error: unknown): boolean {
  if (error === null || typeof error !== 'object') return false
  const { status, statusCode } = error as Record<string, unknown>
  return typeof status === 'number' || typeof statusCode === 'number'
}

/** The error, what caused it, and so on; an AggregateError's (several addresses tried) count as causes. */
function chainOf(error: unknown, depth = 0): Link[] {
  if (typeof error === 'string') return [{ name: '', message: error, code: '', syscall: '' }]
  if (error === null || typeof error !== 'object' || depth > 8) return []
  const { name, message, code, syscall, cause, errors } = error as Record<string, unknown>
  const link = { name: textOf(name), message: textOf(message), code: textOf(code), syscall: textOf(syscall) }
  const deeper = [cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])]
  return [link, ...deeper.flatMap((it) => chainOf(it, depth + 1))]
}

/** A DOMException's code is a number. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

const brokenCodes =
  /^(ECONN\w+|EPIPE|ETIMEDOUT|ESOCKETTIMEDOUT|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_(?!INVALID_|NOT_SUPPORTED)\w+|HPE_\w+|Z_\w+)$/
const neverConnectedCodes =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_\w+|UND_ERR_SOCKS5\w*|ERR_TLS_\w+|ERR_SSL_\w+|CERT_\w+|\w+_CERT|\w+_CERT_\w+|UNABLE_TO_\w+)$/
/** openai's and elevenlabs-js' own words for it, and those of fetch and node:http. */
const brokenMessages =
  /^("?timeout"?|timeout exceeded\b.*|request timed out\.?|request was aborted\.?|the user aborted a request\.?|connection error\.?|fetch failed|terminated|aborted|socket hang up|other side closed|network error|premature close|this operation was aborted|the operation was aborted.*)$/i
const neverConnectedMessages =
  /^(bad port|unknown scheme|proxy response .*|client network socket disconnected before secure TLS.*)$/i

function isOfTheNetwork(link: Link): boolean {
  const names = ['AbortError', 'TimeoutError', 'APIConnectionError', 'APIConnectionTimeoutError', 'APIUserAbortError']
  return (
    names.includes(link.name) ||
    brokenCodes.test(link.code) ||
    brokenMessages.test(link.message) ||
    isNeverConnected(link)
  )
}

function isNeverConnected({ code, syscall, message }: Link): boolean {
  const connecting = syscall === 'connect' && code !== ''
  return connecting || neverConnectedCodes.test(code) || neverConnectedMessages.test(message)
}

function isSilence({ code, name, message }: Link): boolean {
  return /^UND_ERR_(BODY|HEADERS)_TIMEOUT$/.test(code) || name === 'TimeoutError' || /time(d ?)?out/i.test(message)
}

/** The cause at the bottom says most. */
function deepestOf(links: Link[]): string {
  const { message, code } = links.findLast((it) => it.message !== '' || it.code !== '') ?? { message: '', code: '' }
  if (message === '') return code
  return code && !message.includes(code) ? `${message} (${code})` : message
}
