import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { startElevenLabs } from '../../loopback/elevenlabs.ts'

describe('the thread of the SDK', () => {
  test('holds nothing up while it loads, and lets its process end', async () => {
    const { latestMs, code } = await childDoing('load')
    expect(latestMs).toBeLessThan(200)
    expect(code).toBe(0)
  })

  test('keeps its process while it is waited for', async () => {
    const service = await startElevenLabs({ delayMs: () => 500 })
    const { models, code } = await childDoing('ask', service.url)
    await service.close()
    expect(models).toContain('eleven_v4')
    expect(code).toBe(0)
  })

  test('that nobody waits for is left before it has loaded', async () => {
    const { code } = await childDoing('preload')
    expect(code).toBe(0)
  })

  test('that dies is a connection that broke off, and there is another for the next request', async () => {
    const service = await startElevenLabs({ delayMs: () => 500 })
    const { failed, models, code } = await childDoing('survive', service.url)
    await service.close()
    expect(failed).toMatchObject({ name: 'TransientError', charges: null, message: expect.stringMatching(/broke off/) })
    expect(models).toContain('eleven_v4')
    expect(code).toBe(0)
  })

  test('that cannot load is a service that cannot be reached, for nothing', async () => {
    const { failed, code } = await childDoing('fail')
    expect(failed).toMatchObject({ name: 'TransientError', charges: [], message: expect.stringMatching(/be reached/) })
    expect(code).toBe(0)
  })
})

type Told = { latestMs: number; models: string[]; failed: unknown; code: number }

async function childDoing(what: string, url?: string): Promise<Partial<Told>> {
  const env = { ...process.env, ELEVENLABS_API_KEY: 'test-key-elevenlabs', ELEVENLABS_BASE_URL: url }
  const child = fork(fileURLToPath(new URL('thread-child.ts', import.meta.url)), [what], { env, execArgv: [] })
  let told: Partial<Told> = {}
  child.on('message', (message: Partial<Told>) => {
    told = { ...told, ...message }
  })
  const [code] = (await once(child, 'exit')) as [number]
  return { ...told, code }
}
