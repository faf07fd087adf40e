// The stores of an installation on AWS, by the environment of a function or of the render container.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { S3Client } from '@aws-sdk/client-s3'
import type { ApiKeys } from '../core/api-keys.ts'
import { InputError } from '../core/errors.ts'
import type { ObjectStore } from '../core/ports.ts'
import type { Webhooks } from '../core/webhooks.ts'
import { openS3Objects } from './objects/s3.ts'
import { openDynamoVideos, type DynamoVideos } from './videos/dynamodb.ts'
import { openApiKeys } from './videos/dynamodb/api-keys.ts'
import { openClaims, type Claims } from './videos/dynamodb/claims.ts'
import { openTable } from './videos/dynamodb/table.ts'
import { openDynamoWebhooks } from './webhooks/dynamodb.ts'

export type AwsStores = {
  objects: ObjectStore
  videos: DynamoVideos
  claims: Claims
  keys: ApiKeys
  webhooks: Webhooks
}

/**
 * Whose keys begin like this lie in that bucket; all others in the one for work. A prefix that ends before it is
 * decided ('owners/ann/') lists the work bucket alone.
 */
const buckets = [
  { keys: /^videos\//, variable: 'CLIPFORGE_VIDEOS_BUCKET' },
  { keys: /^(?:owners\/[^/]+\/uploads\/|incoming\/|inbox\/)/, variable: 'CLIPFORGE_UPLOADS_BUCKET' },
  { keys: /^/, variable: 'CLIPFORGE_WORK_BUCKET' },
] as const

/**
 * A function is given the names of what it may use and no others: a name that is missing is an InputError when what
 * it names is first used. The clients are made once for each process, with the SDK's own settings.
 */
export function openAwsStores(env: NodeJS.ProcessEnv = process.env): AwsStores {
  const { s3, dynamo } = clients()
  const table = openTable({ client: dynamo, name: () => named(env, 'CLIPFORGE_TABLE', 'the table') })
  return {
    objects: openS3Objects({
      client: s3,
      bucketOf: (key) => bucketOf(key, env),
      cacheControlOf,
    }),
    videos: openDynamoVideos(table),
    claims: openClaims(table),
    keys: openApiKeys(table),
    webhooks: openDynamoWebhooks(table),
  }
}

/** The name of the bucket in which the object of that key lies. */
export function bucketOf(key: string, env: NodeJS.ProcessEnv = process.env): string {
  return named(env, buckets.find(({ keys }) => keys.test(key))!.variable, `the bucket of '${key}'`)
}

let made: { s3: S3Client; dynamo: DynamoDBClient } | undefined
function clients() {
  return (made ??= { s3: new S3Client({}), dynamo: new DynamoDBClient({}) })
}

function named(env: NodeJS.ProcessEnv, variable: string, what: string): string {
  const name = env[variable]
  if (!name)
    throw new InputError(`${variable} is not set: it names ${what}; set it to the name that this installation gave it`)
  return name
}

/**
 * Each version of a video has files of its own, and one that is done is never published again: what is large may be kept
 * for good. A publication that failed half-way is written again under the same names, so the small files (bill, findings,
 * captions) are asked for anew after a minute: what somebody saw of the one that failed is not what stays.
 */
function cacheControlOf(key: string, contentType: string): string | undefined {
  if (!key.startsWith('videos/')) return undefined
  return /^(?:video|image)\//.test(contentType) ? 'public, max-age=31536000, immutable' : 'private, max-age=60'
}
