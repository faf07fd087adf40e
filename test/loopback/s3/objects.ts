// What the buckets hold, in memory. A body is never changed once it is there: who reads it reads on.
import { createHash, randomUUID } from 'node:crypto'
import { S3Error } from './errors.ts'
import type { Checksums } from './body.ts'

export type Stored = {
  key: string
  bytes: Buffer
  etag: string
  versionId: string
  modifiedAt: Date
  checksums: Checksums
  /** 'FULL_OBJECT', or of an object in parts: the hash of the parts' hashes. */
  checksumType: 'FULL_OBJECT' | 'COMPOSITE'
  storageClass: string
  /** content-type, cache-control, x-amz-meta-… */
  headers: Record<string, string>
}
/** As in the events of S3, without the envelope. `sequencer` grows with each change of a key. */
export type S3Event = {
  name:
    | 'ObjectCreated:Put'
    | 'ObjectCreated:Post'
    | 'ObjectCreated:Copy'
    | 'ObjectCreated:CompleteMultipartUpload'
    | 'ObjectRemoved:Delete'
  bucket: string
  key: string
  size: number
  etag: string
  versionId: string
  sequencer: string
}
export type NewObject = Omit<Stored, 'etag' | 'versionId' | 'modifiedAt'> & { etag?: string }

export function openBuckets(names: string[], onEvent: (event: S3Event) => void) {
  const buckets = new Map(names.map((name) => [name, new Map<string, Stored>()]))
  let sequence = 0
  const tell = (name: S3Event['name'], bucket: string, { key, bytes, etag, versionId }: Stored) =>
    onEvent({
      name,
      bucket,
      key,
      size: bytes.length,
      etag: etag.slice(1, -1),
      versionId,
      sequencer: (++sequence).toString(16).toUpperCase().padStart(18, '0'),
    })
  const bucketOf = (name: string) => {
    const bucket = buckets.get(name)
    if (!bucket) throw new S3Error(404, 'NoSuchBucket')
    return bucket
  }

  return {
    add(name: string) {
      if (!buckets.has(name)) buckets.set(name, new Map())
    },
    has: (name: string) => buckets.has(name),

    find: (bucket: string, key: string) => bucketOf(bucket).get(key),

    get(bucket: string, key: string): Stored {
      const found = bucketOf(bucket).get(key)
      if (!found) throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.')
      return found
    },

    put(bucket: string, object: NewObject, event: S3Event['name']): Stored {
      const stored: Stored = {
        etag: `"${createHash('md5').update(object.bytes).digest('hex')}"`,
        ...object,
        versionId: randomUUID().replaceAll('-', ''),
        // S3 keeps whole seconds.
        modifiedAt: new Date(Math.floor(Date.now() / 1000) * 1000),
      }
      bucketOf(bucket).set(object.key, stored)
      tell(event, bucket, stored)
      return stored
    },

    remove(bucket: string, key: string) {
      const found = bucketOf(bucket).get(key)
      bucketOf(bucket).delete(key)
      if (found) tell('ObjectRemoved:Delete', bucket, found)
    },

    /** In the order of UTF-8 bytes. */
    list(bucket: string, prefix: string): Stored[] {
      return [...bucketOf(bucket).values()]
        .filter(({ key }) => key.startsWith(prefix))
        .toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)))
    },
  }
}

export type Buckets = ReturnType<typeof openBuckets>
