// The requests that are made with the vendor's SDK. What goes in and what comes out is plain data: both cross a thread's
// border.
import type { ElevenLabsClient } from '@elevenlabs/elevenlabs-js'

export type Connection = { client: ElevenLabsClient; apiKey: string }

type Speech = { voiceId: string } & Parameters<ElevenLabsClient['textToSpeech']['convertWithTimestamps']>[1]
type Alignment = { wav: Uint8Array<ArrayBuffer>; text: string }
type Music = NonNullable<Parameters<ElevenLabsClient['music']['compose']>[0]>
type Nothing = Record<string, never>

export const requests = {
  speak: async ({ client }: Connection, { voiceId, ...request }: Speech, abortSignal: AbortSignal) => {
    const { audioBase64, alignment } = await client.textToSpeech.convertWithTimestamps(voiceId, request, {
      abortSignal,
    })
    return { audio: bytesOf(Buffer.from(audioBase64, 'base64')), alignment }
  },

  align: async ({ client }: Connection, { wav, text }: Alignment, abortSignal: AbortSignal) => {
    const file = new File([wav], 'speech.wav', { type: 'audio/wav' })
    const { words } = await client.forcedAlignment.create({ file, text }, { abortSignal })
    return { words }
  },

  compose: async ({ client }: Connection, request: Music, abortSignal: AbortSignal) => {
    const stream = await client.music.compose(request, { abortSignal })
    return bytesOf(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer())
  },

  models: async ({ client }: Connection, _: Nothing, abortSignal: AbortSignal) => {
    const models = await client.models.list({ abortSignal })
    return models.map(({ modelId }) => modelId)
  },

  /** Not by the SDK's own method: it insists on some thirty fields of which two are needed. */
  subscription: async ({ client, apiKey }: Connection, _: Nothing, signal: AbortSignal) => {
    const response = await client.fetch('v1/user/subscription', { headers: { 'xi-api-key': apiKey }, signal })
    return response.ok ? ((await response.json()) as Record<string, unknown>) : undefined
  },
}

/** Copied: a small Buffer is a part of a larger one, and all of that would travel. */
function bytesOf(bytes: ArrayBuffer | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}
