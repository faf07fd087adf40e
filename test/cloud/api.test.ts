// The API on AWS, as clients use it: behind the gateway's events and its authorizer, with links that load where they can
// be followed here, and executions that make what was asked.
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { functions, type FunctionName } from '../../lib/functions.ts'
import { buildLambdas } from '../../scripts/build-lambdas/build.ts'
import { dots, writePicture } from '../render-container/media.ts'
import {
  type Client,
  clientOf,
  executionsOf,
  type Form,
  itemsOf,
  keysUnder,
  linkedObjects,
  loaded,
  sent,
} from './client.ts'
import { type Cloud, startCloud, startServers } from './cloud.ts'
import { toldByStacks } from './told.ts'

let dir = ''
let servers: Awaited<ReturnType<typeof startServers>>
let cloud: Cloud
let [owner, key] = ['', '']
let ann: Client

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'clipforge-api-'))
  const bundles = join(dir, 'bundles')
  const [started, told] = await Promise.all([
    startServers(),
    toldByStacks(),
    buildLambdas({ names: needed(), arch: 'host', outDir: bundles }),
  ])
  servers = started
  cloud = await startCloud({ servers, bundles, told })
}, 240_000)
beforeEach(async () => {
  cloud.jobs.withhold()
  owner = `owner-${randomUUID()}`
  key = await cloud.keyOf(owner)
  ann = clientOf(cloud, key)
})
afterAll(async () => {
  await cloud.close()
  await servers.close()
  await rm(dir, { recursive: true, force: true })
})

/** No service is called here, and nothing else that happens by itself. */
function needed(): FunctionName[] {
  const names = Object.keys(functions) as FunctionName[]
  return names.filter(
    (name) => functions[name].kind === 'stage' || functions[name].kind === 'edge' || name === 'on-end',
  )
}

const small = { resolution: '720p', fps: 24, quality: 'draft', music: 'none', scenes: 2 }
const script = 'A goat found coffee on a hill. The monks drank it at night.'

test('a video is followed, changed, varied, shared and deleted', { timeout: 300_000 }, async () => {
  const release = cloud.jobs.hold()
  const id = await ann.accepted('POST', '/v1/videos', { script, ...small })
  const shown = await ann.until(id, ({ scenes }) => scenes.length === 2 && scenes.every(({ picture }) => picture.link))
  expect(shown).toMatchObject({ status: 'running', edition: 1 })
  const pictures = shown.scenes.map(({ picture }) => picture.link!)
  for (const link of pictures) expect(await loaded(link)).toMatch(/^200 image\/jpeg [1-9]/)
  expect(await loaded(pictures[0]!.replace(/Signature=\w/, 'Signature=x'))).toMatch(/^403/)
  const told = await ann.ask('GET', `/v1/videos/${id}/events`)
  expect(told).toMatchObject({ status: 200, headers: { 'content-type': expect.stringContaining('text/event-stream') } })
  expect(told.text).toMatch(/^event: plan$/m)
  expect(told.text).not.toMatch(/^event: end$/m)
  release()
  await cloud.settled()
  expect((await ann.ask('GET', `/v1/videos/${id}/events`)).text).toMatch(/^event: end\ndata: \{"status":"done"\}$/m)
  expect(await linkedObjects(cloud, await ann.details(id))).toEqual(expect.arrayContaining([`videos/${id}/video.mp4`]))

  // Another picture of one scene: a second execution, of which only that is made.
  const before = await cloud.stores.videos.calls(id)
  await ann.accepted('PATCH', `/v1/videos/${id}/scenes/1`, { redo: true })
  await cloud.settled()
  expect(executionsOf(cloud, id)).toEqual([`${id}-1 SUCCEEDED`, `${id}-2 SUCCEEDED`])
  const second = await ann.details(id)
  expect(second).toMatchObject({ status: 'done', edition: 2 })
  const names = (await linkedObjects(cloud, second)).map((name) => name.replace(`videos/${id}/`, ''))
  expect(names).toEqual(expect.arrayContaining(['v2/video.mp4', 'v2/bill.json', 'v2/preview.webp']))
  expect(names.filter((name) => !name.startsWith('v2/'))).toEqual([])
  expect(await cloud.stores.objects.head(`videos/${id}/video.mp4`), 'a link to the first goes on working').toBeDefined()
  const after = (await cloud.stores.videos.calls(id)).slice(before.length)
  expect(after.map(({ stage, scene }) => [stage, scene])).toEqual([['illustrate', 0]])
  const now = second.scenes.map(({ picture }) => new URL(picture.link!).pathname)
  expect(now[0]).not.toBe(new URL(pictures[0]!).pathname)
  expect(now[1]).toBe(new URL(pictures[1]!).pathname)

  const variant = await ann.accepted('POST', `/v1/videos/${id}/variants`, { format: '1:1' })
  await cloud.settled()
  expect(await ann.details(variant)).toMatchObject({ status: 'done', format: '1:1', variantOf: id, edition: 1 })
  expect((await cloud.stores.videos.calls(variant)).filter(({ stage }) => stage === 'illustrate')).toEqual([])

  const { token, link } = (await ann.ask('POST', `/v1/videos/${id}/share`)).body as { token: string; link: string }
  expect(link).toBe(`https://d111111abcdef8.cloudfront.net/#/watch/${token}`)
  const shared = await cloud.request(undefined, 'GET', `/shares/${token}`)
  expect(shared).toMatchObject({ status: 200, body: { format: '9:16' } })
  expect((shared.body['links'] as Record<string, string>)['video.mp4']).toMatch(/\/v2\/video\.mp4\?.*Signature=/)
  expect(JSON.stringify(shared.body)).not.toMatch(/bill\.json|owners\//)

  const head = await ann.ask('HEAD', `/v1/videos/${id}`)
  expect([head.status, head.text]).toEqual([200, ''])
  const asked = [
    ['GET', ''],
    ['GET', '/events'],
    ['POST', '/cancel'],
    ['POST', '/retry'],
    ['POST', '/share'],
    ['DELETE', ''],
    ['DELETE', '/edition'],
    ['PATCH', '/scenes/1', { redo: true }],
    ['POST', '/variants', { format: '1:1' }],
  ] as const
  const stranger = await cloud.keyOf('stranger')
  for (const [method, path, body] of asked)
    expect(await cloud.request(stranger, method, `/v1/videos/${id}${path}`, body), `${method} ${path}`).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    })

  expect((await ann.ask('DELETE', `/v1/videos/${id}`)).status).toBe(204)
  expect((await ann.ask('GET', `/v1/videos/${id}`)).status).toBe(404)
  expect((await cloud.request(undefined, 'GET', `/shares/${token}`)).status).toBe(404)
  expect(await keysUnder(cloud, `videos/${id}/`)).toEqual([])
  expect(await itemsOf(cloud, servers, id)).toEqual([])
  expect(
    (await ann.details(variant)).scenes.every(({ picture }) => picture.link),
    'what it shares stays',
  ).toBe(true)
  for (const { picture } of (await ann.details(variant)).scenes) expect(await loaded(picture.link!)).toMatch(/^200/)
  expect((await ann.ask('DELETE', `/v1/videos/${variant}`)).status).toBe(204)
  for (const prefix of [`owners/${owner}/assets/`, `owners/${owner}/renders/`, `parts/${owner}/`])
    expect(await keysUnder(cloud, prefix)).toEqual([])
})

