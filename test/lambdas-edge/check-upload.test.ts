import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uploadKey } from '../../core/keys.ts'
import { checkUpload } from '../../core/uploads/check.ts'
import { openUpload, removeUpload } from '../../core/uploads/records.ts'
import { inspectByFunction } from '../../lambdas/edge/uploads.ts'
import { openAwsStores } from '../../stores/aws.ts'
import { startEndpoint } from '../lambdas/aws-endpoint.ts'
import { dots, writePicture } from '../render-container/media.ts'
import { context, logged, startAws } from './aws.ts'

const dir = mkdtempSync(join(tmpdir(), 'check-'))
const now = () => new Date()
let aws: Awaited<ReturnType<typeof startAws>>
let lambda: Awaited<ReturnType<typeof startEndpoint>>
let answer: ((body: string) => Promise<{ status?: number; headers?: Record<string, string>; body: string }>) | undefined
let handler: typeof import('../../lambdas/check-upload.ts').handler
let png: Buffer

beforeAll(async () => {
  aws = await startAws()
  ;({ handler } = await import('../../lambdas/check-upload.ts'))
  process.env['CLIPFORGE_CHECK_UPLOAD_FUNCTION'] = 'clipforge-check-upload'
  lambda = await startEndpoint(async ({ body }) => {
    if (answer) return answer(body)
    // As the Lambda runtime answers.
    return handler(JSON.parse(body), context()).then(
      (facts) => ({ body: JSON.stringify(facts) }),
      ({ name, message }: Error) => ({
        headers: { 'x-amz-function-error': 'Unhandled' },
        body: JSON.stringify({ errorType: name, errorMessage: message }),
      }),
    )
  })
  png = readFileSync(await writePicture(join(dir, 'a.png'), [64, 36], dots(1)))
})
afterAll(async () => {
  await Promise.all([aws.close(), lambda.close()])
  rmSync(dir, { recursive: true })
})
const ports = () => ({
  objects: openAwsStores().objects,
  videos: { list: async () => ({ videos: [], next: undefined }) },
  now,
  inspectUpload: inspectByFunction(
    new LambdaClient({
      endpoint: lambda.url,
      region: 'us-east-1',
      maxAttempts: 1,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    }),
  ),
})

describe('a file that was sent on AWS', () => {
  it('is looked into by its own function, and kept under the hash that this finds', async () => {
    const { formsInto } = await import('../../lambdas/edge/form.ts')
    const { id, sentTo } = await openUpload(ports(), 'ann', { name: 'a.png', kind: 'picture' })
    const { url, fields } = await formsInto(new S3Client())(
      sentTo,
      { contentType: 'application/octet-stream', maxBytes: 25e6 },
      { uploadId: id, caller: { owner: 'ann' } },
    )
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    form.append('file', new Blob([new Uint8Array(png)]), 'a.png')
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(204)
    const key = uploadKey('ann', createHash('sha256').update(png).digest('hex'), 'png')
    await logged(async () => {
      expect(await checkUpload(ports(), 'ann', id)).toMatchObject({ state: 'ready', key, facts: { widthPx: 64 } })
    })
    expect(aws.s3.buckets.get('uploads', key).bytes.equals(png)).toBe(true)
    expect(aws.s3.buckets.find('uploads', sentTo)).toBeUndefined()
    await removeUpload(ports(), 'ann', id)
    expect((await ports().objects.list('owners/ann/uploads/')).objects).toEqual([])
  })

  it('is refused with the reason', async () => {
    const { id, sentTo } = await openUpload(ports(), 'ann', { name: 'a.png', kind: 'picture' })
    await ports().objects.put(sentTo, Buffer.from('<svg/>'), { contentType: 'x/y' })
    await logged(async () => {
      expect(await checkUpload(ports(), 'ann', id)).toMatchObject({
        state: 'refused',
        reason: 'a.png is an SVG or another XML file; save the drawing as PNG',
      })
    })
  })

  it('waits for its check when the function cannot answer', async () => {
    const { id, sentTo } = await openUpload(ports(), 'ann', { name: 'a.png', kind: 'picture' })
    await ports().objects.put(sentTo, png, { contentType: 'x/y' })
    for (const failure of [
      { headers: { 'x-amz-function-error': 'Unhandled' }, body: '{"errorMessage":"timed out"}' },
      { status: 429, body: '{"__type":"TooManyRequestsException"}' },
    ]) {
      answer = async () => failure
      await expect(checkUpload(ports(), 'ann', id)).rejects.toMatchObject({ name: 'TransientError' })
    }
    answer = undefined
    await logged(async () => expect(await checkUpload(ports(), 'ann', id)).toMatchObject({ state: 'ready' }))
  })

  it('is looked for where files come in, and nowhere else', async () => {
    for (const key of ['owners/ann/assets/x', 'incoming/ann/../x', `incoming/../upl_${'a'.repeat(22)}`])
      await logged(() =>
        expect(handler({ key, kind: 'clip', name: 'a' }, context())).rejects.toMatchObject({ name: 'InputError' }),
      )
  })
})
