// A render job came to its end: what it took, by the queue that it was in.
import type { EventBridgeEvent } from 'aws-lambda'
import * as z from 'zod'
import { count, withObservability } from './shell.ts'

const Time = z.number().optional()
/** Of a 'Batch Job State Change' event. Times are Unix milliseconds. */
const Detail = z.object({
  jobName: z.string(),
  jobQueue: z.string(),
  status: z.string(),
  createdAt: Time,
  startedAt: Time,
  stoppedAt: Time,
  attempts: z.array(z.object({ startedAt: Time, stoppedAt: Time })).default([]),
})

/** Jobs that warm a machine up render nothing. */
const renders = /^compose-/

export const handler = withObservability(async ({ detail }: EventBridgeEvent<string, unknown>): Promise<void> => {
  const { jobName, jobQueue, status, createdAt, startedAt, stoppedAt, attempts } = Detail.parse(detail)
  if (!renders.test(jobName) || (status !== 'SUCCEEDED' && status !== 'FAILED')) return
  const queue = queueNameOf(jobQueue)
  if (status === 'FAILED') count('RendersFailed', 1, queue)
  // A job whose machine was taken away has used several; each of them is paid for.
  const used = attempts.length > 0 ? attempts : [{ startedAt, stoppedAt }]
  const usedMs = used.reduce((sum, use) => sum + millisecondsOf(use), 0)
  if (usedMs > 0) count('RenderSeconds', usedMs / 1000, queue)
  const firstStartedAt = used[0]?.startedAt
  if (createdAt !== undefined && firstStartedAt) count('RenderWaitSeconds', (firstStartedAt - createdAt) / 1000, queue)
})

function millisecondsOf({ startedAt, stoppedAt }: { startedAt?: number | undefined; stoppedAt?: number | undefined }) {
  return startedAt && stoppedAt ? Math.max(0, stoppedAt - startedAt) : 0
}

/** 'spot', 'onDemand' or 'processor', from CLIPFORGE_RENDER_QUEUES ({"spot": "arn:…", …}); else the queue's own name. */
function queueNameOf(jobQueueArn: string): string {
  const queues = z.record(z.string(), z.string()).parse(JSON.parse(process.env['CLIPFORGE_RENDER_QUEUES'] ?? '{}'))
  const [name] = Object.entries(queues).find(([, arn]) => arn === jobQueueArn) ?? []
  return name ?? jobQueueArn.split('/').at(-1)!
}