test(
  "a file is sent with a form, looked into, used in a video, and is nobody else's",
  { timeout: 180_000 },
  async () => {
    const { status, body } = await ann.ask('POST', '/v1/uploads', { name: 'goat.png' })
    expect(status).toBe(201)
    const upload = String(body['id'])
    expect(await ann.ask('POST', `/v1/uploads/${upload}/check`)).toMatchObject({ status: 409 })
    const png = await readFile(await writePicture(join(dir, 'goat.png'), [640, 360], dots(1)))
    expect(await sent(body['form'] as Form, png)).toBe(204)
    const checked = await ann.ask('POST', `/v1/uploads/${upload}/check`)
    expect(checked).toMatchObject({ status: 200, body: { state: 'ready', kind: 'picture', width: 640, height: 360 } })
    expect(await loaded(String(checked.body['link']))).toMatch(/^200 image\/png /)

    const lie = (await ann.ask('POST', '/v1/uploads', { name: 'no.png' })).body
    expect(await sent(lie['form'] as Form, Buffer.from('<svg/>'))).toBe(204)
    expect(await ann.ask('POST', `/v1/uploads/${String(lie['id'])}/check`)).toMatchObject({
      status: 200,
      body: { state: 'refused', reason: expect.any(String) as string },
    })

    const other = await cloud.keyOf('other')
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/check'],
      ['DELETE', ''],
    ] as const)
      expect((await cloud.request(other, method, `/v1/uploads/${upload}${path}`)).status).toBe(404)
    const scenes = [
      { text: 'A goat found coffee on a hill.', picture: upload },
      { text: 'The monks drank it at night.' },
    ]
    expect((await cloud.request(other, 'POST', '/v1/videos', { ...small, scenes })).status).toBe(404)
    const id = await ann.accepted('POST', '/v1/videos', { ...small, scenes })
    await cloud.settled()
    const made = await ann.details(id)
    expect(made.status).toBe('done')
    expect(made.scenes.map(({ picture }) => picture.isOwn)).toEqual([true, false])
    expect(made.request).toMatchObject({ scenes: [{ picture: upload }, {}] })

    // By its id in a dropped file, too; the second line names nobody's.
    const line = (own: string) => JSON.stringify({ ...small, scenes: [{ text: 'A goat.', picture: own }] })
    const dropped = `inbox/${owner}/two.jsonl`
    const lines = [line(upload), line('upl_0000000000000000000000')].join('\n')
    await cloud.stores.objects.put(dropped, Buffer.from(lines), { contentType: 'application/jsonl' })
    await cloud.settled()
    const manifest = JSON.parse(Buffer.from(await cloud.stores.objects.get(`${dropped}.manifest.json`)).toString())
    expect(manifest).toMatchObject({ entries: [{ ok: true }, { ok: false, error: expect.stringContaining('upload') }] })
    expect((await ann.details(String((manifest as Manifest).entries[0]!.videoId))).status).toBe('done')
    expect((await ann.ask('DELETE', `/v1/uploads/${upload}`)).status).toBe(204)
    expect(await keysUnder(cloud, `owners/${owner}/uploads/`)).toEqual([expect.stringContaining('/records/')])
  },
)

