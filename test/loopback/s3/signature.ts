// AWS Signature Version 4 of a request: in its header, in its query (presigned), or of the policy of a form.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { S3Error } from './errors.ts'

export type Secrets = Record<string, string>
type Signed = { method: string; url: URL; headers: IncomingHttpHeaders }

/** Gives what the request says of its body's hash. Throws S3Error unless it is signed by one of `secrets`. */
export function checkSignature({ method, url, headers }: Signed, secrets: Secrets): string {
  const query = url.searchParams
  const claim = query.has('X-Amz-Signature') ? fromQuery(query) : fromHeader(headers)
  const canonical = [
    method,
    url.pathname.split('/').map(encodeSegment).join('/'),
    canonicalQuery(query),
    ...claim.signedHeaders.map(
      (name) =>
        `${name}:${String(headers[name] ?? '')
          .trim()
          .replace(/ +/g, ' ')}`,
    ),
    '',
    claim.signedHeaders.join(';'),
    claim.payloadHash,
  ].join('\n')
  const hash = createHash('sha256').update(canonical).digest('hex')
  const scope = claim.credential.split('/').slice(1).join('/')
  check(claim.credential, `AWS4-HMAC-SHA256\n${claim.date}\n${scope}\n${hash}`, claim.signature, secrets)
  return claim.payloadHash
}

/** Of a form's policy, which is signed as it is sent, in base64. */
export function checkPolicySignature(fields: Record<string, string>, secrets: Secrets) {
  check(fields['x-amz-credential'] ?? '', fields['policy'] ?? '', fields['x-amz-signature'] ?? '', secrets)
}

function check(credential: string, text: string, signature: string, secrets: Secrets) {
  const [id = '', day = '', region = '', service = ''] = credential.split('/')
  const secret = secrets[id]
  if (secret === undefined) throw new S3Error(403, 'InvalidAccessKeyId')
  const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest()
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), 'aws4_request')
  const [wanted, given] = [hmac(key, text), Buffer.from(signature, 'hex')]
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) throw new S3Error(403, 'SignatureDoesNotMatch')
}

function fromHeader(headers: IncomingHttpHeaders) {
  const found = /Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=(\w+)/.exec(headers.authorization ?? '')
  if (!found) throw new S3Error(403, 'AccessDenied')
  const date = String(headers['x-amz-date'])
  // S3 lets a request be a quarter of an hour old.
  if (Math.abs(Date.now() - timeOf(date)) > 900_000) throw new S3Error(403, 'RequestTimeTooSkewed')
  return {
    credential: found[1]!,
    signedHeaders: found[2]!.split(';'),
    signature: found[3]!,
    date,
    payloadHash: String(headers['x-amz-content-sha256']),
  }
}

function fromQuery(query: URLSearchParams) {
  const date = query.get('X-Amz-Date') ?? ''
  if (Date.now() > timeOf(date) + 1000 * Number(query.get('X-Amz-Expires')))
    throw new S3Error(403, 'AccessDenied', 'Request has expired')
  return {
    credential: query.get('X-Amz-Credential') ?? '',
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: query.get('X-Amz-Signature') ?? '',
    date,
    payloadHash: query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD',
  }
}

/** '20261123T052500Z' in milliseconds. */
function timeOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&')
}

function encodeSegment(segment: string): string {
  return encode(decodeURIComponent(segment))
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}
