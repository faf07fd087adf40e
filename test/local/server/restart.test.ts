// What a power cut in the middle costs: time, and nothing else.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startElevenLabs } from '../../loopback/elevenlabs.ts'
import { startGemini } from '../../loopback/gemini.ts'
import { startOpenAI } from '../../loopback/openai.ts'
import type { Loopback } from '../../loopback/server.ts'
import { client, type ServerProcess, small, startServer, until } from './process.ts'

const keys = {
  OPENAI_API_KEY: 'test-key-openai-r3St',
  ELEVENLABS_API_KEY: 'test-key-elevenlabs-r3St',
  GEMINI_API_KEY: 'test-key-gemini-r3St',
}
let home: string
let servers: ServerProcess[]
let services: Record<'openai' | 'elevenlabs' | 'gemini', Loopback> | undefined

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'restart-'))
  servers = []
})
afterEach(async () => {
  for (const server of servers) await server.end('SIGKILL')
  for (const service of Object.values(services ?? {})) await service.close()
  services = undefined
  rmSync(home, { recursive: true, force: true, maxRetries: 5 })
})

async function start(env: object = {}): Promise<ServerProcess> {
  const server = await startServer(home, [], env)
  servers.push(server)
  return server
}

describe('kill -9', { timeout: 180_000 }, () => {
  it('while services are asked: every call is made once, and the video is done after the restart', async () => {
    // Answers take long enough that some are under way whenever the server dies.
    const slow = { delayMs: () => 1500 }
    services = {
      openai: await startOpenAI({ key: keys.OPENAI_API_KEY, ...slow }),
      elevenlabs: await startElevenLabs({ key: keys.ELEVENLABS_API_KEY, ...slow }),
      gemini: await startGemini({ key: keys.GEMINI_API_KEY, ...slow }),
    }
    const env = {
      ...keys,
      OPENAI_BASE_URL: `${services.openai.url}/v1`,
      ELEVENLABS_BASE_URL: services.elevenlabs.url,
      GOOGLE_GEMINI_BASE_URL: services.gemini.url,
    }
    const received = () => Object.values(services!).flatMap((service) => service.received)
    const first = await start(env)
    const scenes = [
      { text: 'A goat found a red berry.', prompt: 'a goat beside a bush' },
      { text: 'The monks drank it at night.', prompt: 'monks at a table' },
    ]
    const { id } = await client(first.url, first.key!).make({ ...small, scenes })
    await until(() => expect(received().length).toBeGreaterThan(0))
    await first.end('SIGKILL')
    const second = await start(env)
    await until(() => expect(received().length).toBeGreaterThan(2))
    await second.end('SIGKILL')
    const third = await start(env)
    await until(async () => expect((await client(third.url, first.key!).video(id)).status).toBe('done'))
    // A plan, a narration, two pictures.
    expect(received().map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok', 'ok'])
    const { bill } = await client(third.url, first.key!).video(id)
    expect(bill.lines.filter(({ costUsd }) => costUsd > 0)).toHaveLength(4)
    expect(bill.unsettled).toEqual([])
  })

  it('at any time: what was accepted is made, in one attempt each', async () => {
    let server = await start()
    const key = server.key!
    const ids: string[] = []
    for (let n = 0; n < 3; n++) ids.push((await client(server.url, key).make({ ...small, script: `A goat, ${n}.` })).id)
    for (const pauseMs of [150, 900, 1700]) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
      await server.end('SIGKILL')
      server = await start()
    }
    const api = client(server.url, key)
    for (const id of ids) await until(async () => expect((await api.video(id)).status).toBe('done'))
  })

  it('is told from a stop: that says what it leaves for the next start', async () => {
    const server = await start()
    const { id } = await client(server.url, server.key!).make({ ...small, script: 'A goat found coffee. '.repeat(40) })
    await until(() => expect(server.lines).toContainEqual(expect.objectContaining({ type: 'started', videoId: id })))
    expect(await server.end('SIGTERM')).toBe(0)
    expect(server.lines.at(-1)).toMatchObject({ type: 'stopped', running: 1 })
    const next = await start()
    await until(() =>
      expect(next.lines).toContainEqual(expect.objectContaining({ type: 'started', videoId: id, resumed: true })),
    )
  })
})
