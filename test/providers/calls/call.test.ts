import { expect, test, vi } from 'vitest'
import { BudgetError, InputError, ServiceError, type ServiceErrorName } from '../../../core/errors.ts'
import { call } from '../../../providers/calls/call.ts'
import { countedMaking, freshAccount, made, quickWaits, requestOf, serve, transient } from './making.ts'

const failing = (name: ServiceErrorName, retryAfterMs?: number) => async () => {
  throw new ServiceError(name, 'OpenAI said no (000).', { charges: [], retryAfterMs })
}

test('an answer at once: one intent, no wait', async () => {
  freshAccount()
  const waits = quickWaits()
  const making = countedMaking()
  expect(
    await call(
      requestOf(async () => made('a plan')),
      making,
    ),
  ).toBe('a plan')
  expect(making.intents).toEqual([{ provider: 'openai', model: 'gpt-6-luna', estimateMicroUsd: 1000 }])
  expect(waits).toEqual([])
})

test.each([
  ['TransientError', 5],
  ['BrokenAnswerError', 3],
  ['RefusedError', 1],
  ['AccountError', 1],
] as const)('%s is tried %i times, each try an intent', async (name, tries) => {
  freshAccount()
  quickWaits()
  const making = countedMaking()
  const error = await call(requestOf(failing(name)), making).catch((it: unknown) => it)
  expect(error).toMatchObject({ name, charges: [] })
  expect(making.intents).toHaveLength(tries)
  expect((error as Error).message).toBe(
    tries === 1
      ? 'The plan could not be made: OpenAI said no (000).'
      : `The plan could not be made: OpenAI said no (000) (tried ${tries} times over 1 s)`,
  )
})

test('what goes well after four failures has gone well; the backoff grows from 0.5 s to 20 s with full jitter', async () => {
  freshAccount()
  const waits = quickWaits(0.9)
  const making = countedMaking()
  let tries = 0
  const send = async () => {
    if (++tries < 5) throw transient()
    return made(tries)
  }
  expect(await call(requestOf(send), making)).toBe(5)
  expect(waits.map(Math.round)).toEqual([450, 1530, 5220, 18_000])
  freshAccount()
  const none = quickWaits(0)
  await call(requestOf(failing('TransientError')), countedMaking()).catch(() => {})
  expect(none).toEqual([0, 0, 0, 0])
})

test('each kind of failure has its own count', async () => {
  freshAccount()
  quickWaits()
  const errors: ServiceErrorName[] = ['TransientError', 'BrokenAnswerError', 'TransientError', 'BrokenAnswerError']
  const making = countedMaking()
  const send = async () => {
    const name = errors.shift()
    if (name) throw new ServiceError(name, 'no', { charges: [] })
    return made('it')
  }
  expect(await call(requestOf(send), making)).toBe('it')
  expect(making.intents).toHaveLength(5)
})

test('waits as long as the service asks, a little longer at random, never shorter', async () => {
  freshAccount()
  const waits = quickWaits(0.5)
  let tries = 0
  const send = async () => {
    if (++tries === 1) throw transient(7000)
    return made('it')
  }
  await call(requestOf(send), countedMaking())
  // The limiter's pause, then the call's own wait.
  expect(waits).toEqual([7000, 7350])
})

test('gives up at once when asked to wait longer than two minutes', async () => {
  freshAccount()
  const waits = quickWaits()
  const making = countedMaking()
  const error = await call(requestOf(failing('TransientError', 121_000)), making).catch((it: unknown) => it)
  expect(error).toMatchObject({
    name: 'TransientError',
    message: 'The plan could not be made: OpenAI said no (000) (it asks to wait 121 s)',
    retryAfterMs: 121_000,
  })
  expect(making.intents).toHaveLength(1)
  expect(waits).toEqual([])
})

test('waits no more than five minutes in all', async () => {
  freshAccount()
  quickWaits(0, 10_000)
  const making = countedMaking()
  await expect(call(requestOf(failing('TransientError', 110_000)), making)).rejects.toThrow(
    /\(it asks to wait 110 s; tried 3 times over 1 s\)$/,
  )
  expect(making.intents).toHaveLength(3)
})

