// Against an S3 server on this machine. With CLIPFORGE_CONTRACT_BUCKET the contract runs against that bucket of a real
// account instead, under the SDK's own credentials and region:
//   AWS_REGION=us-east-1 CLIPFORGE_CONTRACT_BUCKET=some-bucket \
//     npx vitest run --config test/contract/account.config.ts test/stores/objects/s3.test.ts
// Each test lies under a prefix of its own, which stays: a lifecycle rule for 'contract/' clears it.
import { createHash, randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { Readable } from 'node:stream'
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ObjectStore } from '../../../core/ports.ts'
import { openS3Objects } from '../../../stores/objects/s3.ts'
import { spool } from '../../../stores/objects/s3/spool.ts'
import { objectStoreContract } from '../../contract/object-store.ts'
import { startS3, type LoopbackS3 } from '../../loopback/s3.ts'

const plain = { contentType: 'text/plain' }
const bytes = (text: string) => new TextEncoder().encode(text)
const sha256 = (body: Uint8Array) => createHash('sha256').update(body).digest('hex')
const realBucket = process.env['CLIPFORGE_CONTRACT_BUCKET']

let s3: LoopbackS3
let client: S3Client
beforeAll(async () => {
  s3 = await startS3({ buckets: [] })
  if (!realBucket) Object.assign(process.env, s3.environment)
  client = new S3Client({})
})
afterEach(() => s3.recover())
afterAll(async () => {
  client.destroy()
  await s3.close()
})

function openStore(bucket = `bucket-${randomUUID()}`) {
  s3.buckets.add(bucket)
  return openS3Objects({ client, bucketOf: () => bucket })
}

objectStoreContract('S3', () =>
  realBucket ? under(`contract/${randomUUID()}/`, openS3Objects({ client, bucketOf: () => realBucket })) : openStore(),
)

describe.skipIf(realBucket)('a server that has too much to do', () => {
  test.each([
    ['503 SlowDown', { status: 503, code: 'SlowDown' }],
    ['500 InternalError', { status: 500, code: 'InternalError' }],
  ])('that answers %s at first is asked again, for every kind of request and body', async (_name, fault) => {
    const store = openStore()
    const large = new Uint8Array(9_000_000).fill(7)
    s3.fail({ ...fault, match: 'PUT /' })
    await store.put('k', bytes('body'), plain)
    s3.fail({ ...fault, match: 'PUT /', times: 2 })
    await store.put('large', stream(large), plain)
    for (const method of ['GET', 'HEAD', 'DELETE']) s3.fail({ ...fault, match: `${method} /` })
    expect(Buffer.from(await store.get('large')).equals(large)).toBe(true)
    expect(await store.head('k')).toMatchObject({ sha256: sha256(bytes('body')) })
    await store.delete('k')
    s3.fail({ ...fault, match: 'list-type' })
    expect((await store.list('')).objects.map(({ key }) => key)).toEqual(['large'])
  })

  test('for good is a TransientError that says what could not be done', async () => {
    const store = openStore()
    s3.fail({ status: 503, code: 'SlowDown', match: '', times: 100 })
    const transient = (doing: string) => ({ name: 'TransientError', message: expect.stringContaining(doing) })
    await expect(store.head('k')).rejects.toMatchObject(transient('S3 could not look at k'))
    await expect(store.read('k')).rejects.toMatchObject(transient('S3 could not read k: SlowDown'))
    await expect(store.list('k')).rejects.toMatchObject(transient('S3 could not list k: SlowDown'))
  })

  test('with two conditional writes of one key at once (409) is asked again', async () => {
    const store = openStore()
    s3.fail({ status: 409, code: 'ConditionalRequestConflict', match: 'PUT /', times: 2 })
    expect(await store.put('k', bytes('body'), { ...plain, ifAbsent: true })).toMatchObject({ bytes: 4 })
  })
})

describe.skipIf(realBucket)('a body that breaks off', () => {
  const body = new Uint8Array(300_000).map((_, i) => i % 251)

  test('is taken up again where it broke, and is whole', async () => {
    const store = openStore()
    await store.put('k', body, plain)
    s3.fail({ cutAfterBytes: 100_000, match: 'GET /' }, { cutAfterBytes: 50_000, match: 'GET /' })
    expect(Buffer.from(await store.get('k')).equals(body)).toBe(true)
    s3.fail({ cutAfterBytes: 100_000, match: 'GET /' }, { status: 503, code: 'SlowDown', match: 'GET /' })
    const part = await collect(await store.read('k', { first: 1000, last: 200_999 }))
    expect(part.equals(body.subarray(1000, 201_000))).toBe(true)
  })

  test('again and again is an error, never a part', async () => {
    const store = openStore()
    await store.put('k', body, plain)
    s3.fail({ cutAfterBytes: 0, match: 'GET /', times: 20 })
    const broken = { name: 'TransientError', message: expect.stringMatching(/^k broke off after 0 of 300000 bytes/) }
    await expect(store.get('k')).rejects.toMatchObject(broken)
  })

  test('of an object that was overwritten meanwhile is an error, never a mixture', async () => {
    const store = openStore()
    await store.put('changing', body, plain)
    s3.fail({ cutAfterBytes: 100_000, match: '/changing' })
    const reading = await store.read('changing')
    await store.put('changing', body.toReversed(), plain)
    await expect(collect(reading)).rejects.toMatchObject({ name: 'TransientError' })
  })

  test('or comes with another byte in it is an error', async () => {
    const store = openStore()
    await store.put('flipped', body, plain)
    s3.fail({ flipByteAt: 1234, match: 'GET /' })
    await expect(store.get('flipped')).rejects.toMatchObject({
      name: 'TransientError',
      message: expect.stringContaining('checksum'),
    })
  })
})

