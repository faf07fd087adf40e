// Files that were sent are looked into by a function of their own, which carries what opens them.
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import * as z from 'zod'
import type { ApiPorts } from '../../api/ports.ts'
import { InputError, NotFoundError, TransientError } from '../../core/errors.ts'
import type { UploadFacts } from '../../core/uploads.ts'
import { isPassing } from '../failures.ts'
import { variable } from './variable.ts'

/** API Gateway hangs up after 29 seconds: before that the caller is told to ask again, and finds the look further on. */
const patienceMs = 24_000

/** What the Lambda runtime answers for a handler that threw, and for one that was stopped or died. */
const Failure = z.object({ errorType: z.string().optional(), errorMessage: z.string().optional() })

export function inspectByFunction(client = new LambdaClient({ maxAttempts: 1 })): ApiPorts['inspectUpload'] {
  return async (key, kind, name) => {
    const command = new InvokeCommand({
      FunctionName: variable('CLIPFORGE_CHECK_UPLOAD_FUNCTION'),
      Payload: Buffer.from(JSON.stringify({ key, kind, name })),
    })
    const signal = AbortSignal.timeout(patienceMs)
    const answer = await client.send(command, { abortSignal: signal }).catch((error: unknown) => {
      if (signal.aborted || (error instanceof Error && isPassing(error)))
        throw new TransientError(`the upload could not be looked into just now: ${(error as Error).message}`)
      throw error
    })
    const text = Buffer.from(answer.Payload ?? []).toString()
    if (answer.FunctionError === undefined) return JSON.parse(text) as UploadFacts
    throw failureIn(text)
  }
}

function failureIn(text: string): Error {
  const { errorType, errorMessage = 'no message' } = Failure.catch({}).parse(jsonIn(text))
  if (errorType === 'InputError') return new InputError(errorMessage)
  if (errorType === 'NotFoundError') return new NotFoundError(errorMessage)
  // Whatever ended the function itself (time, memory, a mistake of ours): the next try may go well.
  return new TransientError(`the upload's check ended: ${errorMessage} (${errorType ?? 'no type'})`)
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
