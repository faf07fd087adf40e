// The tools over HTTP, by the SDK's own client, on the whole API.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { overHttp, use } from './assistant.ts'
import { type Machine, startMachine } from './machine.ts'

let machine: Machine
const keys = { ann: '', ben: '' }
beforeAll(async () => {
  machine = await startMachine()
  for (const owner of ['ann', 'ben'] as const) keys[owner] = await machine.keyOf(owner)
})
afterAll(() => machine.close())

const ann = () => overHttp(machine.url, keys.ann)
const order = { script: 'A goat found coffee. It danced all night.', title: 'Goat' }

describe('the tools over HTTP', () => {
  it('say what they are and what they take', async () => {
    const client = await ann()
    const { tools } = await client.listTools()
    expect(Object.fromEntries(tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint]))).toEqual({
      make_video: false,
      quote_video: true,
      video_status: true,
      list_videos: true,
      share_video: false,
      redo_picture: false,
      change_line: false,
      retry_video: false,
      cancel_video: false,
    })
    const make = tools.find(({ name }) => name === 'make_video')!
    expect(make.inputSchema).toMatchObject({
      additionalProperties: false,
      properties: {
        format: { type: 'string', enum: ['9:16', '16:9', '1:1'], description: expect.stringContaining('1080x1920') },
        style: { enum: expect.arrayContaining(['comic-noir']) },
        voice: { description: expect.stringContaining('sarah: warm') },
        wait_seconds: { maximum: 25, default: 0 },
      },
    })
    expect(client.getInstructions()).toContain('quote_video')
    for (const { name, outputSchema, description } of tools)
      expect([name, outputSchema?.type, description!.length > 20]).toEqual([name, 'object', true])
  })

  it('tell a price, make a video, and give its links once it is done', async () => {
    const client = await ann()
    const quote = await use(client, 'quote_video', order)
    expect(quote.told).toMatchObject({ total_usd: 0, words: 8, pictures: expect.any(Number) })
    expect(quote.text).toMatch(/^About \$0\.00, at most \$0\.00: 8 words, /)

    const made = await use(client, 'make_video', { ...order, style: 'Comic Noir', negative_keywords: ['text'] })
    expect(made).toMatchObject({ told: { status: 'queued', title: 'Goat', queue_position: 1 }, isError: false })
    const video_id = String(made.told['video_id'])
    expect(made.told['page_link']).toBe(`${machine.url}/#/videos/${video_id}`)
    expect((await machine.videos.get(video_id))!.request).toMatchObject({
      style: 'comic-noir',
      negativeKeywords: ['text'],
    })
    expect((await use(client, 'share_video', { video_id })).isError).toBe(true)

    await machine.finish(video_id)
    const { told, text } = await use(client, 'video_status', { video_id })
    expect(told).toMatchObject({ status: 'done', duration_seconds: 12.3, cost_usd: 0.05 })
    const links = told['links'] as Record<string, string>
    expect(Object.keys(links).toSorted()).toEqual([
      'captions.srt',
      'captions.vtt',
      'poster.jpg',
      'preview.webp',
      'video.mp4',
    ])
    expect(await (await fetch(links['video.mp4']!)).text()).toBe('video.mp4')
    expect(text).toContain(`video.mp4: ${links['video.mp4']}`)
    expect(text).toContain("'Goat': done. 12.3 s long. It cost $0.0500.")

    const { link } = (await use(client, 'share_video', { video_id })).told
    expect(link).toMatch(new RegExp(`^${machine.url}/#/watch/shr_`))
  })

  it('wait for a video that is about to be done', async () => {
    const client = await ann()
    const video_id = String((await use(client, 'make_video', order)).told['video_id'])
    const waiting = use(client, 'video_status', { video_id, wait_seconds: 25 })
    await machine.finish(video_id)
    expect((await waiting).told).toMatchObject({ status: 'done' })
  })

  it('cancel, try again, and page through what there is', async () => {
    const client = await overHttp(machine.url, await machine.keyOf('carla'))
    const ids: unknown[] = []
    for (let count = 0; count < 3; count++) ids.push((await use(client, 'make_video', order)).told['video_id'])
    const video_id = ids[0]
    expect((await use(client, 'cancel_video', { video_id })).told).toMatchObject({ status: 'cancelled' })
    expect((await use(client, 'list_videos', { status: ['cancelled', 'done'] })).told).toMatchObject({
      videos: [{ video_id }],
    })
    expect((await use(client, 'retry_video', { video_id, max_cost_usd: 2 })).told).toMatchObject({ status: 'queued' })
    const first = (await use(client, 'list_videos', { limit: 2, search: 'goat' })).told
    const second = (await use(client, 'list_videos', { limit: 2, cursor: first['next_cursor'] })).told
    const listed = [first, second].flatMap(({ videos }) => videos as { video_id: string }[])
    expect(listed.map((video) => video.video_id).toSorted()).toEqual(ids.map(String).toSorted())
  })

  it('tell what is wrong in the words of the API', async () => {
    const client = await ann()
    const wrong = (name: string, given: Record<string, unknown>) => use(client, name, given)
    expect(await wrong('make_video', { ...order, format: '3:2' })).toMatchObject({
      isError: true,
      text: expect.stringContaining("format: '3:2' is no format we have"),
    })
    expect(await wrong('make_video', { ...order, stile: 'x' })).toMatchObject({
      isError: true,
      text: expect.stringContaining('stile'),
    })
    expect(await wrong('video_status', { video_id: '../keys' })).toMatchObject({ isError: true })
    expect(await wrong('make_video', { ...order, wait_seconds: 26 })).toMatchObject({ isError: true })
    const video_id = (await use(client, 'make_video', order)).told['video_id']
    for (const [name, more] of [
      ['redo_picture', {}],
      ['redo_picture', { prompt: 'a cat' }],
      ['change_line', { text: 'A cat.' }],
    ] as const)
      expect(await wrong(name, { video_id, scene: 1, ...more })).toMatchObject({
        isError: true,
        text: expect.stringContaining('wait until it is done'),
      })
    await machine.fail(String(video_id))
    expect((await use(client, 'video_status', { video_id })).text).toContain('failed (maxCostUsd: it is 0)')
  })

  it("show nobody another's videos", async () => {
    const video_id = (await use(await ann(), 'make_video', order)).told['video_id']
    const ben = await overHttp(machine.url, keys.ben)
    expect((await use(ben, 'list_videos')).told).toEqual({ videos: [] })
    for (const name of ['video_status', 'cancel_video', 'retry_video', 'share_video'])
      expect(await use(ben, name, { video_id })).toMatchObject({
        isError: true,
        text: `there is no video '${String(video_id)}' of yours`,
      })
  })
})

