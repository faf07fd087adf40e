// The whole way on AWS, from a request or a dropped file to a file that plays, with what goes wrong on it: the bundled
// functions, the document, the container's entry point, and servers that speak AWS's protocols.
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { VideoStatus } from '../../core/video.ts'
import { buildLambdas } from '../../scripts/build-lambdas/build.ts'
import { startElevenLabs } from '../loopback/elevenlabs.ts'
import { startOpenAI } from '../loopback/openai.ts'
import { type Cloud, startCloud, startServers } from './cloud.ts'
import { type Told, toldByStacks } from './told.ts'

let bundles = ''
let told: Told
let servers: Awaited<ReturnType<typeof startServers>>
/** One for all tests but that of the services: its functions are warm after the first. */
let cloud: Cloud
let owner = ''
let key = ''

beforeAll(async () => {
  servers = await startServers()
  told = await toldByStacks()
  bundles = await mkdtemp(join(tmpdir(), 'clipforge-bundles-'))
  await buildLambdas({ arch: 'host', outDir: bundles, mustBeAll: true })
  cloud = await startCloud({ servers, bundles, told })
}, 240_000)
beforeEach(async () => {
  cloud.deliver('once')
  cloud.jobs.withhold()
  owner = `owner-${randomUUID()}`
  key = await cloud.keyOf(owner)
})
afterAll(async () => {
  await cloud.close()
  await servers.close()
  await rm(bundles, { recursive: true, force: true })
  await rm(`${bundles}-maps`, { recursive: true, force: true })
})

const small = { resolution: '720p', fps: 24, quality: 'draft', music: 'none', scenes: 2 }
const script = 'A goat found coffee on a hill. The monks drank it at night.'

describe('a video on AWS', { timeout: 120_000 }, () => {
  test('goes from a request to a file that plays, behind a signed link, with its bill', async () => {
    const id = await submitted({}, { 'Idempotency-Key': 'order-1' })
    expect(await submitted({}, { 'Idempotency-Key': 'order-1' })).toBe(id)
    await cloud.settled()

    const { status, links } = await detailsOf(id)
    expect(status).toBe('done')
    expect(links?.['video.mp4']).toMatch(/^https:\/\/d111111abcdef8\.cloudfront\.net\/videos\/vid_.*Signature=/)
    expect(await delivered(id, 'qc.json')).toMatchObject({ ok: true })
    const { lines } = (await delivered(id, 'bill.json')) as { lines: { stage: string }[] }
    expect(lines.find(({ stage }) => stage === 'compose')).toMatchObject({
      provider: 'AWS',
      model: expect.stringMatching(/^g4dn\.xlarge spot, /),
      costMicroUsd: expect.any(Number),
    })
    expect(await cloud.stores.objects.head(`videos/${id}/video.mp4`)).toMatchObject({ contentType: 'video/mp4' })
    expect(commandsFor(id)).toEqual(['compose'])
    expect(cloud.functions.invocations('warm')).toBe(1)
  })

  test('is seen by its owner alone, and asked for with a key alone', async () => {
    cloud.controlPlane.fail('StartExecution', Infinity)
    await cloud.request(key, 'POST', '/v1/videos', { script, ...small })
    cloud.controlPlane.fail('StartExecution', 0)
    const [{ id } = { id: '' }] = (await cloud.stores.videos.list(owner)).videos
    const stranger = await cloud.keyOf('stranger')
    expect((await cloud.request(key, 'GET', `/v1/videos/${id}`)).status).toBe(200)
    expect((await cloud.request(stranger, 'GET', `/v1/videos/${id}`)).status).toBe(404)
    expect((await cloud.request(stranger, 'POST', `/v1/videos/${id}/cancel`)).status).toBe(404)
    expect((await cloud.request(stranger, 'GET', '/v1/videos')).body['videos']).toEqual([])
    expect((await cloud.request(undefined, 'GET', '/v1/videos')).status).toBe(401)
    expect((await cloud.request(key, 'POST', '/v1/videos', { script: '', ...small })).status).toBe(422)
  })

  test('comes from each good line of a dropped file, once, however often S3 tells of it', async () => {
    cloud.deliver('twice')
    const line = (more: object) => JSON.stringify({ script, ...small, ...more })
    const body = [line({}), '{"script": 7}', line({ style: 'comic-noir' })].join('\n')
    const dropped = `inbox/${owner}/three.jsonl`
    await cloud.stores.objects.put(dropped, new TextEncoder().encode(body), { contentType: 'application/jsonl' })
    await cloud.settled()

    const manifest = (await json(`${dropped}.manifest.json`)) as { entries: { ok: boolean; error?: string }[] }
    expect(manifest.entries.map(({ ok }) => ok)).toEqual([true, false, true])
    expect(manifest.entries[1]!.error).toContain('script')
    expect(await statuses()).toEqual(['done', 'done'])
  })
})

