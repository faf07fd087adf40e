import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ServiceError } from '../../core/errors.ts'
import type { Order } from '../../core/orders.ts'
import { orderUntil } from '../../lambdas/order.ts'
import { clock } from '../../providers/calls/clock.ts'
import { credentials, type Endpoint, type Reply, startEndpoint } from './aws-endpoint.ts'

const order = { kind: 'picture', service: 'openai', model: 'gpt-image-1.5', key: 'owners/me/assets/picture/1.jpg' }
const never = new AbortController().signal
const throttle: Reply = {
  status: 429,
  headers: { 'x-amzn-errortype': 'TooManyRequestsException' },
  body: '{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}',
}
const failure = (errorType: string, errorMessage: string): Reply => ({
  headers: { 'x-amz-function-error': 'Unhandled' },
  body: JSON.stringify({ errorType, errorMessage, trace: [] }),
})

// The client is made once a process, so all tests share the address.
let replies: (number: number) => Reply | Promise<Reply> = () => ({ body: '{}' })
let endpoint: Endpoint
const waits: number[] = []
clock.timer = (run, ms) => {
  waits.push(ms)
  return setTimeout(run, 1)
}

beforeAll(async () => {
  endpoint = await startEndpoint((_, number) => replies(number))
  Object.assign(process.env, credentials, {
    AWS_ENDPOINT_URL_LAMBDA: endpoint.url,
    CLIPFORGE_OPENAI_FUNCTION: 'clipforge-openai',
  })
  return () => endpoint.close()
})
afterEach(() => {
  endpoint.calls.length = 0
  waits.length = 0
  vi.restoreAllMocks()
})

describe('an order from a stage to a service', () => {
  it('invokes the function of the service, with the order as it is', async () => {
    replies = () => ({ body: '{}' })
    await orderUntil(never)(order as Order)
    expect(endpoint.calls).toHaveLength(1)
    expect(endpoint.calls[0]!.path).toBe('/2015-03-31/functions/clipforge-openai/invocations')
    expect(JSON.parse(endpoint.calls[0]!.body)).toEqual(order)
  })

  it('asks again, after waits of full jitter, while all that may run at once do', async () => {
    replies = (number) => (number < 8 ? throttle : { body: '{}' })
    vi.spyOn(clock, 'random').mockReturnValue(0.5)
    await orderUntil(never)(order as Order)
    expect(endpoint.calls).toHaveLength(9)
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000])
  })

  it('is a BusyError after a minute, which the workflow waits out', async () => {
    replies = () => throttle
    vi.spyOn(clock, 'random').mockReturnValue(0.5)
    await expect(orderUntil(never)(order as Order)).rejects.toMatchObject({ name: 'BusyError' })
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(60_000)
  })

  it('is a TransientError when the time is up meanwhile', async () => {
    const stop = new AbortController()
    replies = (number) => {
      if (number === 3) stop.abort()
      return throttle
    }
    await expect(orderUntil(stop.signal)(order as Order)).rejects.toMatchObject({
      name: 'TransientError',
      message: expect.stringMatching(/^OpenAI/),
    })
  })

  it('stops waiting for the answer when the time is up', async () => {
    const stop = new AbortController()
    replies = async () => {
      stop.abort()
      return new Promise<Reply>(() => {})
    }
    await expect(orderUntil(stop.signal)(order as Order)).rejects.toMatchObject({
      name: 'TransientError',
      message: 'OpenAI was still at it when the time was up',
    })
  })

  it.each(['TransientError', 'RefusedError', 'AccountError', 'BrokenAnswerError'])(
    'gives %s as the ServiceError that it was, without charges: the ledger is kept there',
    async (name) => {
      replies = () => failure(name, 'one line')
      const thrown: unknown = await orderUntil(never)(order as Order).catch((error: unknown) => error)
      expect(thrown).toBeInstanceOf(ServiceError)
      expect(thrown).toMatchObject({ name, message: 'one line', charges: [] })
      expect(endpoint.calls).toHaveLength(1)
    },
  )

  it.each(['BudgetError', 'InputError', 'NotFoundError', 'ConflictError'])('gives %s as it was', async (name) => {
    replies = () => failure(name, 'one line')
    await expect(orderUntil(never)(order as Order)).rejects.toMatchObject({ name, message: 'one line' })
  })

  it.each([
    ['Sandbox.Timedout', 'RequestId: 1 Error: Task timed out after 840.00 seconds'],
    ['Runtime.ExitError', 'RequestId: 1 Error: Runtime exited with error: signal: killed'],
    ['TypeError', 'x is not a function'],
  ])('takes %s for no failure of the service: the stage is tried again', async (errorType, errorMessage) => {
    replies = () => failure(errorType, errorMessage)
    const thrown: unknown = await orderUntil(never)(order as Order).catch((error: unknown) => error)
    expect(thrown).not.toBeInstanceOf(ServiceError)
    expect(thrown).toMatchObject({
      name: 'TransientError',
      message: `OpenAI's function ended: ${errorMessage} (${errorType})`,
    })
  })

  it('does not order a second time when nobody knows whether the first one runs', async () => {
    replies = () => ({
      status: 500,
      headers: { 'x-amzn-errortype': 'ServiceException' },
      body: '{"Type":"Service","Message":"An error occurred and the request cannot be processed."}',
    })
    await expect(orderUntil(never)(order as Order)).rejects.toMatchObject({ name: 'TransientError' })
    expect(endpoint.calls).toHaveLength(1)
  })

  it('names the variable that is not set', async () => {
    await expect(orderUntil(never)({ ...order, service: 'gemini' } as Order)).rejects.toThrow(
      'CLIPFORGE_GEMINI_FUNCTION must name the function that calls Gemini; it is not set',
    )
  })
})
