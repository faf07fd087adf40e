// How a stage has a service make something: by invoking the one function that holds that service's key.
import { InvokeCommand, type InvokeCommandOutput, LambdaClient } from '@aws-sdk/client-lambda'
import { BusyError, InputError, TransientError } from '../core/errors.ts'
import { services, type ServiceId } from '../core/models.ts'
import type { Order } from '../core/orders.ts'
import { clock, wait } from '../providers/calls/clock.ts'
import { inward, isPassing, isThrottle } from './failures.ts'

/** Longer than any function may run (900 s): who waits for a paid answer never hangs up first. */
const longestAnswerMs = 930_000
const longestWaitMs = 20_000
/** After that the workflow waits, which costs nothing, and the stage is asked again. */
const patienceMs = 60_000

let client: LambdaClient | undefined

/**
 * Comes back when what was ordered lies under its key. A function that has all its reserved concurrency in use is asked
 * again for a minute, after waits of full jitter; then it is a BusyError. Throws what the order failed with there
 * (failures.ts), and TransientError when nobody knows: then the stage is tried again, and finds what was made meanwhile.
 */
export function orderUntil(signal: AbortSignal): (order: Order) => Promise<void> {
  return async (order) => {
    const service = order.service as ServiceId
    const payload = Buffer.from(JSON.stringify(order))
    for (let tries = 0, waitedMs = 0; ; tries++) {
      const answer = await invoke(service, payload, signal)
      if (answer !== undefined) return settle(service, answer)
      const waitMs = clock.random() * Math.min(longestWaitMs, 500 * 2 ** tries)
      waitedMs += waitMs
      if (waitedMs > patienceMs) throw busy(service)
      await wait(waitMs, signal).catch(() => {
        throw busy(service)
      })
    }
  }
}

function busy(service: ServiceId): BusyError {
  return new BusyError(`${services[service].name}: all that may call it at once are busy`)
}

/** Undefined when it was throttled: then it has not run. */
async function invoke(
  service: ServiceId,
  payload: Uint8Array,
  signal: AbortSignal,
): Promise<InvokeCommandOutput | undefined> {
  client ??= new LambdaClient({
    // One request, one order. After a throttle it is asked again here; after anything else nobody knows whether it runs.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 5000, requestTimeout: longestAnswerMs, socketTimeout: longestAnswerMs },
  })
  const command = new InvokeCommand({
    FunctionName: functionOf(service),
    InvocationType: 'RequestResponse',
    Payload: payload,
  })
  try {
    return await client.send(command, { abortSignal: signal })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (isThrottle(error)) return undefined
    const { name } = services[service]
    // The function goes on without its caller and keeps what it makes.
    if (signal.aborted) throw new TransientError(`${name} was still at it when the time was up`)
    if (isPassing(error)) {
      const line = `${name}'s function could not be reached, or its answer got lost: ${error.message}`
      // No failure of the service's: nobody stands in for it, the stage is tried again.
      throw new TransientError(line)
    }
    throw error
  }
}

function settle(service: ServiceId, { FunctionError, Payload }: InvokeCommandOutput): void {
  if (FunctionError !== undefined) throw inward(service, Buffer.from(Payload ?? []).toString())
}

function functionOf(service: ServiceId): string {
  const variable = `CLIPFORGE_${service.toUpperCase()}_FUNCTION`
  const name = process.env[variable]
  if (!name)
    throw new InputError(`${variable} must name the function that calls ${services[service].name}; it is not set`)
  return name
}
