// Which addresses on the web a user may have us call: https, a host's name, a usual port. What a name stands for is
// looked at when it is called (api/webhooks/guard.ts).
import { InputError } from '../errors.ts'

const label = '[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
/** 443, and 1024 to 65535. */
const ports =
  '(443|102[4-9]|10[3-9][0-9]|1[1-9][0-9]{2}|[2-9][0-9]{3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])'
/** Names that stand for this machine or for something in the house. */
const inHouse = ['localhost', 'local', 'internal', 'localdomain', 'home\\.arpa'].map(inAnyCase).join('|')

/**
 * The rule as a pattern of JSON Schema: what fits it is accepted. A literal address does not: the last part of a host
 * begins with a letter.
 */
export const webhookUrlPattern = `^https://(?![^/?:]*\\.(${inHouse})([:/?]|$))(${label}\\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(:${ports})?([/?][!-~]*)?$`
export const webhookUrlMaxLength = 2000

const fits = new RegExp(webhookUrlPattern)

/** `allowed`: hosts that this installation may call wherever they are, by http too ('127.0.0.1:9000', 'hooks.internal'). Throws InputError. */
export function checkWebhookUrl(url: string, allowed: readonly string[] = []): void {
  if (url.length > webhookUrlMaxLength)
    throw new InputError(`webhookUrl: must have at most ${webhookUrlMaxLength} characters (it has ${url.length})`)
  if (fits.test(url) || isAllowedUrl(url, allowed)) return
  const shown = url.length > 100 ? `${url.slice(0, 97)}…` : url
  throw new InputError(
    `webhookUrl: must be an https address with a public host's name, port 443 or from 1024 up, no user name, and nothing but printable ASCII, such as 'https://example.com/hook' (it is '${shown}')`,
  )
}

function inAnyCase(pattern: string): string {
  return pattern.replaceAll(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`)
}

/** Whether the operator has allowed the host of that URL, and nothing else is wrong with it. */
export function isAllowedUrl(url: string, allowed: readonly string[]): boolean {
  if (allowed.length === 0 || !/^https?:\/\//.test(url) || !URL.canParse(url)) return false
  const { protocol, hostname, port, username, password } = new URL(url)
  if (username !== '' || password !== '') return false
  return allowed.includes(hostname) || allowed.includes(`${hostname}:${port || defaultPorts[protocol]}`)
}

const defaultPorts: Record<string, string> = { 'http:': '80', 'https:': '443' }

/**
 * 'HOST[:PORT]' separated by commas, as CLIPFORGE_ALLOW_PRIVATE_URLS has it: an IPv6 address in brackets. Gives them as
 * URLs write them. Throws InputError.
 */
export function parseAllowedHosts(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(parseHost)
}

function parseHost(entry: string): string {
  const told = new InputError(
    `CLIPFORGE_ALLOW_PRIVATE_URLS, --allow-private: must be HOST or HOST:PORT, such as 127.0.0.1:9000 (it is '${entry}')`,
  )
  const asked = /^([^\s/@?#\\:]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?$/.exec(entry)
  if (!asked || !URL.canParse(`http://${entry}`)) throw told
  const { hostname } = new URL(`http://${entry}`)
  // The usual port of http would be left out of the URL.
  return asked[2] === undefined ? hostname : `${hostname}:${Number(asked[2])}`
}
