// Requests for one object: put, copy, head, get, delete.
import { checksumHeaders, keptHeaders, tag, xml, type S3Answer, type S3Request } from './answers.ts'
import { withDefault } from './body.ts'
import { S3Error } from './errors.ts'
import type { Stored } from './objects.ts'

export async function putObject({ bucket, key, headers, body, buckets }: S3Request): Promise<S3Answer> {
  buckets.find(bucket, key)
  const { bytes, checksums } = await body()
  checkWrite({ bucket, key, headers, buckets })
  const stored = buckets.put(
    bucket,
    {
      key,
      bytes,
      checksums: withDefault(bytes, checksums),
      checksumType: 'FULL_OBJECT',
      storageClass: String(headers['x-amz-storage-class'] ?? 'STANDARD'),
      headers: keptHeaders(headers),
    },
    'ObjectCreated:Put',
  )
  return {
    status: 200,
    headers: { etag: stored.etag, 'x-amz-version-id': stored.versionId, ...checksumHeaders(stored) },
  }
}

/** The conditions of a write, at the moment in which it takes effect. */
export function checkWrite({
  bucket,
  key,
  headers,
  buckets,
}: Pick<S3Request, 'bucket' | 'key' | 'headers' | 'buckets'>) {
  const there = buckets.find(bucket, key)
  if (headers['if-none-match'] === '*' && there) throw new S3Error(412, 'PreconditionFailed')
  const match = headers['if-match']
  if (match !== undefined && !there) throw new S3Error(404, 'NoSuchKey')
  if (match !== undefined && match !== there?.etag) throw new S3Error(412, 'PreconditionFailed')
}

export function copyObject({ bucket, key, headers, buckets }: S3Request): S3Answer {
  const source = decodeURIComponent(String(headers['x-amz-copy-source']).split('?')[0]!).replace(/^\//, '')
  const [fromBucket = '', ...rest] = source.split('/')
  const from = buckets.get(fromBucket, rest.join('/'))
  const storageClass = String(headers['x-amz-storage-class'] ?? 'STANDARD')
  const replaces = headers['x-amz-metadata-directive'] === 'REPLACE'
  if (fromBucket === bucket && from.key === key && storageClass === from.storageClass && !replaces)
    throw new S3Error(400, 'InvalidRequest', 'a copy of an object to itself has to change something')
  checkWrite({ bucket, key, headers, buckets })
  const copy = { ...from, etag: undefined, key, storageClass, headers: replaces ? keptHeaders(headers) : from.headers }
  const stored = buckets.put(
    bucket,
    { ...copy, checksums: withDefault(from.bytes, {}), checksumType: 'FULL_OBJECT', etag: from.etag },
    'ObjectCreated:Copy',
  )
  return xml('CopyObjectResult', tag('ETag', stored.etag) + tag('LastModified', stored.modifiedAt.toISOString()))
}

/** Of HEAD too, whose body the server leaves out. */
export function getObject({ method, bucket, key, query, headers, buckets }: S3Request): S3Answer {
  const stored = buckets.get(bucket, key)
  const version = query.get('versionId')
  if (version !== null && version !== stored.versionId) throw new S3Error(404, 'NoSuchVersion')
  const match = headers['if-match']
  if (match !== undefined && match !== stored.etag) throw new S3Error(412, 'PreconditionFailed')
  if (headers['if-none-match'] === stored.etag) return { status: 304, headers: { etag: stored.etag } }
  if (method === 'GET' && ['GLACIER', 'DEEP_ARCHIVE'].includes(stored.storageClass))
    throw new S3Error(403, 'InvalidObjectState')
  const range = rangeOf(headers.range, stored)
  const wantsChecksums = headers['x-amz-checksum-mode'] === 'ENABLED' && !range
  return {
    status: range ? 206 : 200,
    headers: {
      etag: stored.etag,
      'last-modified': stored.modifiedAt.toUTCString(),
      'accept-ranges': 'bytes',
      'x-amz-version-id': stored.versionId,
      ...stored.headers,
      ...overrides(query),
      ...(stored.storageClass !== 'STANDARD' && { 'x-amz-storage-class': stored.storageClass }),
      ...(wantsChecksums && checksumHeaders(stored)),
      ...(range && { 'content-range': `bytes ${range.first}-${range.last}/${stored.bytes.length}` }),
    },
    body: range ? stored.bytes.subarray(range.first, range.last + 1) : stored.bytes,
  }
}

export function deleteObject({ bucket, key, buckets }: S3Request): S3Answer {
  buckets.remove(bucket, key)
  return { status: 204 }
}

/** What is no range is left aside, as RFC 9110 has it. */
function rangeOf(header: string | undefined, { bytes }: Stored) {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!found || (found[1] === '' && found[2] === '')) return undefined
  const suffix = found[1] === ''
  const first = suffix ? Math.max(0, bytes.length - Number(found[2])) : Number(found[1])
  const last = suffix || found[2] === '' ? bytes.length - 1 : Math.min(Number(found[2]), bytes.length - 1)
  if (!suffix && found[2] !== '' && Number(found[2]) < first) return undefined
  if (first >= bytes.length) throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable')
  return { first, last }
}

function overrides(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    [...query].flatMap(([name, value]) =>
      name.startsWith('response-') ? [[name.slice('response-'.length), value]] : [],
    ),
  )
}
