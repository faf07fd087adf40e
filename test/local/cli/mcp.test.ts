// `clipforge mcp` in a process of its own, with the SDK's own client before it and a server behind it.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { overStdio, use } from '../../api/assistant.ts'
import { type Machine, startMachine } from '../../api/machine.ts'
import { clipforge, program } from './clipforge.ts'

let machine: Machine
let key: string
const elsewhere = mkdtempSync(join(tmpdir(), 'mcp-'))
beforeAll(async () => {
  machine = await startMachine()
  key = await machine.keyOf('ann')
})
afterAll(async () => {
  await machine.close()
  rmSync(elsewhere, { recursive: true })
})

const order = { script: 'A goat found coffee. It danced all night.' }

describe('clipforge mcp', () => {
  it('makes a video, waits for it and tells how far it is meanwhile', async () => {
    const client = await overStdio({ CLIPFORGE_URL: `${machine.url}/`, CLIPFORGE_KEY: key })
    const heard: { progress: number; total?: number }[] = []
    const onprogress = (progress: { progress: number; total?: number }) => {
      heard.push(progress)
      // Only now it is done: what is heard first is how far it is before.
      if (heard.length === 1)
        void machine.videos.list('ann', { limit: 1 }).then(({ videos }) => machine.finish(videos[0]!.id))
    }
    const { told, text } = await use(client, 'make_video', { ...order, wait_seconds: 30 }, { onprogress })
    expect(told).toMatchObject({ status: 'done', duration_seconds: 12.3 })
    expect(text).toContain(`video.mp4: ${machine.url}/files/`)
    // The last one may come too late: the answer ends it.
    expect(heard[0]).toMatchObject({ progress: 0, total: 100, message: 'queued, number 1 in the queue' })
  })

  it('needs no key for a server of the same home, and sees the videos of whoever sits here', async () => {
    const client = await overStdio({ CLIPFORGE_URL: machine.url, CLIPFORGE_HOME: machine.home, CLIPFORGE_KEY: '' })
    const video_id = String((await use(client, 'make_video', order)).told['video_id'])
    expect(await machine.videos.get(video_id)).toMatchObject({ owner: 'local' })
    expect((await use(client, 'list_videos')).told['videos']).toMatchObject([{ video_id }])
  })

  it('says how to get a key, or a server', async () => {
    const keyless = await overStdio({ CLIPFORGE_URL: machine.url, CLIPFORGE_HOME: elsewhere, CLIPFORGE_KEY: '' })
    expect(await use(keyless, 'list_videos')).toMatchObject({
      isError: true,
      text: expect.stringMatching(/wants a key: set CLIPFORGE_KEY to one \('clipforge keys create'/),
    })
    const wrong = await overStdio({ CLIPFORGE_URL: machine.url, CLIPFORGE_KEY: `${key.slice(0, -4)}AAAA` })
    expect(await use(wrong, 'list_videos')).toMatchObject({ isError: true, text: expect.stringContaining('revoked') })
    const nowhere = await overStdio({ CLIPFORGE_URL: 'http://127.0.0.1:1', CLIPFORGE_KEY: key })
    expect(await use(nowhere, 'make_video', order)).toMatchObject({
      isError: true,
      text: expect.stringMatching(/^no ClipForge answers at http:\/\/127\.0\.0\.1:1: start it with 'npm start'/),
    })
  })

  it('prints nothing but messages, and ends with its input', async () => {
    const ping = `${JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'ping' })}\n`
    const { code, stdout, stderr } = await clipforge(['mcp'], { home: elsewhere, input: ping })
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^clipforge: tools of http:\/\/127\.0\.0\.1:8000 /)])
    expect(stdout.split('\n').map((line) => JSON.parse(line) as object)).toEqual([
      { jsonrpc: '2.0', id: 7, result: {} },
    ])
  })

  it('refuses an address that is none in one line, and says how to register it', async () => {
    process.env['CLIPFORGE_URL'] = 'localhost:8000'
    const { code, stderr } = await clipforge(['mcp'], { home: elsewhere })
    delete process.env['CLIPFORGE_URL']
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^clipforge: CLIPFORGE_URL: must be an address [^\n]+\n$/),
    ])
    const help = execFileSync(process.execPath, [program, 'mcp', '--help'], { encoding: 'utf8' })
    expect(JSON.parse(/^\{.*^\}/ms.exec(help)![0])).toMatchObject({
      mcpServers: { clipforge: { command: process.execPath, args: [expect.stringMatching(/clipforge\.ts$/), 'mcp'] } },
    })
  })
})
