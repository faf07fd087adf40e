// Which requests are being put together at this moment and have not left yet. Whoever is about to hold up the process
// for a second (a large library that loads) lets them out first.
import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import { setTimeout } from 'node:timers/promises'

type Departure = { hasLeft: boolean }

const current = new AsyncLocalStorage<Departure>()
const departures = new Set<Departure>()
const ofRequest = new WeakMap<object, Departure>()

// undici's own channels: a request is made where it is asked for, and sent when its connection is there.
subscribe('undici:request:create', (message) => {
  const departure = current.getStore()
  if (departure) ofRequest.set((message as { request: object }).request, departure)
})
subscribe('undici:client:sendHeaders', (message) => {
  const departure = ofRequest.get((message as { request: object }).request)
  if (departure) departure.hasLeft = true
})

/** Runs what sends one request, library and connection included. */
export async function departing<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  const departure: Departure = { hasLeft: false }
  departures.add(departure)
  try {
    return await current.run(departure, send)
  } finally {
    departures.delete(departure)
  }
}

/** Resolves when all that are being put together have left, or after `longestMs`. */
export async function allHaveLeft(longestMs: number): Promise<void> {
  const until = performance.now() + longestMs
  while ([...departures].some(({ hasLeft }) => !hasLeft) && performance.now() < until) await setTimeout(10)
}
