import { setTimeout } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { InputError } from '../../../core/errors.ts'
import { call, learnLimit } from '../../../providers/calls/call.ts'
import { countedMaking, freshAccount, made, quickWaits, requestOf, serve, transient } from './making.ts'

function counted(): { send: () => Promise<{ made: string; charges: [] }>; most: () => number } {
  let now = 0
  let most = 0
  const send = async () => {
    most = Math.max(most, ++now)
    await setTimeout(2)
    now--
    return { made: 'it', charges: [] as [] }
  }
  return { send, most: () => most }
}

const callMany = (count: number, send: () => Promise<{ made: string; charges: [] }>) =>
  Promise.all(Array.from({ length: count }, () => call(requestOf(send), countedMaking())))

test('never more at once than allowed, however many there are', async () => {
  freshAccount()
  vi.stubEnv('OPENAI_CONCURRENCY', '3')
  let now = 0
  let most = 0
  const url = await serve((_request, response) => {
    most = Math.max(most, ++now)
    response.on('close', () => now--)
    void setTimeout(5).then(() => response.end('it'))
  })
  const send = async () => made(await (await fetch(url)).text())
  await Promise.all(Array.from({ length: 50 }, () => call(requestOf(send), countedMaking())))
  expect(most).toBe(3)
})

test('an intent is recorded only when the request goes out', async () => {
  freshAccount()
  vi.stubEnv('OPENAI_CONCURRENCY', '1')
  const finish = Promise.withResolvers<void>()
  const first = call(
    requestOf(async () => {
      await finish.promise
      return made('first')
    }),
    countedMaking(),
  )
  const making = countedMaking()
  const waiting = call(
    requestOf(async () => made('second')),
    making,
  )
  await setTimeout(20)
  expect(making.intents).toEqual([])
  const reason = new Error('stopped')
  making.cancel(reason)
  await expect(waiting).rejects.toBe(reason)
  finish.resolve()
  expect(await first).toBe('first')
  expect(making.intents).toEqual([])
  // The turn of the one that left is not lost.
  expect(
    await call(
      requestOf(async () => made('third')),
      countedMaking(),
    ),
  ).toBe('third')
})

test('learns how many the account allows, up and down; the environment wins', async () => {
  freshAccount()
  learnLimit('openai', 2)
  const two = counted()
  await callMany(20, two.send)
  expect(two.most()).toBe(2)
  learnLimit('openai', 7)
  learnLimit('openai', NaN)
  learnLimit('openai', 0)
  const seven = counted()
  await callMany(20, seven.send)
  expect(seven.most()).toBe(7)
  vi.stubEnv('OPENAI_CONCURRENCY', '4')
  learnLimit('openai', 9)
  const four = counted()
  await callMany(20, four.send)
  expect(four.most()).toBe(4)
})

test('accounts do not wait for one another', async () => {
  freshAccount()
  vi.stubEnv('OPENAI_CONCURRENCY', '1')
  const finish = Promise.withResolvers<void>()
  const hold = async () => {
    await finish.promise
    return made('held')
  }
  const held = call(requestOf(hold), countedMaking())
  vi.stubEnv('OPENAI_API_KEY', 'test-key-of-somebody-else')
  expect(
    await call(
      requestOf(async () => made('free')),
      countedMaking(),
    ),
  ).toBe('free')
  finish.resolve()
  expect(await held).toBe('held')
})

test('no more requests in any minute than allowed', async () => {
  freshAccount()
  vi.stubEnv('OPENAI_REQUESTS_PER_MINUTE', '3')
  // Once before the time is ours: it loads what it needs.
  await call(
    requestOf(async () => made('it')),
    countedMaking(),
  )
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  let sent = 0
  await vi.advanceTimersByTimeAsync(50_000)
  const calls = Array.from({ length: 7 }, () =>
    call(
      requestOf(async () => made(++sent)),
      countedMaking(),
    ),
  )
  const sentAfter = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms)
    return sent
  }
  // Any minute, not each: the first one's turn comes back after 60 s, the next two's after 110 s.
  expect(await sentAfter(9000)).toBe(2)
  expect(await sentAfter(2000)).toBe(3)
  expect(await sentAfter(48_000)).toBe(3)
  expect(await sentAfter(2000)).toBe(5)
  expect(await sentAfter(60_000)).toBe(7)
  await Promise.all(calls)
})

test('a further try goes before those who have not had one', async () => {
  freshAccount()
  quickWaits(0)
  vi.stubEnv('OPENAI_CONCURRENCY', '1')
  const order: string[] = []
  const send = (name: string) => async () => {
    order.push(name)
    if (name === 'a' && order.length === 1) throw transient()
    await setTimeout(20)
    return made(name)
  }
  await Promise.all(['a', 'b', 'c', 'd'].map((name) => call(requestOf(send(name)), countedMaking())))
  expect(order).toEqual(['a', 'b', 'a', 'c', 'd'])
})

test("what one call is asked to wait, all of the account's wait", async () => {
  freshAccount()
  quickWaits(0)
  let asked = 0
  const sentMs: number[] = []
  const first = async () => {
    if (asked++ === 0) throw transient(10_000)
    return made('first')
  }
  const one = countedMaking()
  const tried = call(requestOf(first), one)
  await vi.waitFor(() => expect(one.failures).toHaveLength(1), { interval: 1 })
  const pausedMs = performance.now()
  const others = Array.from({ length: 3 }, () =>
    call(
      requestOf(async () => {
        sentMs.push(performance.now())
        return made('other')
      }),
      countedMaking(),
    ),
  )
  await Promise.all([tried, ...others])
  // A hundredth of 10 s, less what passed until it was seen.
  for (const ms of sentMs) expect(ms - pausedMs).toBeGreaterThan(80)
})

test('cancelled while all wait: nothing is recorded', async () => {
  freshAccount()
  const one = countedMaking()
  const paused = call(
    requestOf(() => Promise.reject(transient(60_000))),
    one,
  )
  await vi.waitFor(() => expect(one.failures).toHaveLength(1))
  const making = countedMaking()
  const waiting = call(
    requestOf(async () => made(1)),
    making,
  )
  await setTimeout(20)
  making.cancel()
  one.cancel()
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
  await expect(paused).rejects.toMatchObject({ name: 'AbortError' })
  expect(making.intents).toEqual([])
  expect(one.intents).toHaveLength(1)
})

test('a limit that is none is the user’s mistake', async () => {
  freshAccount()
  vi.stubEnv('OPENAI_CONCURRENCY', '0')
  const tried = async () =>
    call(
      requestOf(async () => made(1)),
      countedMaking(),
    )
  await expect(tried()).rejects.toBeInstanceOf(InputError)
  await expect(tried()).rejects.toThrow("OPENAI_CONCURRENCY must be a whole number from 1 to 1000, not '0'")
  vi.stubEnv('OPENAI_CONCURRENCY', '2.5')
  await expect(tried()).rejects.toThrow("not '2.5'")
  vi.stubEnv('OPENAI_CONCURRENCY', '')
  vi.stubEnv('OPENAI_REQUESTS_PER_MINUTE', 'many')
  await expect(tried()).rejects.toThrow('OPENAI_REQUESTS_PER_MINUTE must be a whole number from 1 to 100000')
})
