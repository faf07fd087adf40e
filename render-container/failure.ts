// An error on its way from a child process to its parent: as data, then as an error of the right class again.
import { InputError, TransientError } from '../core/errors.ts'

type Failure = { name: string; message: string }

export function explain(error: unknown): Failure {
  const { name, message } = plainly(error)
  return { name, message }
}

/** `doing` is put before the message, but for the user's own mistakes, which say where they are themselves. */
export function revive({ name, message }: Failure, doing: string): Error {
  if (name === 'InputError') return new InputError(message)
  const Class = name === 'TransientError' ? TransientError : Error
  return new Class(`${doing}: ${message}`)
}

/** The same error, unless it is one that an operator must read in plain words: a full disk. */
export function plainly(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  // Node says ENOSPC; libav, whose numbers differ between systems, says it in words.
  const isDiskFull = ('code' in error && error.code === 'ENOSPC') || /no space left on device/i.test(error.message)
  return isDiskFull ? new TransientError('the disk is full; free some space and run it again', { cause: error }) : error
}
