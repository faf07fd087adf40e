import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import type { APIGatewayProxyEvent } from 'aws-lambda'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openAwsStores } from '../../stores/aws.ts'
import { startEndpoint, type Endpoint } from '../lambdas/aws-endpoint.ts'
import { context, startAws } from './aws.ts'

let aws: Awaited<ReturnType<typeof startAws>>
let secrets: Endpoint
let secret: string | undefined
let handler: typeof import('../../lambdas/api.ts').handler
const { privateKey, publicKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
beforeAll(async () => {
  aws = await startAws()
  secrets = await startEndpoint(() =>
    secret === undefined
      ? { status: 400, body: '{"__type":"ResourceNotFoundException","message":"no value"}' }
      : { body: JSON.stringify({ SecretString: secret }) },
  )
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    CLIPFORGE_SIGNING_SECRET_ID: 'signing',
    CLIPFORGE_DELIVERY_DOMAIN: 'd.example',
  })
  ;({ handler } = await import('../../lambdas/api.ts'))
})
afterAll(async () => {
  await secrets.close()
  await aws.close()
})

async function ask(httpMethod: string, path: string, body?: object, owner: string | undefined = 'ann') {
  const event = {
    httpMethod,
    path,
    resource: '/v1/{proxy+}',
    headers: { 'Content-Type': 'application/json', Host: 'abc.execute-api.us-east-1.amazonaws.com' },
    multiValueHeaders: { 'Content-Type': ['application/json'], Host: ['abc.execute-api.us-east-1.amazonaws.com'] },
    body: body ? JSON.stringify(body) : null,
    isBase64Encoded: false,
    requestContext: { path: `/live${path}`, authorizer: owner === '' ? undefined : { owner, keyId: 'k', plan: 'p' } },
  } as unknown as APIGatewayProxyEvent
  const { statusCode, headers, multiValueHeaders, body: text } = await handler(event, context())
  const all = {
    ...headers,
    ...Object.fromEntries(Object.entries(multiValueHeaders ?? {}).map(([name, [value]]) => [name, value])),
  }
  return {
    status: statusCode,
    headers: all as Record<string, string>,
    body: JSON.parse(text) as Record<string, unknown>,
  }
}

it('makes a video of a request behind API Gateway, and links to its files when it is done', async () => {
  const { status, headers, body } = await ask('POST', '/v1/videos', { script: 'A goat walks.' })
  const id = String(body['id'])
  expect([status, headers['location']]).toEqual([202, `/live/v1/videos/${id}`])
  expect([...aws.executions.values()]).toEqual([{ name: `${id}-1`, input: `{"videoId":"${id}"}`, status: 'RUNNING' }])

  await openAwsStores().videos.update(id, 2, { status: 'done' })
  const without = await ask('GET', `/v1/videos/${id}`)
  expect(without.status).toBe(200)
  expect(without.body['notices']).toEqual([expect.stringMatching(/^links: the operator has not put the key/)])

  secret = JSON.stringify({ privateKey, keyPairId: 'K123' })
  const links = (await ask('GET', `/v1/videos/${id}`)).body['links'] as Record<string, string>
  const url = new URL(links['video.mp4']!)
  expect(url.origin + url.pathname).toBe(`https://d.example/videos/${id}/video.mp4`)
  expect(url.searchParams.get('Key-Pair-Id')).toBe('K123')
  const until = Number(url.searchParams.get('Expires')) * 1000 - Date.now()
  expect(until / 3_600_000).toBeGreaterThan(23.9)
  const policy = JSON.stringify({
    Statement: [
      {
        Resource: `https://d.example/videos/${id}/video.mp4`,
        Condition: { DateLessThan: { 'AWS:EpochTime': Number(url.searchParams.get('Expires')) } },
      },
    ],
  })
  const signature = url.searchParams.get('Signature')!.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/')
  expect(verify('sha1', Buffer.from(policy), createPublicKey(publicKey), Buffer.from(signature, 'base64'))).toBe(true)
})

it('stops the execution of a video that is cancelled', async () => {
  const id = String((await ask('POST', '/v1/videos', { script: 'A goat walks.' })).body['id'])
  expect((await ask('POST', `/v1/videos/${id}/cancel`)).body).toMatchObject({ status: 'cancelled' })
  expect(aws.executions.get(`${id}-1`)?.status).toBe('ABORTED')
  expect((await ask('POST', `/v1/videos/${id}/cancel`)).status).toBe(200)
})

it('gives a form with which a file can be sent to the inbox, and no larger one', async () => {
  const { body } = await ask('POST', '/v1/uploads', { name: 'goats.txt' })
  const { url, fields } = body['form'] as { url: string; fields: Record<string, string> }
  const send = async (text: string) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    form.append('file', new Blob([text]), 'goats.txt')
    return (await fetch(url, { method: 'POST', body: form })).status
  }
  expect(await send('A goat walks.')).toBe(204)
  expect(aws.s3.buckets.get('uploads', String(body['key'])).bytes.toString()).toBe('A goat walks.')
  expect(await send('x'.repeat(2_000_001))).toBe(400)
})

it('lets nobody in whom the authorizer does not name', async () => {
  expect((await ask('GET', '/v1/videos', undefined, '')).status).toBe(401)
  expect((await ask('GET', '/health', undefined, '')).body).toEqual({ status: 'ok' })
})

it("lists the owner's videos", async () => {
  const { status, body } = await ask('GET', '/v1/videos')
  expect(status).toBe(200)
  expect(body['videos']).toHaveLength(2)
})
