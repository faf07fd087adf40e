import type { SQSEvent } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Manifest } from '../../core/inbox.ts'
import { context, logged, metricsIn, startAws } from './aws.ts'

let aws: Awaited<ReturnType<typeof startAws>>
let handler: typeof import('../../lambdas/on-upload.ts').handler
beforeAll(async () => {
  aws = await startAws()
  ;({ handler } = await import('../../lambdas/on-upload.ts'))
})
afterAll(() => aws.close())

function drop(key: string, text: string | Uint8Array) {
  const bytes = Buffer.from(text as string)
  const object = { key, bytes, headers: {}, checksums: {}, checksumType: 'FULL_OBJECT', storageClass: 'STANDARD' }
  const { etag, versionId } = aws.s3.buckets.put('uploads', object as never, 'ObjectCreated:Put')
  const detail = { bucket: { name: 'uploads' }, object: { key, size: bytes.length, etag, 'version-id': versionId } }
  return { event: JSON.stringify({ 'detail-type': 'Object Created', source: 'aws.s3', detail }), versionId }
}
const batch = (...bodies: string[]) =>
  ({ Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })) }) as unknown as SQSEvent
const manifestOf = (key: string) => {
  const stored = aws.s3.buckets.find('uploads', `${key}.manifest.json`)
  return stored && (JSON.parse(stored.bytes.toString()) as Manifest)
}

describe('a file in the inbox', () => {
  it('becomes its videos once, however often S3 says so, and a manifest says what came of each line', async () => {
    const key = 'inbox/ann/x/list.csv'
    const { event, versionId } = drop(key, 'title,script\na,One goat.\nb,\nc,Three goats.\n')
    let answer: unknown
    const log = await logged(async () => (answer = await handler(batch(event, event), context())))
    expect(answer).toEqual({ batchItemFailures: [] })
    const manifest = manifestOf(key)!
    expect(manifest).toMatchObject({ file: key, versionId, counts: { requests: 3, accepted: 2, refused: 1 } })
    expect(manifest.entries.map(({ line, ok }) => [line, ok])).toEqual([
      [2, true],
      [3, false],
      [4, true],
    ])
    expect(metricsIn(log)).toEqual({ UploadsRefused: [1] })
    const started = aws.started()
    expect(started.toSorted()).toEqual(
      manifest.entries.flatMap((entry) => (entry.ok ? [`${entry.videoId}-1`] : [])).toSorted(),
    )

    // Delivered again after its manifest is gone: nothing is made, and the manifest is the same.
    const text = aws.s3.buckets.get('uploads', `${key}.manifest.json`).bytes.toString()
    aws.s3.buckets.remove('uploads', `${key}.manifest.json`)
    await logged(() => handler(batch(event), context()))
    expect(aws.s3.buckets.get('uploads', `${key}.manifest.json`).bytes.toString()).toBe(text)
    expect(aws.started()).toEqual(started)
  })

  it('that cannot be used says so in its manifest; a manifest is no file', async () => {
    const { event } = drop('inbox/ann/film.mov', 'x')
    const manifest = drop('inbox/ann/a.txt.manifest.json', '{}')
    const large = drop('inbox/ann/large.txt', 'x'.repeat(2_000_001))
    aws.s3.received.length = 0
    await logged(() => handler(batch(event, manifest.event, large.event), context()))
    expect(manifestOf('inbox/ann/film.mov')).toMatchObject({
      error: '.mov is nothing we read; drop one of .txt, .json, .jsonl, .csv',
      entries: [],
    })
    expect(manifestOf('inbox/ann/large.txt')?.error).toContain('the limit is 2 MB')
    expect(manifestOf('inbox/ann/a.txt.manifest.json')).toBeUndefined()
    expect(aws.s3.received.filter((line) => line.startsWith('GET') && line.includes('large.txt?'))).toEqual([])
  })

  it('whose video could not be started is accepted all the same: the sweeper starts it', async () => {
    const before = aws.started().length
    const { event } = drop('inbox/ben/a.txt', 'A goat walks.')
    aws.down.startExecution = true
    let answer: unknown
    await logged(async () => (answer = await handler(batch('poison', event, '{"detail-type":"x"}'), context())))
    aws.down.startExecution = false
    // The poison comes back alone.
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm2' }] })
    expect(aws.started()).toHaveLength(before)
    expect(manifestOf('inbox/ben/a.txt')?.counts).toEqual({ requests: 1, accepted: 1, refused: 0 })
  })

  it('that was dropped again or is gone is left to its newer version', async () => {
    const before = aws.started().length
    const old = drop('inbox/ben/again.txt', 'Old goat.')
    const now = drop('inbox/ben/again.txt', 'New goat.')
    await logged(() => handler(batch(now.event, old.event), context()))
    expect(aws.started()).toHaveLength(before + 1)
    expect(manifestOf('inbox/ben/again.txt')?.versionId).toBe(now.versionId)
  })

  it("in nobody's folder says so", async () => {
    const { event } = drop('inbox/a b/x.txt', 'A goat.')
    await logged(() => handler(batch(event), context()))
    expect(manifestOf('inbox/a b/x.txt')?.error).toBe(
      "the folder 'a b' is nobody's; drop files under inbox/ and the owner's name",
    )
  })
})
