// Whether an IP address is one that anybody on the internet has, and none of this machine, of its network, or of the
// cloud that it runs in.
import ipaddr from 'ipaddr.js'

/** Global unicast addresses of IPv6 (RFC 4291, section 2.4, as IANA has given them out). */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')
/** NAT64 for everybody (RFC 6052): behind it is the IPv4 address in the last four bytes. */
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')
/** An address of the public range that every machine on Azure finds its host under. */
const hosts = new Set(['168.63.129.16'])

/**
 * False for what is loopback, private, link-local (the clouds' metadata), shared (CGNAT), multicast, reserved or for
 * documentation, for tunnels (6to4, Teredo), for IPv4 addresses of these kinds inside of IPv6 ones, and for anything
 * that is no address.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast' && !hosts.has(parsed.toString())
  if (parsed.match(nat64)) return isPublicAddress(parsed.toByteArray().slice(12).join('.'))
  return parsed.range() === 'unicast' && parsed.match(globalUnicast)
}
