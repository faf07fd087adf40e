// Requests for a bucket: its objects in pages, and many deletions at once.
import { contentsOf, tag, unescaped, xml, type S3Answer, type S3Request } from './answers.ts'
import { S3Error } from './errors.ts'
import type { Stored } from './objects.ts'

export function listObjects({ bucket, query, buckets }: S3Request): S3Answer {
  if (query.get('list-type') !== '2') throw new S3Error(501, 'NotImplemented', 'only version 2 of the list')
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter') ?? ''
  const token = query.get('continuation-token')
  const after = token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString()
  const limit = Math.min(Number(query.get('max-keys') ?? 1000), 1000)
  const encode = query.get('encoding-type') === 'url' ? urlEncoded : (text: string) => text

  const entries = grouped(buckets.list(bucket, prefix), prefix, delimiter)
  const rest = entries.filter(({ name }) => Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0)
  const page = rest.slice(0, limit)
  const isTruncated = rest.length > page.length
  return xml(
    'ListBucketResult',
    [
      tag('Name', bucket),
      tag('Prefix', encode(prefix)),
      tag('KeyCount', page.length),
      tag('MaxKeys', limit),
      tag('IsTruncated', isTruncated),
      ...(query.has('encoding-type') ? [tag('EncodingType', 'url')] : []),
      ...(isTruncated ? [tag('NextContinuationToken', Buffer.from(page.at(-1)!.name).toString('base64url'))] : []),
      ...page.map(({ name, object }) => (object ? listed(object, encode) : prefixed(name, encode))),
    ].join(''),
  )
}

export async function deleteObjects({ bucket, body, buckets }: S3Request): Promise<S3Answer> {
  const document = (await body()).bytes.toString()
  const keys = contentsOf('Key', document).map(unescaped)
  for (const key of keys) buckets.remove(bucket, key)
  return xml('DeleteResult', keys.map((key) => `<Deleted>${tag('Key', key)}</Deleted>`).join(''))
}

/** With a delimiter, keys that share what comes before it stand as one. */
function grouped(objects: Stored[], prefix: string, delimiter: string): { name: string; object?: Stored }[] {
  const entries = new Map<string, { name: string; object?: Stored }>()
  for (const object of objects) {
    const end = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length)
    const name = end < 0 ? object.key : object.key.slice(0, end + delimiter.length)
    entries.set(name, end < 0 ? { name, object } : { name })
  }
  return [...entries.values()]
}

function listed({ key, bytes, etag, modifiedAt, storageClass }: Stored, encode: (text: string) => string): string {
  const content = [
    tag('Key', encode(key)),
    tag('LastModified', modifiedAt.toISOString()),
    tag('ETag', etag),
    tag('Size', bytes.length),
    tag('StorageClass', storageClass),
  ]
  return `<Contents>${content.join('')}</Contents>`
}

function prefixed(name: string, encode: (text: string) => string): string {
  return `<CommonPrefixes>${tag('Prefix', encode(name))}</CommonPrefixes>`
}

/** As S3 does: a space is '+', a slash stays. */
function urlEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+').replaceAll('%2F', '/')
}
