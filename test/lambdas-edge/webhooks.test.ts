import type { EventBridgeEvent } from 'aws-lambda'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openPost } from '../../api/webhooks/post.ts'
import { tellForAMinute } from '../../lambdas/edge/webhook-minute.ts'
import { newVideoId } from '../../core/submit.ts'
import { parseRequest } from '../../core/video.ts'
import { openAwsStores } from '../../stores/aws.ts'
import { startReceiver, status } from '../api/webhooks/receiver.ts'
import { newVideo } from '../contract/new-video.ts'
import { arnOf, context, logged, startAws } from './aws.ts'

let aws: Awaited<ReturnType<typeof startAws>>
let receiver: Awaited<ReturnType<typeof startReceiver>>
let stores: ReturnType<typeof openAwsStores>
let secret = ''
beforeAll(async () => {
  aws = await startAws()
  stores = openAwsStores()
  secret = await stores.webhooks.secret('ann')
})
beforeEach(async () => {
  receiver = await startReceiver(() => secret)
  process.env['CLIPFORGE_ALLOW_PRIVATE_URLS'] = receiver.host
  return receiver.close
})
afterAll(() => aws.close())

async function running(): Promise<string> {
  const id = newVideoId()
  const request = parseRequest({ script: 'A goat.', webhookUrl: receiver.url })
  await stores.videos.create(newVideo(id, { request }))
  await stores.videos.appendEvent(id, { at: new Date().toISOString(), type: 'attempt', attempt: 1 })
  await stores.videos.update(id, 1, { status: 'running' })
  return id
}
const told = () => receiver.told.map(({ body }) => (body as { type: string }).type)

it('the function tells of the videos that are made, and of their end', async () => {
  const { handler: deliver } = await import('../../lambdas/deliver.ts')
  const { handler: onEnd } = await import('../../lambdas/on-end.ts')
  const id = await running()
  await stores.videos.update(id, 2, { status: 'cancelled' })
  const name = `${id}-1`
  const times = { startDate: Date.now() - 60_000, stopDate: Date.now() }
  const detail = { executionArn: arnOf(name), name, status: 'ABORTED', ...times }
  await logged(() => onEnd({ detail } as unknown as EventBridgeEvent<string, unknown>, context()))
  await logged(() => deliver({}, context()))
  expect(told()).toEqual(['video.cancelled'])
})

it('goes on while there is something to tell, and ends when there is not', async () => {
  const id = await running()
  const { post, close } = openPost({ allowed: [receiver.host] })
  const ports = { ...stores, post, onError: (_id: string, error: unknown) => Promise.reject(error) }
  receiver.answers.push(status(503))
  const times = { tellEveryMs: 50, sendEveryMs: 50, lastRoundMs: 600 }
  expect(await tellForAMinute(ports, times)).toBe(2)
  expect(told().toSorted()).toEqual(['video.progress', 'video.started'])
  await stores.videos.update(id, 2, { status: 'failed', error: { name: 'InputError', message: 'script: no' } })
  // What is to come again in 5 s is the next minute's.
  expect(await tellForAMinute(ports, times)).toBe(0)
  await close()
})

it('the sweeper tells of what it gives up', async () => {
  const { handler: sweep } = await import('../../lambdas/sweep.ts')
  const id = await running()
  for (const attempt of [2, 3])
    await stores.videos.appendEvent(id, { at: new Date().toISOString(), type: 'attempt', attempt, afterLoss: true })
  aws.executions.set(`${id}-3`, { name: `${id}-3`, input: '', status: 'FAILED', stopDate: Date.now() / 1000 - 600 })
  await logged(() => sweep({}, context()))
  const [message] = await stores.webhooks.list('ann', { videoId: id })
  expect(JSON.parse(message!.body)).toMatchObject({
    type: 'video.failed',
    data: { error: { name: 'LostError' }, attempt: 3 },
  })
})
