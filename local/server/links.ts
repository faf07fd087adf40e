// Signed links to objects: whoever has one may fetch that object, until it expires. A playlist names its parts by where
// they lie beside it, so its link is good for its whole folder.
import type { ApiPorts } from '../../api/ports.ts'
import { isSame, type Signer } from './secret.ts'

const linkSeconds = 24 * 60 * 60
/** For so long a link stays the same, so that a page that asks again does not load the video again. */
const sameSeconds = 60 * 60
/** About 10 MB of them. */
const mostKept = 20_000
const signatureBytes = 16
const expiryBytes = 6

/** `origin`: what stands before '/files' now. */
export function linksBy(sign: Signer, origin: () => string, now: () => number = Date.now): ApiPorts['linksTo'] {
  // A page that is looked at asks for the same links again and again, and to sign is most of what an answer costs.
  const signed = new Map<string, string>()
  let signedUntil = 0
  const path = (key: string, expires: number): string => {
    if (expires !== signedUntil || signed.size >= mostKept) signed.clear()
    signedUntil = expires
    const found = signed.get(key) ?? pathTo(sign, key, expires)
    signed.set(key, found)
    return found
  }
  return async (keys) => {
    const second = Math.floor(now() / 1000)
    const expires = second - (second % sameSeconds) + sameSeconds + linkSeconds
    const links = keys.map((key): [string, string] => [key, `${origin()}${path(key, expires)}`])
    return { links: Object.fromEntries(links), expiresAt: new Date(expires * 1000).toISOString() }
  }
}

/** The object that '/files/<token>/<name>' leads to; undefined for a token that was forged or has expired. */
export function keyBehind(sign: Signer, token: string, name: string, now: () => number = Date.now): string | undefined {
  if (!/^[\w-]{30,800}$/.test(token)) return undefined
  const bytes = Buffer.from(token, 'base64url')
  const signed = bytes.subarray(signatureBytes)
  const expected = sign('file', signed.toString('base64url')).subarray(0, signatureBytes)
  if (!isSame(bytes.subarray(0, signatureBytes), expected)) return undefined
  if (signed.readUIntBE(0, expiryBytes) * 1000 < now()) return undefined
  const place = signed.subarray(expiryBytes).toString()
  if (place.endsWith('/')) return `${place}${name}`
  return nameOf(place) === name ? place : undefined
}

function pathTo(sign: Signer, key: string, expires: number): string {
  const name = nameOf(key)
  const place = name.endsWith('.m3u8') ? key.slice(0, -name.length) : key
  const expiry = Buffer.alloc(expiryBytes)
  expiry.writeUIntBE(expires, 0, expiryBytes)
  const signed = Buffer.concat([expiry, Buffer.from(place)])
  const signature = sign('file', signed.toString('base64url')).subarray(0, signatureBytes)
  return `/files/${Buffer.concat([signature, signed]).toString('base64url')}/${encodeURIComponent(name)}`
}

function nameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1)
}
