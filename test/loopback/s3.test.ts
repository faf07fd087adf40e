// The S3 server of the tests keeps what it is given, byte for byte, however the SDK sends it, and refuses the rest.
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { createPresignedPost } from '@aws-sdk/s3-presigned-post'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startS3, type LoopbackS3 } from './s3.ts'
import type { S3Event } from './s3/objects.ts'

const events: S3Event[] = []
const Bucket = 'bucket'
let s3: LoopbackS3
let client: S3Client
beforeAll(async () => {
  s3 = await startS3({ buckets: [Bucket], onEvent: (event) => events.push(event) })
  Object.assign(process.env, s3.environment)
  client = new S3Client({})
})
afterAll(async () => {
  client.destroy()
  await s3.close()
})

async function bytesOf(Key: string, Range?: string) {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, Range }))
  return Buffer.from((await Body?.transformToByteArray()) ?? [])
}
const large = randomBytes(13_000_000)

describe('a body', () => {
  test.each([0, 1, 65_536, 3_000_000])('of %i bytes comes whole as a stream, out of its wrapping', async (length) => {
    const body = large.subarray(0, length)
    // Without a checksum of ours: the SDK wraps the stream in chunks and sends its own behind it.
    const Body = Readable.from([body.subarray(0, 10_000), body.subarray(10_000)])
    await client.send(new PutObjectCommand({ Bucket, Key: 'stream', Body, ContentLength: length }))
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'stream', ChecksumMode: 'ENABLED' }))
    expect(head).toMatchObject({ ContentLength: length, ChecksumCRC32: expect.any(String) })
    expect(head.ContentEncoding).toBeUndefined()
    expect((await bytesOf('stream')).equals(body)).toBe(true)
  })

  test('comes whole in parts, and is given in any range', async () => {
    await new Upload({ client, params: { Bucket, Key: 'parts', Body: Readable.from([large]) } }).done()
    expect((await bytesOf('parts')).equals(large)).toBe(true)
    expect((await bytesOf('parts', 'bytes=-4')).equals(large.subarray(-4))).toBe(true)
    expect((await bytesOf('parts', 'bytes=5-6')).equals(large.subarray(5, 7))).toBe(true)
    await expect(bytesOf('parts', 'bytes=13000000-')).rejects.toMatchObject({ name: 'InvalidRange' })
    expect((await client.send(new HeadObjectCommand({ Bucket, Key: 'parts' }))).ETag).toMatch(/-3"$/)
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'aborted' }))
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key: 'aborted', UploadId }))
    expect(s3.openUploads()).toBe(0)
  })

  test('with the checksum of another is refused', async () => {
    const put = new PutObjectCommand({ Bucket, Key: 'bad', Body: 'body', ChecksumSHA256: 'A'.repeat(43) + '=' })
    await expect(client.send(put)).rejects.toMatchObject({ name: 'BadDigest' })
    expect(s3.buckets.find(Bucket, 'bad')).toBeUndefined()
  })
})

describe('a link', () => {
  test('that is signed serves what it was signed for, until its time is up, and nothing else', async () => {
    const put = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: 'ä b' }), { expiresIn: 60 })
    expect((await fetch(put, { method: 'PUT', body: 'by link' })).status).toBe(200)
    const get = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'ä b' }), { expiresIn: 60 })
    expect(await (await fetch(get)).text()).toBe('by link')
    expect((await fetch(get.replace('%20b', '%20c'))).status).toBe(403)
    expect((await fetch(`${s3.url}/${Bucket}/stream`)).status).toBe(403)
    const signingDate = new Date(Date.now() - 120_000)
    const late = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'ä b' }), {
      expiresIn: 60,
      signingDate,
    })
    expect((await fetch(late)).status).toBe(403)
    const stranger = new S3Client({ credentials: { accessKeyId: 'test', secretAccessKey: 'wrong' } })
    const listing = stranger.send(new ListObjectsV2Command({ Bucket }))
    await expect(listing).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' })
  })

  test.each<[string, { body?: string; fields?: Record<string, string> }, number]>([
    ['fits its policy', {}, 204],
    ['is too large', { body: 'a clip that is too large' }, 400],
    ['says it is something else', { fields: { 'Content-Type': 'text/html' } }, 403],
    ['is for another key', { fields: { key: 'elsewhere' } }, 403],
    ['brings fields of its own', { fields: { 'x-amz-meta-a': 'b' } }, 403],
  ])('by a form: what %s', async (_name, { body = 'a clip', fields: changed }, status) => {
    const { url, fields } = await createPresignedPost(client, {
      Bucket,
      Key: 'form/clip.mp4',
      Conditions: [['content-length-range', 1, 10], { 'Content-Type': 'video/mp4' }],
      Fields: { 'Content-Type': 'video/mp4' },
    })
    const form = new FormData()
    for (const [name, value] of Object.entries({ ...fields, ...changed })) form.append(name, value)
    form.append('file', new Blob([body]), 'clip.mp4')
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(status)
    // The first one came; none of the others changed it.
    expect((await bytesOf('form/clip.mp4')).toString()).toBe('a clip')
  })
})

describe('a bucket', () => {
  test('lists in pages, by folders, copies into another storage class, deletes many, and tells of it all', async () => {
    events.length = 0
    for (const key of ['l/a', 'l/b/1', 'l/b/2', 'l/c'])
      await client.send(new PutObjectCommand({ Bucket, Key: key, Body: key }))
    const folders = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'l/', Delimiter: '/' }))
    expect(folders.Contents?.map(({ Key }) => Key)).toEqual(['l/a', 'l/c'])
    expect(folders.CommonPrefixes).toEqual([{ Prefix: 'l/b/' }])
    const keys: (string | undefined)[] = []
    for (let ContinuationToken: string | undefined; ;) {
      const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'l/', MaxKeys: 3, ContinuationToken }))
      keys.push(...(page.Contents ?? []).map(({ Key }) => Key))
      if (!(ContinuationToken = page.NextContinuationToken)) break
    }
    expect(keys).toEqual(['l/a', 'l/b/1', 'l/b/2', 'l/c'])
    const copy = { Bucket, Key: 'cold', CopySource: `${Bucket}/l/a`, StorageClass: 'GLACIER' as const }
    await client.send(new CopyObjectCommand(copy))
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'cold' }))).toMatchObject({ StorageClass: 'GLACIER' })
    await expect(bytesOf('cold')).rejects.toMatchObject({ name: 'InvalidObjectState' })
    const Objects = ['l/a', 'l/c', 'nothing'].map((Key) => ({ Key }))
    await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
    expect(s3.buckets.list(Bucket, 'l/').map(({ key }) => key)).toEqual(['l/b/1', 'l/b/2'])
    expect(events.map(({ name, key }) => `${name} ${key}`)).toEqual([
      ...keys.map((key) => `ObjectCreated:Put ${key}`),
      'ObjectCreated:Copy cold',
      'ObjectRemoved:Delete l/a',
      'ObjectRemoved:Delete l/c',
    ])
    expect(events.map(({ sequencer }) => sequencer).toSorted()).toEqual(events.map(({ sequencer }) => sequencer))
  })
})
