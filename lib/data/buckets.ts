// The buckets. Apart from each other, because what may read, how long things are kept and what starts work differ.
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib'
import type * as kms from 'aws-cdk-lib/aws-kms'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as s3 from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import type { Config } from '../config.ts'
import { allowReplication, replicationOf } from './replication.ts'

export type Buckets = Record<'uploads' | 'work' | 'videos' | 'web' | 'archive' | 'logs', s3.Bucket>

export function createBuckets(scope: Construct, config: Config, key: kms.Key): Buckets {
  const logs = logsBucket(scope)
  const logged = (name: string) => ({ serverAccessLogsBucket: logs, serverAccessLogsPrefix: `access/${name}/` })

  const uploads = guardedBucket(scope, 'Uploads', {
    ...logged('uploads'),
    encryption: s3.BucketEncryption.KMS,
    encryptionKey: key,
    // One request to KMS for many objects instead of one each.
    bucketKeyEnabled: true,
    versioned: true,
    cors: [
      {
        allowedOrigins: config.corsOrigins,
        allowedMethods: [s3.HttpMethods.POST, s3.HttpMethods.PUT],
        allowedHeaders: ['content-type', 'x-amz-*'],
        exposedHeaders: ['ETag'],
        maxAge: 3600,
      },
    ],
    lifecycleRules: [
      noncurrentFor(30),
      // What became of them is in the table by then.
      { id: 'inbox', prefix: 'inbox/', expiration: Duration.days(90) },
      // What was sent and never looked into; what was is kept among its owner's uploads.
      { id: 'incoming', prefix: 'incoming/', expiration: Duration.days(2) },
      moveAfter(90, s3.StorageClass.GLACIER_INSTANT_RETRIEVAL),
    ],
    ...replicationOf(scope, config, 'uploads', { key }),
  })
  allowReplication(scope, config, 'uploads', uploads, { key })
  // The L2's eventBridgeEnabled would bring a function of its own to set what the template can say.
  const cfnUploads = uploads.node.defaultChild as s3.CfnBucket
  cfnUploads.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } }

  const work = guardedBucket(scope, 'Work', {
    ...logged('work'),
    lifecycleRules: [
      // What videos are joined from can be made again from the rest.
      { id: 'parts', prefix: 'parts/', expiration: Duration.days(7) },
      // Bought things are kept, so that an edit never buys them again; a month later hardly anybody edits.
      moveAfter(30, s3.StorageClass.GLACIER_INSTANT_RETRIEVAL),
    ],
  })

  const videos = guardedBucket(scope, 'Videos', {
    ...logged('videos'),
    versioned: true,
    lifecycleRules: [
      noncurrentFor(30),
      // Nobody knows which ones are still watched; this class finds out, and charges nothing for reading.
      moveAfter(30, s3.StorageClass.INTELLIGENT_TIERING),
    ],
    ...replicationOf(scope, config, 'videos'),
  })
  allowReplication(scope, config, 'videos', videos)
  const web = guardedBucket(scope, 'Web', { ...logged('web'), versioned: true, lifecycleRules: [noncurrentFor(30)] })
  for (const bucket of [videos, web]) letCloudFrontRead(bucket)

  const archive = guardedBucket(scope, 'Archive', {
    ...logged('archive'),
    versioned: true,
    lifecycleRules: [
      // The week's copies arrive as GLACIER, which charges for 90 days at least.
      noncurrentFor(90),
      {
        id: 'deeper',
        transitions: [{ storageClass: s3.StorageClass.DEEP_ARCHIVE, transitionAfter: Duration.days(180) }],
      },
    ],
  })
  return { uploads, work, videos, web, archive, logs }
}

/** A bucket that only its owner's policies open, over TLS 1.2 only, and that outlives its stack. */
export function guardedBucket(scope: Construct, id: string, props: s3.BucketProps): s3.Bucket {
  return new s3.Bucket(scope, id, {
    encryption: s3.BucketEncryption.S3_MANAGED,
    ...props,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    // A name of ours would be in the way of the next try, if the bucket outlived a first deployment that failed.
    removalPolicy: props.bucketName ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.RETAIN,
    lifecycleRules: [
      { id: 'abandoned-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ...(props.lifecycleRules ?? []),
    ],
  })
}

/**
 * For any distribution of this account: the distribution is in another stack that needs this bucket, so the bucket
 * cannot name it.
 */
export function letCloudFrontRead(bucket: s3.Bucket): void {
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'CloudFrontReads',
      principals: [new iam.ServicePrincipal('cloudfront.amazonaws.com')],
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: {
        ArnLike: { 'AWS:SourceArn': `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/*` },
      },
    }),
  )
}

export function noncurrentFor(days: number): s3.LifecycleRule {
  return { id: 'former-versions', noncurrentVersionExpiration: Duration.days(days), expiredObjectDeleteMarker: true }
}

/** Objects below 128 KiB stay where they are, as S3 has it by default: moving them costs more than it saves. */
function moveAfter(days: number, storageClass: s3.StorageClass): s3.LifecycleRule {
  return {
    id: 'cheaper',
    transitions: [{ storageClass, transitionAfter: Duration.days(days) }],
  }
}

/** Who read what (access/), who watched what (AWSLogs/, which CloudFront chooses) and who changed what (audit/). */
function logsBucket(scope: Construct): s3.Bucket {
  const logs = guardedBucket(scope, 'Logs', {
    lifecycleRules: [
      { id: 'access', prefix: 'access/', expiration: Duration.days(30) },
      { id: 'delivery', prefix: 'AWSLogs/', expiration: Duration.days(30) },
      // An audit looks back further than an operator.
      { id: 'audit', prefix: 'audit/', expiration: Duration.days(365) },
    ],
  })
  // Of CloudFront's standard logging, version 2: its delivery is created beside the distribution.
  logs.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'CloudFrontLogs',
      principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [logs.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/*`)],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 's3:x-amz-acl': 'bucket-owner-full-control' },
        ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:logs:*:${Aws.ACCOUNT_ID}:delivery-source:*` },
      },
    }),
  )
  acknowledge(logs, 'AwsSolutions-S1', 'It is where the other buckets log to; logging itself would feed on itself.')
  return logs
}
