// Files behind signed links, over real HTTP from real files.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServerEnv } from '../../../local/server/app.ts'
import { fileRoutes } from '../../../local/server/files.ts'
import { linksBy } from '../../../local/server/links.ts'
import { listen, type Listening } from '../../../local/server/listen.ts'
import { openSigner, type Signer } from '../../../local/server/secret.ts'
import { openStores, type Stores } from '../../../local/stores.ts'

let home: string
let stores: Stores
let server: Listening
let sign: Signer
const body = randomBytes(300_000)

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'files-'))
  stores = openStores(home)
  sign = openSigner(home)
  const app = new Hono<ServerEnv>().route('/files', fileRoutes({ objects: stores.objects, sign }))
  server = await listen(app.fetch, { host: '127.0.0.1', port: 0 })
  await stores.objects.put('videos/v/video.mp4', body, { contentType: 'video/mp4' })
  await stores.objects.put('videos/v/empty.txt', new Uint8Array(), { contentType: 'text/plain' })
  await stores.objects.put('videos/v/page.html', Buffer.from('<script>alert(1)</script>'), { contentType: 'text/html' })
})
afterAll(async () => {
  await server.close()
  stores.db.close()
  rmSync(home, { recursive: true, force: true })
})

async function linkTo(key: string): Promise<string> {
  const made = await linksBy(sign, () => `http://127.0.0.1:${server.port}`)([key])
  return 'links' in made ? made.links[key]! : ''
}
const get = async (headers: Record<string, string> = {}, method = 'GET') =>
  fetch(await linkTo('videos/v/video.mp4'), { method, headers })
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

describe('a file', () => {
  it('comes whole, with what a player wants to know', async () => {
    const response = await get()
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': '300000',
      'accept-ranges': 'bytes',
      'content-security-policy': expect.stringContaining('sandbox') as string,
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) as string,
    })
    expect((await bytesOf(response)).equals(body)).toBe(true)
  })

  it('tells of itself without a body', async () => {
    const response = await get({}, 'HEAD')
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '300000'])
    expect(await bytesOf(response)).toHaveLength(0)
  })

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=100-199', 100, 199],
    ['bytes=299990-', 299_990, 299_999],
    ['bytes=-10', 299_990, 299_999],
    ['bytes=-999999', 0, 299_999],
    ['bytes=5-99999999', 5, 299_999],
  ])('in a range: %s', async (range, first, last) => {
    const response = await get({ range })
    expect([response.status, response.headers.get('content-range')]).toEqual([206, `bytes ${first}-${last}/300000`])
    expect(response.headers.get('content-length')).toBe(String(last - first + 1))
    expect((await bytesOf(response)).equals(body.subarray(first, last + 1))).toBe(true)
  })

  it.each(['bytes=300000-', 'bytes=400000-500000', 'bytes=-0'])('has nothing in %s', async (range) => {
    const response = await get({ range })
    expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */300000'])
  })

  it.each(['bytes=5-2', 'bytes=0-1,5-6', 'chars=0-5', 'bytes=a-b', 'bytes=-', ''])(
    'comes whole for what is no range that is understood: %j',
    async (range) => {
      expect((await get({ range })).status).toBe(200)
    },
  )

  it('is not sent again to who has it, and a range only to who has the same', async () => {
    const etag = (await get({}, 'HEAD')).headers.get('etag')!
    expect((await get({ 'if-none-match': etag })).status).toBe(304)
    expect((await get({ 'if-none-match': `"other", W/${etag}` })).status).toBe(304)
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200)
    expect((await get({ range: 'bytes=0-9', 'if-range': etag })).status).toBe(206)
    expect((await get({ range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200)
  })

  it('is saved under its name, or another one, when it is asked for to be saved', async () => {
    const link = await linkTo('videos/v/video.mp4')
    const saved = async (query: string) =>
      (await fetch(`${link}?download${query}`, { method: 'HEAD' })).headers.get('content-disposition')
    expect(await saved('')).toBe(`attachment; filename="video.mp4"; filename*=UTF-8''video.mp4`)
    expect(await saved(`=${encodeURIComponent('Über "Kaffee"\r\n.mp4')}`)).toBe(
      `attachment; filename="_ber _Kaffee___.mp4"; filename*=UTF-8''%C3%9Cber%20%22Kaffee%22%0D%0A.mp4`,
    )
  })

  it('that a browser would run is saved, never shown', async () => {
    const response = await fetch(await linkTo('videos/v/page.html'))
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
  })

  it('may be empty', async () => {
    const response = await fetch(await linkTo('videos/v/empty.txt'))
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '0', ''])
  })
})

describe('no file', () => {
  it('is behind a link to what is gone, a forged one, and tricks with paths', async () => {
    const origin = `http://127.0.0.1:${server.port}`
    const { pathname } = new URL(await linkTo('videos/v/video.mp4'))
    const token = pathname.split('/')[2]!
    const tricks = [
      new URL(await linkTo('videos/v/nothing.mp4')).pathname,
      `/files/${token}/bill.json`,
      `/files/${token}/..%2fvideo.mp4`,
      `/files/${token}x/video.mp4`,
      `/files/${'A'.repeat(60)}/video.mp4`,
      '/files/..%2f..%2f..%2fetc/passwd',
      '/files/%00/%00',
    ]
    for (const path of tricks) {
      const response = await fetch(`${origin}${path}`)
      expect([path, response.status]).toEqual([path, 404])
    }
    expect((await fetch(`${origin}${tricks[1]}`)).headers.get('content-type')).toBe('application/problem+json')
  })

  it('is taken by whoever goes away in the middle: others are served on', async () => {
    const { pathname } = new URL(await linkTo('videos/v/video.mp4'))
    for (let n = 0; n < 20; n++) {
      const socket = connect(server.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write(`GET ${pathname} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)
      socket.once('data', () => socket.destroy())
    }
    expect((await get()).status).toBe(200)
  })
})

describe('listening', () => {
  it('where another program listens is refused in one line that says what to do', async () => {
    const taken = listen(new Hono<ServerEnv>().fetch, { host: '127.0.0.1', port: server.port })
    await expect(taken).rejects.toMatchObject({
      name: 'InputError',
      message: `port: ${server.port} is in use already, perhaps by another clipforge serve; end that, or choose another one with --port ${server.port + 1}`,
    })
  })

  it('at an address that is not this machine’s is refused', async () => {
    await expect(listen(new Hono<ServerEnv>().fetch, { host: '203.0.113.7', port: 0 })).rejects.toMatchObject({
      name: 'InputError',
    })
  })
})
