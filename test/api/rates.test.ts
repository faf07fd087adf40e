import { expect, test } from 'vitest'
import { openLimits, usualRates } from '../../api/rates.ts'

const ann = { owner: 'ann', usageIdentifier: 'clipforge-1' }

test('what is left is said as the draft has it, each kind for itself', async () => {
  const limit = openLimits({ requestsPerMinute: 3, videosPerMinute: 1 })
  expect(await limit(ann, 'request')).toEqual({
    headers: { 'RateLimit-Policy': '"requests";q=3;w=60', RateLimit: '"requests";r=2;t=60' },
  })
  expect(await limit(ann, 'video')).toMatchObject({ headers: { RateLimit: '"videos";r=0;t=60' } })
  const { headers, retryAfterSeconds } = await limit(ann, 'video')
  expect(retryAfterSeconds).toBeGreaterThanOrEqual(1)
  expect(headers).toEqual({
    'RateLimit-Policy': '"videos";q=1;w=60',
    RateLimit: `"videos";r=0;t=${retryAfterSeconds}`,
  })
  expect(await limit(ann, 'request')).not.toHaveProperty('retryAfterSeconds')
})

test('keys that are counted together share what there is; others have their own', async () => {
  const limit = openLimits({ requestsPerMinute: 2, videosPerMinute: 2 })
  await limit(ann, 'request')
  await limit({ ...ann, owner: 'own_1' }, 'request')
  expect(await limit({ ...ann, owner: 'own_2' }, 'request')).toHaveProperty('retryAfterSeconds')
  expect(await limit({ owner: 'bob' }, 'request')).not.toHaveProperty('retryAfterSeconds')
})

test('what one owner does is not told to another that is counted with it', async () => {
  const limit = openLimits({ requestsPerMinute: 5, videosPerMinute: 2 })
  const left = async (owner: string) => (await limit({ ...ann, owner }, 'request')).headers['RateLimit']
  await left('ann')
  await left('ann')
  expect(await left('own_1')).toBe('"requests";r=4;t=60')
})

test('500 videos at once and 500 reads a second for a minute are within the usual', async () => {
  const limit = openLimits()
  const videos = await Promise.all(Array.from({ length: 700 }, () => limit(ann, 'video')))
  expect(videos.filter(({ retryAfterSeconds }) => retryAfterSeconds === undefined)).toHaveLength(600)
  expect(usualRates.requestsPerMinute).toBeGreaterThanOrEqual(500 * 60)
})
