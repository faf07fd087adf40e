// One thing bought from ElevenLabs: the request, what its answer cost, and what to say of one that is of no use.
import { ServiceError } from '../../core/errors.ts'
import type { Billed, Charge, Making } from '../../core/ports.ts'
import { call, learnLimit, type ServiceCall } from '../calls/call.ts'
import { ready, type Reply } from './client.ts'
import { sortError } from './failures.ts'

export type Order<Answer, Made> = Pick<ServiceCall<Made>, 'model' | 'what' | 'estimateMicroUsd' | 'deadlineMs'> & {
  /** One request, and all of its answer's bytes. */
  ask: (signal: AbortSignal) => Promise<Reply<Answer>>
  /** Throws an Error with the reason when the answer is of no use. */
  read: (answer: Answer) => Made | Promise<Made>
  /** What an answer cost; `billedCharacters` is what the vendor says that it counted. */
  charge: (billedCharacters: number | undefined) => Charge
}

export async function order<Answer, Made>(wanted: Order<Answer, Made>, making: Making): Promise<Made> {
  making.signal.throwIfAborted()
  // Before the deadline runs: a first try must not be given up because the SDK was still loading.
  await ready().catch((error: unknown) => {
    throw sortError(error)
  })
  const { model, what, estimateMicroUsd, deadlineMs } = wanted
  const send = (signal: AbortSignal) => answerTo(wanted, signal)
  return call({ service: 'elevenlabs', model, what, estimateMicroUsd, deadlineMs, send, sortError }, making)
}

async function answerTo<Answer, Made>(
  { ask, read, charge }: Order<Answer, Made>,
  signal: AbortSignal,
): Promise<Billed<Made>> {
  const reply = await ask(signal)
  const { headers } = reply
  learn(headers)
  if ('error' in reply) {
    // The SDK's own check of an answer that came whole: what was asked for is not in it.
    throw reply.error.name === 'ParseError' ? noUse(reply.error, headers, charge) : reply.error
  }
  try {
    return { made: await read(reply.answer), charges: [charge(billedIn(headers))] }
  } catch (error) {
    throw noUse(error, headers, charge)
  }
}

type Came = Headers | undefined

function noUse(error: unknown, headers: Came, charge: Order<never, never>['charge']): ServiceError {
  // A page comes from something in between, and nobody knows whether the service has done its part.
  const isPage = /html/i.test(headers?.get('content-type') ?? '')
  const reason = isPage ? 'it is an HTML page' : reasonOf(error)
  return new ServiceError('BrokenAnswerError', `ElevenLabs sent an answer of no use: ${reason}`, {
    charges: isPage ? undefined : [charge(billedIn(headers))],
    cause: error,
  })
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it cannot be read'
  if (error.name !== 'ParseError') return error.message
  const missing = /Missing required key "(\w+)"/.exec(error.message)?.[1]
  return missing === undefined ? 'it is not what was asked for' : `it has no ${missing}`
}

/** The vendor counts characters by the model's rate, and says so in a header of its answers. */
function billedIn(headers: Came): number | undefined {
  const cost = headers?.get('character-cost')?.trim()
  return cost && /^\d+(\.\d+)?$/.test(cost) ? Math.round(Number(cost)) : undefined
}

function learn(headers: Came): void {
  const most = Number(headers?.get('maximum-concurrent-requests'))
  if (Number.isInteger(most) && most > 0) learnLimit('elevenlabs', most)
}
