// Once a week: the finished weeks' videos go to the archive.
import { S3Client } from '@aws-sdk/client-s3'
import type { Context } from 'aws-lambda'
import { openAwsStores } from '../stores/aws.ts'
import { archive } from './edge/archiving.ts'
import { variable } from './edge/variable.ts'
import { logger, withObservability } from './shell.ts'

/** Enough to end the videos that are being copied. */
const reserveMs = 60_000

const { videos } = openAwsStores()
const s3 = new S3Client()
const videosBucket = variable('CLIPFORGE_VIDEOS_BUCKET')
const archiveBucket = variable('CLIPFORGE_ARCHIVE_BUCKET')

export const handler = withObservability(async (_event: unknown, context: Context): Promise<void> => {
  const hasTime = () => context.getRemainingTimeInMillis() > reserveMs
  const archived = await archive({ videos, s3, videosBucket, archiveBucket, now: () => new Date(), hasTime })
  logger.info('archived', archived)
})
