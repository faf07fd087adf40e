// A stand-in with an account that no test before has used, and a making that keeps the books.
import { onTestFinished, vi } from 'vitest'
import * as z from 'zod'
import { ServiceError } from '../../../core/errors.ts'
import type { Charge, Intent, Making, PictureBrief, SpeechBrief } from '../../../core/ports.ts'
import { clock } from '../../../providers/calls/clock.ts'
import type { Question } from '../../../providers/text/ask.ts'
import { startGemini, type GeminiOptions } from '../../loopback/gemini.ts'
import { startLoopback, type Answer, type Loopback } from '../../loopback/server.ts'
import { geminiFaults } from '../../loopback/gemini-faults.ts'

export async function gemini(options: GeminiOptions = {}): Promise<Loopback> {
  const key = freshKey()
  return connected(await startGemini({ key, ...options }), key)
}

/** Gives this answer to everything. */
export async function geminiThatSays(body: Answer['body']): Promise<Loopback> {
  return connected(await startLoopback({ faults: geminiFaults, answer: () => ({ status: 200, body }) }), freshKey())
}

type Settled = { outcome: string; charges: Charge[] | undefined }
export function bookkeeping(): Making & { intents: Intent[]; settled: Settled[] } {
  const intents: Intent[] = []
  const settled: Settled[] = []
  return {
    signal: new AbortController().signal,
    intents,
    settled,
    buy: async (intent, send) => {
      intents.push(intent)
      try {
        const { made, charges } = await send()
        settled.push({ outcome: 'made', charges })
        return made
      } catch (error) {
        if (error instanceof ServiceError) settled.push({ outcome: error.name, charges: error.charges })
        throw error
      }
    },
  }
}

const Story = z.object({ title: z.string(), script: z.string() })
export const question: Question<z.infer<typeof Story>> = {
  name: 'script',
  instructions: 'Write a script for a short narrated video.',
  input: 'Coffee in the morning',
  schema: Story,
  maxOutputTokens: 2000,
}

export const pictureBrief: PictureBrief = {
  prompt: 'A lighthouse on a rock at dusk',
  text: 'The lighthouse stands alone.',
  look: undefined,
  script: 'The lighthouse stands alone.',
  before: [],
  language: 'en',
  style: 'warm-fable',
  keywords: [],
  negativeKeywords: [],
  widthPx: 1080,
  heightPx: 1920,
  seed: 7,
}

export const speechBrief: SpeechBrief = {
  text: 'What is the capital of France? Every morning begins with the same small ritual, and nobody asks why.',
  before: '',
  after: '',
  language: 'en',
  voice: 'george',
}

let accounts = 0
function freshKey(): string {
  return `test-key-gemini-${++accounts}`
}

function connected(server: Loopback, key: string): Loopback {
  vi.stubEnv('GOOGLE_API_KEY', undefined)
  vi.stubEnv('GEMINI_API_KEY', key)
  vi.stubEnv('GOOGLE_GEMINI_BASE_URL', server.url)
  const { timer, random } = clock
  clock.timer = (run, ms) => timer(run, ms / 1000)
  clock.random = () => 0.5
  onTestFinished(async () => {
    Object.assign(clock, { timer, random })
    vi.unstubAllEnvs()
    await server.close()
  })
  return server
}
