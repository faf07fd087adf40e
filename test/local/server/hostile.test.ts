// Clients that are slow, that go away, or that come in crowds.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { listen } from '../../../local/server/listen.ts'
import { startMachine } from '../../api/machine.ts'

const open: Socket[] = []
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy()
})
async function connectTo(url: string): Promise<Socket> {
  const { port } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1').on('error', () => {})
  open.push(socket)
  await once(socket, 'connect')
  return socket
}
const headOf = (path: string, lines: string[] = []) =>
  [`POST ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Content-Type: application/json', ...lines, '', ''].join('\r\n')
const chunked = 'Transfer-Encoding: chunked'

describe('a client', () => {
  it('without a key is told so before its body is there; one that hangs up is no mistake of ours', async () => {
    const machine = await startMachine()
    const anybody = await connectTo(machine.url)
    anybody.write(`${headOf('/v1/videos', [chunked])}5\r\n{"scr\r\n`)
    expect(String(await once(anybody, 'data'))).toMatch(/^HTTP\/1\.1 401 /)
    const key = `Authorization: Bearer ${await machine.keyOf('ann')}`
    for (const more of [[chunked], ['Content-Length: 900']])
      for (const path of ['/v1/videos', '/v1/keys', '/mcp', '/api/create-video']) {
        const ann = await connectTo(machine.url)
        ann.write(`${headOf(path, [key, ...more])}5\r\n{"scr\r\n`)
        // Long enough to be read from.
        await new Promise((resolve) => setTimeout(resolve, 30))
        ann.destroy()
      }
    await new Promise((resolve) => setTimeout(resolve, 100))
    // It throws what went wrong in the API.
    await machine.close()
  })

  it('is told of links at the name that it was let in by, whatever its first line says', async () => {
    const machine = await startMachine()
    const key = await machine.keyOf('ann')
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
    const made = await fetch(`${machine.url}/v1/videos`, { method: 'POST', headers, body: '{"script": "A goat."}' })
    const { id } = (await made.json()) as { id: string }
    await machine.finish(id)
    const socket = await connectTo(machine.url)
    const lines = [`Authorization: Bearer ${key}`, 'Content-Length: 0', 'Connection: close']
    socket.write(headOf(`http://evil.example/v1/videos/${id}/share`, lines))
    expect(await text(socket)).toMatch(/"link":"http:\/\/127\.0\.0\.1\/#\/watch\//)
    const put = await fetch(`${machine.url}/files/x/y.mp4`, { method: 'PUT' })
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    await machine.close()
  })
})

describe('a server', () => {
  it('waits for a body a moment only, and longer where files come', async () => {
    const place = { host: '127.0.0.1', port: 0, bodyMs: 100, mayTakeLong: (target: string) => target === '/uploads' }
    const listening = await listen(async (request) => new Response(await request.text()), place)
    const url = `http://127.0.0.1:${listening.port}`
    const [slow, upload] = [await connectTo(url), await connectTo(url)]
    upload.write(`${headOf('/uploads', [chunked, 'Connection: close'])}1\r\na\r\n`)
    slow.write(`${headOf('/v1/videos', [chunked])}1\r\na\r\n`)
    expect(await text(slow)).toMatch(/^HTTP\/1\.1 408 /)
    upload.write('1\r\nb\r\n0\r\n\r\n')
    expect(await text(upload)).toMatch(/\r\n\r\n(2\r\n)?ab/)
    await listening.close()
  })

  it('lets one address open so many connections, and again when some have closed', async () => {
    const place = { host: '127.0.0.1', port: 0, mostPerAddress: 2 }
    const listening = await listen(() => new Response('here'), place)
    const url = `http://127.0.0.1:${listening.port}`
    const [first] = [await connectTo(url), await connectTo(url)]
    const third = await connectTo(url)
    expect(await text(third).catch(() => '')).toBe('')
    first.destroy()
    await expect.poll(async () => (await fetch(url).catch(() => undefined))?.status).toBe(200)
    await listening.close()
  })
})
