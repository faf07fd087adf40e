import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type * as backup from 'aws-cdk-lib/aws-backup'
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb'
import type * as kms from 'aws-cdk-lib/aws-kms'
import type * as s3 from 'aws-cdk-lib/aws-s3'
import type * as sns from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import type { Config } from '../config.ts'
import { createAlerts } from '../data/alerts.ts'
import { createAuditTrail } from '../data/audit.ts'
import { createBackups } from '../data/backups.ts'
import { createBuckets } from '../data/buckets.ts'
import { createKey } from '../data/key.ts'
import { createSecrets, type Secrets } from '../data/secrets.ts'
import { createTable } from '../data/table.ts'

type DataStackProps = StackProps & { config: Config }

/** Everything that must not be lost. All of it outlives the stack, and the stack cannot be deleted by mistake. */
export class DataStack extends Stack {
  readonly key: kms.Key
  readonly table: dynamodb.ITable
  readonly uploads: s3.Bucket
  readonly work: s3.Bucket
  readonly videos: s3.Bucket
  readonly web: s3.Bucket
  readonly archive: s3.Bucket
  readonly logs: s3.Bucket
  readonly secrets: Secrets
  readonly alerts: sns.Topic
  readonly backupVault: backup.BackupVault

  constructor(scope: Construct, id: string, { config, ...props }: DataStackProps) {
    super(scope, id, { terminationProtection: true, ...props })
    this.key = createKey(this, config.name)
    const buckets = createBuckets(this, config, this.key)
    this.uploads = buckets.uploads
    this.work = buckets.work
    this.videos = buckets.videos
    this.web = buckets.web
    this.archive = buckets.archive
    this.logs = buckets.logs
    this.table = createTable(this, config)
    this.secrets = createSecrets(this, config, this.key)
    // In any case: what is exported to nobody any more could not be taken away while somebody still has it.
    for (const secret of Object.values(this.secrets)) this.exportValue(secret.secretArn)
    this.alerts = createAlerts(this, config, this.key)
    this.backupVault = createBackups(this, config, { table: this.table, key: this.key })
    createAuditTrail(this, {
      name: config.name,
      key: this.key,
      logs: this.logs,
      written: [this.uploads, this.videos],
    })

    new CfnOutput(this, 'UploadsBucket', { value: this.uploads.bucketName })
    new CfnOutput(this, 'WebBucket', { value: this.web.bucketName })
    new CfnOutput(this, 'Region', { value: this.region })
    new CfnOutput(this, 'TableName', { value: this.table.tableName })
  }
}
