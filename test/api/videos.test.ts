import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deliverableKey } from '../../core/keys.ts'
import { parseRequest } from '../../core/video.ts'
import { assembled, at, planned, script, videosOf, written } from './made.ts'
import { openWorld, type World } from './world.ts'

let world: World
let videos: ReturnType<typeof videosOf>
beforeEach(() => {
  world = openWorld()
  videos = videosOf(world)
})
afterEach(() => world.close())

describe('looking at a video', () => {
  it('shows it to its owner alone, on every route', async () => {
    const id = await videos.make()
    const routes = [
      ['GET', ''],
      ['DELETE', ''],
      ['DELETE', '/edition'],
      ['GET', '/events'],
      ['POST', '/cancel'],
      ['POST', '/retry'],
      ['POST', '/share'],
      ['PATCH', '/scenes/1', { prompt: 'a cat' }],
      ['POST', '/variants', { format: '1:1' }],
    ] as const
    // A route that is added has to be added here.
    const { paths } = (await world.ask('GET', '/openapi.json')).body as { paths: Record<string, object> }
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      path.startsWith('/v1/videos/{id}')
        ? Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.slice('/v1/videos/{id}'.length)}`)
        : [],
    )
    const asked = routes.map(([method, path]) => `${method} ${path.replace('/scenes/1', '/scenes/{n}')}`)
    expect(asked.toSorted()).toEqual(described.toSorted())
    for (const [method, path, body] of routes) {
      const theirs = await world.ask(method, `/v1/videos/${id}${path}`, { owner: 'ben', body })
      const nobodys = await world.ask(method, `/v1/videos/vid_${'x'.repeat(22)}${path}`, { owner: 'ben', body })
      expect([method, path, theirs.status]).toEqual([method, path, 404])
      expect(theirs.text.replace(id, '')).toBe(nobodys.text.replace(`vid_${'x'.repeat(22)}`, ''))
    }
    expect(await videos.look(id)).toMatchObject({ id, status: 'running' })
    expect((await world.ask('GET', '/v1/videos', { owner: 'ben' })).body).toEqual({ videos: [] })
  })

  it('shows the scenes as they come to be', async () => {
    const id = await videos.make({ body: { script: script.text } })
    await videos.keepAssets()
    expect(await videos.look(id)).toMatchObject({ scenes: [] })
    await videos.happens(id, ...written, ...planned, { type: 'started', stage: 'illustrate', scene: 0 })
    const waiting = (await videos.look(id))['scenes']
    expect(waiting).toEqual([
      { number: 1, text: 'A goat.', prompt: 'a goat', picture: { state: 'making', kind: 'picture', isOwn: false } },
      { number: 2, text: 'It sings.', prompt: 'it sings', picture: { state: 'waiting', kind: 'clip', isOwn: true } },
    ])
    await videos.happens(
      id,
      { type: 'done', stage: 'illustrate', scene: 0, output: { pictureKey: 'owners/ann/assets/picture/a.jpg' } },
      { type: 'done', stage: 'narrate', output: { narrationKey: 'owners/ann/assets/narration/n.json' } },
    )
    const { scenes, title } = await videos.look(id)
    expect(title).toBe('A goat')
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
    const id = await videos.make({ body: { script: script.text } })
    await videos.keepAssets()
    const base = assembled
    await videos.happens(id, ...written, ...planned, { type: 'assembled', ...base }, { type: 'attempt', attempt: 2 })
    const made = { edition: 1, durationMs: 2000, costMicroUsd: 1500, at }
    const edition = { number: 2, base, scenes: { 0: { prompt: 'a cat' } }, askedAt: at }
    await videos.update(id, { status: 'running', made, edition })
    await videos.happens(
      id,
      { type: 'started', stage: 'illustrate', scene: 0 },
      { type: 'started', stage: 'illustrate', scene: 1 },
    )
    const making = await videos.look(id)
    expect(making).toMatchObject({ edition: 2, durationSeconds: 2, costUsd: 0.0015 })
    expect(making['scenes']).toMatchObject([
      { picture: { state: 'making', link: 'https://d.example/a.jpg' } },
      { picture: { state: 'ready', link: 'https://d.example/c.mp4' } },
    ])
    expect(making['links']).toMatchObject({ 'video.mp4': `https://d.example/videos/${id}/video.mp4` })
    await videos.happens(id, { type: 'done', stage: 'illustrate', scene: 0, output: { pictureKey: 'b.jpg' } })
    expect((await videos.look(id))['scenes']).toMatchObject([
      { picture: { state: 'ready', link: 'https://d.example/b.jpg' } },
      {},
    ])
  })

  it('tells what the services charged so far, and of a finished version its whole bill and findings', async () => {
    const id = await videos.make()
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
    expect((await videos.look(id))['bill']).toEqual({
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
    await videos.put(deliverableKey(id, 'bill.json', 3), bill)
    await videos.put(deliverableKey(id, 'qc.json', 3), {
      findings: [{ check: 'decodes', ok: true, measured: '0', wanted: '0' }],
    })
    await videos.put(deliverableKey(id, 'hls/master.m3u8', 3), {})
    await videos.update(id, { status: 'done', made: { edition: 3, durationMs: 1500, costMicroUsd: 3500, at } })
    const done = await videos.look(id)
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
    const id = await videos.make({ body: { script: 'A goat.', models: { preset: 'embedded' } } })
    const { request } = await videos.look(id)
    expect(request).not.toHaveProperty('choices')
    expect(parseRequest(request)).toMatchObject({ script: 'A goat.', models: { preset: 'embedded' } })
    await videos.update(id, { status: 'done' })
    world.ports.linksTo = async () => ({ notice: 'links: no key yet' })
    const without = await videos.look(id)
    expect(without).not.toHaveProperty('links')
    expect(without['notices']).toEqual(['links: no key yet'])
  })

  it('tells of a failure what is for users', async () => {
    const id = await videos.make()
    await videos.update(id, { status: 'failed', error: { name: 'TypeError', message: 'secret' } })
    expect((await videos.look(id))['error']).toEqual({
      name: 'TypeError',
      message: expect.not.stringContaining('secret'),
    })
    await videos.update(id, { status: 'failed', error: { name: 'BudgetError', message: 'maxCostUsd: too little' } })
    expect((await videos.look(id))['error']).toEqual({ name: 'BudgetError', message: 'maxCostUsd: too little' })
  })
})