describe.skipIf(realBucket)('an object', () => {
  test('that is known to have been stored by others has the SHA-256 of its bytes, put in parts or without one', async () => {
    const store = openStore('others')
    const body = new Uint8Array(6_000_000).fill(3)
    const params = { Bucket: 'others', Key: 'parts', Body: Readable.from(stream(body)) }
    await new Upload({ client, params, partSize: 5 * 1024 ** 2 }).done()
    expect(await store.head('parts')).toMatchObject({ bytes: body.length, sha256: sha256(body) })
    expect(s3.openUploads()).toBe(0)
  })

  test('is stored with its SHA-256, which S3 checks, and served as the store is told', async () => {
    s3.buckets.add('served')
    const cacheControlOf = (key: string) => (key === 'k' ? 'max-age=60' : undefined)
    const store = openS3Objects({ client, bucketOf: () => 'served', cacheControlOf })
    await store.put('k', bytes('body'), plain)
    const head = await client.send(new HeadObjectCommand({ Bucket: 'served', Key: 'k', ChecksumMode: 'ENABLED' }))
    expect(head).toMatchObject({ CacheControl: 'max-age=60', ContentType: 'text/plain' })
    expect(head.ChecksumSHA256).toBe(Buffer.from(sha256(bytes('body')), 'hex').toString('base64'))
    const got = await client.send(new GetObjectCommand({ Bucket: 'served', Key: 'k' }))
    expect(await got.Body?.transformToString()).toBe('body')
  })

  test('may have any character in its key, also when it is listed', async () => {
    const store = openStore()
    const keys = ['a b+c', '\u0001\n', '<&>"', '%2F', 'ä/🦊', 'a/./b']
    for (const key of keys) await store.put(key, bytes(key), plain)
    expect((await store.list('')).objects.map(({ key }) => key).toSorted()).toEqual(keys.toSorted())
    for (const key of keys) expect(new TextDecoder().decode(await store.get(key))).toBe(key)
  })
})

describe('a body whose length nobody knows', () => {
  const temporary = () => readdirSync(tmpdir()).filter((name) => /^clipforge-[0-9a-f-]{36}$/.test(name))

  test('is held in a file when it is large, which is gone afterwards', async () => {
    const before = temporary()
    const spooled = await spool(stream(new Uint8Array(20_000_000).fill(1)))
    expect(temporary()).toHaveLength(before.length + 1)
    expect(spooled).toMatchObject({ bytes: 20_000_000, sha256: sha256(new Uint8Array(20_000_000).fill(1)) })
    await spooled.discard()
    expect(temporary()).toEqual(before)
  })

  test('and that is larger than S3 takes at once is refused, in one line, before it has ended', async () => {
    const before = temporary()
    await expect(spool(stream(new Uint8Array(20_000_000)), 10_000_000)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('10000000 bytes'),
    })
    expect(temporary()).toEqual(before)
  })
})

async function* stream(body: Uint8Array, chunkBytes = 64 * 1024) {
  for (let from = 0; from < body.length; from += chunkBytes) yield body.subarray(from, from + chunkBytes)
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The same store, as if nothing were in it but what lies under `prefix`. */
function under(prefix: string, store: ObjectStore): ObjectStore {
  const own = <Named extends { key: string }>(info: Named): Named => ({ ...info, key: info.key.slice(prefix.length) })
  return {
    get: (key) => store.get(prefix + key),
    read: (key, range) => store.read(prefix + key, range),
    delete: (key) => store.delete(prefix + key),
    async head(key) {
      const info = await store.head(prefix + key)
      return info && own(info)
    },
    put: async (key, body, options) => own(await store.put(prefix + key, body, options)),
    async list(start, { after, limit } = {}) {
      const page = await store.list(prefix + start, { after: after === undefined ? after : prefix + after, limit })
      return { objects: page.objects.map(own), next: page.next?.slice(prefix.length) }
    },
  }
}