test('cancelled while it backs off: no further intent, the reason is thrown', async () => {
  freshAccount()
  const making = countedMaking()
  const reason = new Error('stopped')
  const tried = call(requestOf(failing('TransientError', 60_000)), making)
  await vi.waitFor(() => expect(making.failures).toHaveLength(1))
  making.cancel(reason)
  await expect(tried).rejects.toBe(reason)
  expect(making.intents).toHaveLength(1)
})

test('cancelled before: nothing at all', async () => {
  freshAccount()
  const making = countedMaking()
  making.cancel(new Error('stopped'))
  await expect(
    call(
      requestOf(async () => made(1)),
      making,
    ),
  ).rejects.toThrow('stopped')
  expect(making.intents).toEqual([])
})

test('cancelled while a request is under way: it is paid for, so it is let finish', async () => {
  freshAccount()
  const making = countedMaking()
  let sent: AbortSignal | undefined
  const finish = Promise.withResolvers<void>()
  const tried = call(
    requestOf(async (signal) => {
      sent = signal
      await finish.promise
      return made('it')
    }),
    making,
  )
  await vi.waitFor(() => expect(sent).toBeDefined())
  making.cancel()
  finish.resolve()
  expect(await tried).toBe('it')
  expect(sent?.aborted).toBe(false)
})

test('what is no failure of the service is not tried again', async () => {
  freshAccount()
  const making = countedMaking()
  const noBudget = { ...making, buy: () => Promise.reject(new BudgetError('over the budget')) }
  await expect(
    call(
      requestOf(async () => made(1)),
      noBudget,
    ),
  ).rejects.toBeInstanceOf(BudgetError)
  const mistake = requestOf(() => Promise.reject(new InputError('no such voice')))
  await expect(call(mistake, making)).rejects.toBeInstanceOf(InputError)
  expect(making.intents).toHaveLength(1)
})

test('a sorter that fails itself leaves an answer of no use', async () => {
  freshAccount()
  quickWaits()
  const sortError = () => {
    throw new Error('cannot sort')
  }
  const tried = call(
    requestOf(() => Promise.reject(new Error('what?')), { sortError }),
    countedMaking(),
  )
  await expect(tried).rejects.toMatchObject({ name: 'BrokenAnswerError', charges: undefined })
})

test('without a key it says where to get one, and nothing is recorded', async () => {
  freshAccount()
  vi.stubEnv('OPENAI_API_KEY', '')
  vi.stubEnv('OPENAI_BASE_URL', undefined)
  const making = countedMaking()
  await expect(
    call(
      requestOf(async () => made(1)),
      making,
    ),
  ).rejects.toMatchObject({
    name: 'AccountError',
    message: expect.stringContaining('set OPENAI_API_KEY') as string,
  })
  expect(making.intents).toEqual([])
})

test('no byte of the key leaves it: not in a message, not in a cause, not in a property', async () => {
  const key = freshAccount()
  quickWaits()
  const making = countedMaking()
  const url = await serve((_request, response) => response.writeHead(401).end(`no such key: ${key}`))
  const send = async () => {
    const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } })
    const text = `${await response.text()}\nBearer ${key} ${encodeURIComponent(key)} ${JSON.stringify({ key })}`
    throw Object.assign(new Error(text), { headers: { authorization: key }, cause: { key } })
  }
  const error = await call(requestOf(send), making).catch((it: unknown) => it)
  for (const it of [error, ...making.failures]) {
    const all = everythingIn(it)
    expect(all).toContain('no such key: [key]')
    expect(all).not.toContain(key)
    expect(all).not.toContain(encodeURIComponent(key))
    expect(all).not.toContain(JSON.stringify(key).slice(1, -1))
  }
})

/** Every own property, not only the enumerable ones, as deep as it goes. */
function everythingIn(value: unknown, depth = 0): string {
  if (value === null || typeof value !== 'object' || depth > 8) return String(value)
  const names = Object.getOwnPropertyNames(value)
  return names.map((name) => `${name}: ${everythingIn((value as Record<string, unknown>)[name], depth + 1)}`).join('\n')
}
