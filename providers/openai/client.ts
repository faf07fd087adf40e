// The SDK's client, loaded when it is first needed: importing it takes a while.
import type OpenAI from 'openai'
import { baseUrlOf, keyOf } from '../calls/keys.ts'

const clients = new Map<string, Promise<OpenAI>>()
/** The calling layer's deadline is shorter; it also covers bodies, which the SDK's does not. */
const timeoutMs = 30 * 60_000

/** One per key and address, as the environment has them now. */
export function openaiClient(): Promise<OpenAI> {
  const [apiKey, baseURL] = [keyOf('openai') ?? '', baseUrlOf('openai')]
  const id = JSON.stringify([apiKey, baseURL])
  const client = clients.get(id) ?? make(apiKey, baseURL)
  clients.set(id, client)
  return client
}

async function make(apiKey: string, baseURL: string | undefined): Promise<OpenAI> {
  const { OpenAI } = await import('openai')
  // Its log would hold prompts; what went wrong is said by the errors.
  return new OpenAI({ apiKey, baseURL, maxRetries: 0, timeout: timeoutMs, logLevel: 'off' })
}
