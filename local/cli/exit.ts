import { fullDiskLine, isDiskFull } from '../space.ts'

/** By convention 128 + the signal's number. */
const signalExitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const
const brokenPipeExitCode = 141

export const stopSignals = Object.keys(signalExitCodes) as StopSignal[]
export type StopSignal = keyof typeof signalExitCodes

export class StoppedError extends Error {
  override name = 'StoppedError'
  readonly signal: StopSignal
  constructor(message: string, signal: StopSignal) {
    super(message)
    this.signal = signal
  }
}

/**
 * Runs a command and ends the process: 0, or 2 for the user's mistake, 1 for a failure, with one line that says what
 * is wrong and what to do. CLIPFORGE_DEBUG=1 adds the stack.
 */
export async function exitWith(options: { json?: boolean }, command: () => Promise<void>): Promise<never> {
  const fail = (error: unknown) => exitFor(error, options)
  process.on('uncaughtException', fail)
  // Whoever read the output is gone ('clipforge list | head -1'): nobody is left to tell.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    error.code === 'EPIPE' ? process.exit(brokenPipeExitCode) : fail(error),
  )
  process.stderr.on('error', () => {})
  try {
    await command()
    // Nothing is done before the last line is out: writing it may still fail.
    await new Promise((resolve) => process.stdout.write('', resolve))
  } catch (error) {
    fail(error)
  }
  process.exit(process.exitCode ?? 0)
}

/** One line about a mistake or a failure: for people on standard error, with --json as an object on standard output. */
export function tellError(name: string, message: string, { json }: { json?: boolean }): void {
  if (json) process.stdout.write(`${JSON.stringify({ type: 'error', name, message })}\n`)
  // Names and values in it are somebody's input: no line breaks, no terminal commands.
  else process.stderr.write(`clipforge: ${message.replaceAll(/[\s\p{Cc}]+/gu, ' ')}\n`)
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof StoppedError) return signalExitCodes[error.signal]
  return error instanceof Error && mistakes.has(error.name) ? 2 : 1
}

/** By name: an error of a worker process or of the workflow is no instance of our classes any more. */
const mistakes = new Set(['InputError', 'ConflictError', 'BudgetError'])

function exitFor(error: unknown, options: { json?: boolean }): never {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  tellError(name, isDiskFull(error) ? `${fullDiskLine(message)}, then run this again` : message, options)
  if (process.env.CLIPFORGE_DEBUG) process.stderr.write(`${stack}\n`)
  process.exit(exitCodeOf(error))
}
