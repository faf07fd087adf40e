// The routes of the original ClipForge as its clients use them, on the whole API.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { styles } from '../../core/catalog.ts'
import { type Machine, startMachine } from './machine.ts'

let machine: Machine
const keys = { ann: '', ben: '' }
beforeAll(async () => {
  machine = await startMachine()
  for (const owner of ['ann', 'ben'] as const) keys[owner] = await machine.keyOf(owner)
})
afterAll(() => machine.close())

const sent = {
  title: 'The goat',
  category: 'History',
  format: '16:9',
  style: 'Comic Noir',
  voice: 'Shelby',
  script: 'A goat found coffee. It danced all night.',
  keywords: 'goats, coffee beans',
  negative_keywords: 'text, letters, text',
}
type Asked = { body?: unknown; key?: string; headers?: Record<string, string>; at?: Machine }
async function ask(method: string, path: string, { body, key = keys.ann, headers, at = machine }: Asked = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await fetch(`${at.url}/api${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(key && { Authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: text }),
  })
  const said = await answer.text()
  return { status: answer.status, headers: answer.headers, body: said === '' ? undefined : JSON.parse(said) }
}
const create = async (more: object = {}, key?: string): Promise<string> =>
  (await ask('POST', '/create-video', { body: { ...sent, ...more }, ...(key && { key }) })).body.job_id

describe('the routes of the original', () => {
  it('take a video as its page sent it', async () => {
    const { status, body } = await ask('POST', '/create-video', { body: { ...sent, image_style: 'ignored' } })
    expect(status).toBe(202)
    expect(body).toEqual({
      job_id: expect.stringMatching(/^vid_/),
      message: 'Video generation started',
      queue_position: 0,
    })
    expect((await machine.videos.get(body.job_id))!).toMatchObject({
      owner: 'ann',
      request: {
        title: 'The goat',
        category: 'History',
        format: '16:9',
        style: 'comic-noir',
        voice: 'sarah',
        script: sent.script,
        keywords: ['goats', 'coffee beans'],
        negativeKeywords: ['text', 'letters'],
      },
    })
    const next = await ask('POST', '/create-video', { body: { script: 'Hi.', title: '', category: null } })
    expect([next.status, next.body.queue_position]).toEqual([202, 1])
    await machine.finish(body.job_id)
    await machine.finish(next.body.job_id)
  })

  it('follow a job from the queue to its video', async () => {
    const [first, second] = [await create(), await create({ title: 'Later' })]
    const queue = (await ask('GET', '/queue')).body
    expect(queue.queued.map(({ job_id }: { job_id: string }) => job_id)).toEqual([first, second])
    expect(queue).toMatchObject({
      queued: [{ status: 'queued', queue_position: 0 }, { queue_position: 1 }],
      processing: [],
    })
    const waiting = await ask('GET', `/job-status/${first}`)
    expect([waiting.status, waiting.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(waiting.body).toMatchObject({ status: 'queued', progress: 0, message: expect.any(String) })
    expect(waiting.body).not.toHaveProperty('video')
    expect((await ask('GET', `/video/${first}`)).status).toBe(404)
    expect((await ask('GET', `/download/${first}`)).status).toBe(404)

    await machine.videos.update(first, 1, { status: 'running' })
    const at = new Date().toISOString()
    for (const stage of ['write', 'narrate', 'plan'])
      for (const type of ['started', 'done']) await machine.videos.appendEvent(first, { at, type, stage })
    const running = (await ask('GET', `/job-status/${first}`)).body
    expect(running).toMatchObject({ status: 'processing', queue_position: -1 })
    expect([running.progress > 0, running.progress < 100, Number.isInteger(running.progress)]).toEqual([
      true,
      true,
      true,
    ])
    expect((await ask('GET', '/queue')).body.processing).toMatchObject([{ job_id: first }])

    await machine.finish(first)
    const { body } = await ask('GET', `/job-status/${first}`)
    expect(body).toMatchObject({ status: 'completed', progress: 100 })
    expect(body.video).toEqual({
      id: first,
      title: 'The goat',
      category: 'History',
      format: '16:9',
      style: 'Comic Noir',
      voice: 'Sarah',
      script: sent.script,
      keywords: 'goats, coffee beans',
      negative_keywords: 'text, letters',
      path: `/api/download/${first}`,
      thumbnail_path: expect.stringMatching(/\/poster\.jpg$/),
      duration: 12.3,
      created_at: expect.any(String),
      status: 'completed',
    })
    expect(await (await fetch(body.video.thumbnail_path)).text()).toBe('poster.jpg')
    expect((await ask('GET', `/video/${first}`)).body).toEqual(body.video)
    expect((await ask('GET', '/all-videos')).body[0]).toEqual(body.video)
    const file = await fetch(`${machine.url}${body.video.path}`, { headers: { 'X-Api-Key': keys.ann } })
    expect([file.status, await file.text()]).toEqual([200, 'video.mp4'])

    await machine.fail(second)
    const failed = (await ask('GET', `/job-status/${second}`)).body
    expect(failed).toMatchObject({ status: 'failed', message: 'maxCostUsd: it is 0' })
    expect(await ask('DELETE', `/video/${first}`)).toMatchObject({
      status: 200,
      body: { message: 'Video deleted successfully' },
    })
    for (const [method, path] of [
      ['GET', `/video/${first}`],
      ['DELETE', `/video/${first}`],
      ['GET', `/download/${first}`],
    ] as const)
      expect(await ask(method, path)).toMatchObject({ status: 404, body: { detail: 'Video not found' } })
    expect(await ask('GET', `/job-status/${first}`)).toMatchObject({ status: 404, body: { detail: 'Job not found' } })
    await ask('DELETE', `/video/${second}`)
  })

  it('show what can be chosen to everybody', async () => {
    const shown = async (name: string) => (await ask('GET', `/${name}`, { key: '' })).body
    expect(await shown('config')).toMatchObject({ video_formats: ['9:16', '16:9', '1:1'], max_script_length: 15_000 })
    const { styles: names, count } = await shown('styles')
    expect([names.includes('B&W Sketch'), count]).toEqual([true, Object.keys(styles).length])
    expect((await shown('voices')).voice_details).toMatchObject({ Roger: 'CwhRBWXzGAHq8TQ4Fs17' })
    expect((await shown('formats')).formats['9:16']).toEqual({ width: 1080, height: 1920 })
    for (const style of names) expect(await create({ style }, keys.ben)).toMatch(/^vid_/)
  })

  it('tell what is wrong in its form', async () => {
    for (const [body, detail] of [
      [{ ...sent, script: '' }, 'script: is missing'],
      [{ ...sent, style: 'Comic Nor' }, "the nearest is 'comic-noir'"],
      [{ ...sent, script: 'x'.repeat(15_001) }, 'at most 15000 characters'],
      [{ ...sent, script: 7 }, 'script'],
      ['{', 'the body is not JSON'],
      ['[]', 'script: is missing'],
      ['null', 'script: is missing'],
    ] as const) {
      const answer = await ask('POST', '/create-video', { body })
      expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining(detail) } })
      expect(answer.body.error).toBe(answer.body.detail)
    }
    for (const id of ['vid_x', '..%2f..', '%00', '1'])
      expect(await ask('GET', `/job-status/${id}`)).toMatchObject({ status: 404, body: { detail: 'Job not found' } })
  })

  it('take the key in all the ways that a client may have one', async () => {
    const basic = (pair: string) => ({ Authorization: `Basic ${Buffer.from(pair).toString('base64')}` })
    for (const headers of [{ 'x-api-key': keys.ann }, basic(`${keys.ann}:`), basic(`user:${keys.ann}`)])
      expect((await ask('GET', '/queue', { key: '', headers })).status).toBe(200)
    for (const [method, path] of [
      ['POST', '/create-video'],
      ['GET', '/job-status/1'],
      ['GET', '/queue'],
      ['GET', '/all-videos'],
      ['GET', '/video/1'],
      ['DELETE', '/video/1'],
      ['GET', '/download/1'],
    ] as const) {
      const answer = await ask(method, path, { key: 'cf_wrong' })
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="clipforge"'])
      expect(answer.body.detail).toContain('no valid key')
    }
  })

  it("show nobody another's videos", async () => {
    const id = await create()
    await machine.finish(id)
    const carla = await machine.keyOf('carla')
    for (const [method, path] of [
      ['GET', `/job-status/${id}`],
      ['GET', `/video/${id}`],
      ['DELETE', `/video/${id}`],
      ['GET', `/download/${id}`],
    ] as const)
      expect((await ask(method, path, { key: carla })).status).toBe(404)
    expect((await ask('GET', '/all-videos', { key: carla })).body).toEqual([])
    expect((await ask('GET', '/queue', { key: carla })).body).toEqual({ queued: [], processing: [] })
    expect((await ask('GET', `/video/${id}`)).status).toBe(200)
  })

  it('say when to come again when there is too much', async () => {
    const busy = await startMachine({ requestsPerMinute: 100, videosPerMinute: 1 })
    const key = await busy.keyOf('ann')
    const statuses = []
    for (let count = 0; count < 2; count++)
      statuses.push(await ask('POST', '/create-video', { body: sent, key, at: busy }))
    expect(statuses.map(({ status }) => status)).toEqual([202, 429])
    expect(Number(statuses[1]!.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(statuses[1]!.body.detail).toContain('come again in')
    await busy.close()
  })
})
