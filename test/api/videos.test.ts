import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deliverableKey } from '../../core/keys.ts'
import type { VideoEvent, VideoRecord } from '../../core/ports.ts'
import { parseRequest } from '../../core/video.ts'
import { type Asked, openWorld, type World } from './world.ts'

let world: World
beforeEach(() => void (world = openWorld()))
afterEach(() => world.close())

const at = '2026-11-23T05:00:01.000Z'
const make = async (more: Asked = {}) =>
  String((await world.ask('POST', '/v1/videos', { body: { script: 'A goat.' }, ...more })).body['id'])
const look = async (id: string) => (await world.ask('GET', `/v1/videos/${id}`)).body
const happens = async (id: string, ...events: Record<string, unknown>[]) => {
  for (const event of events) await world.ports.videos.appendEvent(id, { at, ...event } as VideoEvent)
}
const put = (key: string, value: unknown) =>
  world.ports.objects.put(key, new TextEncoder().encode(JSON.stringify(value)), { contentType: 'application/json' })
const update = async (id: string, patch: Partial<VideoRecord>) => {
  const { version } = (await world.ports.videos.get(id))!
  await world.ports.videos.update(id, version, patch)
}

const script = {
  title: 'Goat',
  text: 'A goat. It sings.',
  language: 'en',
  seed: 1,
  words: ['A', 'goat.', 'It', 'sings.'].map((text, index) => ({
    index,
    text,
    spaceBefore: index > 0,
    sentence: index >> 1,
  })),
}
const plan = {
  scenes: [
    { firstWord: 0, lastWord: 1, prompt: 'a goat' },
    { firstWord: 2, lastWord: 3, prompt: 'it sings', clip: 'owners/ann/uploads/c.mp4' },
  ],
  publishing: { title: 'Goat', description: '', tags: [] },
}
const narration = {
  durationMs: 2000,
  timesFrom: 'voice',
  times: [0, 1, 2, 3].map((n) => ({ startMs: n * 500.4, endMs: n * 500 + 400 })),
}
const written = [
  { type: 'started', stage: 'write' },
  { type: 'done', stage: 'write', output: { scriptKey: 'owners/ann/assets/script/s.json' } },
]
const planned = [
  { type: 'started', stage: 'plan' },
  { type: 'done', stage: 'plan', output: { planKey: 'owners/ann/assets/plan/p.json', scenes: [0, 1] } },
]
const keepAssets = async () => {
  await put('owners/ann/assets/script/s.json', script)
  await put('owners/ann/assets/plan/p.json', plan)
  await put('owners/ann/assets/narration/n.json', narration)
}

