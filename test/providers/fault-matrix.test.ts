// Every failure × every role, once and for good: the video comes out all the same or fails with one line, and the
// books agree with what the servers have served.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { chooseModels } from '../../core/models.ts'
import { governConnections } from '../../providers/calls/dispatcher.ts'
import type { FaultKind } from '../loopback/server.ts'
import { booksOf, hurry, newVideo, type Servers, startServices } from './all-services.ts'

type Wishes = NonNullable<Parameters<typeof chooseModels>[0]>
const script = 'A goat danced all night. The monks could not sleep, so they drank coffee.'

const roles: { role: string; service: keyof Servers; match: string | RegExp; models: Wishes; topic?: boolean }[] = [
  { role: 'write', service: 'openai', match: 'chat/completions', models: { write: 'openai' }, topic: true },
  { role: 'write', service: 'gemini', match: 'gemini-3.8-flash:', models: { write: 'gemini' }, topic: true },
  { role: 'plan', service: 'openai', match: 'chat/completions', models: { plan: 'openai' } },
  { role: 'plan', service: 'gemini', match: 'gemini-3.8-flash:', models: { plan: 'gemini' } },
  { role: 'illustrate', service: 'openai', match: 'images/generations', models: { illustrate: 'openai' } },
  { role: 'illustrate', service: 'gemini', match: 'banana', models: { illustrate: 'gemini' } },
  { role: 'narrate', service: 'elevenlabs', match: 'with-timestamps', models: { narrate: 'elevenlabs' } },
  { role: 'narrate', service: 'openai', match: 'audio/speech', models: { narrate: 'openai' } },
  { role: 'narrate', service: 'gemini', match: 'tts', models: { narrate: 'gemini' } },
  {
    role: 'align',
    service: 'elevenlabs',
    match: 'forced-alignment',
    models: { narrate: 'openai', align: 'elevenlabs' },
  },
  { role: 'align', service: 'openai', match: 'transcriptions', models: { narrate: 'gemini', align: 'openai' } },
  { role: 'score', service: 'elevenlabs', match: '/v1/music', models: { score: 'elevenlabs' } },
]
// Every fault × every vendor's role is in that vendor's own faults.test.ts; here are those that the whole has to bear.
const passing = ['throttled', 'half-media', 'html', 'stall', 'reset'] as const
const account = ['quota', 'bad-key', 'no-model'] as const

beforeEach(async () => {
  hurry()
  vi.stubEnv('CLIPFORGE_CALL_TIMEOUT_SECONDS', '15')
  await governConnections(400)
})

async function made(
  service: keyof Servers,
  faults: Parameters<Servers['openai']['fail']>,
  models: Wishes,
  topic = false,
) {
  const said = topic ? { topic: 'a goat' } : { script }
  const servers = await startServices()
  servers[service].fail(...faults)
  const video = await newVideo({ ...said, music: models.score ? 'calm' : 'none', scenes: 2 }, models)
  const outcome = await video.gather().then(
    (gathered) => ({ gathered, failure: undefined }),
    (failure: Error) => ({ gathered: undefined, failure }),
  )
  const calls = await video.calls()
  const books = booksOf(calls, servers)
  expect(books.intents, 'a request without an intent, or an intent that was not sent').toBe(books.requests)
  expect(books.open, 'an intent that nothing came of').toBe(0)
  expect(books.invalid, 'a request that the service would not understand').toBe(0)
  return { ...outcome, calls, books, servers, again: video.gather }
}

describe.each(roles)('$role by $service', ({ role, service, match, models, topic }) => {
  it.each(passing)('is made after one "%s"', { timeout: 60_000 }, async (kind: FaultKind) => {
    const { gathered, failure, books, again } = await made(service, [{ kind, match }], models, topic)
    expect(failure).toBeUndefined()
    expect(gathered!.pictures).toHaveLength(2)
    expect(books.made).toBe(books.served)
    expect(books.lost).toBe(books.brokenOff)
    const { requests } = books
    expect(await again()).toEqual(gathered)
    expect(requests).toBe(books.requests)
  })

  it.each(['overloaded', 'cut', 'refused'] as const)(
    'is made by somebody else at "%s" for good',
    { timeout: 60_000 },
    async (kind) => {
      const { gathered, failure, books } = await made(service, [{ kind, match, times: Infinity }], models, topic)
      expect(failure).toBeUndefined()
      expect(gathered!.pictures).toHaveLength(2)
      expect(books.made).toBe(books.served)
    },
  )

  // Words can be timed otherwise: that stops no video.
  it.runIf(role === 'align').each(account)('is made by somebody else at "%s"', async (kind) => {
    const { gathered, books } = await made(service, [{ kind, match, times: Infinity }], models, topic)
    expect(gathered!.narration.times.length).toBeGreaterThan(10)
    expect(books.made).toBe(books.served)
  })

  it.runIf(role !== 'align').each(account)('stops at once at "%s", with one line', async (kind) => {
    const { failure, books } = await made(service, [{ kind, match, times: Infinity }], models, topic)
    expect(failure).toMatchObject({ name: 'AccountError' })
    expect(failure!.message).not.toContain('\n')
    expect(failure!.message.length).toBeLessThan(500)
    expect(books.made).toBe(books.served)
  })
})
