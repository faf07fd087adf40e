// What each need of lib/functions.ts allows, to the single action. A function's role holds this and nothing else.
import {
  Arn,
  ArnFormat,
  Stack,
  aws_iam as iam,
  type aws_batch as batch,
  type aws_kms as kms,
  type aws_s3 as s3,
} from 'aws-cdk-lib'
import type { aws_secretsmanager as secretsmanager } from 'aws-cdk-lib'
import type { ServiceId } from '../../core/models.ts'
import type { Need } from '../functions.ts'
import type { Place } from './place.ts'

/** Everything that `needs` allow; `service`: whose secret 'secret' means. */
export function statementsFor(needs: readonly Need[], place: Place, service?: ServiceId): iam.PolicyStatement[] {
  return needs.flatMap((need) => grants[need](place, service))
}

/**
 * To submit jobs of these definitions to these queues, whichever revision a definition is at. Batch checks the name that the request gives: without a revision, which means the newest. An execution that began before may name one.
 */
export function submitJobs(queues: batch.IJobQueue[], definitionArns: string[]): iam.PolicyStatement {
  return allow(
    ['batch:SubmitJob'],
    [...queues.map(({ jobQueueArn }) => jobQueueArn), ...definitionArns.flatMap((arn) => [arn, `${arn}:*`])],
  )
}

type Grant = (place: Place, service?: ServiceId) => iam.PolicyStatement[]
type Through = 's3' | 'dynamodb' | 'secretsmanager' | 'sns'

const grants: Record<Need, Grant> = {
  table: ({ data }) => [
    allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'], [data.table.tableArn]),
    ...useKey(data.table.encryptionKey, 'dynamodb', ['kms:Decrypt']),
  ],
  'table.append': ({ data }) => [
    allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], [data.table.tableArn]),
    ...useKey(data.table.encryptionKey, 'dynamodb', ['kms:Decrypt']),
  ],
  'table.delete': ({ data }) => [allow(['dynamodb:DeleteItem'], [data.table.tableArn])],
  'table.read': ({ data }) => [
    allow(['dynamodb:GetItem'], [data.table.tableArn]),
    ...useKey(data.table.encryptionKey, 'dynamodb', ['kms:Decrypt']),
  ],
  'table.index': ({ data }) => [queryIndex(data, 'byState')],
  'table.owners': ({ data }) => [queryIndex(data, 'byOwner')],

  'work.read': ({ data }) => readObjects(data.work, 'owners/*'),
  'work.write': ({ data }) => writeObjects(data.work, 'owners/*'),
  'work.delete': ({ data }) => [deleteObjects(data.work, 'owners/*', 'parts/*')],
  'uploads.read': ({ data }) => [
    ...readObjects(data.uploads, 'inbox/*'),
    // The very version that was dropped, whatever was dropped over it since.
    allow(['s3:GetObjectVersion'], [data.uploads.arnForObjects('inbox/*')]),
  ],
  'uploads.write': ({ data }) => writeObjects(data.uploads, 'inbox/*'),
  // Bytes among the owners' uploads are written by the function alone that has looked into them.
  'uploads.manage': ({ data }) => [
    ...readObjects(data.uploads, 'owners/*/uploads/*', 'incoming/*', 'inbox/*'),
    ...writeObjects(
      data.uploads,
      ...['records/*', 'waiting/*', '*.uses/*'].map((kept) => `owners/*/uploads/${kept}`),
      'incoming/*',
    ),
    deleteObjects(data.uploads, 'owners/*/uploads/*', 'incoming/*'),
  ],
  'uploads.check': ({ data }) => [
    ...readObjects(data.uploads, 'incoming/*', 'owners/*/uploads/*'),
    ...writeObjects(data.uploads, 'owners/*/uploads/*'),
  ],
  'uploads.fonts': ({ data }) => readObjects(data.uploads, 'owners/*/uploads/*'),
  'uploads.names': ({ data }) => readObjects(data.uploads, 'owners/*/uploads/records/*'),
  'videos.read': ({ data }) => readObjects(data.videos, 'videos/*'),
  'videos.write': ({ data }) => writeObjects(data.videos, 'videos/*'),
  'videos.delete': ({ data }) => [deleteObjects(data.videos, 'videos/*')],
  'archive.write': ({ data }) => writeObjects(data.archive, '*'),

  'workflow.start': ({ stateMachineArn }) => [allow(['states:StartExecution'], [stateMachineArn])],
  'workflow.read': (place) => [allow(['states:DescribeExecution'], [executionsArn(place)])],
  'workflow.stop': (place) => [allow(['states:StopExecution'], [executionsArn(place)])],
  'render.warm': ({ render }) => [submitJobs([render.queues.spot], [render.jobDefinitionArns.gpu])],

  secret: ({ data }, service) => readSecret(data.secrets[service!]),
  signing: ({ data }) => readSecret(data.secrets.signing),
  rotation: ({ config, data }) =>
    (Object.keys(config.services) as ServiceId[]).flatMap((id) => [
      ...readSecret(data.secrets[id]),
      allow(
        ['secretsmanager:DescribeSecret', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'],
        [data.secrets[id].secretArn],
      ),
      ...useKey(data.secrets[id].encryptionKey, 'secretsmanager', ['kms:GenerateDataKey']),
    ]),
  alerts: ({ data }) => [
    allow(['sns:Publish'], [data.alerts.topicArn]),
    ...useKey(data.alerts.masterKey, 'sns', ['kms:Decrypt', 'kms:GenerateDataKey']),
  ],
}

