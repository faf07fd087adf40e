// How Gemini goes wrong: its own error bodies, and answers with a status of 200 that are of no use.
import { randomBytes } from 'node:crypto'
import type { Answer, Vendor } from './server.ts'

export type GeminiBody = {
  candidates: { content: { role: string; parts: Part[] }; finishReason: string; index: number }[]
  usageMetadata: Record<string, unknown> & { promptTokenCount: number }
  modelVersion: string
}
export type Part = {
  text?: string
  inlineData?: { mimeType: string; data: string }
  thought?: boolean
  thoughtSignature?: string
}

export const geminiFaults: Vendor['faults'] = {
  throttled: ({ retryAfterSeconds = 1 }, whole) =>
    tooMany('GenerateRequestsPerMinutePerProjectPerModel', modelOf(whole), retryAfterSeconds),
  overloaded: () => errorOf(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
  refused: ({ reason }, whole) =>
    changed(whole, (body) => {
      const { promptTokenCount } = body.usageMetadata
      const usageMetadata = { promptTokenCount, totalTokenCount: promptTokenCount }
      if (reason === 'prompt') return { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata }
      const finishReason = reason ?? (mediaOf(body).startsWith('image') ? 'IMAGE_SAFETY' : 'SAFETY')
      return { candidates: [{ finishReason, index: 0 }], usageMetadata }
    }),
  // All of the tokens are reported, and billed, all the same.
  empty: ({ reason }, whole) =>
    changed(whole, (body) => ({
      candidates: [
        { content: {}, finishReason: reason ?? (mediaOf(body).startsWith('image') ? 'NO_IMAGE' : 'OTHER'), index: 0 },
      ],
      usageMetadata: body.usageMetadata,
    })),
  'half-media': (_fault, whole) =>
    withParts(
      whole,
      (text) => text.slice(0, text.length >> 1),
      // Of bare samples: an even number of bytes.
      (bytes) => bytes.subarray(0, (bytes.length >> 2) << 1),
      'MAX_TOKENS',
    ),
  noise: (_fault, whole) =>
    withParts(
      whole,
      () => 'Sure! Here is what you asked for: {{{',
      (bytes) => randomBytes(bytes.length),
    ),
  // With a delay after which it is no better.
  quota: (_fault, whole) => tooMany('GenerateRequestsPerDayPerProjectPerModel-FreeTier', modelOf(whole), 37),
  'bad-key': () => badKey(),
  'no-model': ({ reason }, whole) => noModel(reason ?? modelOf(whole)),
}

export function errorOf(status: number, word: string, message: string, details: object[] = []): Answer {
  return { status, body: { error: { code: status, message, status: word, ...(details.length ? { details } : {}) } } }
}

export function badKey(): Answer {
  return errorOf(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'API_KEY_INVALID',
      domain: 'googleapis.com',
      metadata: { service: 'generativelanguage.googleapis.com' },
    },
    {
      '@type': 'type.googleapis.com/google.rpc.LocalizedMessage',
      locale: 'en-US',
      message: 'API key not valid. Please pass a valid API key.',
    },
  ])
}

export function noModel(model: string): Answer {
  return errorOf(
    404,
    'NOT_FOUND',
    `models/${model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.`,
  )
}

function tooMany(quotaId: string, model: string, retrySeconds: number): Answer {
  const quotaMetric = 'generativelanguage.googleapis.com/generate_requests_per_model'
  const message = `You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits. \n* Quota exceeded for metric: ${quotaMetric}, limit: 10, model: ${model}\nPlease retry in ${retrySeconds}s.`
  return errorOf(429, 'RESOURCE_EXHAUSTED', message, [
    {
      '@type': 'type.googleapis.com/google.rpc.Help',
      links: [
        { description: 'Learn more about Gemini API quotas', url: 'https://ai.google.dev/gemini-api/docs/rate-limits' },
      ],
    },
    {
      '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
      violations: [{ quotaMetric, quotaId, quotaDimensions: { location: 'global', model }, quotaValue: '10' }],
    },
    { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retrySeconds}s` },
  ])
}

function changed(whole: Answer, change: (body: GeminiBody) => object): Answer {
  const body = bodyOf(whole)
  if (!body) return whole
  return { ...whole, body: { ...change(body), modelVersion: body.modelVersion, responseId: 'resp-test' } }
}

function withParts(
  whole: Answer,
  changeText: (text: string) => string,
  changeBytes: (bytes: Buffer) => Buffer,
  textFinish = 'STOP',
): Answer {
  return changed(whole, (body) => {
    const isMedia = mediaOf(body) !== ''
    const parts = (body.candidates[0]?.content.parts ?? [])
      .filter(({ thought }) => !thought)
      .map(({ text, inlineData }): Part => {
        if (!inlineData) return { text: changeText(text ?? '') }
        const data = changeBytes(Buffer.from(inlineData.data, 'base64')).toString('base64')
        return { inlineData: { ...inlineData, data } }
      })
    const whatIsLeft = isMedia ? parts.filter(({ inlineData }) => inlineData) : parts
    const finishReason = isMedia ? 'STOP' : textFinish
    return {
      candidates: [{ content: { role: 'model', parts: whatIsLeft }, finishReason, index: 0 }],
      usageMetadata: body.usageMetadata,
    }
  })
}

/** 'image/png', 'audio/L16;…', or '' of text. */
function mediaOf({ candidates }: GeminiBody): string {
  return candidates[0]?.content.parts.find(({ inlineData }) => inlineData)?.inlineData?.mimeType ?? ''
}

function modelOf(whole: Answer): string {
  return bodyOf(whole)?.modelVersion ?? 'the-model'
}

/** Undefined of an answer that is not made of candidates (the list of models). */
function bodyOf({ body }: Answer): GeminiBody | undefined {
  return typeof body === 'object' && 'candidates' in body ? (body as GeminiBody) : undefined
}