describe('looking at a video', () => {
  it('shows it to its owner alone, on every route', async () => {
    const id = await make()
    const routes = [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/events'],
      ['POST', '/cancel'],
      ['POST', '/retry'],
      ['POST', '/share'],
      ['PATCH', '/scenes/1', { prompt: 'a cat' }],
      ['POST', '/variants', { format: '1:1' }],
    ] as const
    for (const [method, path, body] of routes) {
      const theirs = await world.ask(method, `/v1/videos/${id}${path}`, { owner: 'ben', body })
      const nobodys = await world.ask(method, `/v1/videos/vid_${'x'.repeat(22)}${path}`, { owner: 'ben', body })
      expect([method, path, theirs.status]).toEqual([method, path, 404])
      expect(theirs.text.replace(id, '')).toBe(nobodys.text.replace(`vid_${'x'.repeat(22)}`, ''))
    }
    expect(await look(id)).toMatchObject({ id, status: 'running' })
    expect((await world.ask('GET', '/v1/videos', { owner: 'ben' })).body).toEqual({ videos: [] })
  })

  it('shows the scenes as they come to be', async () => {
    const id = await make({ body: { script: script.text } })
    await keepAssets()
    expect(await look(id)).toMatchObject({ scenes: [] })
    await happens(id, ...written, ...planned, { type: 'started', stage: 'illustrate', scene: 0 })
    const waiting = (await look(id))['scenes']
    expect(waiting).toEqual([
      { number: 1, text: 'A goat.', prompt: 'a goat', picture: { state: 'making', kind: 'picture', isOwn: false } },
      { number: 2, text: 'It sings.', prompt: 'it sings', picture: { state: 'waiting', kind: 'clip', isOwn: true } },
    ])
    await happens(
      id,
      { type: 'done', stage: 'illustrate', scene: 0, output: { pictureKey: 'owners/ann/assets/picture/a.jpg' } },
      { type: 'done', stage: 'narrate', output: { narrationKey: 'owners/ann/assets/narration/n.json' } },
    )
    const { scenes, title } = await look(id)
    expect(title).toBe('Goat')
    expect(scenes).toMatchObject([
      {
        startMs: 0,
        endMs: 900,
        words: [
          { text: 'A', startMs: 0, endMs: 400 },
          { text: 'goat.', startMs: 500, endMs: 900 },
        ],
        picture: { state: 'ready', link: 'https://d.example/owners/ann/assets/picture/a.jpg' },
      },
      { startMs: 1001, endMs: 1900, picture: { state: 'waiting' } },
    ])
  })

  it('shows a change of one scene while it is made, and the rest as it is', async () => {
    const id = await make({ body: { script: script.text } })
    await keepAssets()
    const base = {
      scriptKey: 'owners/ann/assets/script/s.json',
      planKey: 'owners/ann/assets/plan/p.json',
      narrationKey: 'owners/ann/assets/narration/n.json',
      musicKey: null,
      mood: null,
      pictureKeys: ['a.jpg', 'c.mp4'],
      timelineKey: 't.json',
    }
    await happens(id, ...written, ...planned, { type: 'assembled', ...base }, { type: 'attempt', attempt: 2 })
    const made = { edition: 1, durationMs: 2000, costMicroUsd: 1500, at }
    const edition = { number: 2, base, scenes: { 0: { prompt: 'a cat' } }, askedAt: at }
    await update(id, { status: 'running', made, edition })
    await happens(
      id,
      { type: 'started', stage: 'illustrate', scene: 0 },
      { type: 'started', stage: 'illustrate', scene: 1 },
    )
    const making = await look(id)
    expect(making).toMatchObject({ edition: 2, durationSeconds: 2, costUsd: 0.0015 })
    expect(making['scenes']).toMatchObject([
      { picture: { state: 'making', link: 'https://d.example/a.jpg' } },
      { picture: { state: 'ready', link: 'https://d.example/c.mp4' } },
    ])
    expect(making['links']).toMatchObject({ 'video.mp4': `https://d.example/videos/${id}/video.mp4` })
    await happens(id, { type: 'done', stage: 'illustrate', scene: 0, output: { pictureKey: 'b.jpg' } })
    expect((await look(id))['scenes']).toMatchObject([
      { picture: { state: 'ready', link: 'https://d.example/b.jpg' } },
      {},
    ])
  })

  it('tells what the services charged so far, and of a finished version its whole bill and findings', async () => {
    const id = await make()
    await world.ports.videos.recordCall(id, {
      key: 'k',
      stage: 'illustrate',
      scene: 0,
      provider: 'openai',
      startedAt: at,
    })
    const charges = [{ provider: 'openai', model: 'm', unit: 'images', units: 1, costMicroUsd: 2500 }]
    await world.ports.videos.settleCall(id, 'k', { settledAt: at, charges, outcome: 'made' })
    const line = {
      stage: 'illustrate',
      scene: 1,
      provider: 'openai',
      model: 'm',
      unit: 'images',
      units: 1,
      costUsd: 0.0025,
    }
    expect((await look(id))['bill']).toEqual({
      currency: 'USD',
      totalUsd: 0.0025,
      lines: [line],
      unsettled: [],
      failures: [],
    })
    const compute = { stage: 'compose', provider: 'aws', model: 'g4dn', unit: 'seconds', units: 9, costMicroUsd: 1000 }
    const bill = {
      videoId: id,
      currency: 'USD',
      totalMicroUsd: 3500,
      totalUsd: 0.0035,
      lines: [compute],
      unsettled: [],
      failures: [],
    }
    await put(deliverableKey(id, 'bill.json', 3), bill)
    await put(deliverableKey(id, 'qc.json', 3), {
      findings: [{ check: 'decodes', ok: true, measured: '0', wanted: '0' }],
    })
    await put(deliverableKey(id, 'hls/master.m3u8', 3), {})
    await update(id, { status: 'done', made: { edition: 3, durationMs: 1500, costMicroUsd: 3500, at } })
    const done = await look(id)
    expect(done).toMatchObject({
      bill: { totalUsd: 0.0035, lines: [{ stage: 'compose', costUsd: 0.001 }] },
      findings: [{ check: 'decodes', ok: true }],
      posterLink: `https://d.example/videos/${id}/v3/poster.jpg`,
      links: {
        'video.mp4': `https://d.example/videos/${id}/v3/video.mp4`,
        'hls/master.m3u8': `https://d.example/videos/${id}/v3/hls/master.m3u8`,
      },
      linksExpireAt: '2026-11-24T05:00:00.000Z',
    })
    expect((done['steps'] as { state: string }[]).every(({ state }) => state === 'done')).toBe(true)
  })

  it('shows the request so that it can be sent again, and says why there are no links', async () => {
    const id = await make({ body: { script: 'A goat.', models: { preset: 'embedded' } } })
    const { request } = await look(id)
    expect(request).not.toHaveProperty('choices')
    expect(parseRequest(request)).toMatchObject({ script: 'A goat.', models: { preset: 'embedded' } })
    await update(id, { status: 'done' })
    world.ports.linksTo = async () => ({ notice: 'links: no key yet' })
    const without = await look(id)
    expect(without).not.toHaveProperty('links')
    expect(without['notices']).toEqual(['links: no key yet'])
  })

  it('tells of a failure what is for users', async () => {
    const id = await make()
    await update(id, { status: 'failed', error: { name: 'TypeError', message: 'secret' } })
    expect((await look(id))['error']).toEqual({ name: 'TypeError', message: expect.not.stringContaining('secret') })
    await update(id, { status: 'failed', error: { name: 'BudgetError', message: 'maxCostUsd: too little' } })
    expect((await look(id))['error']).toEqual({ name: 'BudgetError', message: 'maxCostUsd: too little' })
  })
})

