import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Asked, openWorld, type World } from './world.ts'

let world: World
beforeEach(() => void (world = openWorld()))
afterEach(() => world.close())
const make = async (more: Asked = {}) =>
  (await world.ask('POST', '/v1/videos', { body: { script: 'A goat.' }, ...more })).body

describe('what every answer has', () => {
  it('lets nobody in without a caller, but to what is for everybody', async () => {
    const refused = await world.ask('POST', '/v1/videos', { owner: '', body: { script: 'Hi.' } })
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="clipforge"'])
    for (const path of ['/v1/nowhere', '/v1/videos/x', '/v1/keys'])
      expect((await world.ask('GET', path, { owner: '' })).status).toBe(401)
    expect(await world.ask('GET', '/health', { owner: '' })).toMatchObject({ status: 200, body: { status: 'ok' } })
    expect((await world.ask('GET', '/openapi.json', { owner: '' })).body).toHaveProperty('paths')
  })

  it('says what is not there, and what is not done where something is', async () => {
    expect((await world.ask('GET', '/nowhere')).body).toMatchObject({ status: 404, code: 'not-found' })
    const put = await world.ask('PUT', '/v1/videos', { body: {} })
    expect([put.status, put.headers.get('allow')?.split(', ').toSorted()]).toEqual([405, ['GET', 'HEAD', 'POST']])
    expect((await world.ask('POST', '/v1/videos/x/y/z')).status).toBe(404)
    expect(await world.ask('HEAD', '/v1/videos')).toMatchObject({ status: 200, text: '' })
  })

  it('is nothing to make a page of, and nothing to be kept', async () => {
    const { headers } = await world.ask('GET', '/v1/videos')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('is for the pages that it is told of', async () => {
    const origin = async (from: string) =>
      (await world.ask('GET', '/health', { headers: { Origin: from } })).headers.get('access-control-allow-origin')
    expect(await origin('https://page.example')).toBe('https://page.example')
    expect(await origin('https://evil.example')).toBeNull()
    const asked = await world.ask('OPTIONS', '/v1/videos', {
      owner: '',
      headers: { Origin: 'https://page.example', 'Access-Control-Request-Method': 'PATCH' },
    })
    expect(asked.headers.get('access-control-allow-methods')).toContain('PATCH')
  })

  it('says nothing to the outside of what nobody foresaw', async () => {
    world.ports.start = () => Promise.reject(new Error('secret detail'))
    const { status, text } = await world.ask('POST', '/v1/videos', { body: { script: 'A goat.' } })
    expect(status).toBe(500)
    expect(text).not.toContain('secret')
    expect(world.errors).toHaveLength(1)
  })

  it('asks for the key before it reads anything', async () => {
    for (const path of ['/v1/videos', '/mcp', '/api/create-video']) {
      const body = new ReadableStream({ pull: () => Promise.reject(new Error('it was read')) }, { highWaterMark: 0 })
      const asked = { method: 'POST', body, duplex: 'half', headers: { 'Content-Type': 'application/json' } }
      expect([path, (await world.app.request(path, asked as RequestInit)).status]).toEqual([path, 401])
    }
  })

  it('has one rule for bodies everywhere, and words of its own for mistakes', async () => {
    const upload = { name: 'a.png' }
    const status = async (path: string, type: string, body: string | Buffer) =>
      (
        await world.app.request(path, {
          method: 'POST',
          headers: { 'x-owner': 'ann', 'Content-Type': type },
          body: body as string,
        })
      ).status
    for (const [path, good] of [
      ['/v1/uploads', upload],
      ['/v1/keys', { name: 'x' }],
      ['/v1/quotes', { script: 'Hi.' }],
    ] as const) {
      const text = JSON.stringify(good)
      for (const type of ['application/json; charset=utf-16', 'application/json;charset="latin1"', 'text/json', 'x'])
        expect([path, type, await status(path, type, text)]).toEqual([path, type, 415])
      for (const type of ['application/json; foo=bar', 'application/json;foo=bar; charset="UTF-8"', 'Application/JSON'])
        expect([path, type, (await status(path, type, text)) < 300]).toEqual([path, type, true])
      expect(await status(path, 'application/json', Buffer.from(text.replace(/[xi]|a(?=\.)/, '\xff'), 'latin1'))).toBe(
        400,
      )
      expect(await status(path, 'application/json', `${text}${' '.repeat(1_000_000)}`)).toBe(413)
    }
    for (const [path, body, detail] of [
      ['/v1/keys', { name: 3 }, 'name: must be a text in quotes (it is 3)'],
      ['/v1/keys', { name: 'x', space: 'all' }, "space: must be one of 'own', 'shared' (it is \"all\")"],
      ['/v1/keys', { name: 'x', nam: 1 }, "nam: no such field; the nearest is 'name'"],
    ] as const)
      expect((await world.ask('POST', path, { body })).body).toMatchObject({ status: 422, detail })
    const listed = await world.ask('GET', '/v1/usage?from=today')
    expect(listed.body).toMatchObject({ detail: 'from: must be a day such as 2026-01-31' })
  })

  it('names a field whatever it is called', async () => {
    const { body } = await world.ask('POST', '/v1/videos', { body: '{"script": "Hi.", "__proto__": {"a": 1}}' })
    expect(body).toMatchObject({ status: 422, errors: [{ field: '__proto__' }] })
  })

  it('shows figures of the process to keys, or to all where only this machine can ask', async () => {
    for (const areMetricsOpen of [false, true]) {
      const measured = openWorld({ gauges: async () => ({ queued: 0, running: 0 }), areMetricsOpen })
      const status = async (owner: string) => (await measured.ask('GET', '/metrics', { owner })).status
      expect([await status('ann'), await status('')]).toEqual([200, areMetricsOpen ? 200 : 401])
      measured.close()
    }
  })

  it('carries the limits, and refuses with the time to come again', async () => {
    let left = 1
    world.ports.limit = async (_, kind) => ({
      headers: { RateLimit: `"${kind}";r=${left}` },
      ...(kind === 'video' && left-- <= 0 && { retryAfterSeconds: 2.2 }),
    })
    const first = await world.ask('POST', '/v1/videos', { body: { script: 'A goat.' } })
    expect([first.status, first.headers.get('ratelimit')]).toEqual([202, '"request";r=1, "video";r=1'])
    const second = await world.ask('POST', '/v1/videos', { body: { script: 'A goat.' } })
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '3'])
    expect(second.body).toMatchObject({ code: 'limited', retryAfterSeconds: 2.2 })
    expect(second.headers.get('ratelimit')).toContain('"video"')
    expect(world.started).toHaveLength(1)
  })
})

