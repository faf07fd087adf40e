import { ConflictError, InputError } from '../../core/errors.ts'

/** Ctrl-C, by convention 128 + SIGINT. */
const stoppedExitCode = 130

export class StoppedError extends Error {
  override name = 'StoppedError'
}

/**
 * Runs a command and ends the process: 0, or 2 for the user's mistake, 1 for a failure, with one line that says what
 * is wrong and what to do. CLIPFORGE_DEBUG=1 adds the stack.
 */
export async function exitWith(options: { json?: boolean }, command: () => Promise<void>): Promise<never> {
  try {
    await command()
    process.exit(process.exitCode ?? 0)
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
    const line = isDiskFull(error) ? `the disk is full (${message}); free some and run this again` : message
    if (options.json) process.stdout.write(`${JSON.stringify({ type: 'error', name, message: line })}\n`)
    else process.stderr.write(`clipforge: ${line}\n`)
    if (process.env.CLIPFORGE_DEBUG) process.stderr.write(`${stack}\n`)
    process.exit(exitCodeOf(error))
  }
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof StoppedError) return stoppedExitCode
  return error instanceof Error && mistakes.has(error.name) ? 2 : 1
}

/** By name: an error of a worker process or of the workflow is no instance of our classes any more. */
const mistakes = new Set([new InputError().name, new ConflictError().name])

/** SQLite's own number for it. */
const SQLITE_FULL = 13

function isDiskFull(error: unknown): boolean {
  const { code, errcode } = error as NodeJS.ErrnoException & { errcode?: number }
  return code === 'ENOSPC' || errcode === SQLITE_FULL
}
