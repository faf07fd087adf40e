import type { Context } from 'aws-lambda'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { chooseModels } from '../../core/models.ts'
import { assetKey } from '../../core/keys.ts'
import type { Order } from '../../core/orders.ts'
import { parseRequest } from '../../core/video.ts'
import { handler } from '../../lambdas/openai.ts'
import { openAwsStores } from '../../stores/aws.ts'
import { startDynamo } from '../loopback/dynamodb.ts'
import { startOpenAI } from '../loopback/openai.ts'
import { startS3 } from '../loopback/s3.ts'
import { startEndpoint } from './aws-endpoint.ts'

const servers: { close: () => unknown }[] = []
let openai: Awaited<ReturnType<typeof startOpenAI>>
let stores: ReturnType<typeof openAwsStores>
const context = { awsRequestId: 'request-1', functionName: 'clipforge-openai', getRemainingTimeInMillis: () => 60_000 }
const invoke = (order: unknown, awsRequestId = 'request-1') => handler(order, { ...context, awsRequestId } as Context)

beforeAll(async () => {
  const [s3, dynamo] = await Promise.all([startS3({ buckets: ['work'] }), startDynamo()])
  openai = await startOpenAI()
  const secrets = await startEndpoint(() => ({ body: JSON.stringify({ SecretString: 'test-key-openai' }) }))
  servers.push(s3, dynamo, openai, secrets)
  Object.assign(process.env, s3.environment, dynamo.environment, {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    CLIPFORGE_WORK_BUCKET: 'work',
    CLIPFORGE_SERVICES: 'openai',
    CLIPFORGE_SECRET_ID: 'clipforge/openai',
    OPENAI_BASE_URL: `${openai.url}/v1`,
  })
  stores = openAwsStores()
})
afterAll(async () => {
  for (const server of servers) await server.close()
})
afterEach(() => vi.restoreAllMocks())

/** A video whose picture OpenAI is to make, and the order for it. */
async function orderFor(videoId: string, key: string): Promise<Order> {
  const request = parseRequest({ script: 'The lighthouse stood alone.', music: 'none' })
  const { choices } = chooseModels(undefined, { available: ['openai'], today: '2026-11-20' })
  await stores.videos.create({
    id: videoId,
    owner: 'me',
    createdAt: '2026-11-20T10:00:00.000Z',
    status: 'running',
    request: { ...request, choices },
    notices: [],
  })
  const model = choices.illustrate
  const scene = { prompt: 'a lighthouse', text: 'The lighthouse stood alone.', look: undefined, script: '', before: [] }
  const size = { widthPx: 1080, heightPx: 1920, seed: 1 }
  const brief = { ...scene, ...size, language: 'en', style: request.style, keywords: [], negativeKeywords: [] }
  return { kind: 'picture', service: 'openai', model, key, videoId, stage: 'illustrate', scene: 0, brief }
}

describe("a service's function", () => {
  it('makes what is ordered with the key from the secret, and keeps the ledger', async () => {
    const lines: string[] = []
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => lines.push(String(chunk)) > 0)
    const key = assetKey('me', 'picture', 'one')
    const answer = await invoke(await orderFor('video-1', key))
    vi.restoreAllMocks()
    expect(answer).toEqual({})
    expect(await stores.objects.head(key)).toMatchObject({ contentType: expect.stringMatching(/^image\//) })
    expect(openai.received.at(-1)!.headers['authorization']).toBe('Bearer test-key-openai')
    expect(await stores.videos.calls('video-1')).toMatchObject([{ stage: 'illustrate', scene: 0, outcome: 'made' }])
    expect(lines.join('')).not.toMatch(/test-key-openai|lighthouse/)
  })

  it('buys once what two videos order at once', async () => {
    const key = assetKey('me', 'picture', 'two')
    const orders = await Promise.all([orderFor('video-2', key), orderFor('video-3', key)])
    const before = openai.received.length
    await Promise.all(orders.map((order, number) => invoke(order, `request-${number}`)))
    expect(openai.received).toHaveLength(before + 1)
    expect(await stores.videos.calls('video-3')).toMatchObject([{ outcome: 'made' }])
  })

  it('refuses an order for another service', async () => {
    vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
    vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
    const order = { ...(await orderFor('video-4', 'owners/me/assets/picture/x.jpg')), service: 'gemini' }
    await expect(invoke(order)).rejects.toMatchObject({
      name: 'InputError',
      message: "service: must be 'openai', whose function this is, not 'gemini'",
    })
  })
})
