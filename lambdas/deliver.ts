// Every minute: webhooks are told what there is to tell of their videos.
import { openPost } from '../api/webhooks/post.ts'
import { parseAllowedHosts } from '../core/webhooks/url.ts'
import { openAwsStores } from '../stores/aws.ts'
import { tellForAMinute } from './edge/webhook-minute.ts'
import { logger, withObservability } from './shell.ts'

const { videos, webhooks } = openAwsStores()
const { post } = openPost({ allowed: parseAllowedHosts(process.env['CLIPFORGE_ALLOW_PRIVATE_URLS'] ?? '') })

export const handler = withObservability(async (): Promise<void> => {
  const attempts = await tellForAMinute({
    videos,
    webhooks,
    post,
    onRefused: ({ id, videoId }, reason) => logger.warn('a webhook may not be called', { id, videoId, reason }),
    onError: (videoId, error) => logger.error('a webhook could not be told', { videoId, error: error as Error }),
  })
  if (attempts > 0) logger.info('sent to webhooks', { attempts })
})