function queryIndex({ table }: Place['data'], index: string) {
  return allow(['dynamodb:Query'], [`${table.tableArn}/index/${index}`])
}

/**
 * The right to list is the whole bucket's: without it S3 answers 403 instead of 404 for a missing object, and a
 * condition on the prefix would never hold there, because reading an object names no prefix.
 */
function readObjects(bucket: s3.IBucket, ...patterns: string[]) {
  return [
    allow(
      ['s3:GetObject'],
      patterns.map((pattern) => bucket.arnForObjects(pattern)),
    ),
    allow(['s3:ListBucket'], [bucket.bucketArn]),
    ...useKey(bucket.encryptionKey, 's3', ['kms:Decrypt']),
  ]
}

function writeObjects(bucket: s3.IBucket, ...patterns: string[]) {
  return [
    allow(
      ['s3:PutObject'],
      patterns.map((pattern) => bucket.arnForObjects(pattern)),
    ),
    ...useKey(bucket.encryptionKey, 's3', ['kms:GenerateDataKey']),
  ]
}

/** Where versions are kept, what was deleted can be brought back for as long as they are. */
function deleteObjects(bucket: s3.IBucket, ...patterns: string[]) {
  return allow(
    ['s3:DeleteObject'],
    patterns.map((pattern) => bucket.arnForObjects(pattern)),
  )
}

function readSecret(secret: secretsmanager.ISecret) {
  return [
    allow(['secretsmanager:GetSecretValue'], [secret.secretArn]),
    ...useKey(secret.encryptionKey, 'secretsmanager', ['kms:Decrypt']),
  ]
}

/** Only through the service that keeps the data, never the key by itself. Nothing where AWS' own key encrypts. */
function useKey(key: kms.IKey | undefined, through: Through, actions: string[]) {
  if (!key) return []
  const viaService = `${through}.${Stack.of(key).region}.amazonaws.com`
  return [
    new iam.PolicyStatement({
      actions,
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': viaService } },
    }),
  ]
}

function executionsArn({ stateMachineArn }: Place): string {
  const { partition, region, account, resourceName } = Arn.split(stateMachineArn, ArnFormat.COLON_RESOURCE_NAME)
  return `arn:${partition}:states:${region}:${account}:execution:${resourceName}:*`
}

function allow(actions: string[], resources: string[]) {
  return new iam.PolicyStatement({ actions, resources })
}
