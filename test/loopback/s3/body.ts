// The body of a request, as S3 stores it: out of its aws-chunked wrapping, whole, and with every checksum that came
// with it looked at. Anything else is refused, never stored.
import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { crc32 } from 'node:zlib'
import { S3Error } from './errors.ts'

export type Checksums = Record<string, string>
const ours: Record<string, (bytes: Buffer) => string> = {
  crc32: (bytes) => {
    const four = Buffer.alloc(4)
    four.writeUInt32BE(crc32(bytes))
    return four.toString('base64')
  },
  sha1: (bytes) => createHash('sha1').update(bytes).digest('base64'),
  sha256: (bytes) => createHash('sha256').update(bytes).digest('base64'),
}

/** `payloadHash`: what the signature covers. `checksums`: by algorithm, in base64, those that came with it. */
export async function readBody(
  request: IncomingMessage,
  payloadHash: string,
): Promise<{ bytes: Buffer; checksums: Checksums }> {
  const raw = await collect(request)
  const { headers } = request
  const isChunked = payloadHash.startsWith('STREAMING-') || /aws-chunked/.test(headers['content-encoding'] ?? '')
  const { bytes, trailers } = isChunked ? unwrap(raw, headers) : { bytes: raw, trailers: {} }
  if (/^[0-9a-f]{64}$/.test(payloadHash) && createHash('sha256').update(bytes).digest('hex') !== payloadHash)
    throw new S3Error(400, 'XAmzContentSHA256Mismatch')
  const md5 = headers['content-md5']
  if (md5 !== undefined && createHash('md5').update(bytes).digest('base64') !== md5) throw new S3Error(400, 'BadDigest')
  return { bytes, checksums: checked(bytes, { ...headers, ...trailers }) }
}

async function collect(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  const announced = request.headers['content-length']
  if (announced !== undefined && Number(announced) !== bytes.length) throw new S3Error(400, 'IncompleteBody')
  return bytes
}

/** Chunks of '<length in hex>[;chunk-signature=…]\r\n<bytes>\r\n', the last one empty, and trailers after it. */
function unwrap(raw: Buffer, headers: IncomingHttpHeaders) {
  const chunks: Buffer[] = []
  let at = 0
  const line = () => {
    const end = raw.indexOf('\r\n', at)
    if (end < 0) throw new S3Error(400, 'IncompleteBody')
    const text = raw.toString('latin1', at, end)
    at = end + 2
    return text
  }
  for (;;) {
    const head = line().split(';')[0]!
    if (!/^[0-9a-f]+$/i.test(head)) throw new S3Error(400, 'InvalidChunkSizeError', `'${head}' is no chunk's size`)
    const size = Number.parseInt(head, 16)
    if (size === 0) break
    if (raw.toString('latin1', at + size, at + size + 2) !== '\r\n') throw new S3Error(400, 'IncompleteBody')
    chunks.push(raw.subarray(at, at + size))
    at += size + 2
  }
  const trailers: Record<string, string> = {}
  for (let text = line(); text !== ''; text = line()) {
    const [name = '', value = ''] = text.split(/:(.*)/s)
    trailers[name.trim().toLowerCase()] = value.trim()
  }
  const bytes = Buffer.concat(chunks)
  const announced = headers['x-amz-decoded-content-length']
  if (announced === undefined) throw new S3Error(411, 'MissingContentLength')
  if (Number(announced) !== bytes.length) throw new S3Error(400, 'IncompleteBody')
  for (const name of String(headers['x-amz-trailer'] ?? '')
    .split(',')
    .filter(Boolean))
    if (!(name.trim() in trailers)) throw new S3Error(400, 'MalformedTrailerError')
  return { bytes, trailers }
}

function checked(bytes: Buffer, headers: Record<string, string | string[] | undefined>): Checksums {
  const checksums: Checksums = {}
  for (const [name, value] of Object.entries(headers)) {
    const algorithm = /^x-amz-checksum-(crc32c|crc64nvme|crc32|sha1|sha256)$/.exec(name)?.[1]
    if (algorithm === undefined) continue
    const compute = ours[algorithm]
    if (!compute) throw new S3Error(501, 'NotImplemented', `no ${algorithm} here`)
    if (compute(bytes) !== value) throw new S3Error(400, 'BadDigest', `the ${algorithm} is another`)
    checksums[algorithm] = value
  }
  return checksums
}

/** Of an object in parts: the hash of its parts' hashes; none when a part came without. */
export function ofParts(parts: Checksums[]): Checksums {
  const composed = Object.entries(ours).flatMap(([algorithm, compute]) => {
    const each = parts.flatMap((part) => part[algorithm] ?? [])
    const whole = Buffer.concat(each.map((checksum) => Buffer.from(checksum, 'base64')))
    return each.length === parts.length ? [[algorithm, `${compute(whole)}-${parts.length}`]] : []
  })
  return Object.fromEntries(composed)
}

/** A body without any checksum gets a CRC of its own from S3. */
export function withDefault(bytes: Buffer, checksums: Checksums): Checksums {
  return Object.keys(checksums).length > 0 ? checksums : { crc32: ours['crc32']!(bytes) }
}
