// What a connection can do wrong, with real sockets.
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, test, vi } from 'vitest'
import { call } from '../../../providers/calls/call.ts'
import { governConnections } from '../../../providers/calls/dispatcher.ts'
import { countedMaking, freshAccount, made, quickWaits, requestOf, serve } from './making.ts'

afterAll(() => governConnections(20_000))

test('a deadline holds even when nobody heeds the signal; three tries, possibly charged', async () => {
  freshAccount()
  quickWaits()
  const making = countedMaking()
  const signals: AbortSignal[] = []
  const send = (signal: AbortSignal) => {
    signals.push(signal)
    return new Promise<never>(() => {})
  }
  const startMs = performance.now()
  await expect(call(requestOf(send, { deadlineMs: 100 }), making)).rejects.toMatchObject({
    name: 'TransientError',
    message: 'The plan could not be made: OpenAI did not answer within 0.1 s (tried 3 times over 1 s)',
    charges: undefined,
  })
  expect(performance.now() - startMs).toBeLessThan(1000)
  expect(signals.map((it) => it.aborted)).toEqual([true, true, true])
  expect(making.failures).toHaveLength(3)
})

test('a call that hangs frees its turn', async () => {
  freshAccount()
  quickWaits()
  vi.stubEnv('OPENAI_CONCURRENCY', '1')
  const hanging = call(
    requestOf(() => new Promise<never>(() => {}), { deadlineMs: 50 }),
    countedMaking(),
  )
  const next = call(
    requestOf(async () => made('next')),
    countedMaking(),
  )
  expect(await next).toBe('next')
  await expect(hanging).rejects.toThrow('did not answer')
})

test('CLIPFORGE_CALL_TIMEOUT_SECONDS bounds every deadline', async () => {
  freshAccount()
  quickWaits()
  vi.stubEnv('CLIPFORGE_CALL_TIMEOUT_SECONDS', '0.1')
  const hanging = requestOf(() => new Promise<never>(() => {}), { deadlineMs: 600_000 })
  await expect(call(hanging, countedMaking())).rejects.toThrow('did not answer within 0.1 s')
  vi.stubEnv('CLIPFORGE_CALL_TIMEOUT_SECONDS', 'soon')
  await expect(call(hanging, countedMaking())).rejects.toThrow(
    "CLIPFORGE_CALL_TIMEOUT_SECONDS must be a number from 0.1 to 3600, not 'soon'",
  )
})

test('the deadline starts when the request goes out, not while it waits for its turn', async () => {
  freshAccount()
  vi.stubEnv('OPENAI_CONCURRENCY', '1')
  const slow = async () => {
    await setTimeout(80)
    return made('it')
  }
  const calls = Array.from({ length: 3 }, () => call(requestOf(slow, { deadlineMs: 150 }), countedMaking()))
  expect(await Promise.all(calls)).toEqual(['it', 'it', 'it'])
})

test('a body that stops is found out long before the deadline', async () => {
  freshAccount()
  quickWaits()
  await governConnections(100)
  let requests = 0
  const url = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': 10 })
    response.write('12345')
    if (++requests > 1) response.end('67890')
  })
  const making = countedMaking()
  const send = async (signal: AbortSignal) => made(await (await fetch(url, { signal })).text())
  expect(await call(requestOf(send, { deadlineMs: 20_000 }), making)).toBe('1234567890')
  expect(making.failures).toMatchObject([
    { name: 'TransientError', message: expect.stringContaining("OpenAI's answer stopped coming") as string },
  ])
})

test('a body that stops is as dear as a deadline: three tries', async () => {
  freshAccount()
  quickWaits()
  const making = countedMaking()
  const cause = Object.assign(new Error('Body Timeout Error'), { code: 'UND_ERR_BODY_TIMEOUT' })
  const stalled = requestOf(() => Promise.reject(new TypeError('terminated', { cause })))
  await expect(call(stalled, making)).rejects.toMatchObject({ name: 'TransientError', charges: undefined })
  expect(making.intents).toHaveLength(3)
})

test('slow headers are for the deadline alone', async () => {
  freshAccount()
  await governConnections(50)
  const url = await serve((_request, response) => {
    void setTimeout(150).then(() => response.end('late'))
  })
  const making = countedMaking()
  expect(
    await call(
      requestOf(async (signal) => made(await (await fetch(url, { signal })).text())),
      making,
    ),
  ).toBe('late')
  expect(making.intents).toHaveLength(1)
})

test('a proxy is never asked for servers of this machine', async () => {
  freshAccount()
  vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9')
  vi.stubEnv('http_proxy', 'http://127.0.0.1:9')
  await governConnections(1000)
  const url = await serve((_request, response) => response.end('direct'))
  expect(await (await fetch(url)).text()).toBe('direct')
  vi.stubEnv('https_proxy', 'http//user:secret')
  await expect(governConnections(1000)).rejects.toThrow('must be the URLs of proxies (their values are not shown)')
})

test.each(['before the headers', 'in the body'])('a connection that breaks off %s is tried again', async (where) => {
  freshAccount()
  quickWaits()
  await governConnections(1000)
  let requests = 0
  const url = await serve((request, response) => {
    if (++requests === 3) response.end('whole')
    else if (where === 'before the headers') request.socket.destroy()
    else response.writeHead(200, { 'content-length': 10 }).write('12345', () => response.destroy())
  })
  const making = countedMaking()
  const send = async (signal: AbortSignal) => made(await (await fetch(url, { signal })).text())
  expect(await call(requestOf(send), making)).toBe('whole')
  expect(making.failures).toMatchObject([
    { name: 'TransientError', charges: undefined },
    { name: 'TransientError', charges: undefined },
  ])
})

test('a server that is not there costs nothing', async () => {
  freshAccount()
  quickWaits()
  const making = countedMaking()
  const send = async () => made(await fetch('http://127.0.0.1:1'))
  await expect(call(requestOf(send), making)).rejects.toMatchObject({
    name: 'TransientError',
    charges: [],
    message: expect.stringMatching(/OpenAI cannot be reached: .* \(tried 5 times over 1 s\)$/) as string,
  })
})
