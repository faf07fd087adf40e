// Every way to go wrong in every role: what it is called, how often it is asked, and what is in the books.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { picturePromptOf } from '../../../core/art.ts'
import { chargeOf, type Usage } from '../../../core/models.ts'
import type { Making } from '../../../core/ports.ts'
import { governConnections } from '../../../providers/calls/dispatcher.ts'
import { geminiAsk } from '../../../providers/gemini/ask.ts'
import { geminiIllustrator } from '../../../providers/gemini/illustrate.ts'
import { geminiSpeaker } from '../../../providers/gemini/speak.ts'
import { answerFor } from '../../loopback/answers.ts'
import type { Fault } from '../../loopback/server.ts'
import { speechFor } from '../../loopback/speech.ts'
import { bookkeeping, gemini, pictureBrief, question, speechBrief } from './stand-in.ts'

type Role = {
  make: (making: Making) => Promise<unknown>
  model: string
  promptTokens: number
  /** What an answer reports that has all of its tokens; `counted`: what the bill counts when there is something. */
  whole: (promptTokens: number) => Usage
  counted: Usage
}

const speechSeconds = speechFor(speechBrief.text).sound.samples.length / 24_000
/** As the stand-in counts. */
const tokensIn = (text: string) => Math.ceil(text.length / 4)
const speaker = geminiSpeaker('gemini-3.8-flash-tts')

const ask = geminiAsk('gemini-3.8-flash')
const answer = JSON.stringify(answerFor(question.name, { title: 'script' }, question.instructions, question.input))

const roles: Record<string, Role> = {
  write: {
    make: (making) => ask(question, making),
    model: 'gemini/gemini-3.8-flash',
    promptTokens: tokensIn(question.instructions + question.input),
    whole: (inputTokens) => ({ inputTokens, outputTokens: tokensIn(answer) + 64 }),
    counted: {},
  },
  illustrate: {
    make: (making) => geminiIllustrator('gemini-nano-banana-2.1', 'medium').make(pictureBrief, making),
    model: 'gemini/gemini-nano-banana-2.1',
    promptTokens: tokensIn(picturePromptOf(pictureBrief)),
    whole: (inputTokens) => ({ inputTokens, outputTokens: 0, imageTokens: 1120 }),
    counted: { images: 1 },
  },
  narrate: {
    make: (making) => speaker.make(speechBrief, making),
    model: 'gemini/gemini-3.8-flash-tts',
    promptTokens: tokensIn((speaker.request(speechBrief) as { contents: string }).contents),
    whole: (inputTokens) => ({ inputTokens, outputTokens: 0, audioTokens: Math.ceil(speechSeconds * 25) }),
    counted: { characters: speechBrief.text.length },
  },
}

const lasting = (kind: Fault['kind'], more: Partial<Fault> = {}): Fault => ({ kind, times: Infinity, ...more })

/** `tries`: requests until it gives up. `pays`: for each of them. */
type Expected = { fault: Fault; name: string; tries: number; pays: 'nothing' | 'prompt' | 'whole' | 'nobody knows' }
const matrix: Expected[] = [
  { fault: lasting('throttled'), name: 'TransientError', tries: 5, pays: 'nothing' },
  { fault: lasting('overloaded'), name: 'TransientError', tries: 5, pays: 'nothing' },
  { fault: lasting('refused'), name: 'RefusedError', tries: 1, pays: 'prompt' },
  { fault: lasting('refused', { reason: 'prompt' }), name: 'RefusedError', tries: 1, pays: 'prompt' },
  { fault: lasting('refused', { reason: 'RECITATION' }), name: 'RefusedError', tries: 1, pays: 'prompt' },
  { fault: lasting('empty'), name: 'BrokenAnswerError', tries: 3, pays: 'whole' },
  { fault: lasting('half-media'), name: 'BrokenAnswerError', tries: 3, pays: 'whole' },
  { fault: lasting('noise'), name: 'BrokenAnswerError', tries: 3, pays: 'whole' },
  { fault: lasting('quota'), name: 'AccountError', tries: 1, pays: 'nothing' },
  { fault: lasting('bad-key'), name: 'AccountError', tries: 1, pays: 'nothing' },
  { fault: lasting('no-model'), name: 'AccountError', tries: 1, pays: 'nothing' },
  { fault: lasting('html'), name: 'BrokenAnswerError', tries: 3, pays: 'nobody knows' },
  { fault: lasting('stall'), name: 'TransientError', tries: 3, pays: 'nobody knows' },
  { fault: lasting('cut'), name: 'TransientError', tries: 5, pays: 'nobody knows' },
  { fault: lasting('reset'), name: 'TransientError', tries: 5, pays: 'nobody knows' },
]

// For a body that stops without the deadline's help.
beforeAll(() => governConnections(200))
afterAll(() => governConnections(20_000))

describe.each(Object.entries(roles))('%s', (_name, role) => {
  const wholeUsage = role.whole(role.promptTokens)
  const made = { outcome: 'made', charges: [chargeOf(role.model, { ...wholeUsage, ...role.counted })] }

  test.each(matrix)('$fault.kind $fault.reason all the time', async ({ fault, name, tries, pays }) => {
    const server = await gemini()
    server.fail(fault)
    if (fault.kind === 'stall') vi.stubEnv('CLIPFORGE_CALL_TIMEOUT_SECONDS', '0.1')
    const making = bookkeeping()
    await expect(role.make(making)).rejects.toMatchObject({ name })
    expect(server.received).toHaveLength(tries)
    expect(making.intents).toHaveLength(tries)
    expect(making.settled.map(({ outcome }) => outcome)).toEqual(Array.from({ length: tries }, () => name))
    for (const { charges } of making.settled) expect(sumOf(charges)).toEqual(sumOf(charged(role, pays)))
  })

  test.each(['throttled', 'overloaded', 'empty', 'half-media', 'noise', 'html', 'stall', 'cut', 'reset'] as const)(
    '%s once',
    async (kind) => {
      const server = await gemini()
      server.fail({ kind })
      const making = bookkeeping()
      await role.make(making)
      expect(server.received.map(({ outcome }) => outcome)).toEqual([kind, 'ok'])
      expect(making.settled[1]).toEqual(made)
    },
  )

  test('an answer that does not come in time', async () => {
    vi.stubEnv('CLIPFORGE_CALL_TIMEOUT_SECONDS', '0.1')
    const server = await gemini()
    server.fail(lasting('slow'))
    const making = bookkeeping()
    await expect(role.make(making)).rejects.toMatchObject({ name: 'TransientError', charges: undefined })
    expect(server.received).toHaveLength(3)
  })
})

function charged(role: Role, pays: Expected['pays']) {
  if (pays === 'nobody knows') return undefined
  if (pays === 'nothing') return []
  const usage = pays === 'prompt' ? { inputTokens: role.promptTokens } : role.whole(role.promptTokens)
  return [chargeOf(role.model, usage)]
}

/** What is counted differs (a picture, its tokens), the money does not. */
function sumOf(charges: { costMicroUsd: number }[] | undefined): number | undefined {
  return charges?.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0)
}
