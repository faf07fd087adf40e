// Every way to go wrong in every role: its name, how often it was tried, and that each try stands in the accounts.
import { beforeAll, expect, test, vi } from 'vitest'
import type { ServiceErrorName } from '../../../core/errors.ts'
import type { Making } from '../../../core/ports.ts'
import { openaiAsk } from '../../../providers/openai/ask.ts'
import { openaiIllustrator } from '../../../providers/openai/illustrate.ts'
import { openaiSpeaker } from '../../../providers/openai/speak.ts'
import { openaiAligner } from '../../../providers/openai/transcribe.ts'
import type { FaultKind } from '../../loopback/server.ts'
import { quickWaits } from '../calls/making.ts'
import { alignment, picture, question, speech } from './briefs.ts'
import { accounts, openaiHere } from './service.ts'

const roles: Record<string, (making: Making) => Promise<unknown>> = {
  ask: (making) => openaiAsk('gpt-6-luna')(question, making),
  illustrate: (making) => openaiIllustrator('gpt-image-2.6-flare', 'low').make(picture, making),
  speak: (making) => openaiSpeaker('gpt-4o-mini-tts').make(speech, making),
  align: (making) => openaiAligner('whisper-1').make(alignment, making),
}

/** What each try cost: nothing, something that the answer says, or nobody knows. */
type Cost = 'nothing' | 'something' | 'unknown'
type Expected = { name: ServiceErrorName; tries: number; cost: Cost; costOfText?: Cost; says: RegExp }

const expected: Record<FaultKind, Expected> = {
  throttled: { name: 'TransientError', tries: 5, cost: 'nothing', says: /Rate limit reached/ },
  overloaded: { name: 'TransientError', tries: 5, cost: 'nothing', says: /overloaded/ },
  refused: { name: 'RefusedError', tries: 1, cost: 'nothing', costOfText: 'something', says: /refused/ },
  empty: { name: 'BrokenAnswerError', tries: 3, cost: 'something', says: /empty|no picture|no words/ },
  'half-media': { name: 'BrokenAnswerError', tries: 3, cost: 'something', says: /breaks off|cut off|missing/ },
  noise: { name: 'BrokenAnswerError', tries: 3, cost: 'something', says: /of no use/ },
  quota: { name: 'AccountError', tries: 1, cost: 'nothing', says: /exceeded your current quota.*Add credit at https/ },
  'bad-key': { name: 'AccountError', tries: 1, cost: 'nothing', says: /OPENAI_API_KEY.*Incorrect API key/ },
  'no-model': { name: 'AccountError', tries: 1, cost: 'nothing', says: /retired or not available/ },
  html: { name: 'BrokenAnswerError', tries: 3, cost: 'unknown', says: /web page|no JSON/ },
  stall: { name: 'TransientError', tries: 3, cost: 'unknown', says: /did not answer within 0\.2 s/ },
  cut: { name: 'TransientError', tries: 5, cost: 'unknown', says: /broke off/ },
  reset: { name: 'TransientError', tries: 5, cost: 'unknown', says: /broke off/ },
  slow: { name: 'TransientError', tries: 3, cost: 'unknown', says: /did not answer within 0\.2 s/ },
}

const kinds = Object.keys(expected) as FaultKind[]
const cases = Object.keys(roles).flatMap((role) => kinds.map((kind) => [role, kind] as const))

/** The SDK is loaded before any short deadline runs. */
beforeAll(async () => {
  await Promise.all([import('openai'), import('openai/helpers/zod')])
})

test.each(cases)('%s: %s', async (role, kind) => {
  const { name, tries, cost, costOfText, says } = expected[kind]
  const server = await openaiHere()
  quickWaits()
  if (kind === 'stall' || kind === 'slow') vi.stubEnv('CLIPFORGE_CALL_TIMEOUT_SECONDS', '0.2')
  server.fail({ kind, times: Infinity })
  const making = accounts()
  const error: unknown = await roles[role]!(making).catch((it: unknown) => it)
  expect(error).toMatchObject({ name, message: expect.stringMatching(says) })
  expect((error as Error).message).not.toMatch(/\n|[{}]|test-key-openai/)
  expect(server.received).toHaveLength(tries)
  expect(making.intents).toHaveLength(tries)
  const costs = making.outcomes.map(({ charges }) =>
    charges ? (charges.length > 0 ? 'something' : 'nothing') : 'unknown',
  )
  expect(costs).toEqual(Array(tries).fill((role === 'ask' && costOfText) || cost))
})

test.each(Object.keys(roles))('%s: what goes wrong once goes well when it is asked again', async (role) => {
  const server = await openaiHere()
  quickWaits()
  server.fail({ kind: 'throttled' }, { kind: 'cut' }, { kind: 'noise' })
  const making = accounts()
  await roles[role]!(making)
  expect(making.outcomes.map((it) => it.name)).toEqual([
    'TransientError',
    'TransientError',
    'BrokenAnswerError',
    'made',
  ])
  expect(server.received.map(({ outcome }) => outcome)).toEqual(['throttled', 'cut', 'noise', 'ok'])
})

test('the wait that it asks for is kept to', async () => {
  const server = await openaiHere()
  const waits = quickWaits(0, 1000)
  server.fail({ kind: 'throttled', retryAfterSeconds: 7 })
  await roles.ask!(accounts())
  expect(waits).toContain(7000)
})