test('a video that failed is made again, with what was made of it', { timeout: 180_000 }, async () => {
  cloud.jobs.withhold('spot', 'on-demand', 'processor')
  const id = await ann.accepted('POST', '/v1/videos', { script: 'A clock stopped in the market.', ...small, scenes: 1 })
  await cloud.settled()
  const failed = await ann.details(id)
  expect(failed).toMatchObject({ status: 'failed', error: { message: expect.any(String) } })
  const made = (await cloud.stores.videos.calls(id)).length
  cloud.jobs.withhold()
  await ann.accepted('POST', `/v1/videos/${id}/retry`)
  await cloud.settled()
  expect(await ann.details(id)).toMatchObject({ status: 'done', edition: 1 })
  expect(executionsOf(cloud, id)).toEqual([`${id}-1 FAILED`, `${id}-2 SUCCEEDED`])
  expect(await cloud.stores.videos.calls(id)).toHaveLength(made)
  expect((await ann.ask('POST', `/v1/videos/${id}/retry`)).status).toBe(409)
})

test(
  'keys are made, renewed and ended at once; the secret of webhooks is its own for each',
  { timeout: 60_000 },
  async () => {
    const made = await ann.ask('POST', '/v1/keys', { name: 'guest', space: 'own' })
    expect(made.status).toBe(201)
    const [guest, guestId] = [String(made.body['key']), String(made.body['id'])]
    const secretOf = async (of: string) => (await cloud.request(of, 'GET', '/v1/webhooks/secret')).body['secret']
    expect(await secretOf(key)).toMatch(/^whsec_/)
    expect(await secretOf(guest)).not.toBe(await secretOf(key))
    const before = await secretOf(key)
    expect((await ann.ask('POST', '/v1/webhooks/secret/rotate')).body['secret']).not.toBe(before)

    expect((await ann.ask('POST', `/v1/keys/${guestId}/rotate`, {})).status).toBe(409)
    const renewed = await cloud.request(guest, 'POST', `/v1/keys/${guestId}/rotate`)
    expect(renewed.status).toBe(201)
    expect((await cloud.request(guest, 'GET', '/v1/videos')).status).toBe(401)
    const now = String(renewed.body['key'])
    expect((await cloud.request(now, 'GET', '/v1/videos')).body).toEqual({ videos: [] })
    expect((await cloud.request(undefined, 'GET', '/v1/videos', undefined, { 'x-api-key': now })).status).toBe(200)
    expect((await ann.ask('DELETE', `/v1/keys/${String(renewed.body['id'])}`)).status).toBe(204)
    expect((await cloud.request(now, 'GET', '/v1/videos')).status).toBe(401)
  },
)

test('what is open to everybody, and what is for tools', { timeout: 60_000 }, async () => {
  const open = (path: string, method = 'GET') => cloud.request(undefined, method, path)
  expect((await open('/health')).body).toEqual({ status: 'ok' })
  expect(await open('/health', 'HEAD')).toMatchObject({ status: 200, text: '' })
  expect((await open('/openapi.json')).body).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/prod' }] })
  expect((await open('/reference')).headers['content-type']).toContain('text/html')
  for (const choices of ['config', 'styles', 'voices', 'formats'])
    expect((await open(`/api/${choices}`)).status).toBe(200)
  expect((await open('/api/all-videos')).status).toBe(401)
  const listing = { jsonrpc: '2.0', id: 1, method: 'tools/list' }
  const accept = { accept: 'application/json, text/event-stream' }
  const tools = await cloud.request(key, 'POST', '/mcp', listing, accept)
  expect(tools).toMatchObject({ status: 200, body: { result: { tools: expect.any(Array) } } })
  expect((await cloud.request(undefined, 'POST', '/mcp', listing, accept)).status).toBe(401)
})

type Manifest = { entries: { videoId?: string }[] }