describe('making a video', () => {
  it('accepts a request, starts it and says where to look', async () => {
    const { status, headers, body } = await world.ask('POST', '/v1/videos', {
      body: { script: 'A goat.', title: 'Goat' },
    })
    expect(status).toBe(202)
    expect(headers.get('location')).toBe(`/live/v1/videos/${String(body['id'])}`)
    expect(body).toMatchObject({ status: 'running', title: 'Goat', format: '9:16', edition: 1, notices: [] })
    expect(body['progress']).toEqual({ percent: 0 })
    expect(world.started).toEqual([`${String(body['id'])}-1`])
  })

  it('makes one video of one Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': 'k1' }
    const [first, second] = [await make({ headers }), await make({ headers })]
    expect(second['id']).toBe(first['id'])
    expect(world.started).toHaveLength(1)
    const other = await world.ask('POST', '/v1/videos', { headers, body: { script: 'Other.' } })
    expect(other.body).toMatchObject({ status: 409, detail: expect.stringContaining('used for another request') })
    expect((await make({ headers, owner: 'ben' }))['id']).not.toBe(first['id'])
  })

  it.each([
    [{ body: '{"script": ' }, 400, 'the body is not JSON'],
    [{ body: '' }, 400, 'the request has no body'],
    [{ body: '{"script": "Hi."}', headers: { 'Content-Type': 'text/plain' } }, 415, 'application/json'],
    [{ body: '{"script": "Hi."}', headers: { 'Content-Type': 'application/json; charset=utf-16' } }, 415, 'UTF-8'],
    [{ body: { script: 'Hi.', stile: 'x' } }, 422, "stile: no such field; the nearest is 'style'"],
    [{ body: { topic: 'Goats' } }, 422, 'topic: writing a script'],
    [{ body: { script: '🦊' } }, 422, 'script: it has nothing that can be said'],
    [{ body: { script: 'x'.repeat(15_001) } }, 422, 'script: must have at most 15000 characters'],
    [{ body: { script: 'x'.repeat(1_000_001) } }, 413, '1 MB'],
    [{ body: { script: 'Hi.' }, headers: { 'Idempotency-Key': 'a b' } }, 422, 'Idempotency-Key: must be'],
    [{ body: { script: 'Hi.', media: {} } }, 422, 'media: no such field'],
    [{ body: { script: 'Hi.', logo: 'owners/ann/uploads/a.png' } }, 422, 'logo: must be the id of an upload'],
    [{ body: { script: 'Hi.', logo: `upl_${'a'.repeat(22)}` } }, 404, 'logo: there is no upload'],
    [{ body: { script: 'Hi.', webhookUrl: 'https://10.0.0.1/hook' } }, 422, 'webhookUrl: must be an https address'],
    [{ body: 'null' }, 422, 'the request: must be an object'],
  ])('says what is wrong with %j', async (asked: Asked, status, detail) => {
    const answer = await world.ask('POST', '/v1/videos', asked)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json'])
    expect(answer.body).toMatchObject({ status, detail: expect.stringContaining(detail) })
    expect(world.started).toEqual([])
  })

  it('says that the texts of all scenes together are too many', async () => {
    const scenes = [{ text: 'A goat. '.repeat(1500) }, { text: 'A hen. '.repeat(1500) }]
    for (const path of ['/v1/videos', '/v1/quotes'])
      expect((await world.ask('POST', path, { body: { scenes } })).body).toMatchObject({
        status: 413,
        detail: expect.stringMatching(/^scenes: it is 22,[0-9]{3} characters long and the limit is 15,000/),
      })
    expect(world.started).toEqual([])
  })

  it('names every field that breaks a rule', async () => {
    const { body } = await world.ask('POST', '/v1/videos', {
      body: { script: 'Hi.', fps: 7, style: 'zz', voice: 'q', scenes: [{ fit: 'x' }] },
    })
    const fields = (body['errors'] as { field: string }[]).map(({ field }) => field)
    expect(fields.toSorted()).toEqual(['fps', 'scenes.0.fit', 'style', 'voice'])
  })

  it('does what can be done of a request, and says what was left out', async () => {
    const body = { script: 'A 𒀀 goat.', scenes: 9, watermark: '🦊', title: '🦊', titleCard: true }
    const { notices } = await make({ body })
    expect(notices).toEqual([
      expect.stringMatching(/^script: no font can show “𒀀”/),
      expect.stringMatching(/^title: left away/),
      expect.stringMatching(/^watermark: left away/),
      expect.stringMatching(/^scenes: 2 instead of 9/),
    ])
  })
})

describe('prices', () => {
  it('tells what a video would cost, and makes nothing', async () => {
    const { status, body } = await world.ask('POST', '/v1/quotes', { body: { script: 'A goat found coffee.' } })
    expect(status).toBe(200)
    expect(body).toMatchObject({ currency: 'USD', totalUsd: 0, atMostUsd: 0, words: 4, scenes: 1, pictures: 1 })
    expect((await world.ask('GET', '/v1/videos')).body).toEqual({ videos: [] })
    expect((await world.ask('POST', '/v1/quotes', { body: {} })).status).toBe(422)
  })
})

describe('signing in', () => {
  it('gives a token for a code, where there are such links', async () => {
    expect((await world.ask('POST', '/sign-in', { owner: '', body: { code: 'good' } })).status).toBe(404)
    const signing = openWorld({ signIn: async (code) => (code === 'good' ? 'cfs_1' : undefined) })
    try {
      const signed = await signing.ask('POST', '/sign-in', { owner: '', body: { code: 'good' } })
      expect(signed).toMatchObject({ status: 200, body: { token: 'cfs_1' } })
      expect((await signing.ask('POST', '/sign-in', { owner: '', body: { code: 'bad' } })).status).toBe(401)
    } finally {
      signing.close()
    }
  })
})
