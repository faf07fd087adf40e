import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import * as kms from 'aws-cdk-lib/aws-kms'
import * as s3 from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import type { Config } from '../config.ts'
import { createVault } from '../data/backups.ts'
import { guardedBucket, letCloudFrontRead, noncurrentFor } from '../data/buckets.ts'
import { replicaBucketName, replicaKeyAlias, type Replicated } from '../data/names.ts'

type ReplicaStackProps = StackProps & { config: Config }

/**
 * The second region. Here: copies of the videos (what people watch) and of the uploads (what unfinished videos are made
 * of), a vault with the daily copies of the table, and the key for them. The table's and the secrets' own copies come
 * with them from the data stack. It is deployed before that stack, and knows nothing of it but names.
 *
 * Not here: work (bought again when a video is made again), web and everything stateless (deployed from the repository
 * by a second deploy.json), logs and archive.
 *
 * To fail over: stop the first region's schedules and state machine if it still answers, so that only one region writes
 * to the table (the last write wins); deploy the stateless stacks here over the copies; start what is queued or running
 * again from the table; then turn the domain to the new distribution. docs/operations.md has it step by step.
 */
export class ReplicaStack extends Stack {
  readonly buckets: Record<Replicated | 'logs', s3.Bucket>

  constructor(scope: Construct, id: string, { config, ...props }: ReplicaStackProps) {
    super(scope, id, { terminationProtection: true, ...props })
    const key = new kms.Key(this, 'Key', {
      alias: replicaKeyAlias(config),
      description: `${config.name}: copies of uploads and backups`,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      removalPolicy: RemovalPolicy.RETAIN,
    })
    const logs = guardedBucket(this, 'Logs', {
      lifecycleRules: [{ id: 'access', prefix: 'access/', expiration: Duration.days(30) }],
    })
    const copyOf = (name: Replicated, encryption: s3.BucketProps) =>
      guardedBucket(this, name, {
        ...encryption,
        bucketName: replicaBucketName(config, name),
        versioned: true,
        lifecycleRules: [noncurrentFor(30)],
        serverAccessLogsBucket: logs,
        serverAccessLogsPrefix: `access/${name}/`,
      })
    const videos = copyOf('videos', {})
    const uploads = copyOf('uploads', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
    })
    letCloudFrontRead(videos)
    createVault(this, config, key)
    this.buckets = { videos, uploads, logs }

    new CfnOutput(this, 'VideosCopy', { value: videos.bucketName })
    new CfnOutput(this, 'UploadsCopy', { value: uploads.bucketName })
  }
}
