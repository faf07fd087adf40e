import { describe, expect, it, vi } from 'vitest'
import { hurry, newVideo, type Servers, startServices } from './all-services.ts'

const subjects = ['goat', 'monk', 'ship', 'river', 'clock', 'garden', 'bridge', 'mountain', 'market', 'lighthouse']
const scripts = Array.from(
  { length: 20 },
  (_, i) => `A ${subjects[i % 10]} was seen at dawn, on day ${i + 1}. Everybody who was awake talked about it.`,
)

describe('twenty videos at once', () => {
  it('never exceed what a service allows, and all are made', { timeout: 120_000 }, async () => {
    hurry()
    const limits: Record<keyof Servers, number> = { openai: 4, elevenlabs: 3, gemini: 6 }
    for (const [service, limit] of Object.entries(limits))
      vi.stubEnv(`${service.toUpperCase()}_CONCURRENCY`, String(limit))
    const servers = await startServices({ delayMs: () => 30 })
    servers.openai.fail({ kind: 'throttled', times: 3, retryAfterSeconds: 1 })
    servers.gemini.fail({ kind: 'overloaded', times: 5 })
    servers.elevenlabs.fail({ kind: 'throttled', reason: 'concurrency', times: 2 })

    const videos = await Promise.all(scripts.map((script) => newVideo({ script, scenes: 2, music: 'none' }, undefined)))
    const gathered = await Promise.all(videos.map(({ gather }) => gather()))

    expect(gathered.flatMap(({ pictures }) => pictures)).toHaveLength(40)
    expect(gathered.every(({ narration }) => narration.timesFrom === 'voice')).toBe(true)
    for (const [service, limit] of Object.entries(limits))
      expect(servers[service as keyof Servers].mostAtOnce(), service).toBeLessThanOrEqual(limit)
    const made = (await Promise.all(videos.map(({ calls }) => calls()))).flat()
    expect(made.filter(({ outcome }) => outcome === 'made')).toHaveLength(20 * 4)
  })
})
