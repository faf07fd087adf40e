// What the three SDKs make of a connection that fails, each in its own way.
import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js'
import { GoogleGenAI } from '@google/genai'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { governConnections } from '../../../providers/calls/dispatcher.ts'
import { networkFailure } from '../../../providers/calls/failures.ts'
import { serve } from './making.ts'

beforeAll(() => governConnections(100))
afterAll(() => governConnections(20_000))

type Send = (url: string, signal?: AbortSignal, timeoutMs?: number) => Promise<unknown>
const sdks: Record<string, Send> = {
  openai: (url, signal, timeout) =>
    new OpenAI({ apiKey: 'k', baseURL: `${url}/v1`, maxRetries: 0 }).images.generate(
      { prompt: 'a fox', model: 'gpt-image-2.6-flare' },
      { signal, ...(timeout && { timeout }) },
    ),
  elevenlabs: (url, abortSignal, timeoutMs) =>
    new ElevenLabsClient({ apiKey: 'k', baseUrl: url }).textToSpeech.convertWithTimestamps(
      'voice',
      { text: 'Hello' },
      { maxRetries: 0, abortSignal, timeoutInSeconds: timeoutMs && timeoutMs / 1000 },
    ),
  gemini: (url, abortSignal, timeout) =>
    new GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl: url, timeout } }).models.generateContent({
      model: 'gemini-nano-banana-2.1',
      contents: 'a fox',
      config: { abortSignal },
    }),
}

const failureOf = async (sent: Promise<unknown>) =>
  networkFailure(
    'openai',
    await sent.then(
      () => undefined,
      (error: unknown) => error,
    ),
  )

describe.each(Object.entries(sdks))('%s', (_name, send) => {
  test('nobody there: nothing was sent, so nothing was charged', async () => {
    const failure = await failureOf(send('http://127.0.0.1:1'))
    expect(failure).toMatchObject({ name: 'TransientError', charges: [] })
    expect(failure?.message).toMatch(/^OpenAI cannot be reached: /)
  })

  test('gone before the headers', async () => {
    const url = await serve((request) => request.socket.destroy())
    const failure = await failureOf(send(url))
    expect(failure).toMatchObject({ name: 'TransientError', charges: undefined })
    expect(failure?.message).toMatch(/^The connection to OpenAI broke off: /)
  })

  test('gone in the body', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 99 })
      response.write('{"data":', () => response.destroy())
    })
    const failure = await failureOf(send(url))
    expect(failure).toMatchObject({ name: 'TransientError', charges: undefined })
    expect(failure?.message).toMatch(/^The connection to OpenAI broke off: /)
  })

  test('silent in the body', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 99 }).write('{"data":')
    })
    const failure = await failureOf(send(url))
    expect(failure).toMatchObject({ name: 'TransientError', charges: undefined })
    expect(failure?.message).toMatch(/^OpenAI's answer stopped coming: .*UND_ERR_BODY_TIMEOUT/)
  })

  test('aborted by its signal, and by its own timeout', async () => {
    const url = await serve(() => {})
    const failure = await failureOf(send(url, AbortSignal.timeout(50)))
    expect(failure).toMatchObject({ name: 'TransientError', charges: undefined })
    expect(await failureOf(send(url, undefined, 50))).toMatchObject({ name: 'TransientError', charges: undefined })
  })

  test('a status is an answer, whatever it says', async () => {
    const url = await serve((_request, response) =>
      response.writeHead(500, { 'content-type': 'application/json' }).end('{"error":{"message":"terminated"}}'),
    )
    expect(await failureOf(send(url))).toBeUndefined()
  })
})

test.each([
  [Object.assign(new Error('getaddrinfo ENOTFOUND api'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' }), []],
  [Object.assign(new Error('connect ETIMEDOUT'), { code: 'ETIMEDOUT', syscall: 'connect' }), []],
  [Object.assign(new Error('read ETIMEDOUT'), { code: 'ETIMEDOUT', syscall: 'read' }), undefined],
  [new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' }) }), []],
  [Object.assign(new Error('cut'), { code: 'Z_BUF_ERROR' }), undefined],
  [new DOMException('This operation was aborted', 'AbortError'), undefined],
  ['terminated', undefined],
] as const)('%s', (error, charges) => {
  const wrapped = new Error('', { cause: new Error('something', { cause: error }) })
  for (const it of [error, wrapped]) {
    const failure = networkFailure('gemini', it)
    expect(failure?.name).toBe('TransientError')
    expect(failure?.charges).toEqual(charges)
  }
})

test.each([new SyntaxError('Unexpected token <'), new TypeError('x is not a function'), undefined, 7, {}])(
  '%s is none',
  (error) => expect(networkFailure('gemini', error)).toBeUndefined(),
)
