// What a call is handed, counting: every intent, and what came of it.
import { createServer, type RequestListener } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { onTestFinished, vi } from 'vitest'
import { ServiceError } from '../../../core/errors.ts'
import type { Billed, Intent, Making } from '../../../core/ports.ts'
import type { ServiceCall } from '../../../providers/calls/call.ts'
import { clock } from '../../../providers/calls/clock.ts'
import { networkFailure, sortByStatus } from '../../../providers/calls/failures.ts'

export type CountedMaking = Making & { intents: Intent[]; failures: unknown[]; cancel: (reason?: Error) => void }

export function countedMaking(): CountedMaking {
  const controller = new AbortController()
  const intents: Intent[] = []
  const failures: unknown[] = []
  return {
    signal: controller.signal,
    cancel: (reason) => controller.abort(reason),
    intents,
    failures,
    buy: async (intent, send) => {
      intents.push(intent)
      try {
        return (await send()).made
      } catch (error) {
        failures.push(error)
        throw error
      }
    },
  }
}

let accounts = 0
/** An account that no test before has used, so that its limiter is fresh. Gives the key. */
export function freshAccount(): string {
  const key = `test-key-openai-${++accounts}-Zq7/+x"\\y`
  vi.stubEnv('OPENAI_API_KEY', key)
  onTestFinished(() => void vi.unstubAllEnvs())
  return key
}

export const made = <Made>(it: Made): Billed<Made> => ({ made: it, charges: [] })

export function requestOf<Made>(send: ServiceCall<Made>['send'], more?: Partial<ServiceCall<Made>>): ServiceCall<Made> {
  return {
    service: 'openai',
    model: 'gpt-6-luna',
    what: 'the plan',
    estimateMicroUsd: 1000,
    deadlineMs: 5000,
    send,
    sortError: (error) =>
      networkFailure('openai', error) ??
      sortByStatus('openai', undefined, error instanceof Error ? error.message : String(error), { cause: error }),
    ...more,
  }
}

export function transient(retryAfterMs?: number): ServiceError {
  return new ServiceError('TransientError', 'OpenAI is overloaded (503)', { charges: [], retryAfterMs })
}

/** Waits are so many times shorter; gives each as it was asked for, in milliseconds. `random`: what the dice always show. */
export function quickWaits(random = 0.5, timesShorter = 100): number[] {
  const waits: number[] = []
  const { timer, random: before } = clock
  clock.timer = (run, ms) => {
    waits.push(ms)
    return timer(run, ms / timesShorter)
  }
  clock.random = () => random
  onTestFinished(() => void Object.assign(clock, { timer, random: before }))
  return waits
}

/** A server on the loopback interface that lives as long as the test. Gives its URL. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
