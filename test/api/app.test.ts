import { beforeEach, describe, expect, it } from 'vitest'
import { createApi } from '../../api/app.ts'
import type { ApiPorts } from '../../api/ports.ts'
import { chooseModels } from '../../core/models.ts'
import { openDatabase } from '../../stores/sqlite.ts'
import { openSqliteVideos } from '../../stores/videos/sqlite.ts'

let ports: ApiPorts
let started: string[]
let stopped: string[]
let errors: unknown[]
beforeEach(() => {
  started = []
  stopped = []
  errors = []
  ports = {
    videos: openSqliteVideos(openDatabase(':memory:')),
    start: async (id, attempt) => void started.push(`${id}-${attempt}`),
    stop: async (id, attempt) => void stopped.push(`${id}-${attempt}`),
    choose: ({ models }) => chooseModels(models, { available: [], today: '2026-11-23' }),
    linksTo: async (id, names) => ({
      links: Object.fromEntries(names.map((name) => [name, `https://d.example/${id}/${name}`])),
      expiresAt: '2026-11-24T05:00:00.000Z',
    }),
    formFor: async (key, { contentType, maxBytes }) => ({
      url: 'https://s3.example',
      fields: { key, 'Content-Type': contentType, max: String(maxBytes) },
      expiresAt: '2026-11-23T06:00:00.000Z',
    }),
    surroundings: (env) => ({ caller: (env as { caller?: { owner: string } }).caller, basePath: '/live' }),
    corsOrigins: ['https://page.example'],
    onError: (error) => void errors.push(error),
    now: () => new Date('2026-11-23T05:00:00.000Z'),
  }
})

type Answer = { status: number; headers: Headers; body: Record<string, unknown> }
async function ask(method: string, path: string, { body, owner = 'ann', headers = {} }: Asked = {}): Promise<Answer> {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  const response = await createApi(ports).request(
    path,
    { method, headers, ...(text !== undefined && { body: text }) },
    owner === '' ? {} : { caller: { owner } },
  )
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] }
}
type Asked = { body?: unknown; owner?: string; headers?: Record<string, string> }
const make = async (more: Asked = {}) =>
  (await ask('POST', '/v1/videos', { body: { script: 'A goat.' }, ...more })).body

