// Files dropped into the inbox: S3's events, by way of EventBridge and a queue. A message that fails comes back alone;
// one that fails every time ends in the dead-letter queue.
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
import { S3Client } from '@aws-sdk/client-s3'
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import * as z from 'zod'
import { takeUpload } from '../core/inbox/take.ts'
import { resolveUploads } from '../core/uploads/resolve.ts'
import type { VideoRequest } from '../core/video.ts'
import { openAwsStores } from '../stores/aws.ts'
import { choose } from './edge/choose.ts'
import { openExecutions } from './edge/executions.ts'
import { openInboxObjects } from './edge/inbox-objects.ts'
import { count, logger, withObservability } from './shell.ts'

const { start } = openExecutions()
const { videos, objects } = openAwsStores()
const ports = {
  videos,
  named: (request: VideoRequest, owner: string) => resolveUploads(request, owner, objects),
  inbox: openInboxObjects(new S3Client()),
  start,
  choose,
  now: () => new Date(),
}

/** What we use of an 'Object Created' event. Keys are not encoded in it. In a bucket without versions the ETag names one. */
const ObjectCreated = z.object({
  'detail-type': z.literal('Object Created'),
  /** When S3 said so: the file's own time where the file itself is not looked at. */
  time: z.string().default(new Date(0).toISOString()),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({
      key: z.string(),
      size: z.number(),
      etag: z.string().default(''),
      'version-id': z.string().optional(),
    }),
  }),
})

const processor = new BatchProcessor(EventType.SQS)

export const handler = withObservability((event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  processPartialResponse(event, take, processor, { context, throwOnFullBatchFailure: false, processInParallel: false }),
)

async function take({ body, messageId }: SQSRecord): Promise<void> {
  try {
    const { time, detail } = ObjectCreated.parse(JSON.parse(body))
    const { bucket, object } = detail
    const { key, size, etag, 'version-id': version } = object
    const file = { bucket: bucket.name, key, versionId: version ?? etag, isVersioned: version !== undefined }
    const taken = await takeUpload(file, { bytes: size, at: time }, ports)
    if (!taken) return
    // What is wrong with a line may quote it: that is for the manifest alone.
    const { accepted, refused } = taken
    logger.info('a file of the inbox was read', { key, accepted, refused })
    if (refused > 0) count('UploadsRefused', refused)
  } catch (error) {
    // The processor keeps it to itself.
    logger.error('a message failed and comes back', { messageId, error: error as Error })
    throw error
  }
}
