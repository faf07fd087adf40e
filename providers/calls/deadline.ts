import { ServiceError } from '../../core/errors.ts'
import type { Charge } from '../../core/ports.ts'

/** The deadline passed, or the answer stopped coming: it took long and may have been paid for. */
export class LateError extends ServiceError {
  constructor(message: string, options: { charges?: Charge[]; cause?: unknown } = {}) {
    super('TransientError', message, { charges: undefined, ...options })
  }
}

/**
 * Rejects with a LateError when the time is up, also when `send` does not heed its signal: some SDKs stop listening to
 * it, or never do, while a body streams.
 */
export async function within<Made>(
  { deadlineMs, message }: { deadlineMs: number; message: string },
  send: (signal: AbortSignal) => Promise<Made>,
): Promise<Made> {
  const controller = new AbortController()
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    const error = new LateError(message)
    late.reject(error)
    controller.abort(error)
  }, deadlineMs)
  // A function of its own, so that what it throws at once goes the same way.
  const sent = (async () => send(controller.signal))()
  try {
    return await Promise.race([late.promise, sent])
  } finally {
    clearTimeout(timer)
  }
}