describe('the API', () => {
  it('accepts a request, starts it and says where to look', async () => {
    const { status, headers, body } = await ask('POST', '/v1/videos', { body: { script: 'A goat.', title: 'Goat' } })
    expect(status).toBe(202)
    expect(headers.get('location')).toBe(`/live/v1/videos/${String(body['id'])}`)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toMatchObject({ status: 'running', title: 'Goat', createdAt: '2026-11-23T05:00:00.000Z', notices: [] })
    expect(started).toEqual([`${String(body['id'])}-1`])
  })

  it('makes one video of one Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': 'k1' }
    const [first, second] = [await make({ headers }), await make({ headers })]
    expect(second['id']).toBe(first['id'])
    expect(started).toHaveLength(1)
    const other = await ask('POST', '/v1/videos', { headers, body: { script: 'Other.' } })
    expect([other.status, other.body['detail']]).toEqual([422, expect.stringContaining('used for another request')])
  })

  it.each([
    [{ body: '{"script": ' }, 400, 'the body is not JSON'],
    [{ body: '' }, 400, 'the request has no body'],
    [{ body: { script: 'Hi.', stile: 'x' } }, 422, "stile: no such field; the nearest is 'style'"],
    [{ body: { topic: 'Goats' } }, 422, 'topic: writing a script'],
    [{ body: { script: 'x'.repeat(1_000_001) } }, 413, '1 MB'],
    [{ body: { script: 'Hi.' }, headers: { 'Idempotency-Key': 'a b' } }, 422, 'Idempotency-Key: must be'],
    [{ body: { script: 'Hi.', media: {} } }, 422, 'media: no such field'],
  ])('says what is wrong with %j', async (asked: Asked, status, detail) => {
    const answer = await ask('POST', '/v1/videos', asked)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json'])
    expect(answer.body).toMatchObject({ status, detail: expect.stringContaining(detail) })
    expect(started).toEqual([])
  })

  it('lets nobody in without a caller, but to its health', async () => {
    const refused = await ask('POST', '/v1/videos', { owner: '', body: { script: 'Hi.' } })
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="clipforge"'])
    expect(await ask('GET', '/health', { owner: '' })).toMatchObject({ status: 200, body: { status: 'ok' } })
    expect((await ask('GET', '/nowhere')).status).toBe(404)
  })

  it('shows a video to its owner alone', async () => {
    const { id } = await make()
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/cancel'],
    ] as const)
      expect((await ask(method, `/v1/videos/${String(id)}${path}`, { owner: 'ben' })).status).toBe(404)
    expect((await ask('GET', `/v1/videos/${String(id)}`)).status).toBe(200)
    expect((await ask('GET', '/v1/videos', { owner: 'ben' })).body).toEqual({ videos: [] })
  })

  it('shows how far it is and what the services charged', async () => {
    const id = String((await make())['id'])
    const at = '2026-11-23T05:00:01.000Z'
    await ports.videos.appendEvent(id, { at, type: 'started', stage: 'write' })
    await ports.videos.appendEvent(id, { at, type: 'done', stage: 'write' })
    await ports.videos.appendEvent(id, { at, type: 'done', stage: 'illustrate', scene: 1 })
    await ports.videos.appendEvent(id, { at, type: 'progress', stage: 'compose', done: 3, total: 9, unit: 'frames' })
    await ports.videos.recordCall(id, { key: 'k', stage: 'write', provider: 'openai', startedAt: at })
    const charges = [{ provider: 'openai', model: 'm', unit: 'tokens', units: 5, costMicroUsd: 2500 }]
    await ports.videos.settleCall(id, 'k', { settledAt: at, charges, outcome: 'made' })
    const { body } = await ask('GET', `/v1/videos/${id}`)
    expect(body).not.toHaveProperty('links')
    expect(body['bill']).toEqual({
      currency: 'USD',
      servicesUsd: 0.0025,
      byService: { openai: 0.0025 },
      unsettledCalls: 0,
    })
    expect(body['steps']).toEqual([
      { step: 'write', state: 'done' },
      { step: 'narrate', state: 'done' },
      { step: 'plan', state: 'done' },
      { step: 'illustrate', state: 'done' },
      { step: 'score', state: 'done' },
      { step: 'compose', state: 'running', done: 3, total: 9, unit: 'frames' },
      { step: 'publish', state: 'waiting' },
    ])
  })

  it('links to the files of a video that is done, or says why not', async () => {
    const id = String((await make({ body: { script: 'A goat.', hls: true } }))['id'])
    await ports.videos.update(id, 2, { status: 'done' })
    const { body } = await ask('GET', `/v1/videos/${id}`)
    expect(body['links']).toMatchObject({
      'video.mp4': `https://d.example/${id}/video.mp4`,
      'bill.json': expect.any(String),
    })
    expect(body['linksExpireAt']).toBe('2026-11-24T05:00:00.000Z')
    expect(body['notices']).toEqual([expect.stringContaining('hls: ')])
    ports.linksTo = async () => ({ notice: 'links: no key yet' })
    const without = (await ask('GET', `/v1/videos/${id}`)).body
    expect(without).not.toHaveProperty('links')
    expect(without['notices']).toContain('links: no key yet')
  })

  it('lists videos page by page, newest first', async () => {
    const ids: string[] = []
    for (let count = 0; count < 5; count++) ids.push(String((await make())['id']))
    const pages: string[] = []
    let cursor = ''
    do {
      const { body } = await ask('GET', `/v1/videos?limit=2${cursor && `&cursor=${cursor}`}`)
      pages.push(...(body['videos'] as { id: string }[]).map(({ id }) => id))
      cursor = (body['next'] as string | undefined) ?? ''
    } while (cursor)
    expect(pages.toSorted()).toEqual(ids.toSorted())
    for (const query of ['limit=0', 'limit=x', 'limit=101', 'cursor=!'])
      expect((await ask('GET', `/v1/videos?${query}`)).status).toBe(422)
  })

  it('cancels once and again what is not over', async () => {
    const id = String((await make())['id'])
    for (let time = 0; time < 2; time++)
      expect(await ask('POST', `/v1/videos/${id}/cancel`)).toMatchObject({ status: 200, body: { status: 'cancelled' } })
    expect(stopped).toEqual([`${id}-1`, `${id}-1`])
    const done = String((await make())['id'])
    await ports.videos.update(done, 2, { status: 'done' })
    const { status, body } = await ask('POST', `/v1/videos/${done}/cancel`)
    expect([status, body['detail']]).toEqual([409, 'the video is done already; there is nothing left to cancel'])
  })

  it('gives a form for a file of requests, in a folder of its own', async () => {
    const { status, body } = await ask('POST', '/v1/uploads', { body: { name: '../My list/über.CSV' } })
    expect(status).toBe(201)
    expect(body['key']).toMatch(/^inbox\/ann\/[\w-]{22}\/My-list-über\.csv$/)
    expect(body).toMatchObject({ manifestKey: `${String(body['key'])}.manifest.json`, maxBytes: 2_000_000 })
    expect(body['fields']).toMatchObject({ 'Content-Type': 'text/csv' })
    for (const [name, detail] of [
      ['a.png', 'pictures, clips and music cannot be uploaded yet'],
      ['a.txt.manifest.json', 'choose another'],
      ['', 'name: must not be empty'],
    ])
      expect((await ask('POST', '/v1/uploads', { body: { name } })).body['detail']).toContain(detail)
  })

  it('says nothing to the outside of what nobody foresaw', async () => {
    ports.start = () => Promise.reject(new Error('secret detail'))
    const { status, body } = await ask('POST', '/v1/videos', { body: { script: 'A goat.' } })
    expect(status).toBe(500)
    expect(JSON.stringify(body)).not.toContain('secret')
    expect(errors).toHaveLength(1)
  })

  it('is for the pages that it is told of', async () => {
    const origin = async (from: string) =>
      (await ask('GET', '/health', { headers: { Origin: from } })).headers.get('access-control-allow-origin')
    expect(await origin('https://page.example')).toBe('https://page.example')
    expect(await origin('https://evil.example')).toBeNull()
  })
})
