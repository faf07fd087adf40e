// The vendor's SDK, loaded when it is first needed.
import { setTimeout } from 'node:timers/promises'
import type { ElevenLabsClient } from '@elevenlabs/elevenlabs-js'
import { allHaveLeft } from '../calls/departures.ts'
import { baseUrlOf, keyOf } from '../calls/keys.ts'

export type Connection = {
  client: ElevenLabsClient
  /** For requests that the SDK has no method for. */
  headers: Record<string, string>
  /** Of the answer, even when the SDK could make nothing of the rest. */
  answered: () => Headers | undefined
}

/** A client for one request. */
export async function connect(): Promise<Connection> {
  const apiKey = keyOf('elevenlabs') ?? ''
  const baseUrl = baseUrlOf('elevenlabs')
  const { ElevenLabsClient } = await preload()
  let headers: Headers | undefined
  const client = new ElevenLabsClient({
    apiKey,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    // Tries and time limits are the calling layer's: two layers would multiply.
    maxRetries: 0,
    timeoutInSeconds: 3600,
    fetch: async (input, init) => {
      const response = await fetch(input, init)
      headers = response.headers
      return response
    },
  })
  return { client, headers: { 'xi-api-key': apiKey }, answered: () => headers }
}

type Sdk = typeof import('@elevenlabs/elevenlabs-js')
let sdk: Promise<Sdk> | undefined

/**
 * Loading the SDK takes more than a second in which nothing else of this process runs. So it waits, once: requests to
 * other services that are just being put together go out first and are answered while it loads.
 */
export function preload(): Promise<Sdk> {
  sdk ??= load()
  return sdk
}

async function load(): Promise<Sdk> {
  await setTimeout(othersBeginMs)
  await allHaveLeft(othersLeaveMs)
  return import('@elevenlabs/elevenlabs-js')
}

const othersBeginMs = 150
const othersLeaveMs = 1500