describe('the list', () => {
  const pages = async (query: string) => {
    const found: string[][] = []
    for (let cursor = ''; ;) {
      const { body, status } = await world.ask('GET', `/v1/videos?${query}${cursor && `&cursor=${cursor}`}`)
      if (status !== 200) throw new Error(JSON.stringify(body))
      found.push((body['videos'] as { id: string }[]).map(({ id }) => id))
      if (body['next'] === undefined) return found
      cursor = String(body['next'])
    }
  }

  it('comes page by page, newest first, with and without a filter', async () => {
    const ids: string[] = []
    let ms = Date.parse('2026-11-23T05:00:00.000Z')
    world.ports.now = () => new Date((ms += 86_400_000))
    for (let count = 0; count < 7; count++)
      ids.unshift(
        await make({ body: { script: count % 2 ? 'A Goat sings.' : 'A cat.', format: count < 3 ? '1:1' : '9:16' } }),
      )
    expect((await pages('limit=3')).flat()).toEqual(ids)
    expect(await pages('limit=2&q=goat')).toEqual([[ids[1], ids[3]], [ids[5]]])
    expect((await pages('format=1:1')).flat()).toEqual(ids.slice(4))
    await update(ids[2]!, { status: 'failed' })
    await update(ids[4]!, { status: 'done' })
    expect((await pages('status=failed&status=done')).flat()).toEqual([ids[2], ids[4]])
    expect((await pages('status=failed,done&limit=1')).flat()).toEqual([ids[2], ids[4]])
    const first = (await look(ids[6]!))['createdAt'] as string
    expect((await pages(`to=${first.slice(0, 10)}`)).flat()).toEqual(ids.slice(6))
    const third = ((await look(ids[4]!))['createdAt'] as string).slice(0, 10)
    expect((await pages(`from=${third}&limit=2`)).flat()).toEqual(ids.slice(0, 5))
  })

  it.each([
    ['limit=0', 422],
    ['limit=x', 422],
    ['limit=101', 422],
    ['cursor=!', 422],
    ['cursor=AAAA', 404],
    ['status=ready', 422],
    ['from=2026-02-30', 422],
    ['format=4:3', 422],
  ])('says what is wrong with %s', async (query, status) => {
    expect((await world.ask('GET', `/v1/videos?${query}`)).status).toBe(status)
  })
})

