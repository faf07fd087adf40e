// The HTTP app behind API Gateway.
import { S3Client } from '@aws-sdk/client-s3'
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda'
import { handle, type LambdaEvent } from 'hono/aws-lambda'
import { createApi } from '../api/app.ts'
import type { Surroundings } from '../api/ports.ts'
import { availableServices } from '../providers/calls/keys.ts'
import { openAwsStores } from '../stores/aws.ts'
import { choose } from './edge/choose.ts'
import { openExecutions } from './edge/executions.ts'
import { formsInto } from './edge/form.ts'
import { linksFrom } from './edge/links.ts'
import { sign } from './edge/signing-secret.ts'
import { inspectByFunction } from './edge/uploads.ts'
import { variable } from './edge/variable.ts'
import { logger, withObservability } from './shell.ts'

const { start, stop } = openExecutions()
const { videos, objects, keys, webhooks } = openAwsStores()
const s3 = new S3Client()

const app = createApi({
  videos,
  objects,
  keys,
  webhooks,
  start,
  stop,
  choose,
  available: availableServices,
  linksTo: linksFrom(s3),
  sign,
  hlsNotice:
    'hls: each of its files has a link of its own, so a player cannot follow the playlist; fetch them all and serve them from one place',
  formFor: formsInto(s3),
  inspectUpload: inspectByFunction(),
  now: () => new Date(),
  // A function's answer does not stream, and API Gateway hangs up after 29 seconds.
  eventsMaxSeconds: 20,
  pageUrl: `https://${variable('CLIPFORGE_DELIVERY_DOMAIN')}`,
  corsOrigins: (process.env['CLIPFORGE_CORS_ORIGINS'] ?? '').split(',').flatMap((origin) => origin.trim() || []),
  surroundings: (_request, env) => surroundingsOf((env as { event: APIGatewayProxyEvent }).event),
  onError: (error) => logger.error('a request failed', error as Error),
})

// All that it answers is text, events too; what Hono took for bytes would reach people in base64.
const answer = handle(app, { isContentTypeBinary: () => false })

export const handler = withObservability(
  async (event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> =>
    (await answer(event as unknown as LambdaEvent, context as never)) as APIGatewayProxyResult,
)

/** The authorizer has checked the key; the address tells the stage of the API apart from our path. */
function surroundingsOf({ path, requestContext }: APIGatewayProxyEvent): Surroundings {
  const { owner, keyId, plan } = (requestContext.authorizer ?? {}) as Record<string, string | undefined>
  const whole = requestContext.path ?? path
  return {
    caller: owner ? { owner, ...(keyId && { keyId }), ...(plan && { plan }) } : undefined,
    basePath: whole.endsWith(path) ? whole.slice(0, -path.length) : '',
  }
}