describe('the address of the tools', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${machine.url}/mcp`, {
      method: 'POST',
      body,
      headers: {
        authorization: `Bearer ${keys.ann}`,
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        ...headers,
      },
    })

  it('lets nobody in without a key', async () => {
    await expect(overHttp(machine.url, 'cf_wrong')).rejects.toThrow(/no valid key/)
    const bare = await post('{}', { authorization: '' })
    expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="clipforge"'])
  })

  it.each(['GET', 'DELETE', 'PUT'])('has nothing for %s', async (method) => {
    const headers = { authorization: `Bearer ${keys.ann}`, accept: 'text/event-stream' }
    const { status, headers: told } = await fetch(`${machine.url}/mcp`, { method, headers })
    expect([status, told.get('allow')]).toEqual([405, 'POST'])
  })

  it('refuses what is no message, and many messages in one', async () => {
    const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' }
    const single = await post(JSON.stringify(list))
    expect([single.status, single.headers.get('content-type')]).toEqual([200, 'application/json'])
    expect((await post(JSON.stringify([list, list]))).status).toBe(400)
    expect((await post('{')).status).toBe(400)
    expect((await post('{}')).status).toBe(400)
    expect((await post('{}', { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await post(JSON.stringify(list), { accept: 'text/html' })).status).toBe(406)
    expect((await post(`"${'x'.repeat(1_000_001)}"`)).status).toBe(413)
  })
})
