// OpenAI's stand-in for one test, and what a call is handed, keeping account.
import { onTestFinished, vi } from 'vitest'
import { ServiceError } from '../../../core/errors.ts'
import type { Charge, Intent, Making } from '../../../core/ports.ts'
import type { Loopback } from '../../loopback/server.ts'
import { startOpenAI, type OpenAIOptions } from '../../loopback/openai.ts'

/** The environment points at it for as long as the test runs. */
export async function openaiHere(options?: OpenAIOptions): Promise<Loopback> {
  const server = await startOpenAI(options)
  vi.stubEnv('OPENAI_BASE_URL', `${server.url}/v1`)
  vi.stubEnv('OPENAI_API_KEY', 'test-key-openai')
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    await server.close()
  })
  return server
}

/** `outcomes`: of each intent in order, what it cost (undefined: nobody knows) and the error's name. */
export type Accounts = Making & {
  intents: Intent[]
  outcomes: { name: string; charges: Charge[] | undefined }[]
}

export function accounts(): Accounts {
  const intents: Intent[] = []
  const outcomes: Accounts['outcomes'] = []
  return {
    signal: new AbortController().signal,
    intents,
    outcomes,
    buy: async (intent, send) => {
      intents.push(intent)
      try {
        const { made, charges } = await send()
        outcomes.push({ name: 'made', charges })
        return made
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error
        outcomes.push({ name: error.name, charges: error.charges })
        throw error
      }
    },
  }
}
