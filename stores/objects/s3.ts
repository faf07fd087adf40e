// Objects in S3. One PutObject makes an object, whole, with its SHA-256, which S3 checks and gives back with it: so a
// body whose length or hash is not known yet waits in memory or in a file until it has ended.
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type HeadObjectCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3'
import { setTimeout } from 'node:timers/promises'
import { NotFoundError, TransientError } from '../../core/errors.ts'
import type { ObjectInfo, ObjectStore } from '../../core/ports.ts'
import { inOurWords, statusOf } from '../aws-errors.ts'
import { readFrom } from './s3/read.ts'
import { spool, type Spooled } from './s3/spool.ts'

export type S3Objects = {
  client: S3Client
  /** Which bucket holds a key; of a prefix, which one is listed. */
  bucketOf: (key: string) => string
  /** The Cache-Control that a key's object is served with; undefined for none. */
  cacheControlOf?: (key: string, contentType: string) => string | undefined
}

/** What S3 gives at most. */
const pageLimit = 1000
/** The SDK tries again by itself where the body is in memory; a file it sends once. */
const putTries = 5

/**
 * Throws TransientError when S3 throttles or fails more often than was tried, and InputError for a body over 5 GB.
 * `head` gives undefined, and reading NotFoundError, only to who may list the bucket: S3 answers everybody else 403.
 */
export function openS3Objects({ client, bucketOf, cacheControlOf = () => undefined }: S3Objects): ObjectStore {
  const at = (key: string) => ({ Bucket: bucketOf(key), Key: key })

  const headOf = async (key: string) => {
    try {
      return await client.send(new HeadObjectCommand({ ...at(key), ChecksumMode: 'ENABLED' }))
    } catch (error) {
      if (statusOf(error) === 404) return undefined
      throw inOurWords(error, `S3 could not look at ${key}`)
    }
  }
  const head = async (key: string): Promise<ObjectInfo | undefined> => {
    const found = await headOf(key)
    return found && { ...plainInfoOf(key, found), sha256: hexOf(found) ?? (await measured(key)) }
  }
  /** Of what others put there without a SHA-256, or in parts: it is read. */
  const measured = async (key: string) => {
    const body = await spool(await read(key))
    await body.discard()
    return body.sha256
  }

  const read: ObjectStore['read'] = async (key, range) => {
    try {
      return await readFrom((input) => client.send(new GetObjectCommand({ ...at(key), ...input })), key, range)
    } catch (error) {
      throw statusOf(error) === 404 ? noObject(key) : inOurWords(error, `S3 could not read ${key}`)
    }
  }

  /** Gives undefined when there is an object and `ifAbsent` leaves it. */
  const send = async (key: string, body: Spooled, { contentType, ifAbsent = false }: PutOptions) => {
    for (let tries = 1; ; tries++) {
      try {
        const { ETag: etag } = await client.send(
          new PutObjectCommand({
            ...at(key),
            Body: body.open(),
            ContentLength: body.bytes,
            ContentType: contentType,
            CacheControl: cacheControlOf(key, contentType),
            ChecksumSHA256: Buffer.from(body.sha256, 'hex').toString('base64'),
            ...(ifAbsent && { IfNoneMatch: '*' }),
          }),
        )
        return etag
      } catch (error) {
        if (ifAbsent && statusOf(error) === 412) return undefined
        const ours =
          ifAbsent && statusOf(error) === 409
            ? new TransientError(`somebody else is storing or deleting ${key}: try again`, { cause: error })
            : inOurWords(error, `S3 could not store ${key}`)
        if (!(ours instanceof TransientError) || tries === putTries) throw ours
        await setTimeout(Math.random() * 100 * 2 ** tries)
      }
    }
  }

  return {
    head,
    read,

    async get(key) {
      const chunks: Uint8Array[] = []
      for await (const chunk of await read(key)) chunks.push(chunk)
      return Buffer.concat(chunks)
    },

    async put(key, body, options) {
      const before = options.ifAbsent ? await head(key) : undefined
      if (before) return before
      const spooled = await spool(body)
      try {
        for (;;) {
          const etag = await send(key, spooled, options)
          if (etag !== undefined) return { ...infoOf(key, spooled, options), modifiedAt: await timeOf(key, etag) }
          // Somebody was first, and theirs is what comes back, unless it has been deleted by now.
          const theirs = await head(key)
          if (theirs) return theirs
        }
      } finally {
        await spooled.discard()
      }
    },

    async delete(key) {
      try {
        await client.send(new DeleteObjectCommand(at(key)))
      } catch (error) {
        throw inOurWords(error, `S3 could not delete ${key}`)
      }
    },

    async list(prefix, { after, limit = pageLimit } = {}) {
      const list = new ListObjectsV2Command({
        Bucket: bucketOf(prefix),
        Prefix: prefix,
        StartAfter: after,
        MaxKeys: Math.min(limit, pageLimit),
        // XML cannot hold every character that a key can.
        EncodingType: 'url',
      })
      const page = await client.send(list).catch((error: unknown) => {
        throw inOurWords(error, `S3 could not list ${prefix}`)
      })
      const objects = (page.Contents ?? []).map(({ Key: key = '', Size: bytes = 0, LastModified: modified }) => ({
        key: decodeURIComponent(key.replaceAll('+', ' ')),
        bytes,
        modifiedAt: isoOf(modified),
      }))
      return { objects, next: page.IsTruncated ? objects.at(-1)?.key : undefined }
    },
  }

  /** S3's own time of what was just put. Who may not look, or comes after another put, has to do with this machine's. */
  async function timeOf(key: string, etag: string): Promise<string> {
    const found = await headOf(key).catch(() => undefined)
    return isoOf(found?.ETag === etag ? found.LastModified : new Date())
  }
}

type PutOptions = Parameters<ObjectStore['put']>[2]

function infoOf(key: string, { bytes, sha256 }: Spooled, { contentType }: PutOptions) {
  return { key, bytes, contentType, sha256 }
}

function plainInfoOf(key: string, found: HeadObjectCommandOutput): Omit<ObjectInfo, 'sha256'> {
  const { ContentLength: bytes = 0, ContentType: contentType = 'application/octet-stream', LastModified } = found
  return { key, bytes, contentType, modifiedAt: isoOf(LastModified) }
}

/** Of the whole object; one that was put in parts has a hash of its parts' hashes ('…-3'), which says nothing here. */
function hexOf({ ChecksumSHA256: checksum }: HeadObjectCommandOutput): string | undefined {
  return checksum === undefined || checksum.includes('-') ? undefined : Buffer.from(checksum, 'base64').toString('hex')
}

/** S3 keeps whole seconds. */
function isoOf(time: Date = new Date()): string {
  return new Date(Math.floor(time.getTime() / 1000) * 1000).toISOString()
}

function noObject(key: string) {
  return new NotFoundError(`there is no object ${key}`)
}
