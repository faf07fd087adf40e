// Executions of the workflow: one for each attempt to make a video, under a name of its own.
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn'
import { inOurWords } from '../../stores/aws-errors.ts'
import { variable } from './variable.ts'

/** 'none': nothing was ever started under that name. `endedAt` in ISO 8601. */
export type ExecutionState =
  | { state: 'none' }
  | { state: 'running' }
  | { state: 'ended'; status: string; endedAt: string }

export type Executions = {
  start: (videoId: string, attempt: number) => Promise<void>
  stop: (videoId: string, attempt: number) => Promise<void>
  describe: (videoId: string, attempt: number) => Promise<ExecutionState>
}

export function openExecutions(): Executions {
  const client = new SFNClient()
  const stateMachineArn = variable('CLIPFORGE_STATE_MACHINE_ARN')
  const arnOf = (videoId: string, attempt: number) =>
    `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${executionName(videoId, attempt)}`
  return {
    async start(videoId, attempt) {
      const name = executionName(videoId, attempt)
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify({ videoId }) }))
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw inOurWords(error, 'Step Functions could not start it')
      }
    },

    async stop(videoId, attempt) {
      try {
        await client.send(new StopExecutionCommand({ executionArn: arnOf(videoId, attempt), cause: 'cancelled' }))
      } catch (error) {
        if (!(error instanceof ExecutionDoesNotExist)) throw inOurWords(error, 'Step Functions could not stop it')
      }
    },

    async describe(videoId, attempt) {
      try {
        const { status, stopDate } = await client.send(
          new DescribeExecutionCommand({ executionArn: arnOf(videoId, attempt) }),
        )
        if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return { state: 'running' }
        return { state: 'ended', status: String(status), endedAt: (stopDate ?? new Date(0)).toISOString() }
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return { state: 'none' }
        throw error
      }
    },
  }
}

function executionName(videoId: string, attempt: number): string {
  return `${videoId}-${attempt}`
}

/** Undefined for the name of an execution that somebody else started. A video's own id may have dashes in it. */
export function partsOfExecutionName(name: string): { videoId: string; attempt: number } | undefined {
  const [, videoId, attempt] = /^(vid_[\w-]{22})-(\d{1,3})$/.exec(name) ?? []
  return videoId === undefined ? undefined : { videoId, attempt: Number(attempt) }
}
