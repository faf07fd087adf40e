// Every few minutes: what got lost is started again, what has expired is deleted, what waits is counted.
import { openAwsStores } from '../stores/aws.ts'
import { openExecutions } from './edge/executions.ts'
import { sweep } from './edge/sweeping.ts'
import { count, logger, withObservability } from './shell.ts'

const { videos, webhooks } = openAwsStores()
const executions = openExecutions()

export const handler = withObservability(async (): Promise<void> => {
  const swept = await sweep({
    videos,
    webhooks,
    executions,
    count,
    onError: (videoId, error) => logger.error('a video could not be looked after', { videoId, error: error as Error }),
    now: () => new Date(),
  })
  logger.info('swept', swept)
})
