// Connections to addresses that users name: only to the internet. A server here sees what an outsider does not (this
// machine's other programs, the network it is in, the cloud's metadata), and nobody may look at that through it.
import { lookup as lookUp } from 'node:dns/promises'
import { isIP, type Socket } from 'node:net'
import { callbackify } from 'node:util'
import { Agent, buildConnector } from 'undici'
import { isPublicAddress } from '../../core/webhooks/address.ts'
import { isAllowedUrl } from '../../core/webhooks/url.ts'

/** All addresses that a name stands for now. */
export type Lookup = (hostname: string) => Promise<{ address: string }[]>

export type GuardOptions = {
  /** Hosts that are called wherever they are (core/webhooks/url.ts). */
  allowed: readonly string[]
  lookup?: Lookup
  /** PEM of authorities to trust instead of the usual ones. */
  ca?: string
}

/** The host has no address that may be called. */
export class RefusedAddressError extends Error {
  override name = 'RefusedAddressError'
}

/** Longer than a server that is there takes to take a connection. */
const connectTimeoutMs = 10_000

/**
 * Every connection of this agent is opened by us: the host is looked up, refused unless all of its addresses are
 * public, and connected to at one of just these. So another answer to a later look-up changes nothing. A request to
 * what is refused fails with RefusedAddressError. No proxy is used. To be closed.
 */
export function guardedAgent({ allowed, lookup = everyAddress, ca }: GuardOptions): Agent {
  const connectOnce = buildConnector({ timeout: connectTimeoutMs, allowH2: false, ...(ca !== undefined && { ca }) })
  const connectTo = (options: buildConnector.Options) =>
    new Promise<Socket>((resolve, reject) => {
      connectOnce(options, (...[error, socket]) => (error ? reject(error) : resolve(socket)))
    })
  const connect = async (options: buildConnector.Options): Promise<Socket> => {
    let failure: unknown
    for (const address of await callable(options, allowed, lookup))
      try {
        return await connectTo(atAddress(options, address))
      } catch (error) {
        failure = error
      }
    throw failure
  }
  return new Agent({
    connect: callbackify(connect) as unknown as buildConnector.connector,
    allowH2: false,
  })
}

/** The addresses to try, one after the other. */
async function callable(
  { hostname, protocol, port }: buildConnector.Options,
  allowed: readonly string[],
  lookup: Lookup,
): Promise<string[]> {
  const isLiteral = isIP(hostname) !== 0
  const addresses = isLiteral ? [hostname] : (await lookup(hostname)).map(({ address }) => address)
  const host = isIP(hostname) === 6 ? `[${hostname}]` : hostname
  if (isAllowedUrl(`${protocol}//${host}${port ? `:${port}` : ''}`, allowed)) return addresses
  if (addresses.length === 0 || !addresses.every(isPublicAddress))
    throw new RefusedAddressError(`${host} has no public address, or not only public ones`)
  return addresses
}

/** TLS asks for the host by its name all the same, and checks the certificate for it. */
function atAddress(options: buildConnector.Options, address: string): buildConnector.Options {
  const { hostname, protocol } = options
  const { servername: _servername, ...rest } = options
  const isNamed = protocol === 'https:' && isIP(hostname) === 0
  return { ...rest, hostname: address, host: hostname, ...(isNamed && { servername: hostname }) }
}

function everyAddress(hostname: string): Promise<{ address: string }[]> {
  return lookUp(hostname, { all: true })
}
