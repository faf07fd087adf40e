// How a workflow can go wrong: refused at load, failed (with a States Language error name), or aborted.

/** The document has something that this interpreter does not do. Every offending place is named by its path. */
export class WorkflowRefusedError extends Error {
  override name = 'WorkflowRefusedError'
  readonly problems: string[]
  constructor(problems: string[]) {
    super(`the workflow document is refused:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** A failure inside an execution: `error` is the name that Retry and Catch match, `causeText` their "Cause". */
export class StatesError extends Error {
  override name = 'StatesError'
  readonly error: string
  readonly causeText: string
  constructor(error: string, causeText: string, options?: { message?: string; cause?: unknown }) {
    super(options?.message ?? readable(causeText), { cause: options?.cause })
    this.error = error
    this.causeText = causeText
  }
}

/** A Lambda's Cause is JSON for documents; people read its errorMessage. */
function readable(causeText: string): string {
  try {
    const { errorMessage }: { errorMessage?: unknown } = Object(JSON.parse(causeText))
    return typeof errorMessage === 'string' ? errorMessage : causeText
  } catch {
    return causeText
  }
}

/** The execution ended in a failure that nothing caught. `cause` is what the handler threw, where one did. */
export class ExecutionFailedError extends Error {
  override name = 'ExecutionFailedError'
  readonly error: string
  readonly causeText: string
  constructor(failure: StatesError) {
    super(`${failure.error}: ${failure.message}`, { cause: failure.cause })
    this.error = failure.error
    this.causeText = failure.causeText
  }
}

/** The caller's signal stopped the execution; running it again with the same id goes on where it stopped. */
export class ExecutionAbortedError extends Error {
  override name = 'ExecutionAbortedError'
}

/**
 * What a handler threw, as AWS reports it. A Lambda's Cause is a JSON text with errorType, errorMessage and trace,
 * so that `$parse($states.errorOutput.Cause).errorMessage` reads the same here and there; any other
 * resource's Cause is the message. (AWS names every failed `.sync` job States.TaskFailed: a document that is to run
 * in both places should not retry such a job by another name.)
 */
export function handlerError(thrown: unknown, isLambda: boolean): StatesError {
  if (thrown instanceof StatesError) return thrown
  const { name, message, stack } = thrown instanceof Error ? thrown : unnamed(thrown)
  const trace = (stack ?? '').split('\n')
  const causeText = isLambda ? JSON.stringify({ errorType: name, errorMessage: message, trace }) : message
  return new StatesError(name, causeText, { message, cause: thrown })
}

function unnamed(thrown: unknown): { name: string; message: string; stack?: string } {
  return { name: 'States.TaskFailed', message: String(thrown) }
}