describe('when something goes wrong on the way', { timeout: 120_000 }, () => {
  test('a machine that is taken away costs what it had begun, and nothing of what it had finished', async () => {
    const before = cloud.segments()
    cloud.jobs.reclaim(() => cloud.segments() > before)
    const id = await submitted({ scenes: 6, script: `${script} ${script}` })
    await cloud.settled()
    expect((await detailsOf(id)).status).toBe('done')
    const job = cloud.jobs.jobs.find(({ JobName }) => JobName === `compose-${id}`)
    expect(job).toMatchObject({ attempts: 2, ended: { Status: 'SUCCEEDED' } })
    const { render } = (await delivered(id, 'qc.json')) as { render: Record<string, number> }
    expect(render['segmentsRendered']).toBeLessThan(render['segmentsTotal']!)
  })

  test('a render that finds no GPU goes to the processor, and the video says so', async () => {
    cloud.jobs.withhold('spot', 'on-demand')
    const id = await submitted()
    await cloud.settled()
    const { status, notices } = await detailsOf(id)
    expect(status).toBe('done')
    expect(notices.join('\n')).toContain('made without a GPU')
    expect(commandsFor(id)).toEqual(['compose', 'compose', 'compose'])
  })

  test('a start that got lost is made up for by the sweeper, though not at once', async () => {
    cloud.controlPlane.fail('StartExecution', Infinity)
    await cloud.request(key, 'POST', '/v1/videos', { script, ...small })
    cloud.controlPlane.fail('StartExecution', 0)
    expect(await statuses()).toEqual(['queued'])
    await cloud.sweep()
    expect(await statuses(), 'whoever took it may still be about to start it').toEqual(['queued'])
    const [{ id } = { id: '' }] = (await cloud.stores.videos.list(owner)).videos
    await age(id)
    await cloud.sweep()
    await cloud.settled()
    expect((await detailsOf(id)).status).toBe('done')
  })

  test('cancelling stops the job that renders', async () => {
    const before = cloud.segments()
    const id = await submitted({ scenes: 6, script: `${script} ${script}`, style: 'comic-noir' })
    while (cloud.segments() === before) await sleep(20)
    expect((await cloud.request(key, 'POST', `/v1/videos/${id}/cancel`)).status).toBe(200)
    await cloud.settled()
    expect(cloud.jobs.running()).toBe(0)
    expect((await detailsOf(id)).status).toBe('cancelled')
    await expect(delivered(id, 'qc.json')).rejects.toMatchObject({ name: 'NotFoundError' })
  })
})

