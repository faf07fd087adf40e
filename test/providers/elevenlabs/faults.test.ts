// Every way to go wrong, for every role.
import { describe, expect, test, vi } from 'vitest'
import { elevenLabsSpeaker } from '../../../providers/elevenlabs/speak.ts'
import type { FaultKind } from '../../loopback/server.ts'
import { roles } from './roles.ts'
import { making, standIn } from './standing-in.ts'

const { start } = standIn()
type Expected = { error: string; tries: number; charges: 'none' | 'full' | 'unknown'; says?: RegExp }
const expected: Record<Exclude<FaultKind, 'slow' | 'stall'>, Expected> = {
  throttled: { error: 'TransientError', tries: 5, charges: 'none', says: /is busy: We are experiencing/ },
  overloaded: { error: 'TransientError', tries: 5, charges: 'none', says: /overloaded/ },
  refused: { error: 'RefusedError', tries: 1, charges: 'none', says: /refuses this: The text you are trying/ },
  empty: { error: 'BrokenAnswerError', tries: 3, charges: 'full' },
  'half-media': { error: 'BrokenAnswerError', tries: 3, charges: 'full' },
  noise: { error: 'BrokenAnswerError', tries: 3, charges: 'full' },
  quota: { error: 'AccountError', tries: 1, charges: 'none', says: /no credit .*12 credits.* Buy more at https/ },
  'bad-key': { error: 'AccountError', tries: 1, charges: 'none', says: /ELEVENLABS_API_KEY/ },
  'no-model': { error: 'AccountError', tries: 1, charges: 'none', says: /no such model.*clipforge doctor/ },
  html: { error: 'BrokenAnswerError', tries: 3, charges: 'unknown', says: /HTML page/ },
  cut: { error: 'TransientError', tries: 5, charges: 'unknown' },
  reset: { error: 'TransientError', tries: 5, charges: 'unknown' },
}

describe.each(Object.entries(roles))('the %s', (_role, { make, charge }) => {
  const known = { none: [], full: [charge], unknown: undefined }

  test.each(Object.entries(expected) as [FaultKind, Expected][])(
    '%s',
    async (kind, { error, tries, charges, says }) => {
      const { fail, received } = await start()
      fail({ kind, times: Infinity })
      const ports = making()
      const thrown = await make(ports).then(
        () => undefined,
        (it: unknown) => it as Error,
      )
      expect(thrown).toMatchObject({ name: error })
      expect(thrown!.message).toMatch(says ?? /ElevenLabs/)
      expect(thrown!.message).not.toMatch(/\n|[{}]|test-key/)
      expect(received).toHaveLength(tries)
      expect(ports.bought).toEqual(
        Array.from({ length: tries }, () => expect.objectContaining({ error, charges: known[charges] }) as unknown),
      )
    },
  )

  test.each(['throttled', 'overloaded', 'empty', 'half-media', 'noise', 'html', 'cut', 'reset'] as const)(
    'gets over one %s',
    async (kind) => {
      const { fail, received } = await start()
      fail({ kind })
      const ports = making()
      await make(ports)
      expect(received).toHaveLength(2)
      expect(ports.bought.map((it) => it.error)).toEqual([expected[kind].error, undefined])
    },
  )

  test('an answer that stops is not waited for beyond the deadline', async () => {
    vi.stubEnv('CLIPFORGE_CALL_TIMEOUT_SECONDS', '0.3')
    const { fail, received } = await start()
    fail({ kind: 'stall', times: Infinity })
    const ports = making()
    await expect(make(ports)).rejects.toMatchObject({ name: 'TransientError', charges: undefined })
    expect(received).toHaveLength(3)
  })
})

describe('what ElevenLabs means', () => {
  const speak = () => roles['speaker']!.make(making())

  test.each([
    ['throttled', 'concurrency', 'TransientError', /fewer requests at once: Too many concurrent/],
    ['throttled', 'rate_limit_exceeded', 'TransientError', /wants fewer requests: /],
    ['refused', 'voice_not_found', 'RefusedError', /does not have this voice/],
    ['refused', 'max_character_limit_exceeded', 'RefusedError', /too long/],
    ['refused', 'validation', 'RefusedError', /text: String should have/],
    ['refused', 'something_prohibited', 'RefusedError', /refuses this/],
    ['refused', 'detected_unusual_activity', 'AccountError', /plan/],
    ['refused', 'missing_permissions', 'AccountError', /Give the key in ELEVENLABS_API_KEY the permission/],
    ['half-media', 'closed', 'BrokenAnswerError', /it breaks off after/],
    ['empty', 'blank', 'BrokenAnswerError', /it is empty/],
    ['empty', undefined, 'BrokenAnswerError', /it has no audio_base64/],
  ] as const)('%s (%s)', async (kind, reason, name, says) => {
    const { fail } = await start()
    fail({ kind, times: Infinity, ...(reason === undefined ? {} : { reason }) })
    const thrown = await speak().catch((error: unknown) => error as Error)
    expect(thrown).toMatchObject({ name })
    expect((thrown as Error).message).toMatch(says)
  })

  test('a text over the limit is refused with its own words', async () => {
    await start()
    const long = { text: 'word '.repeat(1001), before: '', after: '', language: 'en', voice: 'sarah' }
    await expect(elevenLabsSpeaker('eleven_v3').make(long, making())).rejects.toThrow(/5005 characters/)
  })

  test('the account tells how much it allows at once', async () => {
    const loopback = await start({ concurrencyLimit: 3, delayMs: () => 40 })
    await speak()
    await Promise.all(Array.from({ length: 9 }, speak))
    expect(loopback.mostAtOnce()).toBe(3)
    expect(loopback.received.every(({ outcome }) => outcome === 'ok')).toBe(true)
  })
})
