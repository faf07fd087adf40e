import { expect, it } from 'vitest'
import { setTimeout } from 'node:timers/promises'
import { allHaveLeft, departing } from '../../../providers/calls/departures.ts'
import { governConnections } from '../../../providers/calls/dispatcher.ts'
import { startLoopback } from '../../loopback/server.ts'

const vendor = { answer: () => ({ status: 200, body: {} }), faults: {} as never, delayMs: () => 300 }

it('waits until a request is on its way, not until it is answered', async () => {
  await governConnections()
  const server = await startLoopback(vendor)
  let isAnswered = false
  const answer = departing(async () => {
    await setTimeout(100)
    await fetch(server.url)
    isAnswered = true
  })
  const startedMs = performance.now()
  await allHaveLeft(5000)
  expect(performance.now() - startedMs).toBeGreaterThan(90)
  await expect.poll(() => server.received.length).toBe(1)
  expect(isAnswered).toBe(false)
  await answer
  await server.close()
})

it('waits for nothing when there is nothing, and not for ever', async () => {
  const startedMs = performance.now()
  await allHaveLeft(60_000)
  const stop = Promise.withResolvers<void>()
  const never = departing(() => stop.promise)
  await allHaveLeft(50)
  expect(performance.now() - startedMs).toBeLessThan(5000)
  stop.resolve()
  await never
})
