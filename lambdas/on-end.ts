// An execution of the workflow came to its end.
import type { Context, EventBridgeEvent } from 'aws-lambda'
import * as z from 'zod'
import { openAwsStores } from '../stores/aws.ts'
import { takeEnd } from './edge/take-end.ts'
import { count, withObservability } from './shell.ts'

const { videos, claims, webhooks } = openAwsStores()

/** Of a 'Step Functions Execution Status Change' event. Times are Unix milliseconds; absent fields come as null. */
const Detail = z.object({
  executionArn: z.string(),
  name: z.string(),
  status: z.enum(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']),
  startDate: z.number(),
  stopDate: z.number(),
  output: z.string().nullish(),
  error: z.string().nullish(),
  cause: z.string().nullish(),
})

export const handler = withObservability(
  async ({ detail }: EventBridgeEvent<string, unknown>, { awsRequestId }: Context): Promise<void> => {
    const { startDate, stopDate, output, error, cause, ...ended } = Detail.parse(detail)
    await takeEnd(
      {
        ...ended,
        startedAt: new Date(startDate),
        endedAt: new Date(stopDate),
        ...(output != null && { output }),
        ...(error != null && { error }),
        ...(cause != null && { cause }),
      },
      // A second try of the same delivery has the same id, and counts what the first one did not come to.
      awsRequestId,
      { videos, claims, webhooks, count },
    )
  },
)
