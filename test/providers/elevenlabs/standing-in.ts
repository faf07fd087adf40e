// What the tests of this folder share: the real SDK against the stand-in, without the waiting.
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import type { ServiceError } from '../../../core/errors.ts'
import type { Billed, Charge, Intent, Making } from '../../../core/ports.ts'
import { clock } from '../../../providers/calls/clock.ts'
import { ready } from '../../../providers/elevenlabs/client.ts'
import { startElevenLabs, type ElevenLabsOptions } from '../../loopback/elevenlabs.ts'
import type { Loopback } from '../../loopback/server.ts'

/** Call in a describe or at the top of a file. A stand-in for each test, started with what it asks for. */
export function standIn(): { start: (options?: ElevenLabsOptions) => Promise<Loopback> } {
  const started: Loopback[] = []
  const { timer } = clock
  beforeAll(async () => {
    clock.timer = (run) => timer(run, 0)
    await ready()
  })
  afterAll(() => {
    clock.timer = timer
  })
  beforeEach(() => vi.stubEnv('ELEVENLABS_API_KEY', 'test-key-elevenlabs'))
  afterEach(async () => {
    vi.unstubAllEnvs()
    await Promise.all(started.splice(0).map((it) => it.close()))
  })
  return {
    start: async (options) => {
      const loopback = await startElevenLabs(options)
      started.push(loopback)
      vi.stubEnv('ELEVENLABS_BASE_URL', loopback.url)
      return loopback
    },
  }
}

/** One entry per try: what it cost, or how it failed. */
export type Bought = { intent: Intent; charges: Charge[] | undefined; error?: string }

export function making(): Making & { bought: Bought[] } {
  const bought: Bought[] = []
  const buy = async <Made>(intent: Intent, call: () => Promise<Billed<Made>>) => {
    try {
      const { made, charges } = await call()
      bought.push({ intent, charges })
      return made
    } catch (error) {
      const { name, charges } = error as ServiceError
      bought.push({ intent, charges, error: name })
      throw error
    }
  }
  return { signal: new AbortController().signal, buy, bought }
}
