import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { placesIn } from '../../scripts/deploy-page/places.ts'
import { putPage } from '../../scripts/deploy-page/put-page.ts'
import { type LoopbackS3, startS3 } from '../loopback/s3.ts'

let s3: LoopbackS3
let dir: string

beforeAll(async () => {
  s3 = await startS3({ buckets: ['web'] })
  dir = mkdtempSync(join(tmpdir(), 'clipforge-page-'))
  mkdirSync(join(dir, 'samples'))
  for (const [name, body] of [
    ['index.html', '<!doctype html>'],
    ['page-AB12CD34.js', 'go()'],
    ['page-AB12CD34.js.br', 'x'],
    ['samples/clara.m4a', 'sound'],
  ] as const)
    writeFileSync(join(dir, name), body)
})
afterAll(async () => {
  await s3.close()
  rmSync(dir, { recursive: true })
})

describe('the page after a deploy', () => {
  it('lies in the bucket with where its API is, the start page last', async () => {
    const client = new S3Client({
      endpoint: s3.url,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test-secret' },
    })
    expect(await putPage({ client, bucket: 'web', dir, apiUrl: 'https://api.example.com' })).toBe(4)
    const told = async (Key: string) => {
      const object = await client.send(new GetObjectCommand({ Bucket: 'web', Key }))
      return [object.ContentType, object.CacheControl, await object.Body?.transformToString()]
    }
    expect(await told('page-AB12CD34.js')).toEqual([
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
      'go()',
    ])
    expect(await told('config.json')).toEqual(['application/json', 'no-cache', '{"api":"https://api.example.com"}'])
    expect(await told('samples/clara.m4a')).toEqual(['audio/mp4', 'public, max-age=86400', 'sound'])
    const put = s3.received.filter((line) => line.startsWith('PUT'))
    expect(put).toHaveLength(4)
    expect(put.at(-1)).toContain('/index.html')
  })

  it('finds its places in the outputs of all stacks, or says which is missing', () => {
    const outputs = {
      'clipforge-Data': { WebBucket: 'web', Region: 'eu-west-1' },
      'clipforge-Api': { Url: 'https://x.execute-api.eu-west-1.amazonaws.com/live/' },
      'clipforge-Delivery': { DomainName: 'd1.cloudfront.net' },
    }
    expect(placesIn(JSON.stringify(outputs))).toEqual({
      bucket: 'web',
      region: 'eu-west-1',
      apiUrl: 'https://x.execute-api.eu-west-1.amazonaws.com/live',
      pageUrl: 'https://d1.cloudfront.net',
    })
    expect(() => placesIn(JSON.stringify({ ...outputs, 'clipforge-Api': {} }))).toThrow('no Url of the API')
  })
})
