// How OpenAI goes wrong: its own error bodies, and answers with a status of 200 that are of no use.
import { randomBytes } from 'node:crypto'
import type { Answer, Vendor } from './server.ts'

export const openaiFaults: Vendor['faults'] = {
  throttled: ({ retryAfterSeconds = 1, reason }) => ({
    ...errorOf(429, {
      message: `Rate limit reached for ${reason ?? 'requests'} in organization org-test on requests per min (RPM): Limit 500, Used 500, Requested 1. Please try again in ${retryAfterSeconds}s. Visit https://platform.openai.com/account/rate-limits to learn more.`,
      type: 'requests',
      code: 'rate_limit_exceeded',
    }),
    headers: {
      'retry-after': String(Math.ceil(retryAfterSeconds)),
      'retry-after-ms': String(Math.round(retryAfterSeconds * 1000)),
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': `${retryAfterSeconds}s`,
    },
  }),
  overloaded: () =>
    errorOf(503, {
      message: 'The server is currently overloaded with other requests. Sorry about that! Please try again later.',
      type: 'server_error',
    }),
  refused: ({ reason }, whole) => {
    if ('choices' in parsed(whole))
      return withMessage(whole, { content: null, refusal: reason ?? "I'm sorry, but I can't help with that." })
    if (isPictures(parsed(whole))) return moderationBlocked(reason)
    return errorOf(400, {
      message: reason ?? 'Invalid prompt: your prompt was flagged as potentially violating our usage policy.',
      type: 'invalid_request_error',
      code: 'invalid_prompt',
    })
  },
  empty: (_fault, whole) => {
    const body = parsed(whole)
    if ('choices' in body) return withMessage(whole, { content: null })
    if (isPictures(body)) return { ...whole, body: { ...body, data: [] } }
    if ('words' in body) return { ...whole, body: { ...body, text: '', words: [], segments: [] } }
    return { ...whole, body: new Uint8Array() }
  },
  'half-media': (_fault, whole) => {
    const body = parsed(whole)
    if ('choices' in body) return withMessage(whole, { content: halfOf(contentOf(whole)) }, 'length')
    if (isPictures(body)) return withPicture(whole, (picture) => picture.subarray(0, picture.length >> 1))
    if ('words' in body) return { ...whole, body: { ...body, words: (body['words'] as unknown[]).slice(0, 1) } }
    return { ...whole, body: (whole.body as Uint8Array).subarray(0, (whole.body as Uint8Array).length >> 1) }
  },
  noise: (_fault, whole) => {
    const body = parsed(whole)
    if ('choices' in body) return withMessage(whole, { content: 'Sure! Here is what you asked for: {{{' })
    if (isPictures(body)) return withPicture(whole, (picture) => randomBytes(picture.length))
    if ('words' in body) return { ...whole, body: { ...body, text: '♪♪♪', words: 'none' } }
    return { ...whole, body: randomBytes((whole.body as Uint8Array).length) }
  },
  quota: () =>
    errorOf(429, {
      message:
        'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
      type: 'insufficient_quota',
      code: 'insufficient_quota',
    }),
  'bad-key': () => badKey('sk-proj-********************************wxyz'),
  'no-model': ({ reason }) => noModel(reason ?? 'the-model'),
}

type VendorError = { message: string; type: string; param?: string | null; code?: string | null }

export function errorOf(status: number, { message, type, param = null, code = null }: VendorError): Answer {
  return { status, body: { error: { message, type, param, code } } }
}

export function badKey(shown: string): Answer {
  return errorOf(401, {
    message: `Incorrect API key provided: ${shown}. You can find your API key at https://platform.openai.com/account/api-keys.`,
    type: 'invalid_request_error',
    code: 'invalid_api_key',
  })
}

export function noModel(model: string): Answer {
  return errorOf(404, {
    message: `The model \`${model}\` does not exist or you do not have access to it.`,
    type: 'invalid_request_error',
    code: 'model_not_found',
  })
}

function moderationBlocked(reason = 'violence'): Answer {
  return errorOf(400, {
    message: `Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com and include the request ID req_0123456789abcdef. safety_violations=[${reason}].`,
    type: 'image_generation_user_error',
    code: 'moderation_blocked',
  })
}

function parsed({ body }: Answer): Record<string, unknown> {
  return typeof body === 'object' && !(body instanceof Uint8Array) ? (body as Record<string, unknown>) : {}
}

/** The list of models has `data` too. */
function isPictures(body: Record<string, unknown>): boolean {
  return 'data' in body && !('object' in body)
}

type Choice = { finish_reason: string; message: { content: string | null; refusal: string | null } }

function withMessage(whole: Answer, message: Partial<Choice['message']>, finishReason = 'stop'): Answer {
  const body = whole.body as { choices: Choice[] }
  const choices = body.choices.map((choice) => ({
    ...choice,
    finish_reason: finishReason,
    message: { ...choice.message, ...message },
  }))
  return { ...whole, body: { ...body, choices } }
}

function contentOf(whole: Answer): string {
  return (whole.body as { choices: Choice[] }).choices[0]?.message.content ?? ''
}

function halfOf(text: string): string {
  return text.slice(0, text.length >> 1)
}

function withPicture(whole: Answer, change: (picture: Buffer) => Buffer): Answer {
  const body = whole.body as { data: { b64_json: string }[] }
  const data = body.data.map(({ b64_json }) => ({
    b64_json: change(Buffer.from(b64_json, 'base64')).toString('base64'),
  }))
  return { ...whole, body: { ...body, data } }
}