test(
  'services are called by their own functions, never more at once than their accounts allow, and paid once',
  { timeout: 120_000 },
  async () => {
    const keys = { openai: 'test-key-cloud-openai', elevenlabs: 'test-key-cloud-elevenlabs' }
    const openai = await startOpenAI({ key: keys.openai, delayMs: () => 200 })
    const elevenlabs = await startElevenLabs({ key: keys.elevenlabs, delayMs: () => 200 })
    const services = {
      openai: { baseUrl: `${openai.url}/v1`, key: keys.openai },
      elevenlabs: { baseUrl: elevenlabs.url, key: keys.elevenlabs },
    }
    const served = await startCloud({ servers, bundles, told, services, reserved: { openai: 2, elevenlabs: 1 } })
    onTestFinished(async () => {
      await served.close()
      await Promise.all([openai.close(), elevenlabs.close()])
    })
    const ann = await served.keyOf(owner)
    served.functions.throttle('openai', 3)
    served.functions.throttle('narrate', 1)
    // The process that speaks is killed once, while it waits for the answer.
    const killed = killOnce(served, 'elevenlabs', () => elevenlabs.received.length > 0)
    // The first two want the same of the services.
    const scripts = [script, script, 'A clock stopped in the market. Nobody looked up.']
    const answers = await Promise.all(
      scripts.map((text) => served.request(ann, 'POST', '/v1/videos', { ...small, script: text })),
    )
    await served.settled()
    await killed

    const ids = answers.map(({ body }) => String(body['id']))
    for (const id of ids) expect(await served.stores.videos.get(id)).toMatchObject({ status: 'done' })
    expect(openai.mostAtOnce()).toBeLessThanOrEqual(2)
    expect(elevenlabs.mostAtOnce()).toBeLessThanOrEqual(1)
    const calls = (await Promise.all(ids.map((id) => served.stores.videos.calls(id)))).flat()
    const paid = calls.filter(({ charges = [] }) => charges.some(({ costMicroUsd }) => costMicroUsd > 0))
    // Two scripts: of each a plan, a narration and two pictures. The killed one's answer is the only thing lost: its
    // call stays open in the bill, and nobody stands in for a service that did nothing wrong.
    expect(paid.length).toBe(8)
    expect(openai.received.length + elevenlabs.received.length).toBe(paid.length + 1)
    expect(calls.filter(({ settledAt }) => settledAt === undefined).map(({ provider }) => provider)).toEqual([
      'elevenlabs',
    ])
    expect(new Set(paid.flatMap(({ stage, provider }) => (stage === 'narrate' ? provider : [])))).toEqual(
      new Set(['elevenlabs']),
    )
    const log = await readFile(served.logFile, 'utf8')
    for (const secret of [...Object.values(keys), ann, script]) expect(log).not.toContain(secret)
  },
)

async function killOnce(where: Cloud, name: 'elevenlabs', when: () => boolean): Promise<void> {
  while (!when()) await sleep(5)
  where.functions.kill(name)
}

async function submitted(more: object = {}, headers: object = {}): Promise<string> {
  const { status, body } = await cloud.request(key, 'POST', '/v1/videos', { script, ...small, ...more }, headers)
  expect(status, JSON.stringify(body)).toBe(202)
  return String(body['id'])
}

type Details = { status: VideoStatus; links?: Record<string, string>; notices: string[] }

async function detailsOf(id: string): Promise<Details> {
  const { status, body } = await cloud.request(key, 'GET', `/v1/videos/${id}`)
  expect(status).toBe(200)
  return body as Details
}

async function statuses(): Promise<VideoStatus[]> {
  return (await cloud.stores.videos.list(owner)).videos.map(({ status }) => status)
}

function commandsFor(id: string): (string | undefined)[] {
  const jobs = cloud.jobs.jobs.filter(({ JobName }) => JobName === `compose-${id}`)
  return jobs.map(({ ContainerOverrides }) => ContainerOverrides?.Command?.[0])
}

function delivered(id: string, name: string): Promise<unknown> {
  return json(`videos/${id}/${name}`)
}

async function json(objectKey: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await cloud.stores.objects.get(objectKey)))
}

/** As if it had been accepted ten minutes ago. */
async function age(id: string): Promise<void> {
  const client = DynamoDBDocumentClient.from(servers.dynamo.client)
  const place = { TableName: cloud.table, Key: { pk: `VIDEO#${id}`, sk: 'RECORD' } }
  const { Item = {} } = await client.send(new GetCommand(place))
  const old = new Date(Date.now() - 600_000).toISOString()
  const whole = JSON.stringify(Item).replaceAll(String((await cloud.stores.videos.get(id))?.createdAt), old)
  await client.send(new PutCommand({ TableName: cloud.table, Item: JSON.parse(whole) as Record<string, unknown> }))
}
