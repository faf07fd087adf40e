// The Step Functions service: the very document, run by the interpreter, with functions and jobs as its tasks.
import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import { functions, type FunctionName } from '../../lib/functions.ts'
import { ExecutionAbortedError, ExecutionFailedError } from '../../local/workflow/errors.ts'
import { sqliteJournal } from '../../local/workflow/journal.ts'
import { loadWorkflow } from '../../local/workflow/load.ts'
import { runWorkflow } from '../../local/workflow/run.ts'
import type { TaskHandler } from '../../local/workflow/task.ts'
import type { FunctionService } from './functions.ts'
import type { Job, JobService } from './jobs.ts'

export const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:clipforge'

export type Execution = {
  arn: string
  name: string
  input: unknown
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED'
  startDate: Date
  stopDate?: Date
  error?: string
  cause?: string
  stop: (cause: string) => void
  over: Promise<void>
}
export type ExecutionService = {
  executions: Map<string, Execution>
  /** Undefined when the name is taken by another input. */
  start: (name: string, input: unknown) => Execution | undefined
}
type Services = {
  functions: FunctionService
  jobs: JobService
  /** Told of every end, as EventBridge is. */
  onEnd: (execution: Execution) => void
}

const stageFunctions = Object.entries(functions).flatMap(([name, { kind }]) => (kind === 'stage' ? [name] : []))

export function openExecutions({ functions: lambda, jobs, onEnd }: Services): ExecutionService {
  const document = JSON.parse(
    readFileSync(new URL('../../workflow/video.asl.json', import.meta.url), 'utf8'),
  ) as unknown
  const workflow = loadWorkflow(document, substitutions())
  const executions = new Map<string, Execution>()
  const journal = sqliteJournal(new DatabaseSync(':memory:'))
  const tasks = {
    ...Object.fromEntries(stageFunctions.map((name) => [name, lambdaTask(name as FunctionName, lambda)])),
    [batch]: jobTask(jobs),
  }

  return {
    executions,
    start(name, input) {
      const known = executions.get(name)
      if (known) return isDeepStrictEqual(known.input, input) && known.status === 'RUNNING' ? known : undefined
      const stopping = new AbortController()
      const execution: Execution = {
        arn: `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`,
        name,
        input,
        status: 'RUNNING',
        startDate: new Date(),
        stop: (cause) => stopping.abort(new Error(cause)),
        over: Promise.resolve(),
      }
      executions.set(name, execution)
      const options = { executionId: name, tasks, journal, signal: stopping.signal }
      execution.over = runWorkflow(workflow, input, options).then(
        () => void (execution.status = 'SUCCEEDED'),
        (error: unknown) => {
          execution.status = error instanceof ExecutionAbortedError ? 'ABORTED' : 'FAILED'
          if (error instanceof ExecutionFailedError)
            Object.assign(execution, { error: error.error, cause: error.causeText })
          else if (!(error instanceof ExecutionAbortedError)) throw error
        },
      )
      execution.over = execution.over.finally(() => {
        execution.stopDate = new Date()
        onEnd(execution)
      })
      return execution
    },
  }
}

const batch = 'arn:aws:states:::batch:submitJob.sync'

function substitutions(): Record<string, string> {
  const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)
  return {
    ...Object.fromEntries(stageFunctions.map((name) => [`${capital(name)}FunctionArn`, name])),
    SpotQueueArn: 'spot',
    OnDemandQueueArn: 'on-demand',
    ProcessorQueueArn: 'processor',
    GpuJobDefinitionArn: 'gpu',
    ProcessorJobDefinitionArn: 'processor',
  }
}

function lambdaTask(name: FunctionName, lambda: FunctionService): TaskHandler {
  return async (payload) => {
    const outcome = await lambda.invoke(name, payload)
    if (outcome === 'throttled') throw named('Lambda.TooManyRequestsException', 'Rate Exceeded.')
    if ('error' in outcome) throw named(outcome.error.errorType, outcome.error.errorMessage)
    return outcome.value
  }
}

function jobTask(jobs: JobService): TaskHandler {
  return async (args, { signal }) => {
    const ended = await jobs.run(args as Job, signal)
    if (ended.Status === 'FAILED') throw named('States.TaskFailed', JSON.stringify(ended))
    return ended
  }
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name })
}
