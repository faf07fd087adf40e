// The one way to Gemini: its own SDK, one request for each call and no second one of its own accord.
import type { GenerateContentConfig, GenerateContentResponse, GoogleGenAI } from '@google/genai'
import { baseUrlOf, keyOf } from '../calls/keys.ts'

/** The whole of a request but for the model. */
export type Asked = { contents: string; config: GenerateContentConfig }

/** Throws what the SDK throws (failures.ts sorts it). `signal` stops the reading of the body too. */
export async function generate(model: string, asked: Asked, signal: AbortSignal): Promise<GenerateContentResponse> {
  const client = await geminiClient()
  return client.models.generateContent({
    model,
    contents: asked.contents,
    // Left on, the SDK asks again, and is billed again, for an answer that stops at the limit of one request.
    config: { ...asked.config, automaticContinuation: false, abortSignal: signal },
  })
}

/** Without `retryOptions` the SDK never tries again by itself. Imported only when it is needed. */
export async function geminiClient(): Promise<GoogleGenAI> {
  const { GoogleGenAI: Client } = await import('@google/genai')
  const baseUrl = baseUrlOf('gemini')
  return new Client({
    apiKey: keyOf('gemini') ?? 'none',
    // Else an environment variable meant for another program moves the calls to Google Cloud.
    enterprise: false,
    httpOptions: {
      // The SDK's own default is v1, whose published description knows no pictures and no speech.
      apiVersion: 'v1beta',
      // With its own the SDK never finds out that a body has stopped (providers/calls/dispatcher.ts).
      fetch: fetchOk,
      ...(baseUrl === undefined ? {} : { baseUrl }),
    },
  })
}

/**
 * An answer with an error status. The SDK's own error has no headers (Retry-After), and is none at all when the body is
 * not the JSON that it claims to be.
 */
export class StatusError extends Error {
  override name = 'StatusError'
  readonly status: number
  readonly headers: Headers
  /** `body`: becomes the message as it is. */
  constructor({ status, headers }: Pick<Response, 'status' | 'headers'>, body: string) {
    super(body)
    this.status = status
    this.headers = headers
  }
}

const fetchOk: typeof fetch = async (...request) => {
  const response = await fetch(...request)
  if (response.ok) return response
  throw new StatusError(response, await response.text().catch(() => ''))
}