describe('changing', () => {
  it('cancels once and again what is not over, and tries it again', async () => {
    const id = await make()
    for (let time = 0; time < 2; time++)
      expect(await world.ask('POST', `/v1/videos/${id}/cancel`)).toMatchObject({
        status: 200,
        body: { status: 'cancelled' },
      })
    expect(world.stopped).toEqual([`${id}-1`, `${id}-1`])
    expect(await world.ask('POST', `/v1/videos/${id}/retry`)).toMatchObject({
      status: 202,
      body: { status: 'running' },
    })
    expect(world.started).toEqual([`${id}-1`, `${id}-2`])
    await update(id, { status: 'done' })
    for (const path of ['cancel', 'retry'])
      expect((await world.ask('POST', `/v1/videos/${id}/${path}`)).status).toBe(409)
  })

  it.each([
    [{}, 422, 'it changes nothing'],
    [{ redo: false }, 422, 'redo: must be true'],
    [{ promt: 'x' }, 422, "promt: no such field; the nearest is 'prompt'"],
    [{ picture: 'a.png' }, 422, 'picture: must be the id of an upload'],
    [{ picture: `upl_${'a'.repeat(22)}` }, 404, 'picture: there is no upload'],
    [{ picture: `upl_${'a'.repeat(22)}`, clip: `upl_${'a'.repeat(22)}` }, 422, 'clip: stands beside a picture'],
    [{ text: '🦊' }, 422, 'text: it has nothing that can be said'],
    [{ prompt: 'a cat' }, 409, 'the video is running'],
  ])('refuses the change %j of a scene', async (body, status, detail) => {
    const id = await make()
    const answer = await world.ask('PATCH', `/v1/videos/${id}/scenes/1`, { body })
    expect(answer.body).toMatchObject({ status, detail: expect.stringContaining(detail) })
  })

  it('makes the next version of a finished video, and variants of it', async () => {
    const id = await make({ body: { script: script.text } })
    await keepAssets()
    const assembled = {
      scriptKey: 'owners/ann/assets/script/s.json',
      planKey: 'owners/ann/assets/plan/p.json',
      narrationKey: 'owners/ann/assets/narration/n.json',
      musicKey: null,
      mood: null,
      pictureKeys: ['a.jpg', 'c.mp4'],
      timelineKey: 't.json',
    }
    await happens(id, { type: 'assembled', ...assembled })
    await update(id, { status: 'done', made: { edition: 1, durationMs: 2000, costMicroUsd: 0, at } })
    const wide = await world.ask('POST', `/v1/videos/${id}/variants`, { body: { format: '16:9' } })
    expect(wide).toMatchObject({ status: 202, body: { variantOf: id, format: '16:9', edition: 1 } })
    expect(wide.headers.get('location')).toBe(`/live/v1/videos/${String(wide.body['id'])}`)
    expect((await world.ask('POST', `/v1/videos/${id}/variants`, { body: {} })).status).toBe(422)
    expect((await world.ask('PATCH', `/v1/videos/${id}/scenes/9`, { body: { prompt: 'x' } })).status).toBe(404)
    expect((await world.ask('PATCH', `/v1/videos/${id}/scenes/0`, { body: { prompt: 'x' } })).status).toBe(404)
    const changed = await world.ask('PATCH', `/v1/videos/${id}/scenes/1`, {
      body: { prompt: 'a cat', text: 'A 𒀀 cat.' },
    })
    expect(changed).toMatchObject({ status: 202, body: { edition: 2, notices: [expect.stringContaining('no font')] } })
  })

  it('deletes a video with its files', async () => {
    const id = await make()
    await put(deliverableKey(id, 'bill.json'), {})
    expect(await world.ask('DELETE', `/v1/videos/${id}`)).toMatchObject({ status: 204, text: '' })
    expect((await world.ask('GET', `/v1/videos/${id}`)).status).toBe(404)
    expect((await world.ports.objects.list(`videos/${id}/`)).objects).toEqual([])
  })
})

describe('sharing', () => {
  it('shows a finished video to whoever has the link, and nothing of its cost', async () => {
    const id = await make({ body: { script: 'A goat.', title: 'Goat' } })
    expect((await world.ask('POST', `/v1/videos/${id}/share`)).status).toBe(409)
    await update(id, { status: 'done', made: { edition: 1, durationMs: 2000, costMicroUsd: 7, at } })
    const { token, link } = (await world.ask('POST', `/v1/videos/${id}/share`)).body
    expect(link).toBe(`https://page.example/#/watch/${String(token)}`)
    const shared = await world.ask('GET', `/shares/${String(token)}`, { owner: '' })
    expect(shared.body).toMatchObject({ title: 'Goat', format: '9:16', durationSeconds: 2 })
    expect(Object.keys(shared.body['links'] as object)).toContain('video.mp4')
    expect(shared.text).not.toMatch(/bill\.json|qc\.json|timeline\.json|cost/)
    const forged = `shr_${id.slice(4)}_${'A'.repeat(22)}`
    for (const wrong of [forged, 'x', `${String(token)}x`])
      expect((await world.ask('GET', `/shares/${wrong}`, { owner: '' })).status).toBe(404)
    await world.ask('DELETE', `/v1/videos/${id}`)
    expect((await world.ask('GET', `/shares/${String(token)}`, { owner: '' })).status).toBe(404)
  })
})
