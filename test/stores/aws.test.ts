import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAwsStores } from '../../stores/aws.ts'
import { newVideo } from '../contract/new-video.ts'
import { startDynamo, type LoopbackDynamo } from '../loopback/dynamodb.ts'
import { startS3, type LoopbackS3 } from '../loopback/s3.ts'

let s3: LoopbackS3
let dynamo: LoopbackDynamo
beforeAll(async () => {
  s3 = await startS3({ buckets: ['uploads', 'work', 'videos'] })
  dynamo = await startDynamo()
  Object.assign(process.env, dynamo.environment, s3.environment)
})
afterAll(async () => {
  await s3.close()
  await dynamo.close()
})

const names = () => ({
  CLIPFORGE_TABLE: dynamo.table,
  CLIPFORGE_UPLOADS_BUCKET: 'uploads',
  CLIPFORGE_WORK_BUCKET: 'work',
  CLIPFORGE_VIDEOS_BUCKET: 'videos',
})
const body = new TextEncoder().encode('body')

describe('the stores of an installation on AWS', () => {
  test.each([
    ['videos/v1/video.mp4', 'video/mp4', 'videos', 'public, max-age=31536000, immutable'],
    ['videos/v1/poster.jpg', 'image/jpeg', 'videos', 'public, max-age=31536000, immutable'],
    ['videos/v1/bill.json', 'application/json', 'videos', 'private, max-age=60'],
    ['videos/v1/captions.vtt', 'text/vtt', 'videos', 'private, max-age=60'],
    ['owners/ann/uploads/abc.mp4', 'video/mp4', 'uploads', undefined],
    ['inbox/ann/list.csv', 'text/csv', 'uploads', undefined],
    ['owners/ann/assets/picture/abc.jpg', 'image/jpeg', 'work', undefined],
    ['owners/uploads/assets/picture/abc.jpg', 'image/jpeg', 'work', undefined],
  ])('keep %s (%s) in the bucket for %s', async (key, contentType, bucket, cacheControl) => {
    const { objects } = openAwsStores(names())
    await objects.put(key, body, { contentType })
    expect(s3.buckets.get(bucket, key).headers['cache-control']).toBe(cacheControl)
    expect(await objects.head(key)).toMatchObject({ key, contentType, bytes: 4 })
    expect((await objects.list(key)).objects).toHaveLength(1)
  })

  test('keep videos, claims and API keys in the table', async () => {
    const { videos, claims, keys } = openAwsStores(names())
    await videos.create(newVideo('v1'))
    expect(await videos.get('v1')).toMatchObject({ id: 'v1' })
    expect(await claims.take('k', 'a', 60)).toBe(true)
    expect(await keys.find('h')).toBeUndefined()
  })

  test('say in one line which name is missing, and only when it is needed', async () => {
    const { objects, videos } = openAwsStores({ CLIPFORGE_WORK_BUCKET: 'work' })
    await objects.put('owners/ann/renders/abc', body, { contentType: 'text/plain' })
    const missing = (variable: string) => ({
      name: 'InputError',
      message: expect.stringMatching(new RegExp(`^${variable} is not set: .*[^\n]$`)),
    })
    await expect(objects.head('videos/v1/video.mp4')).rejects.toMatchObject(missing('CLIPFORGE_VIDEOS_BUCKET'))
    await expect(objects.list('inbox/')).rejects.toMatchObject(missing('CLIPFORGE_UPLOADS_BUCKET'))
    await expect(videos.get('v1')).rejects.toMatchObject(missing('CLIPFORGE_TABLE'))
  })
})
