import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib'
import * as backup from 'aws-cdk-lib/aws-backup'
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb'
import * as events from 'aws-cdk-lib/aws-events'
import * as iam from 'aws-cdk-lib/aws-iam'
import type * as kms from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import type { Config } from '../config.ts'
import { vaultName } from './names.ts'

const keptDays = 7

/**
 * A copy of the table every day, kept for a week, in the second region too where there is one. The account must have
 * DynamoDB's advanced backup switched on in AWS Backup's settings for copies to another region.
 */
export function createBackups(
  scope: Construct,
  config: Config,
  { table, key }: { table: dynamodb.ITable; key: kms.Key },
): backup.BackupVault {
  const vault = createVault(scope, config, key)
  const elsewhere =
    config.replicaRegion && backup.BackupVault.fromBackupVaultArn(scope, 'ReplicaVault', vaultArn(config))
  const plan = new backup.BackupPlan(scope, 'DailyBackup', { backupVault: vault })
  plan.addRule(
    new backup.BackupPlanRule({
      ruleName: 'daily',
      scheduleExpression: events.Schedule.cron({ hour: '3', minute: '0' }),
      startWindow: Duration.hours(1),
      completionWindow: Duration.hours(4),
      deleteAfter: Duration.days(keptDays),
      copyActions: elsewhere ? [{ destinationBackupVault: elsewhere, deleteAfter: Duration.days(keptDays) }] : [],
    }),
  )
  const role = new iam.Role(scope, 'BackupRole', {
    assumedBy: new iam.ServicePrincipal('backup.amazonaws.com'),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSBackupServiceRolePolicyForBackup')],
  })
  acknowledge(
    role,
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]',
    'AWS keeps this policy in step with what AWS Backup needs; only AWS Backup can take the role.',
  )
  plan.addSelection('Table', { resources: [backup.BackupResource.fromDynamoDbTable(table)], role })
  return vault
}

/** Nothing in it can be deleted before its week is over. */
export function createVault(scope: Construct, config: Config, key: kms.IKey): backup.BackupVault {
  return new backup.BackupVault(scope, 'Vault', {
    backupVaultName: vaultName(config),
    encryptionKey: key,
    lockConfiguration: { minRetention: Duration.days(keptDays) },
    // Not after a first deployment that failed, where its name would be in the way of the next.
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  })
}

function vaultArn(config: Config): string {
  return `arn:${Aws.PARTITION}:backup:${config.replicaRegion}:${Aws.ACCOUNT_ID}:backup-vault:${vaultName(config)}`
}
