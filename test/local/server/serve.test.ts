// The whole server: real processes, real requests, small videos.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { VideoDetails, VideoList } from '../../../api/schemas/videos.ts'
import { clipforge, program } from '../cli/clipforge.ts'
import { client, type ServerProcess, small, startServer, until } from './process.ts'

let root: string
let server: ServerProcess
let api: ReturnType<typeof client>
let others: ServerProcess[] = []

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'serve-'))
  mkdirSync(join(root, 'drop'))
  server = await startServer(join(root, 'home'), ['--inbox', join(root, 'drop'), '--jobs', '1', '--max-queued', '4'])
  api = client(server.url, server.key!)
}, 60_000)
afterEach(async () => {
  for (const other of others) await other.end('SIGKILL')
  others = []
})
afterAll(async () => {
  await server.end()
  rmSync(root, { recursive: true, force: true })
})

describe('clipforge serve', { timeout: 150_000 }, () => {
  it('makes a video of a request, and serves its file as players ask for it', async () => {
    const { id } = await api.make({ ...small, script: 'A goat found coffee.' })
    await until(async () => expect((await api.video(id)).status).toBe('done'))
    const link = (await api.video(id)).links!['video.mp4']!
    expect(link).toMatch(new RegExp(`^${server.url}/files/[\\w-]+/video\\.mp4$`))
    const part = await fetch(link, { headers: { Range: 'bytes=4-7' } })
    expect([part.status, await part.text()]).toEqual([206, 'ftyp'])
    const told = server.lines.filter(({ videoId }) => videoId === id).map(({ type }) => type)
    expect(told).toEqual(['accepted', 'started', 'done'])
    expect((await clipforge(['list'], { home: join(root, 'home') })).stdout).toContain(id)
  })

  it('lets in by a link from the terminal, by a key, and by nothing else', async () => {
    const code = server.signInLink.split('/').at(-1)!
    const signedIn = await fetch(`${server.url}/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code }),
    })
    const { token } = (await signedIn.json()) as { token: string }
    expect((await client(server.url, token).ask('GET', '/v1/videos')).status).toBe(200)
    for (const wrong of ['', 'x', `${token}x`, token.replace(/\..*/, '.'), `${server.key}x`])
      expect((await client(server.url, wrong).ask('GET', '/v1/videos')).status).toBe(401)
    const home = join(root, 'home')
    const made = JSON.parse((await clipforge(['keys', 'create', 'test', '--json'], { home })).stdout) as Record<
      string,
      string
    >
    expect((await client(server.url, made['key']!).ask('GET', '/v1/videos')).status).toBe(200)
    expect((await clipforge(['keys', 'revoke', made['id']!], { home })).code).toBe(0)
    expect((await client(server.url, made['key']!).ask('GET', '/v1/videos')).status).toBe(401)
    expect((await clipforge(['keys', 'list'], { home })).stdout).toMatch(/first key .*last used[^]*test .*revoked/)
    expect(statSync(join(home, 'secret')).mode & 0o777).toBe(0o600)
  })

  it('tells places in the queue, refuses more than may wait, and ends what is cancelled', async () => {
    const long = { ...small, script: 'A goat found coffee. '.repeat(60) }
    const first = await api.make(long)
    await until(async () => expect((await api.video(first.id)).status).toBe('running'))
    const waiting: VideoDetails[] = []
    for (let n = 0; n < 4; n++) waiting.push(await api.make({ ...small, script: `A hen, number ${n}.` }))
    const places = await Promise.all(waiting.map(async ({ id }) => (await api.video(id)).queuePosition))
    expect(places).toEqual([1, 2, 3, 4])
    const refused = await api.ask('POST', '/v1/videos', { ...small, script: 'One more.' })
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
    const cancelled = async (id: string) => (await api.ask<VideoDetails>('POST', `/v1/videos/${id}/cancel`)).body.status
    expect(await cancelled(waiting[1]!.id)).toBe('cancelled')
    expect((await api.video(waiting[2]!.id)).queuePosition).toBe(2)
    for (const index of [2, 3]) await cancelled(waiting[index]!.id)
    expect(await cancelled(first.id)).toBe('cancelled')
    await until(async () => expect((await api.video(waiting[0]!.id)).status).toBe('done'))
    expect((await api.video(first.id)).status).toBe('cancelled')
  })

  it('makes videos of files that are dropped into its inbox', async () => {
    writeFileSync(join(root, 'drop', 'hen.json'), JSON.stringify({ ...small, title: 'From a file', script: 'A hen.' }))
    await until(() => expect(server.lines).toContainEqual(expect.objectContaining({ type: 'taken', file: 'hen.json' })))
    await until(async () => {
      const { body } = await api.ask<VideoList>('GET', '/v1/videos')
      expect(body.videos[0]).toMatchObject({ title: 'From a file', status: 'done' })
    })
  })

  it('answers to this machine’s names only: a page from elsewhere gets nothing', async () => {
    const { port } = new URL(server.url)
    const statusFor = (host: string) =>
      new Promise<number>((resolve, reject) => {
        const asked = request({ port, host: '127.0.0.1', path: '/health', headers: { host } })
        asked.on('response', (response) => resolve(response.resume().statusCode!)).on('error', reject)
        asked.end()
      })
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, '[::1]', 'LOCALHOST'])
      expect([host, await statusFor(host)]).toEqual([host, 200])
    for (const host of ['evil.example', `127.0.0.1.evil.example:${port}`, 'localhost.evil.example', '10.0.0.1'])
      expect([host, await statusFor(host)]).toEqual([host, 404])
  })

  it('serves the page with what protects it, compressed, and kept where its name says what is in it', async () => {
    const page = await fetch(`${server.url}/`)
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'self'/)
    expect(page.headers.get('x-frame-options')).toBe('DENY')
    const script = /src="(assets\/[^"]+\.js)"/.exec(await page.text())![1]!
    const asset = await fetch(`${server.url}/${script}`, { headers: { 'Accept-Encoding': 'gzip' } })
    expect(Object.fromEntries(asset.headers)).toMatchObject({
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: expect.stringContaining('Accept-Encoding') as string,
    })
    const etag = asset.headers.get('etag')!
    const again = await fetch(`${server.url}/${script}`, {
      headers: { 'Accept-Encoding': 'gzip', 'If-None-Match': etag },
    })
    expect(again.status).toBe(304)
    for (const trick of [
      '/../package.json',
      '/..%2f..%2fpackage.json',
      '/assets/%2e%2e/%2e%2e/package.json',
      '/.git/config',
    ])
      expect([trick, (await fetch(`${server.url}${trick}`)).status]).toEqual([trick, 404])
  })

  it('says in one line that its port is in use', async () => {
    const { port } = new URL(server.url)
    const env = { ...process.env, CLIPFORGE_HOME: join(root, 'home') }
    const child = spawn(process.execPath, [program, 'serve', '--port', port], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close') as Promise<[number]>])
    expect(stderr).toMatch(
      new RegExp(`^clipforge: port: ${port} is in use already[^\\n]*--port ${Number(port) + 1}\\n$`),
    )
    expect(code).toBe(2)
  })

  it('shares its queue with a second one on the same home, and shows a key only once', async () => {
    const second = await startServer(join(root, 'home'))
    others.push(second)
    expect(second.key).toBeUndefined()
    const ids: string[] = []
    for (let n = 0; n < 3; n++)
      ids.push((await client(second.url, server.key!).make({ ...small, script: `A cow, ${n}.` })).id)
    for (const id of ids) await until(async () => expect((await api.video(id)).status).toBe('done'))
    const started = [...server.lines, ...second.lines].filter(({ type }) => type === 'started')
    expect(started.filter(({ videoId }) => ids.includes(videoId!))).toHaveLength(3)
    expect(await second.end('SIGINT')).toBe(0)
  })
})
